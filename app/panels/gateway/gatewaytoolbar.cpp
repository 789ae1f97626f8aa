// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/gateway/gatewaytoolbar.h"

#include "bridge/gatewaydocument.h"
#include "bridge/gatewaysession.h"
#include "theme/icons.h"
#include "widgets/buttons.h"
#include "widgets/chiplabel.h"
#include "widgets/label.h"
#include "widgets/segment.h"
#include "widgets/switch.h"

#include <QHBoxLayout>
#include <QPushButton>

namespace claimsmith::app {
namespace {

using State = GatewaySession::State;

constexpr int toolbarHeight = 44;

Pill pillOf(State state)
{
    switch (state) {
    case State::Running:
        return {GatewayToolbar::tr("Running"), Tone::Ok, true};
    case State::Starting:
        return {GatewayToolbar::tr("Starting"), Tone::Info, true};
    case State::Reloading:
        return {GatewayToolbar::tr("Reloading"), Tone::Info, true};
    case State::Failed:
        return {GatewayToolbar::tr("Failed"), Tone::Bad, true};
    case State::Stopped:
        return {GatewayToolbar::tr("Stopped"), Tone::Neutral, false};
    }
    return {};
}

bool isUp(State state)
{
    return state == State::Running || state == State::Starting || state == State::Reloading;
}

} // namespace

GatewayToolbar::GatewayToolbar(GatewaySession& gateway, GatewayDocument& document, QWidget* parent)
    : Pane(Role::BgSurface, Qt::BottomEdge, parent), m_gateway(gateway), m_document(document), m_segment(new Segment),
      m_state(new PillLabel), m_address(new Label({}, TextStyle::Mono, Role::Text2)), m_run(makeButton({})),
      m_restart(new IconButton(QLatin1String("rotate"), tr("Restart the gateway"))),
      m_import(makeButton(tr("Import kong.yml"), ButtonKind::Quiet, QLatin1String("download"))),
      m_export(makeButton(tr("Export decK"), ButtonKind::Quiet, QLatin1String("upload"))),
      m_automaticLabel(new Label(tr("Apply at once"), TextStyle::Small, Role::Text2)),
      m_automatic(new Switch(tr("Apply every valid change at once"))),
      m_apply(makeButton(tr("Apply"), ButtonKind::Primary, QLatin1String("check")))
{
    setFixedHeight(toolbarHeight);
    m_segment->addItem(tr("Form"));
    m_segment->addItem(QStringLiteral("kong.yml"));
    m_segment->setAccessibleName(tr("Form or kong.yml"));
    m_run->setObjectName(QStringLiteral("startStop"));
    m_apply->setObjectName(QStringLiteral("apply"));
    m_restart->setObjectName(QStringLiteral("restart"));
    m_export->setObjectName(QStringLiteral("exportDeck"));
    m_automatic->setToolTip(tr("Apply every valid change at once"));

    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(16, 0, 16, 1);
    layout->setSpacing(8);
    layout->addWidget(m_segment);
    layout->addWidget(m_state);
    layout->addWidget(m_address);
    layout->addWidget(m_run);
    layout->addWidget(m_restart);
    layout->addStretch();
    layout->addWidget(m_import);
    layout->addWidget(m_export);
    layout->addSpacing(8);
    layout->addWidget(m_automaticLabel);
    layout->addWidget(m_automatic);
    layout->addWidget(m_apply);

    connect(m_segment, &Segment::currentIndexChanged, this, &GatewayToolbar::pageChanged);
    connect(m_run, &QAbstractButton::clicked, this, [this] {
        if (isUp(m_gateway.state()))
            m_gateway.stop();
        else
            m_gateway.start();
    });
    connect(m_restart, &QAbstractButton::clicked, &m_gateway, &GatewaySession::restart);
    connect(m_import, &QAbstractButton::clicked, this, &GatewayToolbar::importRequested);
    connect(m_export, &QAbstractButton::clicked, this, &GatewayToolbar::exportRequested);
    connect(m_automatic, &QAbstractButton::clicked, &m_document, &GatewayDocument::setAppliesAutomatically);
    connect(m_apply, &QAbstractButton::clicked, &m_document, &GatewayDocument::apply);
    connect(&m_gateway, &GatewaySession::stateChanged, this, &GatewayToolbar::refresh);
    connect(&m_document, &GatewayDocument::changed, this, &GatewayToolbar::refresh);
    connect(&m_document, &GatewayDocument::baselineChanged, this, &GatewayToolbar::refresh);
    connect(&m_document, &GatewayDocument::appliesAutomaticallyChanged, this, &GatewayToolbar::refresh);
    refresh();
}

void GatewayToolbar::refresh()
{
    const State state = m_gateway.state();
    m_state->setPill(pillOf(state));
    m_state->setAccessibleName(tr("Gateway: %1").arg(pillOf(state).text));
    m_address->setText(m_gateway.proxyAddress());
    m_address->setVisible(!m_gateway.proxyAddress().isEmpty());
    m_run->setText(isUp(state) ? tr("Stop") : tr("Start"));
    m_run->setIcon(themedIcon(isUp(state) ? QLatin1String("stop") : QLatin1String("play")));
    m_restart->setVisible(isUp(state));
    m_automatic->setChecked(m_document.appliesAutomatically());
    m_apply->setVisible(!m_document.appliesAutomatically());
    m_apply->setEnabled(m_document.canApply());
    m_apply->setToolTip(m_document.canApply()              ? QString()
                        : m_document.snapshot() == nullptr ? tr("kong.yml has errors")
                                                           : tr("The gateway runs this configuration"));
}

void GatewayToolbar::setSplit(bool beside)
{
    m_segment->setVisible(!beside);
    m_automaticLabel->setVisible(beside);
}

void GatewayToolbar::setPage(int page)
{
    m_segment->setCurrentIndex(page);
}

int GatewayToolbar::page() const
{
    return m_segment->currentIndex();
}

} // namespace claimsmith::app
