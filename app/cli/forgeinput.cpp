// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/forgeinput.h"

#include "base/clock.h"
#include "base/text.h"
#include "cli/io.h"
#include "cli/tokeninput.h"

#include <charconv>

namespace claimsmith::cli {
namespace {

using jose::forge::Knowledge;
using jose::forge::Variant;

Error wrong(std::string detail)
{
    return {.code = ArgumentsErrorCode::UnexpectedValue, .detail = std::move(detail)};
}

Result<std::int64_t> nowOf(const Arguments& arguments)
{
    const auto text = arguments.value("--now");
    if (!text)
        return systemClock().unixSeconds();
    std::int64_t seconds = 0;
    const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), seconds);
    if (error != std::errc() || end != text->data() + text->size())
        return wrong("--now takes a whole number of seconds");
    return seconds;
}

Result<std::vector<const Variant*>> chosenVariants(const Arguments& arguments)
{
    if (!arguments.has("--variant"))
        return jose::forge::variants();
    std::vector<const Variant*> chosen;
    for (const std::string_view list : arguments.values("--variant")) {
        for (const std::string_view id : split(list, ',')) {
            const Variant* variant = jose::forge::findVariant(id);
            if (variant == nullptr)
                return wrong("no such variant: " + std::string(id) + "; --list shows them");
            chosen.push_back(variant);
        }
    }
    return chosen;
}

Result<Knowledge> readKnowledge(const Arguments& arguments)
{
    Knowledge knowledge;
    CLAIMSMITH_TRY(knowledge.now, nowOf(arguments));
    if (const auto file = arguments.value("--public-key")) {
        CLAIMSMITH_TRY(KeyInput input, readKeyFile(*file, arguments));
        for (const jose::Key& key : input.set.keys) {
            if (auto open = key.publicPart())
                knowledge.publicKeys.push_back(std::move(*open));
        }
    }
    if (const auto file = arguments.value("--signer-key")) {
        CLAIMSMITH_TRY(KeyInput input, readKeyFile(*file, arguments));
        if (input.set.keys.size() != 1)
            return wrong("--signer-key takes a single key");
        knowledge.signer = input.set.keys.front();
        if (auto open = knowledge.signer->publicPart(); open && knowledge.publicKeys.empty())
            knowledge.publicKeys.push_back(std::move(*open));
    }
    if (const auto file = arguments.value("--secrets")) {
        CLAIMSMITH_TRY(const std::string text, readInput(*file));
        for (const std::string_view line : split(text, '\n')) {
            if (!trimmed(line).empty())
                knowledge.moreSecrets.emplace_back(trimmed(line));
        }
    }
    if (const auto url = arguments.value("--own-url"))
        knowledge.ownUrl = *url;
    return knowledge;
}

} // namespace

std::vector<Option> forgeOptions()
{
    return {
        {"--public-key", "FILE", "the verifier's public keys, as it publishes them"},
        {"--signer-key", "FILE", "your own key, which the verifier trusts: for forged claims under a right signature"},
        {"--passphrase-file", "FILE", "passphrase of an encrypted key"},
        {"--secrets", "FILE", "more secrets to try, one a line"},
        {"--own-url", "URL", "where jku and x5u point to"},
        {"--variant", "ID[,ID]...", "only these; all when absent", true},
        {"--now", "UNIXTIME", "the time that forged times are around"},
    };
}

Result<ForgeInput> readForgeInput(const Arguments& arguments)
{
    CLAIMSMITH_TRY(const std::vector<const Variant*> chosen, chosenVariants(arguments));
    ForgeInput input;
    CLAIMSMITH_TRY(input.knowledge, readKnowledge(arguments));
    CLAIMSMITH_TRY(input.token, readToken(arguments));
    CLAIMSMITH_TRY(input.forged, jose::forge::forge(input.token, input.knowledge, chosen));
    return input;
}

} // namespace claimsmith::cli
