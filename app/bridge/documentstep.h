// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "bridge/configedit.h"

#include <QString>

#include <string>
#include <vector>

namespace claimsmith::app {

class GatewayDocument;

/// Edits of kong.yml as a step of another history than the document's own: a request's, for a repair. Taking it back
/// takes back these edits alone, whatever else was changed since. Both are steps of the document's history too.
class DocumentStep
{
public:
    /// The document has to outlive the step.
    DocumentStep(GatewayDocument& document, std::vector<ConfigEdit> edits, QString label);

    /// Makes the edits, unless they stand since the last time. Fails, and changes nothing, where the document does not
    /// take them.
    Result<void> redo();
    /// Takes the edits back; does nothing when they are not made. False, and nothing is changed, when the same lines or
    /// their neighbours were changed since.
    [[nodiscard]] bool undo();

private:
    GatewayDocument& m_document;
    std::vector<ConfigEdit> m_edits;
    QString m_label;
    std::string m_before; ///< the whole text, before and after they were made last
    std::string m_after;
    bool m_made = false;
};

} // namespace claimsmith::app
