// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/commandpalette.h"

#include "shell/palettemodel.h"
#include "theme/icons.h"
#include "theme/metrics.h"
#include "theme/paint.h"
#include "theme/theme.h"
#include "widgets/panels.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QPainter>
#include <QVBoxLayout>

namespace claimsmith::app {
namespace {

constexpr int paletteWidth = 688;
constexpr int paletteHeight = 520;
constexpr int topOffset = 52;
constexpr int fieldHeight = 52;
constexpr int footerHeight = 36;
constexpr int sideMargin = 21;
constexpr int fieldTextLeft = 49;

/// "Enter Run  Tab One kind only   > commands …"
class Footer final : public QWidget
{
public:
    Footer() { setFixedHeight(footerHeight); }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        painter.save();
        painter.setClipRect(rect());
        paintBox(painter,
                 QRectF(0, -metrics::radiusDialog, width(), height() + metrics::radiusDialog - 1).adjusted(1, 0, -1, 0),
                 metrics::radiusDialog, color(Role::BgPanel), QColor());
        painter.restore();
        painter.fillRect(1, 0, width() - 2, 1, color(Role::Line));
        int x = sideMargin;
        const auto key = [&](const QString& keys, const QString& meaning) {
            const int keysWidth = keycapSize(keys).width();
            paintKeycap(painter, QRect(x, 0, keysWidth, height()), keys);
            x += keysWidth + 8;
            painter.setFont(textFont(TextStyle::Small));
            painter.setPen(color(Role::Text2));
            painter.drawText(QRect(x, 0, width() - x, height()), Qt::AlignVCenter | Qt::AlignLeft, meaning);
            x += painter.fontMetrics().horizontalAdvance(meaning) + 16;
        };
        key(CommandPalette::tr("Enter", "key"), CommandPalette::tr("Run"));
        key(CommandPalette::tr("Tab", "key"), CommandPalette::tr("One kind only"));
        key(CommandPalette::tr("Esc", "key"), CommandPalette::tr("Close"));
        painter.setPen(color(Role::Text3));
        painter.drawText(rect().adjusted(0, 0, -sideMargin + 2, 0), Qt::AlignVCenter | Qt::AlignRight,
                         CommandPalette::tr("> commands   # entities   @ consumers"));
    }
};

} // namespace

CommandPalette::CommandPalette(QWidget* window)
    : QFrame(window, Qt::Popup | Qt::FramelessWindowHint | Qt::NoDropShadowWindowHint), m_field(new QLineEdit),
      m_list(new QListView), m_model(new PaletteModel(this))
{
    setAttribute(Qt::WA_TranslucentBackground);
    setObjectName(QStringLiteral("palette"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    m_field->setFrame(false);
    m_field->setFixedHeight(fieldHeight);
    m_field->setTextMargins(fieldTextLeft, 0, sideMargin + 48, 0);
    m_field->setPlaceholderText(tr("Search or run a command"));
    m_field->setAccessibleName(tr("Search or run a command"));
    setTextStyle(m_field, TextStyle::Large);
    setFillRole(m_field, Role::BgRaised);
    m_field->setAutoFillBackground(false);
    m_field->installEventFilter(this);
    m_list->setModel(m_model);
    m_list->setItemDelegate(new PaletteDelegate(m_list));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setMouseTracking(true);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setAccessibleName(tr("Hits"));
    m_list->viewport()->setAutoFillBackground(false);
    layout->addWidget(m_field);
    layout->addSpacing(2);
    layout->addWidget(m_list, 1);
    layout->addWidget(new Footer);
    connect(m_field, &QLineEdit::textChanged, this, &CommandPalette::search);
    connect(m_list, &QListView::clicked, this, &CommandPalette::run);
    connect(m_list, &QListView::entered, m_list, [this](const QModelIndex& index) {
        if (index.flags().testFlag(Qt::ItemIsSelectable))
            m_list->setCurrentIndex(index);
    });
}

void CommandPalette::open(std::vector<PaletteEntry> entries, const QString& query)
{
    m_model->setHits({});
    m_entries = std::move(entries);
    const QWidget* window = parentWidget()->window();
    const int width = qMin(paletteWidth, window->width() - 32);
    const QPoint corner = window->mapToGlobal(QPoint((window->width() - width) / 2, topOffset));
    setGeometry(QRect(corner, QSize(width, qMin(paletteHeight, window->height() - topOffset - 16))));
    m_field->setText(query);
    search();
    show();
    m_field->setFocus(Qt::PopupFocusReason);
}

void CommandPalette::search()
{
    m_model->setHits(searchPalette(m_entries, m_field->text()));
    if (m_model->firstHit() >= 0)
        m_list->setCurrentIndex(m_model->index(m_model->firstHit()));
    m_list->scrollToTop();
}

void CommandPalette::step(int by)
{
    int row = m_list->currentIndex().row();
    do
        row += by;
    while (row >= 0 && row < m_model->rowCount() && !m_model->hitAt(row));
    if (row >= 0 && row < m_model->rowCount())
        m_list->setCurrentIndex(m_model->index(row));
}

/// Tab: only the kind of the current hit.
void CommandPalette::narrow()
{
    const QModelIndex current = m_list->currentIndex();
    const PaletteHit* hit = current.isValid() ? m_model->hitAt(current.row()) : nullptr;
    if (!hit)
        return;
    const PaletteEntry::Group group = hit->entry->group;
    std::erase_if(m_entries, [group](const PaletteEntry& entry) { return entry.group != group; });
    search();
}

void CommandPalette::run(const QModelIndex& index)
{
    const PaletteHit* hit = index.isValid() ? m_model->hitAt(index.row()) : nullptr;
    if (!hit)
        return;
    const std::function<void()> task = hit->entry->run;
    hide();
    if (task)
        task();
}

bool CommandPalette::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::KeyPress) {
        switch (static_cast<QKeyEvent*>(event)->key()) {
        case Qt::Key_Down:
            step(1);
            return true;
        case Qt::Key_Up:
            step(-1);
            return true;
        case Qt::Key_Tab:
            narrow();
            return true;
        case Qt::Key_Escape:
            hide();
            return true;
        case Qt::Key_Return:
        case Qt::Key_Enter:
            run(m_list->currentIndex());
            return true;
        default:
            break;
        }
    }
    return QFrame::eventFilter(watched, event);
}

void CommandPalette::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    paintBox(painter, rect(), metrics::radiusDialog, color(Role::BgRaised), color(Role::LineStrong));
    painter.fillRect(1, fieldHeight, width() - 2, 1, color(Role::Line));
    paintIcon(painter, QRect(sideMargin, 0, metrics::iconRow, fieldHeight), QLatin1String("search"), metrics::iconRow,
              color(Role::Text3));
    const QString escape = tr("Esc", "key");
    const int keysWidth = keycapSize(escape).width();
    paintKeycap(painter, QRect(width() - sideMargin - keysWidth, 0, keysWidth, fieldHeight), escape);
}

} // namespace claimsmith::app
