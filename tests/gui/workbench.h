// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "bridge/gatewaydocument.h"
#include "bridge/requestsender.h"
#include "bridge/services.h"
#include "bridge/workspacesession.h"
#include "jose/verify.h"
#include "panels/tokens/tokenbench.h"
#include "panels/tokens/tokenspanel.h"
#include "platform/samples.h"
#include "platform/secretstore.h"
#include "support/testing.h"

#include <QLabel>
#include <QTemporaryDir>

namespace claimsmith::app {

class RecordingNavigator final : public Navigator
{
public:
    void openEntity(const std::string& pointer) override { entity = pointer; }
    void openToken(const std::string&) override {}
    void openRecipe(const std::string&) override {}
    void useRecipeInRequest(const std::string& recipe, bool send) override
    {
        used = recipe;
        sent = send;
    }
    void showPanel(const QString&) override {}

    std::string entity;
    std::string used;
    bool sent = false;
};

inline SecretService::KeychainMaker noKeychain()
{
    return [](const QString&) { return std::unique_ptr<SecretStore>(); };
}

/// The login-server sample, open in a folder of its own, with the panel shown.
class Workbench
{
public:
    explicit Workbench(QSize size = {1368, 832}, bool startsGateway = false)
        : services({.dataFolder = {}, .startsGateway = startsGateway, .freePorts = true, .keychain = noKeychain()}),
          context(services.context(navigator))
    {
        auto created = createSample("login_server", (folder.path() + QStringLiteral("/sample")).toStdString());
        if (!created)
            qFatal("%s", created.error().toString().c_str());
        for (SampleSecret& each : created->secrets) {
            if (each.name == "DECK_LOGIN_SERVER_ISSUER")
                secret = std::string(each.value.view());
        }
        const auto opened = services.workspace().open(folder.path() + QStringLiteral("/sample"));
        if (!opened)
            qFatal("%s", opened.error().toString().c_str());
        for (SampleSecret& each : created->secrets)
            services.secrets().setSecret(each.name, std::move(each.value));
        panel = std::make_unique<TokensPanel>(context);
        panel->resize(size);
        panel->show();
        panel->bench().setZone(QTimeZone(3600));
    }

    template <class Widget>
    Widget& find(const char* name)
    {
        auto* found = panel->findChild<Widget*>(QLatin1String(name));
        if (!found)
            qFatal("no widget %s", name);
        return *found;
    }
    TokenBench& bench() { return panel->bench(); }
    std::string token() { return bench().current()->state().draft.token(); }
    jose::VerificationReport verified(const std::string& with) const
    {
        jose::VerifyOptions options;
        options.keys.push_back(jose::Key::fromSecret(SecretBytes(BytesView(with))));
        options.clock = &context.clock;
        return jose::verify(panel->bench().current()->state().draft.token(), options);
    }

    QTemporaryDir folder;
    RecordingNavigator navigator;
    Services services;
    AppContext context;
    std::string secret;
    std::unique_ptr<TokensPanel> panel;
};

/// What the visible labels below a widget say, one a line.
inline QString shownTexts(const QWidget& widget)
{
    QStringList texts;
    const auto labels = widget.findChildren<QLabel*>();
    for (const QLabel* label : labels) {
        if (label->isVisible())
            texts << label->text();
    }
    return texts.join(QLatin1Char('\n'));
}

} // namespace claimsmith::app
