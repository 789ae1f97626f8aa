// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "theme/roles.h"

#include <QAbstractButton>

class QMenu;

namespace claimsmith::app {

/// Words in a bar that can be clicked: "Environment local ^". Quiet text, strong text, icons at both ends.
class TextButton final : public QAbstractButton
{
    Q_OBJECT

public:
    explicit TextButton(QWidget* parent = nullptr);

    void setIcon(QLatin1String icon, Role role);
    /// Empty parts take no room. The accessible name is both.
    void setTexts(const QString& quiet, const QString& strong);
    /// The number leads: "37 errors".
    void setStrongFirst();
    void setStrongRole(Role role);
    void setChevron(QLatin1String icon);
    /// Opens the menu on a click, above the button when there is no room below.
    void setMenu(QMenu* menu);
    /// Weight 500 for the quiet text.
    void setStrongQuiet();

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QLatin1String m_icon;
    QLatin1String m_chevron;
    QString m_quiet;
    QString m_strong;
    Role m_iconRole = Role::Text2;
    Role m_strongRole = Role::Text;
    bool m_strongFirst = false;
    bool m_strongQuiet = false;
};

} // namespace claimsmith::app
