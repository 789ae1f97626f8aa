// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/tokens/textrow.h"

#include "panels/tokens/claimspane.h"
#include "panels/tokens/panetabs.h"
#include "panels/tokens/textpanes.h"
#include "panels/tokens/tokenbench.h"
#include "widgets/claimtable.h"
#include "widgets/panels.h"
#include "widgets/tabs.h"

#include <QVBoxLayout>

namespace claimsmith::app {

namespace {

constexpr int encodedWidth = 344;
constexpr int jsonWidth = 316;
constexpr int claimsWidth = 452;
constexpr int headerHeight = 126;
constexpr int payloadHeight = 218;

} // namespace

TextRow::TextRow(TokenBench& bench, QWidget* parent)
    : QWidget(parent), m_encodedPane(new TokenPane(tr("Encoded"))),
      m_headerPane(new TokenPane(tr("Header"), Role::JwtHeader)),
      m_payloadPane(new TokenPane(tr("Payload"), Role::JwtPayload)), m_claimsPane(new TokenPane(tr("Claims"))),
      m_encoded(new EncodedPane(bench, *m_encodedPane)),
      m_header(new JsonPane(bench, *m_headerPane, TokenDraft::Pane::Header)),
      m_payload(new JsonPane(bench, *m_payloadPane, TokenDraft::Pane::Payload)), m_claims(new ClaimsPane(bench)),
      m_row(new Splitter(Qt::Horizontal)), m_middle(new Splitter(Qt::Vertical)),
      m_tabs(new PaneTabs({tr("Payload"), tr("Claims")}, this))
{
    m_encodedPane->body()->addWidget(m_encoded);
    m_headerPane->body()->addWidget(m_header);
    m_payloadPane->body()->addWidget(m_payload);
    m_claimsPane->body()->addWidget(m_claims);
    m_claimsPane->addAction(m_claims->addButton());
    m_tabs->hide();

    m_middle->setThin();
    m_middle->setChildrenCollapsible(false);
    m_middle->addWidget(m_headerPane);
    m_middle->addWidget(m_payloadPane);
    m_middle->setStretchFactor(1, 1);
    m_middle->setSizes({headerHeight, payloadHeight});
    m_row->setThin();
    m_row->setChildrenCollapsible(false);
    m_row->addWidget(m_encodedPane);
    m_row->addWidget(m_middle);
    m_row->addWidget(m_claimsPane);
    m_row->setSizes({encodedWidth, jsonWidth, claimsWidth});
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_row);
    wire();
}

void TextRow::wire()
{
    connect(m_claims, &ClaimsPane::countChanged, this, &TextRow::showClaimCount);
    connect(m_claims, &ClaimsPane::currentClaimChanged, m_payload, &JsonPane::showMember);
    connect(m_claims, &ClaimsPane::credentialRequested, this, &TextRow::credentialRequested);
    connect(m_encoded, &EncodedPane::hoveredPartChanged, this, &TextRow::tint);
    showClaimCount(m_claims->table()->claims().rowCount());
}

void TextRow::showClaimCount(int count)
{
    m_claimsPane->setCount(QString::number(count));
    m_tabs->tabs()->setCounter(1, QString::number(count));
}

void TextRow::tint(std::optional<TokenPart> part)
{
    const auto ground = [&](TokenPart own, Role role) { return part == own ? role : Role::BgSurface; };
    m_headerPane->setHeaderGround(ground(TokenPart::Header, Role::JwtHeaderBg));
    m_payloadPane->setHeaderGround(ground(TokenPart::Payload, Role::JwtPayloadBg));
}

void TextRow::setFolded(bool folded)
{
    if (folded == m_tabs->isHolding())
        return;
    if (folded) {
        const QList<int> heights = m_middle->sizes();
        m_tabs->hold({m_payloadPane, m_claimsPane});
        m_middle->addWidget(m_tabs);
        m_tabs->show();
        m_middle->setSizes(heights);
        return;
    }
    m_tabs->release();
    const QList<int> heights = m_middle->sizes();
    m_tabs->hide();
    m_tabs->setParent(this);
    m_middle->addWidget(m_payloadPane);
    m_row->addWidget(m_claimsPane);
    m_payloadPane->show();
    m_claimsPane->show();
    m_middle->setSizes(heights);
    m_row->setSizes({encodedWidth, jsonWidth, claimsWidth});
}

} // namespace claimsmith::app
