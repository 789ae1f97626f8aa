// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jose/key.h"
#include "panels/tokens/keyfamilies.h"
#include "panels/tokens/keymaker.h"
#include "panels/tokens/newkey.h"

#include <QDialog>
#include <QElapsedTimer>
#include <QTimer>

#include <array>
#include <optional>

class QCheckBox;
class QComboBox;
class QGridLayout;
class QLineEdit;
class QPushButton;
class QRadioButton;
class QStackedWidget;

namespace claimsmith::app {

class CodeEditor;
class Label;
class ProgressLine;
class Segment;
class SideList;
class TokenBench;

/// Makes a key and keeps it: kind at the left, its form at the right, the public half below before anything is kept.
/// Keys are made on another thread; that can be stopped.
class GenerateKeyDialog final : public QDialog
{
    Q_OBJECT

public:
    explicit GenerateKeyDialog(TokenBench& bench, QWidget* parent = nullptr);

    const std::optional<jose::Key>& key() const noexcept { return m_key; }

signals:
    void keyReady();
    /// A key that exists is wanted instead of a new one.
    void importRequested();

private:
    QWidget* makeHeader();
    QWidget* makeKinds();
    QWidget* makeForm();
    void addRow(QGridLayout& grid, const QString& name, QWidget* field, QWidget* second = nullptr);
    QWidget* makePlaces();
    QWidget* makeCredentialRow();
    QWidget* makePreview();
    QWidget* makeFooter();
    void wire();
    void chooseKind();
    void generate();
    void stop();
    void tick();
    void showMaking(bool making, const QString& state);
    void showKey();
    void showPreview(const jose::Key& key);
    void save();
    const KeyFamily& family() const;
    std::string kid() const;
    const KeyChoiceSpec& wanted() const;
    KeepKeyIn place() const;
    QString helpText() const;
    bool acceptedByGateway() const; ///< by its jwt plugin

    TokenBench& m_bench;
    const std::vector<KeyFamily> m_families;
    KeyMaker m_maker;
    SideList* m_kinds;
    QLineEdit* m_name;
    QStackedWidget* m_algorithms; ///< a segment for each family
    Segment* m_size;
    Label* m_sizeLabel = nullptr;
    QComboBox* m_idKind;
    QLineEdit* m_id;
    Label* m_help;
    std::array<QRadioButton*, 3> m_places{}; ///< by KeepKeyIn
    QCheckBox* m_makesCredential;
    QComboBox* m_consumer;
    CodeEditor* m_preview;
    Segment* m_format;
    Label* m_state;
    ProgressLine* m_progress = nullptr;
    QPushButton* m_again;
    QPushButton* m_save;
    std::optional<jose::Key> m_key;
    QElapsedTimer m_since;
    QTimer m_second;
};

} // namespace claimsmith::app
