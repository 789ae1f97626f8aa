// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QWidget>

class QVBoxLayout;

namespace claimsmith::app {

class RailButton;

/// The pages of the window, down its left edge. 72 wide with names, 48 without.
class Rail final : public QWidget
{
    Q_OBJECT

public:
    explicit Rail(QWidget* parent = nullptr);

    /// In the order of the calls; `atBottom` for settings.
    void addPage(const QString& id, const QString& title, QLatin1String icon, bool atBottom = false);
    /// Does not emit pageChosen(). An unknown id leaves nothing marked.
    void setCurrentPage(const QString& id);
    /// A small dot: something happened there that has not been looked at.
    void setNews(const QString& id, bool news);
    void setLabels(bool visible);
    void setShortcutHint(const QString& id, const QString& keys);

signals:
    void pageChosen(const QString& id);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QVBoxLayout* m_layout;
    QHash<QString, RailButton*> m_buttons;
    int m_pages = 0;
    bool m_labels = true;
};

} // namespace claimsmith::app
