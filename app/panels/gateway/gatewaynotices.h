// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "theme/paint.h"

#include <QObject>

class QAbstractButton;

namespace claimsmith::app {

struct AppContext;
class MessageBar;

/// What the gateway and its file have to say above the page: a port that is taken, a file that changed on disk, what
/// went wrong with an action. One message at a time, each with what can be done about it.
class GatewayNotices final : public QObject
{
    Q_OBJECT

public:
    /// `context` has to outlive it.
    explicit GatewayNotices(AppContext& context, QObject* parent = nullptr);

    /// Hidden while there is nothing to say; whoever lays it out owns it.
    MessageBar* bar() const noexcept { return m_bar; }

    void tell(Tone tone, const QString& text, const QList<QAbstractButton*>& buttons = {});

private:
    void refreshGateway();
    void tellConflict(const std::string& disk);
    QString failedAddress() const;
    void usePort(int port);

    AppContext& m_context;
    MessageBar* m_bar;
    bool m_failureShown = false;
};

} // namespace claimsmith::app
