// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/tokens/explain/explanation.h"

#include "document/json.h"
#include "text/claimnames.h"
#include "text/claimtext.h"

#include <QCoreApplication>

namespace claimsmith::app {

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(TokenExplanation)
};

QString valueText(const document::Value& value)
{
    return QString::fromStdString(value.asString() ? *value.asString() : document::toJson(value));
}

void take(ExplainedMember& member, const std::optional<NameMeaning>& meaning)
{
    if (!meaning)
        return;
    member.title = meaning->title;
    member.sentence = meaning->sentence;
    member.standard = meaning->standard;
}

ExplainedMember headerMember(const document::Member& parameter)
{
    ExplainedMember member;
    member.name = QString::fromStdString(parameter.name);
    member.value = valueText(parameter.value);
    member.title = Tr::tr("Unknown parameter");
    member.sentence = Tr::tr("No standard names it. Verifiers ignore it unless crit lists it.");
    take(member, headerNameMeaning(parameter.name));
    const auto* text = parameter.value.asString();
    const QString says = text ? headerValueMeaning(parameter.name, *text) : QString();
    if (!says.isEmpty())
        member.sentence = says + QStringLiteral(". ") + member.sentence;
    member.isTrouble = parameter.name == "alg" && text && *text == "none";
    return member;
}

ExplainedMember claimMember(const document::Member& claim, std::int64_t now, const QTimeZone& zone)
{
    ExplainedMember member;
    member.name = QString::fromStdString(claim.name);
    member.value = valueText(claim.value);
    member.title = Tr::tr("Custom claim");
    member.sentence = Tr::tr("Issuer and audience agreed on what it means.");
    take(member, claimNameMeaning(claim.name));
    const ClaimMeaning meaning = claimMeaning(claim.name, claim.value, now, zone);
    member.isTrouble = meaning.kind == ClaimMeaning::Kind::Unusable;
    if (member.isTrouble || meaning.kind == ClaimMeaning::Kind::Instant)
        //: a claim and what it says: "Expires: 14:41:48, in 9 min 41 s"
        member.title = Tr::tr("%1: %2").arg(member.title, meaning.text);
    return member;
}

/// For a cell of a Markdown table.
QString cell(QString text)
{
    return text.replace(u'|', QStringLiteral("\\|")).replace(u'\n', u' ');
}

QString tableOf(const QString& heading, const std::vector<ExplainedMember>& members)
{
    if (members.empty())
        return {};
    QString table =
        QStringLiteral("| %1 | %2 | %3 |\n| --- | --- | --- |\n").arg(heading, Tr::tr("Value"), Tr::tr("Meaning"));
    for (const ExplainedMember& member : members)
        table += QStringLiteral("| `%1` | `%2` | %3%4 |\n")
                     .arg(cell(member.name), cell(member.value), cell(member.title),
                          member.standard.isEmpty() ? QString() : QStringLiteral(" (%1)").arg(member.standard));
    return table + u'\n';
}

QString checksOf(const Verdict& verdict)
{
    QString lines;
    for (const CheckLine& check : verdict.checks) {
        const QString mark = check.state == CheckLine::State::Passed   ? Tr::tr("passed")
                             : check.state == CheckLine::State::Failed ? Tr::tr("failed")
                                                                       : Tr::tr("not checked");
        const QString detail = check.detail.isEmpty() ? QString() : QStringLiteral(", ") + check.detail;
        const QString standard = check.toolTip.startsWith(QLatin1String("RFC"))
                                     ? QStringLiteral(" (%1)").arg(check.toolTip.section(u'\n', 0, 0))
                                     : QString();
        lines += QStringLiteral("- %1%2: %3%4\n").arg(check.text, detail, mark, standard);
    }
    return lines;
}

} // namespace

Explanation explain(const TokenDraft& draft, std::int64_t now, const QTimeZone& zone)
{
    Explanation explanation;
    for (const document::Member& parameter : draft.header())
        explanation.header.push_back(headerMember(parameter));
    for (const document::Member& claim : draft.claims())
        explanation.claims.push_back(claimMember(claim, now, zone));
    return explanation;
}

QString explanationMarkdown(const QString& name, const Explanation& explanation, const Verdict& verdict)
{
    QString text = QStringLiteral("### %1\n\n").arg(name);
    if (!verdict.title.isEmpty())
        text += QStringLiteral("**%1**, %2\n\n").arg(verdict.title, verdict.sentence);
    text += tableOf(Tr::tr("Header"), explanation.header);
    text += tableOf(Tr::tr("Claim"), explanation.claims);
    return text + checksOf(verdict);
}

} // namespace claimsmith::app
