// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLineEdit>

namespace claimsmith::app {

/// A field that filters or finds: a glass at the left, a cross when it holds text. Esc empties it first.
class SearchField final : public QLineEdit
{
    Q_OBJECT

public:
    explicit SearchField(const QString& placeholder, QWidget* parent = nullptr);

    /// Another icon in place of the glass.
    void setGlyph(QLatin1String icon);

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    QLatin1String m_icon;
};

} // namespace claimsmith::app
