// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/samplecard.h"

#include "platform/samples.h"
#include "theme/icons.h"
#include "theme/metrics.h"
#include "theme/paint.h"
#include "theme/theme.h"
#include "widgets/buttons.h"
#include "widgets/chiplabel.h"
#include "widgets/label.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>

namespace claimsmith::app {
namespace {

constexpr int cardHeight = 204;
constexpr int padding = 17;
constexpr int pathTop = 103;
constexpr int nodeHeight = 28;
constexpr int nodePadding = 10;
constexpr int nodeGap = 6;

struct Node
{
    QLatin1String icon;
    QString text;
    bool accent;
};

int widthOf(const Node& node)
{
    return 2 * nodePadding + metrics::iconField + nodeGap +
           QFontMetrics(textFont(TextStyle::Caption)).horizontalAdvance(node.text);
}

void paintNode(QPainter& painter, const QRect& rect, const Node& node)
{
    const QColor ink = color(node.accent ? Role::AccentText : Role::Text2);
    paintBox(painter, rect, metrics::radiusControl, color(node.accent ? Role::AccentBg : Role::BgPanel),
             color(node.accent ? Role::AccentText : Role::LineStrong));
    paintIcon(painter, QRect(rect.x() + nodePadding, rect.y(), metrics::iconField, rect.height()), node.icon,
              metrics::iconField, ink);
    painter.setFont(textFont(TextStyle::Caption));
    painter.setPen(ink);
    painter.drawText(rect.adjusted(nodePadding + metrics::iconField + nodeGap, 0, 0, 0),
                     Qt::AlignVCenter | Qt::AlignLeft, node.text);
}

} // namespace

QList<SampleDescription> samples()
{
    const QList<SampleDescription> all = {
        {QStringLiteral("login_server"),
         SampleCard::tr("Protect an API with JWT"),
         SampleCard::tr("A login server signs tokens, the gateway checks them and their exp claim."),
         SampleCard::tr("%n request(s)", nullptr, 5),
         QStringLiteral("login_server_issuer"),
         QStringLiteral("jwt"),
         QStringLiteral("my-api-service"),
         {QStringLiteral("/api"), QStringLiteral("HS256"), QStringLiteral("exp")}},
        {QStringLiteral("custom_jwt"),
         SampleCard::tr("Swap a password for a token"),
         SampleCard::tr("Basic credentials come in, a signed RS256 token in X-Custom-Jwt goes out."),
         SampleCard::tr("%n request(s)", nullptr, 3),
         QStringLiteral("my-auth"),
         QStringLiteral("x-custom-jwt"),
         QStringLiteral("httpbin"),
         {QStringLiteral("/basicAuth"), QStringLiteral("RS256"), QStringLiteral("JWKS")}},
        {QStringLiteral("claim_routing"),
         SampleCard::tr("Route by who is signed in"),
         SampleCard::tr("bob gets great-discount, suzy gets low-interest. One route, one claim."),
         SampleCard::tr("%n request(s)", nullptr, 3),
         QStringLiteral("bob, suzy"),
         QStringLiteral("openid-connect"),
         QStringLiteral("bank-demo"),
         {QStringLiteral("/bank"), QStringLiteral("OIDC"), QStringLiteral("headers")}},
        {QStringLiteral("lab"),
         SampleCard::tr("Limit how long tokens live"),
         SampleCard::tr("FastAPI issues tokens, the gateway refuses any that live over 10 minutes."),
         SampleCard::tr("%n request(s)", nullptr, 4),
         QStringLiteral("jwttoken"),
         QStringLiteral("jwt, 600 s"),
         QStringLiteral("fastapi-service"),
         {QStringLiteral("/items"), QStringLiteral("HS256"), QStringLiteral("maximum_expiration")}},
    };
    const std::vector<std::string> compiledIn = sampleNames();
    QList<SampleDescription> built;
    for (const SampleDescription& sample : all)
        if (std::find(compiledIn.begin(), compiledIn.end(), sample.name.toStdString()) != compiledIn.end())
            built.append(sample);
    return built;
}

SampleCard::SampleCard(const SampleDescription& sample, QWidget* parent)
    : QAbstractButton(parent), m_sample(sample),
      m_open(makeButton(tr("Open"), ButtonKind::Default, {}, ControlSize::Small))
{
    setObjectName(QStringLiteral("sample.") + sample.name);
    setText(sample.title);
    setAccessibleName(sample.title);
    setAccessibleDescription(sample.sentence);
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    setFixedHeight(cardHeight);
    setAttribute(Qt::WA_Hover);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(padding, padding, padding, padding);
    layout->setSpacing(0);
    auto* head = new QHBoxLayout;
    head->addWidget(new Label(sample.title, TextStyle::Section));
    head->addStretch(1);
    head->addWidget(new ChipLabel(Chip{sample.requests, Tone::Neutral}));
    layout->addLayout(head);
    layout->addSpacing(12);
    auto* sentence = new Label({}, TextStyle::Body, Role::Text2);
    sentence->setParagraph(sample.sentence);
    sentence->setAttribute(Qt::WA_TransparentForMouseEvents);
    layout->addWidget(sentence);
    layout->addStretch(1);
    auto* foot = new QHBoxLayout;
    foot->setSpacing(4);
    for (const QString& word : sample.keywords)
        foot->addWidget(new ChipLabel(Chip{word, Tone::Neutral, {}, true}));
    foot->addStretch(1);
    // The card is the control; its button shows what a click does.
    m_open->setFocusPolicy(Qt::NoFocus);
    m_open->setAttribute(Qt::WA_TransparentForMouseEvents);
    foot->addWidget(m_open);
    layout->addLayout(foot);
}

QSize SampleCard::sizeHint() const
{
    return {384, cardHeight};
}

void SampleCard::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const bool focused = hasFocus();
    const Role line = focused ? Role::LineFocus : underMouse() ? Role::LineStrong : Role::Line;
    paintBox(painter, rect(), metrics::radiusCard, color(Role::BgSurface), color(line), focused ? 2 : 1);
    paintPath(painter, pathTop);
}

void SampleCard::paintPath(QPainter& painter, int top) const
{
    const Node nodes[] = {{QLatin1String("user"), m_sample.consumer, false},
                          {QLatin1String("plugin"), m_sample.plugin, true},
                          {QLatin1String("server"), m_sample.service, false}};
    const int left = padding;
    const int right = width() - padding;
    const QRect first(left, top, widthOf(nodes[0]), nodeHeight);
    const QRect last(right - widthOf(nodes[2]), top, widthOf(nodes[2]), nodeHeight);
    const int middleWidth = widthOf(nodes[1]);
    const QRect middle(first.right() + 1 + (last.left() - first.right() - 1 - middleWidth) / 2, top, middleWidth,
                       nodeHeight);
    painter.fillRect(QRect(first.right(), top + nodeHeight / 2 - 1, last.left() - first.right(), 2),
                     color(Role::LineStrong));
    paintNode(painter, first, nodes[0]);
    paintNode(painter, middle, nodes[1]);
    paintNode(painter, last, nodes[2]);
}

void SampleCard::focusInEvent(QFocusEvent* event)
{
    setButtonKind(m_open, ButtonKind::Primary);
    QAbstractButton::focusInEvent(event);
}

void SampleCard::focusOutEvent(QFocusEvent* event)
{
    setButtonKind(m_open, ButtonKind::Default);
    QAbstractButton::focusOutEvent(event);
}

void SampleCard::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        click();
    else
        QAbstractButton::keyPressEvent(event);
}

} // namespace claimsmith::app
