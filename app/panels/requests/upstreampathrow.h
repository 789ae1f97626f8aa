// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "panels/requests/responsefacts.h"
#include "widgets/panels.h"

namespace claimsmith::app {

class ChipLabel;
class ElidedLabel;

/// "Upstream path /bank → /bank/great-discount", with who changed it. Hidden where the path is the client's.
class UpstreamPathRow final : public Pane
{
    Q_OBJECT

public:
    explicit UpstreamPathRow(QWidget* parent = nullptr);

    void setPath(const std::optional<UpstreamPath>& path);

signals:
    void entityClicked(const std::string& pointer);

private:
    std::string m_pointer;
    ElidedLabel* m_sent;
    ElidedLabel* m_received;
    ChipLabel* m_by;
};

} // namespace claimsmith::app
