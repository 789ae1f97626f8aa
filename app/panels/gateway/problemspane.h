// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "bridge/configedit.h"
#include "widgets/panels.h"

class QTableView;

namespace claimsmith::app {

struct ConfigProblem;
class ChipLabel;
class GatewayDocument;
class IconButton;
class Label;
class ProblemsModel;

/// The list below form and text: what is wrong with kong.yml, where, and the one click that mends it. Hidden while
/// nothing is.
class ProblemsPane final : public Pane
{
    Q_OBJECT

public:
    /// `document` has to outlive the pane.
    explicit ProblemsPane(GatewayDocument& document, QWidget* parent = nullptr);

    /// F8 and Shift F8: makes the next problem current and asks for its place. Goes round.
    void walk(int by);
    /// Only the header stays.
    void setFolded(bool folded);
    bool isFolded() const noexcept { return m_folded; }
    QTableView* table() const noexcept { return m_table; }
    int problemCount() const;

signals:
    /// Go to the pointer of the document and this line (from 1).
    void placeRequested(const std::string& pointer, std::size_t line);
    void fixRequested(const claimsmith::app::ConfigEdit& fix, const QString& label);
    void foldedChanged();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void refresh();
    void requestPlace(int row);
    void requestFix(int row);

    GatewayDocument& m_document;
    ProblemsModel* m_model;
    ChipLabel* m_errors;
    ChipLabel* m_warnings;
    Label* m_note;
    IconButton* m_filter;
    IconButton* m_fold;
    QTableView* m_table;
    bool m_folded = false;
};

} // namespace claimsmith::app
