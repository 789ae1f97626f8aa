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
constexpr int headerHeight = 134;
constexpr int payloadHeight = 210;

} // namespace

TextRow::TextRow(TokenBench& bench, QWidget* parent)
    : QWidget(parent), m_encodedPane(new TokenPane(tr("Encoded"))),
      m_headerPane(new TokenPane(tr("Header"), Role::JwtHeader)),
      m_payloadPane(new TokenPane(tr("Payload"), Role::JwtPayload)), m_claimsPane(new TokenPane(tr("Claims"))),
      m_encoded(new EncodedPane(bench, *m_encodedPane)),
      m_header(new JsonPane(bench, *m_headerPane, TokenDraft::Pane::Header)),
      m_payload(new JsonPane(bench, *m_payloadPane, TokenDraft::Pane::Payload)), m_claims(new ClaimsPane(bench)),
      m_row(new Splitter(Qt::Horizontal)), m_middle(new Splitter(Qt::Vertical)), m_tabs(new PaneTabs(this))
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
    connect(m_encoded, &EncodedPane::decryptionRequested, this, &TextRow::decryptionRequested);
    showClaimCount(m_claims->table()->claims().rowCount());
}

void TextRow::showClaimCount(int count)
{
    m_claimsPane->setCount(QString::number(count));
    if (m_tabs->isHolding())
        m_tabs->tabs()->setCounter(1, QString::number(count));
}

void TextRow::tint(std::optional<TokenPart> part)
{
    const auto ground = [&](TokenPart own, Role role) { return part == own ? role : Role::BgSurface; };
    m_headerPane->setHeaderGround(ground(TokenPart::Header, Role::JwtHeaderBg));
    m_payloadPane->setHeaderGround(ground(TokenPart::Payload, Role::JwtPayloadBg));
}

void TextRow::setFold(Fold fold)
{
    if (fold == m_fold)
        return;
    unfold();
    m_fold = fold;
    if (fold == Fold::None)
        return;
    std::vector<PaneTabs::Part> parts{{m_payloadPane, tr("Payload")}, {m_claimsPane, tr("Claims")}};
    if (fold == Fold::All)
        parts.push_back({m_headerPane, tr("Header")});
    m_tabs->hold(parts);
    m_middle->addWidget(m_tabs);
    m_tabs->show();
    m_middle->setSizes({headerHeight, payloadHeight});
    showClaimCount(m_claims->table()->claims().rowCount());
}

void TextRow::unfold()
{
    if (m_fold == Fold::None)
        return;
    m_tabs->release();
    m_tabs->hide();
    m_tabs->setParent(this);
    m_middle->addWidget(m_headerPane);
    m_middle->addWidget(m_payloadPane);
    m_row->addWidget(m_claimsPane);
    for (TokenPane* pane : {m_headerPane, m_payloadPane, m_claimsPane})
        pane->show();
    m_middle->setSizes({headerHeight, payloadHeight});
    m_row->setSizes({encodedWidth, jsonWidth, claimsWidth});
}

} // namespace claimsmith::app
