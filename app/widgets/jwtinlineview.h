// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "theme/roles.h"

#include <QLatin1String>
#include <QString>
#include <QWidget>

#include <vector>

namespace claimsmith::app {

/// One line about a token: "Verified with the secret of login_server_issuer".
struct TokenRemark
{
    QLatin1String icon;
    Role role;
    QString text;
};

/// A compact token opened below its row: header, payload, and what is known of the signature.
class JwtInlineView final : public QWidget
{
    Q_OBJECT

public:
    JwtInlineView(const QString& token, const std::vector<TokenRemark>& remarks, QWidget* parent = nullptr);

    /// For `token`: as high as its payload needs, twelve lines at most.
    static int heightFor(const QString& token);

signals:
    void openRequested();
    void copyRequested();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    QWidget* m_columns[3] = {};
};

} // namespace claimsmith::app
