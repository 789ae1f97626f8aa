// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shell/palettesearch.h"

#include <QPointer>
#include <QWidget>

class QLineEdit;
class QListView;

namespace claimsmith::app {

class PaletteModel;

/// Ctrl K: finds commands, requests, tokens and entities by a few letters and runs the chosen one. Lies over the whole
/// window, so that it needs no compositor for its shadow; closes on Esc, on a click outside and after running.
class CommandPalette final : public QWidget
{
    Q_OBJECT

public:
    explicit CommandPalette(QWidget* window);

    /// Shows the entries over the window, with `query` already typed.
    void open(std::vector<PaletteEntry> entries, const QString& query = {});

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void place();
    void close();
    void search();
    void step(int by);
    void narrow();
    void run(const QModelIndex& index);

    std::vector<PaletteEntry> m_entries;
    QWidget* m_box;
    QPointer<QWidget> m_opener; ///< gets the focus back
    QLineEdit* m_field;
    QListView* m_list;
    PaletteModel* m_model;
};

} // namespace claimsmith::app
