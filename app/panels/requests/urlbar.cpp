// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/requests/urlbar.h"

#include "panels/requests/methodbutton.h"
#include "panels/requests/requesturl.h"
#include "theme/metrics.h"
#include "theme/paint.h"
#include "theme/theme.h"
#include "widgets/buttons.h"
#include "widgets/label.h"
#include "widgets/segment.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QMenu>
#include <QPainter>

namespace claimsmith::app {

namespace {

constexpr int barHeight = 56;
constexpr int margin = 12;
constexpr int manyTimes = 10;

} // namespace

UrlBar::UrlBar(QWidget* parent)
    : QWidget(parent), m_method(new MethodButton),
      m_url(new VariableEdit(VariableEdit::Frame::None, ControlSize::Large)),
      m_host(new Label({}, TextStyle::Mono, Role::Text3)), m_field(new QWidget), m_via(new Segment(ControlSize::Large)),
      m_send(new SplitButton(QLatin1String("requests"), tr("Send")))
{
    setFixedHeight(barHeight);
    auto* field = new QHBoxLayout(m_field);
    field->setContentsMargins(1, 0, margin, 0);
    field->setSpacing(0);
    field->addWidget(m_method);
    field->addSpacing(2);
    field->addWidget(m_url, 1);
    field->addWidget(m_host);

    m_url->setObjectName(QStringLiteral("url"));
    m_host->setObjectName(QStringLiteral("resolvedHost"));
    m_url->setAccessibleName(tr("URL"));
    m_url->setPlaceholderText(tr("{{gateway}}/path or https://host/path"));
    m_url->installEventFilter(this);
    m_via->setObjectName(QStringLiteral("via"));
    m_via->setAccessibleName(tr("Way to send"));
    m_via->addItem(tr("Via gateway"), QLatin1String("gateway"));
    m_via->addItem(tr("Direct"), QLatin1String("send"));
    m_send->setObjectName(QStringLiteral("send"));

    auto* menu = new QMenu(m_send);
    menu->addAction(tr("Send %1 times").arg(manyTimes), this, [this] { emit sendTimesRequested(manyTimes); });
    menu->addSeparator();
    menu->addAction(tr("Copy as curl"), this, &UrlBar::copyCurlRequested);
    m_send->setMenu(menu);

    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(margin, 0, margin, 0);
    layout->setSpacing(10);
    layout->addWidget(m_field, 1);
    layout->addWidget(m_via);
    layout->addWidget(m_send);
    m_field->setFixedHeight(metrics::controlLarge);

    connect(m_method, &MethodButton::methodChosen, this, &UrlBar::methodChosen);
    connect(m_url, &VariableEdit::textEdited, this, &UrlBar::urlEdited);
    connect(m_url, &VariableEdit::returnPressed, this, &UrlBar::sendClicked);
    connect(m_via, &Segment::currentIndexChanged, this,
            [this](int index) { emit viaChosen(index == 0 ? workspace::Via::Gateway : workspace::Via::Direct); });
    connect(m_send, &QToolButton::clicked, this, &UrlBar::sendClicked);
    setRunning(false);
}

void UrlBar::setRequest(const workspace::Request& request)
{
    m_method->setMethod(QString::fromStdString(request.method));
    m_url->setText(QString::fromStdString(displayedUrl(request)));
    const QSignalBlocker blocker(m_via);
    m_via->setCurrentIndex(request.via == workspace::Via::Gateway ? 0 : 1);
}

void UrlBar::setHost(const QString& host)
{
    m_host->setText(host);
}

void UrlBar::setRunning(bool running)
{
    if (running)
        m_send->setFace(QLatin1String("close"), tr("Cancel"));
    else
        m_send->setFace(QLatin1String("requests"), tr("Send"));
    m_send->setAccessibleName(running ? tr("Cancel") : tr("Send"));
    m_send->setToolTip(running ? tr("Cancel (Esc)") : tr("Send (Ctrl+Enter)"));
}

QRect UrlBar::fieldRect() const
{
    return m_field->geometry();
}

void UrlBar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), color(Role::BgSurface));
    painter.fillRect(QRect(0, height() - 1, width(), 1), color(Role::LineSubtle));
    const bool focused = m_url->hasFocus();
    paintBox(painter, fieldRect(), metrics::radiusControl, color(Role::BgControl),
             color(focused ? Role::LineFocus : Role::LineStrong), focused ? 2 : 1);
    const int divider = fieldRect().left() + m_method->geometry().right() + 2;
    painter.fillRect(QRect(divider, fieldRect().top() + 1, 1, fieldRect().height() - 2), color(Role::Line));
}

bool UrlBar::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut)
        update();
    return QWidget::eventFilter(watched, event);
}

} // namespace claimsmith::app
