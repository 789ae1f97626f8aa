// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/tokens/attack/attackresult.h"

#include "document/json.h"

#include <QCoreApplication>

#include <utility>

namespace claimsmith::app {

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(AttackResult)
};

using State = AttackCell::State;

constexpr int longestReason = 60;

/// Whether the token is the reason; another 4xx may be the upstream's own word.
bool refuses(int status)
{
    return status == 400 || status == 401 || status == 403;
}

QString firstText(const document::Value& body)
{
    if (const std::string* message = body.findString("message"))
        return QString::fromStdString(*message);
    const document::Object* object = body.asObject();
    for (std::size_t i = 0; object && i < object->size(); ++i) {
        const document::Member& member = *(object->begin() + static_cast<std::ptrdiff_t>(i));
        if (const std::string* reason = member.value.asString())
            return QString::fromStdString(member.name + ' ' + *reason);
    }
    return {};
}

/// How bad an outcome is; what is not sent says least.
int weight(State state)
{
    switch (state) {
    case State::Accepted:
        return 4;
    case State::Failed:
        return 3;
    case State::Refused:
    case State::Expected:
        return 2;
    case State::NotSent:
        return 1;
    default:
        return 0;
    }
}

jose::forge::Outcome outcomeOf(State state)
{
    using jose::forge::Outcome;
    switch (state) {
    case State::Accepted:
    case State::Expected:
        return Outcome::Accepted;
    case State::Failed:
        return Outcome::Failed;
    case State::Refused:
        return Outcome::Refused;
    default:
        return Outcome::NotSent;
    }
}

jose::forge::Answer answerOf(const AttackCell& cell)
{
    QString detail = cell.status > 0 ? QString::number(cell.status) : QString();
    if (!cell.reason.isEmpty())
        detail += (detail.isEmpty() ? QString() : QStringLiteral(" ")) + cell.reason;
    return {outcomeOf(cell.state), detail.toStdString()};
}

} // namespace

std::size_t AttackMatrix::count(State state) const noexcept
{
    std::size_t found = 0;
    for (const auto& row : cells) {
        for (const AttackCell& cell : row)
            found += cell.state == state ? 1 : 0;
    }
    return found;
}

QString reasonIn(const QString& body)
{
    const auto value = document::parseJson(body.toStdString());
    QString reason = value ? firstText(*value) : QString();
    if (reason.isEmpty() && !body.trimmed().startsWith(u'<') && !value)
        reason = body.trimmed().section(u'\n', 0, 0);
    reason.truncate(longestReason);
    if (!reason.isEmpty())
        reason.front() = reason.front().toLower();
    return reason;
}

AttackCell judge(bool isGenuine, int status, const QString& body, int genuine)
{
    AttackCell cell;
    cell.tried = 1;
    cell.status = status;
    cell.reason = reasonIn(body);
    const bool likeGenuine = genuine != 0 && status == genuine && !refuses(genuine);
    if (status == 0 || (status >= 500 && !likeGenuine && !isGenuine)) {
        cell.state = State::Failed;
        if (cell.reason.isEmpty())
            cell.reason = Tr::tr("no answer");
    } else if (isGenuine ? refuses(status) : status / 100 == 4 && !likeGenuine) {
        cell.state = State::Refused;
    } else if (isGenuine) {
        cell.state = State::Expected;
        cell.reason = Tr::tr("accepted, as expected");
    } else {
        cell.state = State::Accepted;
        cell.reason = Tr::tr("accepted");
    }
    return cell;
}

void add(AttackCell& cell, AttackCell outcome)
{
    const std::size_t tried = cell.tried + outcome.tried;
    if (weight(outcome.state) > weight(cell.state))
        cell = std::move(outcome);
    cell.tried = tried;
}

jose::forge::AttackReport attackReport(const AttackMatrix& matrix)
{
    jose::forge::AttackReport report;
    report.target = matrix.target.name.toStdString();
    for (std::size_t row = 0; row < matrix.rows.size(); ++row) {
        for (std::size_t place = 0; place < matrix.target.places.size(); ++place) {
            const AttackCell& cell = matrix.cells[row][place];
            const AttackRow& forged = matrix.rows[row];
            if (forged.isGenuine()) {
                if (place == 0 || cell.state == State::Expected)
                    report.baseline = answerOf(cell);
                continue;
            }
            const QString label = cell.label.isEmpty() ? forged.label() : cell.label;
            jose::forge::Forgery forgery = forged.forgeries.front();
            forgery.label = (placeText(matrix.target.places[place]) + QStringLiteral(", ") + label).toStdString();
            report.cells.push_back({forged.variant, std::move(forgery), answerOf(cell)});
        }
    }
    return report;
}

std::size_t AttackMatrix::total() const noexcept
{
    std::size_t forms = 0;
    for (const AttackRow& row : rows)
        forms += row.forgeries.size();
    return forms * target.places.size();
}

QString withoutSignature(const std::string& token)
{
    const auto dot = token.rfind('.');
    return QString::fromStdString(dot == std::string::npos ? token : token.substr(0, dot + 1)) + QStringLiteral("…");
}

} // namespace claimsmith::app
