// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/tokens/autopsycase.h"

#include "gateway/snapshot.h"

#include <algorithm>

namespace claimsmith::app {

namespace {

jose::SecretEncoding encodingOf(workspace::SecretEncoding encoding)
{
    return static_cast<jose::SecretEncoding>(encoding);
}
static_assert(static_cast<int>(jose::SecretEncoding::Base64) == static_cast<int>(workspace::SecretEncoding::Base64) &&
              static_cast<int>(jose::SecretEncoding::Hex) == static_cast<int>(workspace::SecretEncoding::Hex));

std::shared_ptr<const SecretBytes> shared(BytesView text)
{
    return std::make_shared<const SecretBytes>(SecretBytes(text));
}

/// The secret as the file, the store or the user wrote it.
void takeSecret(AutopsyCase& subject, const KeyChoice& choice, const TypedKeys& typed, const ChosenKeys& keys,
                const KeySources& sources)
{
    if (choice.kind == KeyKind::Credential && keys.credential) {
        subject.secret = shared(keys.credential->text("secret"));
        subject.encoding = sources.secretIsBase64 ? jose::SecretEncoding::Base64Url : jose::SecretEncoding::Text;
    } else if (choice.kind == KeyKind::Secret) {
        const auto stored = choice.secret.empty() ? std::nullopt : sources.secrets.findSecret(choice.secret);
        subject.secret = stored ? shared(*stored) : typed.secret;
        subject.encoding = encodingOf(choice.encoding);
    } else if (keys.keys.size() == 1) {
        subject.secret = shared(keys.keys.front().secret()->view());
    }
}

bool isSameKey(const jose::Key& a, const jose::Key& b)
{
    return a.type() == b.type() && a.thumbprint() == b.thumbprint();
}

} // namespace

bool isSameCase(const AutopsyCase& a, const AutopsyCase& b)
{
    const bool sameSecret = a.secret && b.secret ? *a.secret == *b.secret : !a.secret == !b.secret;
    return a.token == b.token && sameSecret && a.encoding == b.encoding && a.keyText == b.keyText &&
           std::equal(a.keys.begin(), a.keys.end(), b.keys.begin(), b.keys.end(), isSameKey);
}

AutopsyCase autopsyCase(std::string token, const KeyChoice& choice, const TypedKeys& typed, const KeySources& sources)
{
    AutopsyCase subject;
    subject.token = std::move(token);
    const ChosenKeys keys = chosenKeys(choice, typed, sources);
    if (!keys.keys.empty() && keys.keys.front().secret())
        takeSecret(subject, choice, typed, keys, sources);
    else
        subject.keys = keys.keys;
    if (choice.kind == KeyKind::Pem && typed.pem)
        subject.keyText = std::string(typed.pem->view());
    else if (keys.credential)
        subject.keyText = std::string(keys.credential->text("rsa_public_key"));
    return subject;
}

void addOtherKeys(AutopsyCase& subject, const KeyChoice& choice, const KeySources& sources)
{
    for (KeyEntry& entry : keyEntries(sources.workspace, sources.snapshot)) {
        if (entry.choice == choice)
            continue;
        const ChosenKeys keys = chosenKeys(entry.choice, {}, sources);
        if (keys.keys.size() == 1)
            subject.others.push_back({std::move(entry), keys.keys.front()});
    }
}

std::optional<AutopsyFinding> examine(const AutopsyCase& subject)
{
    const jose::AutopsyInput input{subject.token, subject.secret.get(), subject.encoding, subject.keys,
                                   subject.keyText};
    if (auto found = jose::autopsy(input))
        return AutopsyFinding{std::move(*found), std::nullopt};
    jose::AutopsyInput others{.token = subject.token};
    for (const AutopsyCase::OtherKey& other : subject.others)
        others.keys.push_back(other.key);
    auto found = others.keys.empty() ? std::nullopt : jose::autopsy(others);
    if (!found || found->cause != jose::AutopsyCause::OtherKey)
        return std::nullopt;
    KeyEntry entry = subject.others[*found->keyIndex].entry;
    return AutopsyFinding{std::move(*found), std::move(entry)};
}

} // namespace claimsmith::app
