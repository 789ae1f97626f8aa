// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/gateway/problemspane.h"

#include "bridge/gatewaydocument.h"
#include "panels/gateway/problemsmodel.h"
#include "theme/icons.h"
#include "theme/metrics.h"
#include "theme/paint.h"
#include "theme/theme.h"
#include "widgets/buttons.h"
#include "widgets/chiplabel.h"
#include "widgets/label.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QVBoxLayout>

namespace claimsmith::app {
namespace {

using Severity = ConfigProblem::Severity;

constexpr int headerHeight = 32;
constexpr int cellPadding = 8;
constexpr int entityWidth = 220;
constexpr int placeWidth = 116;
constexpr int fixWidth = 144;

/// A line of the list: icon and message, entity, place in the mono face, the fix as a link.
class ProblemDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        painter->save();
        if (option.state.testFlag(QStyle::State_Selected)) {
            const bool active = option.state.testFlag(QStyle::State_Active);
            painter->fillRect(option.rect, color(active ? Role::BgSelected : Role::BgSelectedInactive));
        }
        painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1),
                          color(Role::LineSubtle));
        QRect text = option.rect.adjusted(cellPadding, 0, -cellPadding, 0);
        Qt::Alignment alignment = Qt::AlignVCenter;
        painter->setFont(textFont(TextStyle::Small));
        painter->setPen(color(Role::Text));
        if (index.column() == ProblemsModel::Message) {
            const bool error = index.data(ProblemsModel::SeverityRole).toInt() == static_cast<int>(Severity::Error);
            paintIcon(*painter, QRect(text.left(), text.top(), metrics::iconRow, text.height()),
                      error ? QLatin1String("x-circle") : QLatin1String("warning"), metrics::iconRow,
                      color(error ? Role::Bad : Role::Warn));
            text.setLeft(text.left() + metrics::iconRow + cellPadding);
        } else if (index.column() == ProblemsModel::Where) {
            painter->setFont(textFont(TextStyle::Mono));
            painter->setPen(color(Role::Text2));
        } else if (index.column() == ProblemsModel::Fix) {
            painter->setFont(textFont(TextStyle::SmallStrong));
            painter->setPen(color(Role::AccentText));
            alignment |= Qt::AlignRight;
        }
        const QString shown =
            QFontMetrics(painter->font()).elidedText(index.data().toString(), Qt::ElideRight, text.width());
        painter->drawText(text, static_cast<int>(alignment), shown);
        painter->restore();
    }
};

} // namespace

ProblemsPane::ProblemsPane(GatewayDocument& document, QWidget* parent)
    : Pane(Role::BgSurface, Qt::TopEdge, parent), m_document(document), m_model(new ProblemsModel(this)),
      m_errors(new ChipLabel), m_warnings(new ChipLabel), m_note(new Label({}, TextStyle::Small, Role::Text3)),
      m_filter(new IconButton(QLatin1String("filter"), tr("Errors only"))),
      m_fold(new IconButton(QLatin1String("chevron-down"), tr("Fold the problems"))), m_table(new QTableView)
{
    auto* header = new QWidget;
    header->setFixedHeight(headerHeight);
    auto* line = new QHBoxLayout(header);
    line->setContentsMargins(metrics::pagePadding, 1, 4, 0);
    line->setSpacing(8);
    line->addWidget(new Label(tr("Problems"), TextStyle::Title));
    line->addWidget(m_errors);
    line->addWidget(m_warnings);
    line->addStretch();
    line->addWidget(m_note);
    for (IconButton* button : {m_filter, m_fold}) {
        button->setSmall();
        line->addWidget(button);
    }
    m_filter->setCheckable(true);

    m_table->setModel(m_model);
    m_table->setItemDelegate(new ProblemDelegate(m_table));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setTabKeyNavigation(false);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setMinimumSectionSize(16);
    m_table->verticalHeader()->setDefaultSectionSize(Theme::instance().rowHeight());
    m_table->horizontalHeader()->setFixedHeight(metrics::tableHeader);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_table->horizontalHeader()->setSectionResizeMode(ProblemsModel::Message, QHeaderView::Stretch);
    m_table->setColumnWidth(ProblemsModel::Entity, entityWidth);
    m_table->setColumnWidth(ProblemsModel::Where, placeWidth);
    m_table->setColumnWidth(ProblemsModel::Fix, fixWidth);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->setObjectName(QStringLiteral("problems"));
    m_table->setAccessibleName(tr("Problems of kong.yml"));
    m_table->installEventFilter(this);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(header);
    layout->addWidget(m_table, 1);

    connect(m_filter, &QAbstractButton::toggled, m_model, &ProblemsModel::setErrorsOnly);
    connect(m_fold, &QAbstractButton::clicked, this, [this] { setFolded(!m_folded); });
    connect(m_table, &QAbstractItemView::doubleClicked, this,
            [this](const QModelIndex& at) { requestPlace(at.row()); });
    connect(m_table, &QAbstractItemView::clicked, this, [this](const QModelIndex& at) {
        if (at.column() == ProblemsModel::Fix)
            requestFix(at.row());
    });
    connect(&m_document, &GatewayDocument::problemsChanged, this, &ProblemsPane::refresh);
    refresh();
}

