// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bridge/documentstep.h"

#include "bridge/gatewaydocument.h"
#include "bridge/textmerge.h"

#include <QCoreApplication>

#include <utility>

namespace claimsmith::app {

DocumentStep::DocumentStep(GatewayDocument& document, std::vector<ConfigEdit> edits, QString label)
    : m_document(document), m_edits(std::move(edits)), m_label(std::move(label))
{
}

Result<void> DocumentStep::redo()
{
    if (m_made)
        return {};
    m_document.endTyping();
    std::string before = m_document.text();
    CLAIMSMITH_CHECK(m_document.change(m_edits, m_label));
    m_before = std::move(before);
    m_after = m_document.text();
    m_made = true;
    return {};
}

bool DocumentStep::undo()
{
    if (!m_made)
        return true;
    m_document.endTyping();
    // What was changed since and the way back are two changes of the same text.
    const auto merged = mergeTexts(m_after, m_document.text(), m_before);
    if (!merged)
        return false;
    m_document.setText(*merged, QCoreApplication::translate("DocumentStep", "Undo %1").arg(m_label));
    m_made = false;
    return true;
}

} // namespace claimsmith::app
