// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/welcomepage.h"

#include "bridge/secretservice.h"
#include "shell/actionregistry.h"
#include "shell/samplecard.h"
#include "theme/icons.h"
#include "theme/metrics.h"
#include "theme/paint.h"
#include "theme/theme.h"
#include "widgets/buttons.h"
#include "widgets/label.h"
#include "widgets/panels.h"

#include <QAction>
#include <QApplication>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

namespace claimsmith::app {
namespace {

constexpr int startWidth = 376;
constexpr int samplesWidth = 784;
constexpr int gap = 48;
constexpr int markSize = 48;
constexpr int rowHeight = 56;
constexpr int tile = 32;

/// One way to begin: icon on a tile, what it does, its shortcut.
class StartRow final : public QAbstractButton
{
public:
    StartRow(QAction* action, const QString& help) : m_action(action), m_help(help)
    {
        QString name = action->text();
        name.remove(QLatin1Char('&')).remove(QStringLiteral("…"));
        setText(name);
        setAccessibleName(name);
        setAccessibleDescription(help);
        setFixedHeight(rowHeight);
        setFocusPolicy(Qt::TabFocus);
        setCursor(Qt::PointingHandCursor);
        setAttribute(Qt::WA_Hover);
        connect(this, &QAbstractButton::clicked, action, &QAction::trigger);
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        const QRect box(0, (height() - tile) / 2, tile, tile);
        paintBox(painter, box, metrics::radiusControl, color(underMouse() ? Role::BgPressed : Role::BgChip), QColor());
        m_action->icon().paint(&painter, box.adjusted(8, 8, -8, -8));
        painter.setFont(textFont(TextStyle::BodyStrong));
        painter.setPen(color(Role::Text));
        painter.drawText(QRect(tile + 12, box.y() - 2, width(), 18), Qt::AlignVCenter | Qt::AlignLeft, text());
        painter.setFont(textFont(TextStyle::Small));
        painter.setPen(color(Role::Text3));
        painter.drawText(QRect(tile + 12, box.y() + 16, width(), 16), Qt::AlignVCenter | Qt::AlignLeft, m_help);
        if (m_action->shortcut().isEmpty())
            return;
        const QString keys = keysText(m_action->shortcut());
        const int keysWidth = keycapSize(keys).width();
        paintKeycap(painter, QRect(width() - keysWidth, 0, keysWidth, height()), keys);
    }

private:
    QAction* m_action;
    QString m_help;
};

/// "Keychain  holds your secrets  [Unlock]"
QHBoxLayout* factRow(IconLabel* icon, const QString& name, Label* state, QWidget* button)
{
    auto* layout = new QHBoxLayout;
    layout->setSpacing(12);
    layout->addWidget(icon);
    auto* label = new Label(name, TextStyle::Body);
    label->setFixedWidth(112);
    layout->addWidget(label);
    layout->addWidget(state);
    layout->addStretch(1);
    if (button)
        layout->addWidget(button);
    return layout;
}

} // namespace

WelcomePage::WelcomePage(ActionRegistry& actions, SecretService& secrets, QWidget* parent) : QWidget(parent)
{
    auto* page = new QHBoxLayout;
    page->setSpacing(gap);
    page->addStretch(1);
    page->addWidget(makeStart(actions, secrets), 0, Qt::AlignTop);
    page->addWidget(makeSamples(), 0, Qt::AlignTop);
    page->addStretch(1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(metrics::pagePadding, metrics::pagePadding, metrics::pagePadding, metrics::pagePadding);
    layout->addStretch(1);
    layout->addLayout(page);
    layout->addStretch(1);
}

QWidget* WelcomePage::makeStart(ActionRegistry& actions, SecretService& secrets)
{
    auto* column = new QWidget;
    column->setFixedWidth(startWidth);
    auto* layout = new QVBoxLayout(column);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    auto* head = new QHBoxLayout;
    head->setSpacing(12);
    head->addWidget(new IconLabel(QLatin1String("claimsmith"), markSize));
    auto* names = new QVBoxLayout;
    names->setSpacing(0);
    names->addWidget(new Label(tr("Claimsmith"), TextStyle::Hero));
    names->addWidget(new Label(QApplication::applicationVersion(), TextStyle::Small, Role::Text3));
    head->addLayout(names);
    head->addStretch(1);
    layout->addLayout(head);
    layout->addSpacing(12);
    auto* purpose = new Label({}, TextStyle::Body, Role::Text2);
    purpose->setParagraph(tr(
        "Test APIs, make and check tokens, and see what a gateway does with both. Everything runs on this computer."));
    layout->addWidget(purpose);
    layout->addSpacing(20);
    const std::pair<const char*, QString> rows[] = {
        {"workspace.new", tr("A folder that git can hold")},
        {"workspace.open", tr("One that was made before")},
        {"tokens.paste", tr("Decode and check it at once")},
    };
    for (const auto& [id, help] : rows)
        if (QAction* action = actions.find(QLatin1String(id)))
            layout->addWidget(new StartRow(action, help));
    layout->addSpacing(16);

    auto* card = new Card;
    auto* icon = new IconLabel(QLatin1String("keychain"), metrics::iconRow, Role::Text2);
    auto* state = new Label({}, TextStyle::Small, Role::Text2);
    auto* unlock = makeButton(tr("Unlock"), ButtonKind::Default, {}, ControlSize::Small);
    card->body()->addLayout(factRow(icon, tr("Keychain"), state, unlock));
    layout->addWidget(card);
    connect(unlock, &QPushButton::clicked, this, &WelcomePage::unlockRequested);
    const auto show = [&secrets, icon, state, unlock] {
        const bool open = secrets.state() == SecretService::State::Unlocked;
        icon->setIcon(open ? QLatin1String("check-circle") : QLatin1String("keychain"), open ? Role::Ok : Role::Text2);
        state->setText(open ? tr("holds your secrets") : tr("is locked or missing"));
        unlock->setVisible(!open);
    };
    connect(&secrets, &SecretService::stateChanged, card, show);
    show();
    return column;
}

QWidget* WelcomePage::makeSamples()
{
    auto* column = new QWidget;
    auto* layout = new QVBoxLayout(column);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(new Label(tr("Start from a working sample"), TextStyle::Page));
    auto* subtitle = new Label({}, TextStyle::Body, Role::Text2);
    subtitle->setParagraph(tr("Each one opens with requests, a gateway configuration, keys and tokens."));
    layout->addWidget(subtitle);
    layout->addSpacing(16);
    auto* grid = new QGridLayout;
    grid->setSpacing(metrics::cardGap);
    int index = 0;
    for (const SampleDescription& sample : samples()) {
        auto* card = new SampleCard(sample);
        connect(card, &SampleCard::clicked, this, [this, name = sample.name] { emit sampleChosen(name); });
        if (!m_firstSample)
            m_firstSample = card;
        grid->addWidget(card, index / 2, index % 2);
        ++index;
    }
    column->setFixedWidth(index > 1 ? samplesWidth : samplesWidth / 2);
    layout->addLayout(grid);
    layout->addStretch(1);
    return column;
}

void WelcomePage::focusFirstSample()
{
    if (m_firstSample)
        m_firstSample->setFocus();
}

void WelcomePage::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), color(Role::BgWindow));
}

} // namespace claimsmith::app
