// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/forgeinput.h"
#include "cli/io.h"

namespace claimsmith::cli {
namespace {

using document::Object;
using jose::forge::Forgery;
using jose::forge::Variant;

Object describe(const Variant& variant)
{
    return {{"id", variant.id},
            {"title", variant.title},
            {"proves", variant.proves},
            {"severity", jose::toString(variant.severity)},
            {"group", variant.group},
            {"standard", variant.standard},
            {"needs_signer", variant.needsSigner}};
}

int listVariants(bool asJson)
{
    document::Array list;
    for (const Variant* variant : jose::forge::variants()) {
        if (asJson) {
            list.push_back(describe(*variant));
            continue;
        }
        std::string id(variant->id);
        id.resize(22, ' ');
        writeLine(id + std::string(variant->title) + ". " + std::string(variant->proves) + " (" +
                  std::string(variant->standard) + ')');
    }
    if (asJson)
        writeJson(Object{{"variants", std::move(list)}});
    return Success;
}

void writeForgery(const Variant& variant, const Forgery& forgery, bool asJson)
{
    if (!asJson) {
        writeLine(std::string(variant.id) + '\t' + forgery.label + '\t' + forgery.token);
        return;
    }
    Object line{{"variant", variant.id}, {"label", forgery.label}, {"token", forgery.token}};
    if (forgery.beside)
        line.append("beside", *forgery.beside);
    writeJson(line);
}

int run(const Arguments& arguments)
{
    if (arguments.has("--list"))
        return listVariants(arguments.wantsJson());
    const auto input = readForgeInput(arguments);
    if (!input)
        return fail(statusOf(input.error()), input.error());
    for (const jose::forge::ForgedVariant& each : input->forged) {
        for (const Forgery& forgery : each.forgeries)
            writeForgery(*each.variant, forgery, arguments.wantsJson());
    }
    return Success;
}

} // namespace

Command jwtForgeCommand()
{
    return {.name = "jwt forge",
            .operands = "[TOKEN]",
            .summary = "Forge variants of a token that a verifier has to refuse, one a line: variant, form, token",
            .options = forgeOptions() + std::vector<Option>{{"--list", "", "tell what variants there are"}},
            .run = &run};
}

} // namespace claimsmith::cli
