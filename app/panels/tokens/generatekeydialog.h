// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "jose/generate.h"

#include <QDialog>

#include <optional>

class QComboBox;
class QLineEdit;
class QPushButton;

namespace claimsmith::app {

class CodeEditor;
class Label;
class Segment;
class SideList;
class TokenBench;

/// Makes a key and puts it into the keyring: a shared secret, RSA, elliptic curve or Ed25519. Keys are made on another
/// thread; the public half is shown before anything is kept.
class GenerateKeyDialog final : public QDialog
{
    Q_OBJECT

public:
    explicit GenerateKeyDialog(TokenBench& bench, QWidget* parent = nullptr);

    const std::optional<jose::Key>& key() const noexcept { return m_key; }

signals:
    void keyReady();

private:
    QWidget* makeForm();
    QWidget* makePreview();
    QWidget* makeFooter();
    void chooseKind();
    void generate();
    void take(const Result<jose::Key>& key);
    void showKey();
    void save();
    std::string kid() const;
    jose::Algorithm algorithm() const;

    TokenBench& m_bench;
    SideList* m_kinds;
    QLineEdit* m_name;
    QComboBox* m_algorithm;
    QComboBox* m_size;
    QComboBox* m_idKind;
    QLineEdit* m_id;
    Label* m_help;
    CodeEditor* m_preview;
    Segment* m_format;
    Label* m_state;
    QPushButton* m_save;
    std::optional<jose::Key> m_key;
    quint64 m_generation = 0; ///< of the key that is being made; results of older ones are dropped
};

} // namespace claimsmith::app
