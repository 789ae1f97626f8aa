// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/keyboardpage.h"

#include "shell/actionregistry.h"
#include "theme/metrics.h"
#include "theme/paint.h"
#include "theme/theme.h"
#include "widgets/label.h"
#include "widgets/searchfield.h"

#include <QAction>
#include <QHeaderView>
#include <QSortFilterProxyModel>
#include <QStandardItemModel>
#include <QTableView>
#include <QVBoxLayout>

namespace claimsmith::app {
namespace {

constexpr int pageWidth = 760;
constexpr int keyColumn = 220;

QStandardItemModel* modelOf(const ActionRegistry& actions, QObject* parent)
{
    auto* model = new QStandardItemModel(0, 2, parent);
    model->setHorizontalHeaderLabels({KeyboardPage::tr("Command"), KeyboardPage::tr("Keys")});
    for (const ActionSpec& spec : actions.specs()) {
        QStringList keys;
        for (const QKeySequence& sequence : spec.shortcuts)
            keys.append(keysText(sequence));
        QString name = spec.text;
        name.remove(QLatin1Char('&')).remove(QStringLiteral("…"));
        auto* command = new QStandardItem(name);
        auto* shortcut = new QStandardItem(keys.join(QStringLiteral(", ")));
        shortcut->setFont(textFont(TextStyle::Mono));
        model->appendRow({command, shortcut});
    }
    return model;
}

} // namespace

KeyboardPage::KeyboardPage(const ActionRegistry& actions, QWidget* parent) : QWidget(parent)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(metrics::pagePadding, 20, metrics::pagePadding, metrics::pagePadding);
    layout->setSpacing(12);
    auto* title = new Label(tr("Keyboard"), TextStyle::Page);
    auto* search = new SearchField(tr("Find a command or key"));
    auto* proxy = new QSortFilterProxyModel(this);
    proxy->setSourceModel(modelOf(actions, this));
    proxy->setFilterCaseSensitivity(Qt::CaseInsensitive);
    proxy->setFilterKeyColumn(-1);
    auto* table = new QTableView;
    table->setModel(proxy);
    table->setAccessibleName(tr("Commands and their keys"));
    table->setShowGrid(false);
    table->setFrameShape(QFrame::NoFrame);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setTabKeyNavigation(false);
    table->verticalHeader()->hide();
    table->verticalHeader()->setMinimumSectionSize(16);
    table->verticalHeader()->setDefaultSectionSize(Theme::instance().rowHeight());
    table->horizontalHeader()->setFixedHeight(metrics::tableHeader);
    table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    table->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
    table->setColumnWidth(1, keyColumn);
    for (QWidget* widget : std::initializer_list<QWidget*>{title, search, table})
        widget->setMaximumWidth(pageWidth);
    layout->addWidget(title);
    layout->addWidget(search);
    layout->addWidget(table, 1);
    connect(search, &SearchField::textChanged, proxy, &QSortFilterProxyModel::setFilterFixedString);
}

} // namespace claimsmith::app
