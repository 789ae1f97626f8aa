// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "panels/tokens/tokendraft.h"
#include "panels/tokens/tokenpane.h"
#include "widgets/encodedtokenedit.h"

#include <optional>

class QComboBox;

namespace claimsmith::app {

class CodeEditor;
class IconButton;
class TokenBench;

/// The encoded token with its legend.
class EncodedPane final : public QWidget
{
    Q_OBJECT

public:
    EncodedPane(TokenBench& bench, TokenPane& pane, QWidget* parent = nullptr);

    EncodedTokenEdit* edit() const noexcept { return m_edit; }

signals:
    /// A person wants to see inside of an encrypted token.
    void decryptionRequested(const QString& token);
    void hoveredPartChanged(std::optional<claimsmith::app::TokenPart> part);

private:
    void refresh();

    TokenBench& m_bench;
    TokenPane& m_pane;
    EncodedTokenEdit* m_edit;
};

/// Header or payload as JSON.
class JsonPane final : public QWidget
{
    Q_OBJECT

public:
    JsonPane(TokenBench& bench, TokenPane& pane, TokenDraft::Pane part, QWidget* parent = nullptr);

    CodeEditor* editor() const noexcept { return m_editor; }
    /// Puts the caret onto the line of this member.
    void showMember(const QString& name);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void refresh();
    void addHeaderActions();
    void addPayloadActions();
    void addSpacesAction();
    void refreshAlgorithm();
    void refreshProblem(const TokenDraft& draft);

    TokenBench& m_bench;
    TokenPane& m_pane;
    const TokenDraft::Pane m_part;
    CodeEditor* m_editor;
    QComboBox* m_algorithm = nullptr; ///< of the header's pane
    IconButton* m_spaces = nullptr;
};

} // namespace claimsmith::app
