// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/keyboardpage.h"

#include "shell/actionregistry.h"
#include "shell/shortcutmodel.h"
#include "shell/shortcutsettings.h"
#include "theme/metrics.h"
#include "theme/paint.h"
#include "theme/theme.h"
#include "widgets/buttons.h"
#include "widgets/label.h"
#include "widgets/messages.h"
#include "widgets/searchfield.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QKeySequenceEdit>
#include <QMenu>
#include <QSettings>
#include <QSortFilterProxyModel>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QVBoxLayout>

namespace claimsmith::app {
namespace {

constexpr int pageWidth = 760;
constexpr int keyColumn = 220;

/// Records one chord: what is pressed first is what is meant.
class KeysDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QWidget* createEditor(QWidget* parent, const QStyleOptionViewItem&, const QModelIndex& index) const override
    {
        auto* editor = new QKeySequenceEdit(parent);
        editor->setObjectName(QStringLiteral("keys"));
        editor->setAccessibleName(
            KeyboardPage::tr("Keys of %1").arg(index.siblingAtColumn(ShortcutModel::CommandColumn).data().toString()));
        connect(editor, &QKeySequenceEdit::keySequenceChanged, editor, [this, editor](const QKeySequence& keys) {
            if (keys.isEmpty())
                return;
            auto* self = const_cast<KeysDelegate*>(this);
            QMetaObject::invokeMethod(
                editor,
                [self, editor] {
                    emit self->commitData(editor);
                    emit self->closeEditor(editor);
                },
                Qt::QueuedConnection);
        });
        return editor;
    }

    /// Begins empty: pressing keys replaces what was there.
    void setEditorData(QWidget*, const QModelIndex&) const override {}

    void setModelData(QWidget* editor, QAbstractItemModel* model, const QModelIndex& index) const override
    {
        const QKeySequence keys = static_cast<QKeySequenceEdit*>(editor)->keySequence();
        if (!keys.isEmpty())
            model->setData(index, QVariant::fromValue(QKeySequence(keys[0])), ShortcutModel::KeysRole);
    }
};

} // namespace

KeyboardPage::KeyboardPage(ActionRegistry& actions, QSettings& settings, QWidget* parent)
    : QWidget(parent), m_actions(actions), m_model(new ShortcutModel(actions, this)),
      m_proxy(new QSortFilterProxyModel(this)), m_table(new QTableView), m_message(new MessageBar)
{
    auto* head = new QWidget;
    auto* headLayout = new QHBoxLayout(head);
    headLayout->setContentsMargins(0, 0, 0, 0);
    headLayout->addWidget(new Label(tr("Keyboard"), TextStyle::Page));
    headLayout->addStretch(1);
    auto* restore = makeButton(tr("Restore defaults"), ButtonKind::Quiet, QLatin1String("undo"));
    headLayout->addWidget(restore);
    auto* search = new SearchField(tr("Find a command or key"));
    auto* help = new Label(tr("Double-click a row and press the new keys. Delete takes them away."), TextStyle::Small,
                           Role::Text2);
    makeTable();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(metrics::pagePadding, 20, metrics::pagePadding, metrics::pagePadding);
    layout->setSpacing(12);
    for (QWidget* widget : std::initializer_list<QWidget*>{head, search, help, m_message, m_table}) {
        widget->setMaximumWidth(pageWidth);
        layout->addWidget(widget, widget == m_table ? 1 : 0);
    }
    m_message->hide();
    connect(search, &SearchField::textChanged, m_proxy, &QSortFilterProxyModel::setFilterFixedString);
    connect(restore, &QPushButton::clicked, this, [this] {
        for (const ActionSpec& spec : m_actions.specs())
            m_actions.restoreShortcuts(spec.id);
    });
    connect(m_model, &ShortcutModel::taken, this, &KeyboardPage::askToTake);
    connect(&actions, &ActionRegistry::shortcutsChanged, this,
            [&actions, &settings] { saveShortcuts(settings, actions); });
}

void KeyboardPage::makeTable()
{
    m_proxy->setSourceModel(m_model);
    m_proxy->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_proxy->setFilterKeyColumn(-1);
    m_table->setObjectName(QStringLiteral("shortcuts"));
    m_table->setModel(m_proxy);
    m_table->setItemDelegateForColumn(ShortcutModel::KeysColumn, new KeysDelegate(m_table));
    m_table->setAccessibleName(tr("Commands and their keys"));
    m_table->setShowGrid(false);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setMinimumSectionSize(16);
    m_table->verticalHeader()->setDefaultSectionSize(Theme::instance().rowHeight());
    m_table->horizontalHeader()->setFixedHeight(metrics::tableHeader);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_table->horizontalHeader()->setSectionResizeMode(ShortcutModel::CommandColumn, QHeaderView::Stretch);
    m_table->setColumnWidth(ShortcutModel::KeysColumn, keyColumn);
    m_table->installEventFilter(this);
    connect(m_table, &QTableView::doubleClicked, this, &KeyboardPage::edit);
    connect(m_table, &QWidget::customContextMenuRequested, this, &KeyboardPage::showMenu);
}

QModelIndex KeyboardPage::currentKeys() const
{
    return m_table->currentIndex().siblingAtColumn(ShortcutModel::KeysColumn);
}

void KeyboardPage::edit()
{
    m_message->hide();
    if (const QModelIndex cell = currentKeys(); cell.isValid())
        m_table->edit(cell);
}

void KeyboardPage::clear()
{
    if (const QModelIndex cell = currentKeys(); cell.isValid())
        m_actions.setShortcuts(m_model->idOf(m_proxy->mapToSource(cell)), {});
}

bool KeyboardPage::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    switch (static_cast<QKeyEvent*>(event)->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_F2:
        edit();
        return true;
    case Qt::Key_Delete:
        clear();
        return true;
    default:
        return QWidget::eventFilter(watched, event);
    }
}

void KeyboardPage::askToTake(const QString& id, const QKeySequence& keys, const QString& holder)
{
    auto* take = makeButton(tr("Use them here"), ButtonKind::Default, {}, ControlSize::Small);
    auto* keep = makeButton(tr("Keep"), ButtonKind::Quiet, {}, ControlSize::Small);
    take->setObjectName(QStringLiteral("takeKeys"));
    connect(take, &QPushButton::clicked, this, [this, id, keys] { m_model->take(id, keys); });
    for (const QPushButton* button : {take, keep})
        connect(button, &QPushButton::clicked, m_message, &QWidget::hide);
    m_message->setButtons({take, keep});
    m_message->show(Tone::Warn, tr("%1 belongs to %2").arg(keysText(keys), m_model->nameOf(holder)));
}

void KeyboardPage::showMenu(const QPoint& point)
{
    const QModelIndex cell = m_table->indexAt(point);
    if (!cell.isValid())
        return;
    const QString id = m_model->idOf(m_proxy->mapToSource(cell));
    QMenu menu(this);
    menu.addAction(tr("Record keys"), this, &KeyboardPage::edit);
    menu.addAction(tr("Take keys away"), this, &KeyboardPage::clear)->setEnabled(!m_actions.shortcuts(id).isEmpty());
    menu.addAction(tr("Restore default"), this, [this, id] { m_actions.restoreShortcuts(id); })
        ->setEnabled(m_actions.hasOwnShortcuts(id));
    menu.exec(m_table->viewport()->mapToGlobal(point));
}

} // namespace claimsmith::app
