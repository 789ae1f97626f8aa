// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/encodedtokenedit.h"

#include <QWidget>

#include <optional>

namespace claimsmith::app {

class ClaimsPane;
class EncodedPane;
class JsonPane;
class PaneTabs;
class Splitter;
class TokenBench;
class TokenPane;

/// The token four times: encoded, header, payload and claims, which follow each other.
class TextRow final : public QWidget
{
    Q_OBJECT

public:
    explicit TextRow(TokenBench& bench, QWidget* parent = nullptr);

    EncodedPane* encoded() const noexcept { return m_encoded; }
    /// What stands behind tabs with the payload: the claims in a narrow window, the header too in a narrow and low one.
    enum class Fold { None, Claims, All };
    void setFold(Fold fold);

signals:
    void credentialRequested();
    void decryptionRequested(const QString& token);

private:
    void wire();
    void tint(std::optional<TokenPart> part);
    void showClaimCount(int count);
    void unfold();

    TokenPane* m_encodedPane;
    TokenPane* m_headerPane;
    TokenPane* m_payloadPane;
    TokenPane* m_claimsPane;
    EncodedPane* m_encoded;
    JsonPane* m_header;
    JsonPane* m_payload;
    ClaimsPane* m_claims;
    Splitter* m_row;
    Splitter* m_middle;
    PaneTabs* m_tabs;
    Fold m_fold = Fold::None;
};

} // namespace claimsmith::app
