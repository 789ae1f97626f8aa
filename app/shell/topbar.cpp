// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/topbar.h"

#include "shell/textbutton.h"
#include "theme/icons.h"
#include "theme/metrics.h"
#include "theme/paint.h"
#include "theme/theme.h"
#include "widgets/buttons.h"

#include <QHBoxLayout>
#include <QKeySequence>
#include <QMenu>
#include <QMenuBar>
#include <QPainter>

namespace claimsmith::app {

/// Looks like a field, is a button: a click opens the palette in its place.
class PaletteField final : public QAbstractButton
{
public:
    explicit PaletteField(QWidget* parent) : QAbstractButton(parent)
    {
        setText(TopBar::tr("Search or run a command"));
        setFocusPolicy(Qt::TabFocus);
        setAccessibleName(text());
        setAttribute(Qt::WA_Hover);
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        paintBox(painter, rect(), metrics::radiusControl, color(underMouse() ? Role::BgHover : Role::BgSurface),
                 color(Role::Line));
        paintIcon(painter, QRect(9, 0, metrics::iconField, height()), QLatin1String("search"), metrics::iconField,
                  color(Role::Text3));
        painter.setFont(textFont(TextStyle::Small));
        painter.setPen(color(Role::Text3));
        painter.drawText(rect().adjusted(31, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft, text());
        const QString keys = TopBar::tr("Ctrl K", "key");
        const int keysWidth = keycapSize(keys).width();
        paintKeycap(painter, QRect(width() - 9 - keysWidth, 0, keysWidth, height()), keys);
    }
};

namespace {

constexpr int markSize = 20;
constexpr int fieldWidth = 440;
constexpr int foldedFieldWidth = 360;

} // namespace

TopBar::TopBar(QWidget* parent)
    : QWidget(parent), m_menus(new QMenuBar), m_menuButton(new IconButton(QLatin1String("menu"), tr("Menus"))),
      m_foldedMenu(new QMenu(this)), m_field(new PaletteField(this)), m_workspace(new TextButton),
      m_workspaceMenu(new QMenu(this)), m_historyMenu(new QMenu(this)), m_noticeMenu(new QMenu(this)),
      m_history(new IconButton(QLatin1String("history"), tr("Latest exchanges"))),
      m_bell(new IconButton(QLatin1String("bell"), tr("Notices"))), m_layout(new QHBoxLayout(this)),
      m_railWidth(metrics::rail)
{
    setFixedHeight(metrics::topBar);
    m_layout->setContentsMargins(metrics::rail, 0, 8, 1);
    m_layout->setSpacing(0);
    m_menus->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    m_menus->setFixedHeight(metrics::control);
    m_layout->addWidget(m_menus);
    m_layout->addWidget(m_menuButton);
    m_menuButton->hide();
    m_menuButton->setMenu(m_foldedMenu);
    connect(m_foldedMenu, &QMenu::aboutToShow, this, [this] {
        m_foldedMenu->clear();
        m_foldedMenu->addActions(m_menus->actions());
    });
    m_layout->addStretch(1);
    m_workspace->setIcon(QLatin1String("folder"), Role::Text2);
    m_workspace->setStrongQuiet();
    m_workspace->setChevron(QLatin1String("chevron-down"));
    m_workspace->setMenu(m_workspaceMenu);
    m_workspace->setObjectName(QStringLiteral("topbar.workspace"));
    m_layout->addWidget(m_workspace);
    m_layout->addSpacing(10);
    m_history->setMenu(m_historyMenu);
    m_bell->setMenu(m_noticeMenu);
    m_layout->addWidget(m_history);
    m_layout->addWidget(m_bell);
    m_field->setObjectName(QStringLiteral("topbar.palette"));
    connect(m_field, &QAbstractButton::clicked, this, &TopBar::paletteRequested);
    setWorkspace({});
}

void TopBar::setWorkspace(const QString& name)
{
    m_workspace->setTexts(name.isEmpty() ? tr("No workspace") : name, {});
}

void TopBar::setNotices(int count)
{
    m_notices = count;
    const QString name = count > 0 ? tr("Notices, %n new", nullptr, count) : tr("Notices");
    m_bell->setToolTip(name);
    m_bell->setAccessibleName(name);
    update();
}

void TopBar::setFolded(bool folded)
{
    m_menus->setVisible(!folded);
    m_menuButton->setVisible(folded);
    placeField();
}

void TopBar::setRailWidth(int width)
{
    m_railWidth = width;
    m_layout->setContentsMargins(width, 0, 8, 1);
    update();
}

void TopBar::placeField()
{
    const int wanted = m_menus->isHidden() ? foldedFieldWidth : fieldWidth;
    // Centred on the window, not on what is left over.
    m_field->setGeometry((width() - wanted) / 2, (height() - metrics::control) / 2, wanted, metrics::control);
}

void TopBar::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    placeField();
}

void TopBar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), color(Role::BgRail));
    painter.fillRect(0, height() - 1, width(), 1, color(Role::Line));
    paintIcon(painter, QRect(0, 0, m_railWidth, height() - 1), QLatin1String("claimsmith"), markSize,
              QColor(Qt::black));
    if (m_notices > 0)
        paintDot(painter, QRect(m_bell->x() + 17, m_bell->y() + 4, 6, 6), 6, Role::BadSolid);
}

} // namespace claimsmith::app
