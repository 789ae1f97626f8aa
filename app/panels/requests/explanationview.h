// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/explain.h"

#include <QScrollArea>

#include <functional>

class QBoxLayout;
class QVBoxLayout;

namespace claimsmith::app {

/// Why a step ended as it did: cause in one sentence, the values compared, the token's life when time is the cause, the
/// repairs, all checks in order, and the credential.
class ExplanationView final : public QScrollArea
{
    Q_OBJECT

public:
    /// The change that a repair makes, for its tooltip; nothing when it cannot be made here.
    using Preview = std::function<std::optional<QString>(const gateway::Repair&)>;

    explicit ExplanationView(QWidget* parent = nullptr);

    /// `step` is what it explains; `now` are Unix seconds by the gateway's clock at the time of the request.
    void show(const gateway::Explanation& explanation, const gateway::Step& step, std::int64_t now,
              const Preview& preview);

protected:
    void resizeEvent(QResizeEvent* event) override;

signals:
    void repairChosen(const claimsmith::gateway::Repair& repair);
    void entityClicked(const std::string& pointer);

private:
    void addHead(QVBoxLayout& layout, const gateway::Explanation& explanation, const gateway::Step& step);
    void addRepairs(QVBoxLayout& layout, const gateway::Explanation& explanation, const Preview& preview);
    void addChecks(QBoxLayout& layout, const gateway::Explanation& explanation, const gateway::Step& step);
    void addCredential(QBoxLayout& layout, const gateway::Explanation& explanation);
    /// Checks and credential stand side by side, one above the other where it is narrow.
    void layColumns();

    QBoxLayout* m_columns = nullptr; ///< of the content that is shown
};

} // namespace claimsmith::app