int ProblemsPane::problemCount() const
{
    return static_cast<int>(m_document.problems().size());
}

void ProblemsPane::refresh()
{
    const int row = m_table->currentIndex().row();
    const ConfigAnalysis& config = m_document.current();
    m_model->setConfig(config);
    const auto errors = static_cast<int>(config.count(Severity::Error));
    const auto warnings = static_cast<int>(config.count(Severity::Warning));
    m_errors->setChip({errors == 1 ? tr("1 error") : tr("%1 errors").arg(errors), Tone::Bad});
    m_errors->setVisible(errors > 0);
    m_warnings->setChip({warnings == 1 ? tr("1 warning") : tr("%1 warnings").arg(warnings), Tone::Warn});
    m_warnings->setVisible(warnings > 0);
    m_note->setText(errors == 0   ? QString()
                    : errors == 1 ? tr("The gateway keeps its configuration until the error is fixed")
                                  : tr("The gateway keeps its configuration until the errors are fixed"));
    if (m_model->rowCount() > 0)
        m_table->setCurrentIndex(m_model->index(qBound(0, row, m_model->rowCount() - 1), 0));
}

void ProblemsPane::setFolded(bool folded)
{
    m_folded = folded;
    m_table->setVisible(!folded);
    m_fold->setGlyph(folded ? QLatin1String("chevron-up") : QLatin1String("chevron-down"));
    m_fold->setAccessibleName(folded ? tr("Unfold the problems") : tr("Fold the problems"));
    m_fold->setToolTip(m_fold->accessibleName());
    setMaximumHeight(folded ? headerHeight : QWIDGETSIZE_MAX);
    emit foldedChanged();
}

void ProblemsPane::walk(int by)
{
    const int count = m_model->rowCount();
    if (count == 0)
        return;
    const int row = (m_table->currentIndex().row() + by + count) % count;
    m_table->setCurrentIndex(m_model->index(row, 0));
    requestPlace(row);
}

void ProblemsPane::requestPlace(int row)
{
    if (const ConfigProblem* problem = m_model->problemAt(row))
        emit placeRequested(problem->problem.place.pointer, problem->problem.place.line);
}

void ProblemsPane::requestFix(int row)
{
    const ConfigProblem* problem = m_model->problemAt(row);
    if (problem && problem->fix)
        emit fixRequested(*problem->fix, m_model->index(row, ProblemsModel::Fix).data().toString());
}

bool ProblemsPane::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_table && event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) {
            if (key->modifiers().testFlag(Qt::AltModifier))
                requestFix(m_table->currentIndex().row());
            else
                requestPlace(m_table->currentIndex().row());
            return true;
        }
    }
    return Pane::eventFilter(watched, event);
}

} // namespace claimsmith::app
