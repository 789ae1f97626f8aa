// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/settingspanel.h"

#include "shell/appearancepage.h"
#include "shell/keyboardpage.h"
#include "theme/icons.h"
#include "theme/metrics.h"
#include "theme/theme.h"
#include "widgets/label.h"
#include "widgets/panels.h"
#include "widgets/searchfield.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QListWidget>
#include <QPainter>
#include <QStackedWidget>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

namespace claimsmith::app {
namespace {

constexpr int sideWidth = 216;
constexpr int categoryHeight = 32;
constexpr int footerHeight = 40;

class CategoryDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const bool selected = option.state.testFlag(QStyle::State_Selected);
        if (selected)
            painter->fillRect(option.rect, color(Role::BgSelected));
        else if (option.state.testFlag(QStyle::State_MouseOver))
            painter->fillRect(option.rect, color(Role::BgHover));
        const QIcon icon = index.data(Qt::DecorationRole).value<QIcon>();
        icon.paint(painter, QRect(option.rect.x() + 12, option.rect.y() + (option.rect.height() - 16) / 2, 16, 16));
        painter->setFont(textFont(selected ? TextStyle::BodyStrong : TextStyle::Body));
        painter->setPen(color(Role::Text));
        painter->drawText(option.rect.adjusted(34, 0, -8, 0), Qt::AlignVCenter | Qt::AlignLeft,
                          index.data().toString());
    }

    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override { return {100, categoryHeight}; }
};

} // namespace

SettingsPanel::SettingsPanel(QSettings& settings, ActionRegistry& actions)
    : m_search(new SearchField(tr("Find a setting"))), m_categories(new QListWidget), m_pages(new QStackedWidget)
{
    auto* side = new Pane(Role::BgPanel, Qt::RightEdge);
    side->setFixedWidth(sideWidth + 1);
    auto* sideLayout = new QVBoxLayout(side);
    sideLayout->setContentsMargins(0, 0, 1, 0);
    sideLayout->setSpacing(0);
    sideLayout->addWidget(new PanelHeader(tr("Settings")));
    auto* searchRow = new QHBoxLayout;
    searchRow->setContentsMargins(8, 0, 8, 8);
    searchRow->addWidget(m_search);
    sideLayout->addLayout(searchRow);
    m_categories->setItemDelegate(new CategoryDelegate(m_categories));
    m_categories->setFrameShape(QFrame::NoFrame);
    m_categories->setMouseTracking(true);
    m_categories->setAccessibleName(tr("Categories of settings"));
    setFillRole(m_categories, Role::BgPanel);
    sideLayout->addWidget(m_categories, 1);
    auto* footer = new Pane(Role::BgPanel, Qt::TopEdge);
    footer->setFixedHeight(footerHeight);
    auto* footerLayout = new QHBoxLayout(footer);
    footerLayout->setContentsMargins(12, 0, 12, 0);
    footerLayout->addWidget(
        new Label(tr("Claimsmith %1").arg(QApplication::applicationVersion()), TextStyle::Small, Role::Text3));
    footerLayout->addStretch(1);
    footerLayout->addWidget(new Label(tr("Qt %1").arg(QLatin1String(qVersion())), TextStyle::Small, Role::Text3));
    sideLayout->addWidget(footer);

    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(side);
    layout->addWidget(m_pages, 1);
    addCategory(tr("Appearance"), QLatin1String("palette"), new AppearancePage(settings),
                {tr("theme"), tr("light"), tr("dark"), tr("contrast"), tr("font"), tr("size"), tr("row height"),
                 tr("rail"), tr("motion")});
    addCategory(tr("Keyboard"), QLatin1String("keyboard"), new KeyboardPage(actions, settings),
                {tr("shortcut"), tr("key"), tr("command")});
    connect(m_categories, &QListWidget::currentRowChanged, m_pages, &QStackedWidget::setCurrentIndex);
    connect(m_search, &SearchField::textChanged, this, &SettingsPanel::filter);
    m_categories->setCurrentRow(0);
}

void SettingsPanel::addCategory(const QString& title, QLatin1String iconName, QWidget* page,
                                const QStringList& keywords)
{
    m_keywords.append(QStringList(title) + keywords);
    m_pages->addWidget(page);
    new QListWidgetItem(themedIcon(iconName, Role::Text2), title, m_categories);
}

void SettingsPanel::filter(const QString& text)
{
    int first = -1;
    for (int row = 0; row < m_categories->count(); ++row) {
        bool found = false;
        for (const QString& word : m_keywords.at(row))
            found = found || word.contains(text.trimmed(), Qt::CaseInsensitive);
        m_categories->item(row)->setHidden(!found);
        if (found && first < 0)
            first = row;
    }
    if (first >= 0 && m_categories->currentItem() && m_categories->currentItem()->isHidden())
        m_categories->setCurrentRow(first);
}

void SettingsPanel::focusMain()
{
    m_categories->setFocus();
}

void SettingsPanel::runAction(const QString& id)
{
    if (id == QLatin1String("settings.keyboard"))
        m_categories->setCurrentRow(1);
}

} // namespace claimsmith::app
