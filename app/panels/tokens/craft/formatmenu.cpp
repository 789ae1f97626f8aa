// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/tokens/craft/formatmenu.h"

#include "panels/tokens/tokenbench.h"

#include <QActionGroup>
#include <QCoreApplication>
#include <QMenu>

#include <array>

namespace claimsmith::app {

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(TokenFormat)
};

using jose::Serialization;

void addForms(QMenu& menu, TokenBench& bench)
{
    const TokenForm form = bench.current()->state().draft.form();
    const std::array<std::pair<Serialization, QString>, 3> forms{{{Serialization::Compact, Tr::tr("Compact")},
                                                                  {Serialization::Flattened, Tr::tr("Flattened JSON")},
                                                                  {Serialization::General, Tr::tr("General JSON")}}};
    auto* group = new QActionGroup(&menu);
    for (const auto& [serialization, text] : forms) {
        QAction* entry = menu.addAction(text);
        entry->setCheckable(true);
        entry->setChecked(form.serialization == serialization);
        group->addAction(entry);
        TokenForm wanted = form;
        wanted.serialization = serialization;
        QObject::connect(entry, &QAction::triggered, &bench, [&bench, wanted] { bench.setForm(wanted); });
    }
}

void addPayloadChoices(QMenu& menu, TokenBench& bench)
{
    const TokenDraft& draft = bench.current()->state().draft;
    QAction* detached = menu.addAction(Tr::tr("Leave Payload Out"));
    detached->setObjectName(QStringLiteral("detachPayload"));
    detached->setCheckable(true);
    detached->setChecked(draft.form().detached);
    detached->setToolTip(Tr::tr("The payload travels apart from the token (RFC 7515 appendix F)"));
    TokenForm wanted = draft.form();
    wanted.detached = !wanted.detached;
    QObject::connect(detached, &QAction::triggered, &bench, [&bench, wanted] { bench.setForm(wanted); });
    QAction* raw = menu.addAction(Tr::tr("Sign Payload as It Is"));
    raw->setObjectName(QStringLiteral("unencodedPayload"));
    raw->setCheckable(true);
    raw->setChecked(draft.isUnencoded());
    raw->setToolTip(Tr::tr("Without base64url: b64 is false, and critical (RFC 7797)"));
    QObject::connect(raw, &QAction::triggered, &bench, [&bench](bool on) { bench.setUnencoded(on); });
}

void addNesting(QMenu& menu, TokenBench& bench)
{
    QAction* nest = menu.addAction(Tr::tr("Nest in Another Token"), &bench, &TokenBench::nest);
    nest->setObjectName(QStringLiteral("nestToken"));
    nest->setToolTip(Tr::tr("A new token carries this one and is signed in turn (RFC 7519 section 5.2)"));
    QAction* open = menu.addAction(Tr::tr("Open Token Inside"), &bench, &TokenBench::openInner);
    open->setObjectName(QStringLiteral("openInner"));
    open->setEnabled(bench.carriesToken());
}

} // namespace

QString formText(const TokenForm& form)
{
    const QString text = form.serialization == Serialization::Compact     ? Tr::tr("JWS compact")
                         : form.serialization == Serialization::Flattened ? Tr::tr("JWS JSON")
                                                                          : Tr::tr("JWS general JSON");
    //: the form of a token whose payload travels apart
    return form.detached ? Tr::tr("%1, detached").arg(text) : text;
}

void fillFormatMenu(QMenu& menu, TokenBench& bench)
{
    if (!bench.current())
        return;
    menu.setToolTipsVisible(true);
    addForms(menu, bench);
    menu.addSeparator();
    addPayloadChoices(menu, bench);
    menu.addSeparator();
    addNesting(menu, bench);
    menu.addSeparator();
    QAction* unsecured = menu.addAction(Tr::tr("Unsecured, alg none"), &bench, &TokenBench::makeUnsecured);
    unsecured->setObjectName(QStringLiteral("unsecured"));
    unsecured->setToolTip(Tr::tr("Takes the signature away: anybody can make such a token (RFC 7519 section 6)"));
}

} // namespace claimsmith::app
