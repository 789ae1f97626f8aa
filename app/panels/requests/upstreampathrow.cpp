// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/requests/upstreampathrow.h"

#include "theme/metrics.h"
#include "widgets/chiplabel.h"
#include "widgets/label.h"

#include <QHBoxLayout>

namespace claimsmith::app {
namespace {

constexpr int rowHeight = 44;

} // namespace

UpstreamPathRow::UpstreamPathRow(QWidget* parent)
    : Pane(Role::BgSurface, Qt::TopEdge, parent), m_sent(new ElidedLabel({}, TextStyle::Mono, Role::Text2)),
      m_received(new ElidedLabel({}, TextStyle::Mono)), m_by(new ChipLabel)
{
    setFixedHeight(rowHeight);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(metrics::pagePadding, 1, metrics::pagePadding, 0);
    row->setSpacing(8);
    row->addWidget(new Label(tr("Upstream path"), TextStyle::SmallBold));
    row->addStretch(1);
    for (ElidedLabel* each : {m_sent, m_received}) {
        each->setElideMode(Qt::ElideMiddle);
        each->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Preferred);
    }
    row->addWidget(m_sent);
    row->addWidget(new Label(QStringLiteral("→"), TextStyle::Body, Role::Text3));
    row->addWidget(m_received);
    row->addWidget(m_by);
    connect(m_by, &QAbstractButton::clicked, this, [this] { emit entityClicked(m_pointer); });
    hide();
}

void UpstreamPathRow::setPath(const std::optional<UpstreamPath>& path)
{
    setVisible(path.has_value());
    if (!path)
        return;
    m_sent->setText(path->sent);
    m_received->setText(path->received);
    m_pointer = path->by.pointer;
    m_by->setChip(path->by.chip);
    m_by->setClickable(!m_pointer.empty());
    m_by->setVisible(!path->by.chip.text.isEmpty());
    m_by->setAccessibleName(tr("Path changed by %1").arg(path->by.chip.text));
    setAccessibleName(tr("Upstream path: %1 became %2").arg(path->sent, path->received));
}

} // namespace claimsmith::app
