// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/commandpalette.h"

#include "shell/palettemodel.h"
#include "theme/icons.h"
#include "theme/metrics.h"
#include "theme/paint.h"
#include "theme/theme.h"
#include "widgets/panels.h"

#include <QApplication>
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
constexpr int shadowSteps = 8;

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
    : QWidget(window), m_box(new QWidget(this)), m_field(new QLineEdit), m_list(new QListView),
      m_model(new PaletteModel(this))
{
    setObjectName(QStringLiteral("palette"));
    hide();
    window->installEventFilter(this);
    auto* layout = new QVBoxLayout(m_box);
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
    if (!isVisible())
        m_opener = QApplication::focusWidget();
    m_field->setText(query);
    search();
    place();
    show();
    raise();
    m_field->setFocus(Qt::PopupFocusReason);
}

void CommandPalette::place()
{
    setGeometry(parentWidget()->rect());
    const int boxWidth = qMin(paletteWidth, width() - 32);
    m_box->setGeometry((width() - boxWidth) / 2, topOffset, boxWidth, qMin(paletteHeight, height() - topOffset - 16));
}

void CommandPalette::close()
{
    if (!isVisible())
        return;
    hide();
    if (m_opener)
        m_opener->setFocus(Qt::PopupFocusReason);
}

void CommandPalette::search()
{
    m_model->setHits(searchPalette(m_entries, m_field->text()));
    if (m_model->firstHit() >= 0)
        m_list->setCurrentIndex(m_model->index(m_model->firstHit()));
    m_list->scrollToTop();
    update();
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
    close();
    if (task)
        task();
}

bool CommandPalette::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == parentWidget()) {
        if (event->type() == QEvent::Resize && isVisible())
            place();
        return false;
    }
    if (event->type() == QEvent::FocusOut &&
        static_cast<QFocusEvent*>(event)->reason() != Qt::ActiveWindowFocusReason &&
        static_cast<QFocusEvent*>(event)->reason() != Qt::PopupFocusReason)
        hide(); // the focus was taken on purpose and stays there
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
            close();
            return true;
        case Qt::Key_Return:
        case Qt::Key_Enter:
            run(m_list->currentIndex());
            return true;
        default:
            break;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void CommandPalette::mousePressEvent(QMouseEvent* event)
{
    if (!m_box->geometry().contains(event->position().toPoint()))
        close();
}

void CommandPalette::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const QRect box = m_box->geometry();
    // The one shadow of the program: floating windows only.
    for (int spread = 1; spread <= shadowSteps; ++spread) {
        const QColor shade(15, 18, 24, 9 - spread / 2);
        paintBox(painter, box.adjusted(-2 * spread, -spread, 2 * spread, 3 * spread),
                 metrics::radiusDialog + 2 * spread, shade, QColor());
    }
    paintBox(painter, box, metrics::radiusDialog, color(Role::BgRaised), color(Role::LineStrong));
    painter.fillRect(box.x() + 1, box.y() + fieldHeight, box.width() - 2, 1, color(Role::Line));
    paintIcon(painter, QRect(box.x() + sideMargin, box.y(), metrics::iconRow, fieldHeight), QLatin1String("search"),
              metrics::iconRow, color(Role::Text3));
    const QString escape = tr("Esc", "key");
    const int keysWidth = keycapSize(escape).width();
    paintKeycap(painter, QRect(box.right() + 1 - sideMargin - keysWidth, box.y(), keysWidth, fieldHeight), escape);
    if (m_model->rowCount() > 0)
        return;
    painter.setFont(textFont(TextStyle::Body));
    painter.setPen(color(Role::Text3));
    painter.drawText(box.adjusted(sideMargin, fieldHeight, -sideMargin, -footerHeight), Qt::AlignCenter,
                     tr("Nothing is called like that"));
}

} // namespace claimsmith::app
