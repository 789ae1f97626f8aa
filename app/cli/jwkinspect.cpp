// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/io.h"
#include "cli/keyinput.h"
#include "jose/keyidentity.h"
#include "jose/keyimport.h"
#include "jose/lint.h"

#include <optional>

namespace claimsmith::cli {
namespace {

using document::Array;
using document::Object;
using document::Value;

Object describe(const jose::Key& key)
{
    const jose::KeyIdentity identity = jose::identify(key);
    Object card{{"kty", jose::toString(identity.type)}};
    const auto add = [&](const char* name, const std::string& text) {
        if (!text.empty())
            card.append(name, text);
    };
    add("kid", key.id());
    add("crv", identity.curve);
    card.append("bits", identity.bits);
    card.append("private", identity.isPrivate);
    if (identity.type != jose::KeyType::Oct) { // RFC 7638 §7: a secret's lets others try guesses
        add("thumbprint", identity.thumbprint);
        add("thumbprint_uri", identity.thumbprintUri);
    }
    add("spki_sha256", identity.spkiSha256);
    add("x5t#S256", identity.certificateSha256);
    add("ssh", identity.openSshFingerprint);
    card.append("algorithms", Array(identity.algorithms.begin(), identity.algorithms.end()));
    Array findings;
    for (const jose::LintFinding& finding : jose::lint({.key = &key}))
        findings.push_back(jose::toString(finding.code));
    card.append("findings", std::move(findings));
    return card;
}

Value describe(const jose::KeyImport& read)
{
    Array interpretations;
    for (const jose::KeyInterpretation& each : read.interpretations) {
        Array keys;
        for (const jose::Key& key : each.keys)
            keys.push_back(describe(key));
        Object entry{{"shape", jose::toString(each.shape)}};
        if (!each.wrapping.empty())
            entry.append("wrapping", each.wrapping);
        entry.append("keys", std::move(keys));
        interpretations.push_back(std::move(entry));
    }
    Array refusals;
    for (const jose::KeyRefusal& refusal : read.refusals)
        refusals.push_back(Object{{"shape", jose::toString(refusal.shape)}, {"error", refusal.reason.code.name()}});
    return Object{{"interpretations", std::move(interpretations)}, {"refusals", std::move(refusals)}};
}

std::string written(const Value& value)
{
    if (const std::string* text = value.asString())
        return *text;
    if (const document::Number* number = value.asNumber())
        return number->text();
    if (const bool* flag = value.asBoolean())
        return *flag ? "yes" : "no";
    std::string joined;
    if (const Array* list = value.asArray()) {
        for (const Value& element : *list)
            joined.append(joined.empty() ? "" : ", ").append(written(element));
    }
    return joined;
}

void writePlain(const jose::KeyImport& read)
{
    for (const jose::KeyInterpretation& each : read.interpretations) {
        writeLine(std::string(jose::toString(each.shape)) + (each.wrapping.empty() ? "" : " within " + each.wrapping));
        for (const jose::Key& key : each.keys) {
            const Object card = describe(key);
            for (const document::Member& member : card) {
                std::string name = "  " + member.name;
                name.resize(18, ' ');
                writeLine(name + written(member.value));
            }
        }
    }
    for (const jose::KeyRefusal& refusal : read.refusals)
        report(std::string(jose::toString(refusal.shape)) + ": " + refusal.reason.toString());
}

int run(const Arguments& arguments)
{
    if (arguments.operands().size() != 1)
        return fail(WrongUsage, "one file, or - for standard input");
    auto content = readInput(arguments.operands().front());
    if (!content)
        return fail(Environment, content.error());
    const SecretBytes input(std::move(content).value());
    const auto passphrase = readPassphrase(arguments);
    if (!passphrase)
        return fail(statusOf(passphrase.error()), passphrase.error());
    const jose::KeyImport read = jose::importKey(input.view(), *passphrase ? &**passphrase : nullptr);
    if (arguments.wantsJson())
        writeJson(describe(read));
    else
        writePlain(read);
    return read.interpretations.empty() ? Negative : Success;
}

} // namespace

Command jwkInspectCommand()
{
    return {.name = "jwk inspect",
            .operands = "FILE",
            .summary = "Tell what keys a file can be taken for: size, thumbprints, algorithms, weaknesses",
            .options = {{"--passphrase-file", "FILE", "passphrase of an encrypted PEM or of PKCS #12"}},
            .run = &run};
}

} // namespace claimsmith::cli
