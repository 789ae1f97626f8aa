// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <array>

class QBoxLayout;
class QCheckBox;
class QStackedWidget;

namespace claimsmith::app {

class KeyForm;
class MessageBar;
class Segment;
class TokenBench;

/// Chooses the key that signs and verifies: six kinds, a form for each, and the buttons that sign. Texts that are
/// private keys or secrets become chips as soon as they are understood.
class KeyPane final : public QWidget
{
    Q_OBJECT

public:
    explicit KeyPane(TokenBench& bench, QWidget* parent = nullptr);

    void sign();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    QWidget* makeFooter();
    void chooseKind(int index);
    void refresh();
    void refreshMessage();

    TokenBench& m_bench;
    Segment* m_kinds;
    std::array<KeyForm*, 6> m_forms; ///< by KeyKind
    QStackedWidget* m_stack;
    QCheckBox* m_resigns = nullptr;
    QBoxLayout* m_column = nullptr;
    QBoxLayout* m_footer = nullptr;
    MessageBar* m_message = nullptr;
};

} // namespace claimsmith::app
