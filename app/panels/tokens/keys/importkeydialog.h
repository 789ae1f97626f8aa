// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "bridge/jwksfetcher.h"
#include "panels/tokens/keys/keyreading.h"

#include <QDialog>
#include <QTimer>

class QLineEdit;
class QPushButton;

namespace claimsmith::app {

class Label;
class ProgressLine;
class SideList;
class TextArea;
class TokenBench;

/// Takes keys in from anywhere: pasted, dropped, from a file or behind a URL. Says what the text may be, and keeps what
/// is chosen: public halves in the workspace, private ones in the keychain.
class ImportKeyDialog final : public QDialog
{
    Q_OBJECT

public:
    explicit ImportKeyDialog(TokenBench& bench, QWidget* parent = nullptr);

    const KeyReadings& readings() const noexcept { return m_readings; }

signals:
    void readingsReady();

protected:
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    QWidget* makeHeader();
    QWidget* makeSources();
    QWidget* makeReadings();
    QWidget* makeFooter();
    void read();
    void takeFile(const QString& path);
    void takeBytes(const QByteArray& content);
    void fetch();
    void show(const KeyReadings& readings);
    void showChoice();
    const KeyReading* chosen() const;
    std::string freeId(const jose::Key& key) const;
    void keep();

    TokenBench& m_bench;
    KeyReader m_reader;
    JwksFetcher m_fetcher;
    KeyReadings m_readings;
    SecretBytes m_content; ///< of a file or URL; the text field holds what was typed
    QTimer m_pause;
    TextArea* m_text;
    QLineEdit* m_url;
    QLineEdit* m_passphrase;
    SideList* m_list;
    QLineEdit* m_name;
    Label* m_state;
    QPushButton* m_keep;
    QPushButton* m_fetch;
    ProgressLine* m_progress = nullptr;
};

} // namespace claimsmith::app
