// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/tokens/jwks/keyset.h"

#include "base/base64.h"
#include "base/text.h"
#include "document/json.h"
#include "jose/keytext.h"
#include "panels/tokens/tokenlint.h"
#include "text/josetext.h"

#include <QCoreApplication>
#include <QDateTime>

#include <algorithm>
#include <array>
#include <charconv>

namespace claimsmith::app {

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(KeySet)
};

using Kind = KeySetProblem::Kind;

constexpr std::array<std::string_view, 7> privateMembers{"d", "p", "q", "dp", "dq", "qi", "oth"};
constexpr std::size_t shownThumbprint = 12;

QString text(std::string_view value)
{
    return QString::fromUtf8(value.data(), static_cast<qsizetype>(value.size()));
}

QString nameOf(const jose::Key& key)
{
    return text(key.id().empty() ? toBase64Url(key.thumbprint()).substr(0, shownThumbprint) : key.id());
}

QString nameOf(const document::Value& key, std::size_t index)
{
    const std::string* kid = key.findString("kid");
    return kid ? text(*kid) : Tr::tr("Key %1").arg(index + 1);
}

void checkExposure(const document::Value& key, const QString& name, std::vector<KeySetProblem>& problems)
{
    const std::string* type = key.findString("kty");
    if (type && *type == "oct")
        problems.push_back(
            {Kind::SecretExposed, true, Tr::tr("%1 is a shared secret, which everybody can read here.").arg(name)});
    QStringList exposed;
    for (const std::string_view member : privateMembers) {
        if (key.find(member))
            exposed += text(member);
    }
    if (!exposed.isEmpty())
        problems.push_back(
            {Kind::PrivateExposed, true,
             Tr::tr("%1 gives its private part away: %2.").arg(name, exposed.join(QStringLiteral(", ")))});
}

void checkMembers(const document::Value& key, const QString& name, std::vector<KeySetProblem>& problems)
{
    if (!key.find("kid"))
        problems.push_back({Kind::NoKid, false, Tr::tr("%1 has no kid: tokens cannot name it.").arg(name)});
    if (!key.find("use") && !key.find("key_ops"))
        problems.push_back(
            {Kind::NoUse, false, Tr::tr("%1 has no use: it may be taken for encryption too.").arg(name)});
    if (!key.find("alg"))
        problems.push_back({Kind::NoAlgorithm, false, Tr::tr("%1 has no alg: the token alone chooses one.").arg(name)});
}

void checkDuplicates(const document::Array& keys, std::vector<KeySetProblem>& problems)
{
    std::vector<std::string> seen;
    for (const document::Value& key : keys) {
        const std::string* kid = key.findString("kid");
        if (!kid)
            continue;
        if (std::count(seen.begin(), seen.end(), *kid) == 1)
            problems.push_back(
                {Kind::DuplicateKid, true,
                 Tr::tr("%1 stands there more than once: verifiers choose differently.").arg(text(*kid))});
        seen.push_back(*kid);
    }
}

bool sameWords(const jose::Key& a, const jose::Key& b)
{
    return a.metadata() == b.metadata();
}

const jose::Key* findSame(const std::vector<jose::Key>& keys, const jose::Key& wanted)
{
    const Bytes thumbprint = wanted.thumbprint();
    const auto found = std::find_if(keys.begin(), keys.end(), [&](const jose::Key& each) {
        return each.type() == wanted.type() && each.thumbprint() == thumbprint;
    });
    return found == keys.end() ? nullptr : &*found;
}

std::optional<std::int64_t> maximumAge(std::string_view cacheControl)
{
    for (const std::string_view part : split(cacheControl, ',')) {
        const std::string_view directive = trimmed(part);
        constexpr std::string_view name = "max-age=";
        if (!equalIgnoringCase(directive.substr(0, name.size()), name))
            continue;
        const std::string_view number = directive.substr(name.size());
        std::int64_t seconds = 0;
        const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), seconds);
        if (error == std::errc() && end == number.data() + number.size())
            return seconds;
    }
    return std::nullopt;
}

} // namespace

std::vector<KeySetProblem> keySetProblems(const std::string& content)
{
    std::vector<KeySetProblem> problems;
    const auto value = document::parseJson(content, {.allowDuplicateKeys = true});
    const document::Value* list = value ? value->find("keys") : nullptr;
    const document::Array* keys = list ? list->asArray() : nullptr;
    if (!keys)
        return problems;
    for (std::size_t i = 0; i < keys->size(); ++i) {
        const QString name = nameOf((*keys)[i], i);
        checkExposure((*keys)[i], name, problems);
        const auto key = jose::readKey(document::toJson((*keys)[i]));
        if (!key)
            problems.push_back({Kind::Unusable, false, name + QStringLiteral(": ") + joseErrorText(key.error())});
        else if (!key->secret())
            for (const LintNote& note : keyNotes(*key))
                problems.push_back({Kind::WeakKey, note.severity == jose::LintSeverity::Error,
                                    name + QStringLiteral(": ") + note.sentence});
        checkMembers((*keys)[i], name, problems);
    }
    checkDuplicates(*keys, problems);
    std::stable_sort(problems.begin(), problems.end(),
                     [](const KeySetProblem& a, const KeySetProblem& b) { return a.isGrave && !b.isGrave; });
    return problems;
}

std::vector<KeySetChange> keySetChanges(const std::vector<jose::Key>& before, const std::vector<jose::Key>& after)
{
    std::vector<KeySetChange> changes;
    for (const jose::Key& key : after) {
        const jose::Key* old = findSame(before, key);
        if (!old)
            changes.push_back({KeySetChange::Kind::Added, nameOf(key)});
        else if (!sameWords(*old, key))
            changes.push_back({KeySetChange::Kind::Changed, nameOf(key)});
    }
    for (const jose::Key& key : before) {
        if (!findSame(after, key))
            changes.push_back({KeySetChange::Kind::Removed, nameOf(key)});
    }
    return changes;
}

Result<FetchedSet> readSet(const QString& source, const std::string& content)
{
    CLAIMSMITH_TRY(jose::KeysFromText read, jose::readKeys(content));
    FetchedSet set;
    set.source = source;
    set.text = content;
    set.keys = std::move(read.set.keys);
    set.problems = keySetProblems(content);
    return set;
}

std::optional<std::int64_t> freshUntil(const FetchedSet& set)
{
    if (const auto control = set.headers.find("Cache-Control")) {
        if (const auto age = maximumAge(*control))
            return set.fetchedAt + *age;
    }
    if (const auto expires = set.headers.find("Expires")) {
        // HTTP dates end in GMT (RFC 9110 §5.6.7), which Qt does not read.
        const QString date = text(*expires).replace(QLatin1String("GMT"), QLatin1String("+0000"));
        const QDateTime until = QDateTime::fromString(date, Qt::RFC2822Date);
        if (until.isValid())
            return until.toSecsSinceEpoch();
    }
    return std::nullopt;
}

} // namespace claimsmith::app
