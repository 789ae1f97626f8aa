// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <optional>
#include <string>

class QPushButton;

namespace claimsmith::app {

class ClaimTable;
class TokenBench;

/// The claims as a table, and below it the row that sets a lifetime.
class ClaimsPane final : public QWidget
{
    Q_OBJECT

public:
    explicit ClaimsPane(TokenBench& bench, QWidget* parent = nullptr);

    /// Stands in the header of the pane.
    QPushButton* addButton() const noexcept { return m_add; }
    ClaimTable* table() const noexcept { return m_table; }

signals:
    void countChanged(int count);
    /// A person asked for the credential that a claim names.
    void credentialRequested();
    /// Another claim is current: its name.
    void currentClaimChanged(const QString& name);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void refresh();
    void fitTable();
    QWidget* makeLifetimes();
    void openAddMenu();
    std::string nameAt(int row) const;
    std::optional<qint64> typedInstant(const std::string& name, const QString& text) const;
    void takeValue(int row, const QString& text);
    void pick(int row);

    TokenBench& m_bench;
    QPushButton* m_add;
    ClaimTable* m_table;
    QWidget* m_lifetimes;
};

} // namespace claimsmith::app
