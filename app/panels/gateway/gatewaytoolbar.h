// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/panels.h"

class QPushButton;

namespace claimsmith::app {

class GatewayDocument;
class GatewaySession;
class IconButton;
class Label;
class PillLabel;
class Segment;
class Switch;

/// The top of the Gateway panel: state of the gateway with what starts and stops it; Import, Export, Apply.
class GatewayToolbar final : public Pane
{
    Q_OBJECT

public:
    /// Both have to outlive the toolbar.
    GatewayToolbar(GatewaySession& gateway, GatewayDocument& document, QWidget* parent = nullptr);

    /// Form and text share one place and a segment chooses: narrow windows.
    void setSplit(bool beside);
    /// The part of the segment: 0 form, 1 text.
    void setPage(int page);
    int page() const;

signals:
    void pageChanged();
    void importRequested();
    void exportRequested();

private:
    void refresh();

    GatewaySession& m_gateway;
    GatewayDocument& m_document;
    Segment* m_segment;
    PillLabel* m_state;
    Label* m_address;
    QPushButton* m_run;
    IconButton* m_restart;
    QPushButton* m_import;
    QPushButton* m_export;
    Label* m_automaticLabel;
    Switch* m_automatic;
    QPushButton* m_apply;
};

} // namespace claimsmith::app
