// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "panels/tokens/signingkey.h"

#include <QWidget>

class QComboBox;
class QGridLayout;

namespace claimsmith::app {

class Label;
class TokenBench;

/// The form for one kind of key: shows the choice of the bench's token and changes it. Rows of a label of one width and
/// a field. The bench has to outlive it.
class KeyForm : public QWidget
{
    Q_OBJECT

public:
    explicit KeyForm(TokenBench& bench);

    /// Shows what the bench says; called only while there is a token.
    virtual void refresh() = 0;

signals:
    /// The kind of key could not be had, in a sentence.
    void failed(const QString& sentence);

protected:
    TokenBench& bench() const noexcept { return m_bench; }
    /// Of the token that is shown.
    KeyChoice choice() const;
    /// Makes this the choice of the token, as a step that can be undone.
    void choose(const KeyChoice& choice);

    void addRow(const QString& name, QWidget* field);
    void addWide(QWidget* field);
    void addBelow(QWidget* field);
    /// A line of small text below the fields.
    Label* addFacts();
    /// After the last row: keeps them at the top.
    void close();

private:
    TokenBench& m_bench;
    QGridLayout* m_grid;
};

// One for each kind, in the order of the chooser.
KeyForm* makeKeyringForm(TokenBench& bench);
KeyForm* makeSecretForm(TokenBench& bench);
KeyForm* makePastedKeyForm(TokenBench& bench, KeyKind kind); ///< Pem or Jwk
KeyForm* makeJwksUrlForm(TokenBench& bench);
KeyForm* makeCredentialForm(TokenBench& bench);

// What they share.

/// "RSA, 2048 bits, key pair", "P-256, public only", "3 keys"; empty for none.
QString keyFacts(const std::vector<jose::Key>& keys);
/// Printable secrets as they are, others as base64url.
QString shownSecret(BytesView octets);
QString textOf(std::string_view utf8);
QComboBox* makeKeyCombo(const char* objectName);
/// Replaces the items only when they differ, so that an open list stays open.
void fillCombo(QComboBox& combo, const QStringList& items, int current);

} // namespace claimsmith::app
