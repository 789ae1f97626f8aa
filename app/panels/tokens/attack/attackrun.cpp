// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/tokens/attack/attackrun.h"

#include "jose/forge/attack.h"

#include <QCoreApplication>
#include <QPointer>
#include <QThreadPool>

#include <memory>

namespace claimsmith::app {

namespace {

constexpr std::size_t atOnce = 4;
constexpr std::size_t shownBody = 2000;
constexpr std::chrono::milliseconds beforeGuessing{3000};

QString text(std::string_view value)
{
    return QString::fromUtf8(value.data(), static_cast<qsizetype>(value.size()));
}

/// Request line and headers as they were on the wire, tokens without their signatures.
QString headText(const http::RequestHead& head, const std::string& token)
{
    QString lines = text(head.method) + u' ' + text(head.target) + u'\n';
    for (const auto& header : head.headers)
        lines += text(header.name) + QStringLiteral(": ") + text(header.value) + u'\n';
    return lines.replace(QString::fromStdString(token), withoutSignature(token)).trimmed();
}

QString answerText(const http::ClientResponse& response, const QString& body)
{
    QString lines = QStringLiteral("%1 %2\n").arg(response.head.status).arg(text(response.head.reason));
    for (const auto& header : response.head.headers)
        lines += text(header.name) + QStringLiteral(": ") + text(header.value) + u'\n';
    return lines + u'\n' + body;
}

/// The cell of a row against a key: all its forms.
AttackCell verified(const AttackRow& row, const jose::forge::Verifier& verifier)
{
    AttackCell cell;
    for (const jose::forge::Forgery& forgery : row.forgeries) {
        const jose::forge::Answer answer = verifier(forgery);
        AttackCell outcome =
            judge(row.isGenuine(), answer.outcome == jose::forge::Outcome::Accepted ? 200 : 401, {}, 0);
        outcome.status = 0; // nothing was sent
        outcome.label = text(forgery.label);
        if (answer.outcome == jose::forge::Outcome::NotSent)
            outcome.state = AttackCell::State::NotSent;
        if (outcome.state == AttackCell::State::Refused)
            outcome.reason = text(answer.detail);
        add(cell, std::move(outcome));
    }
    return cell;
}

} // namespace

AttackRun::AttackRun(QObject* parent) : QObject(parent) {}
AttackRun::~AttackRun() = default;

void AttackRun::prepare(AttackMatrix matrix, std::vector<jose::Key> keys)
{
    stop();
    m_matrix = std::move(matrix);
    m_keys = std::move(keys);
    clear();
}

void AttackRun::clear()
{
    m_matrix.cells.assign(m_matrix.rows.size(), std::vector<AttackCell>(m_matrix.target.places.size()));
    m_done = 0;
    emit progressed();
}

void AttackRun::start(const Clock& clock)
{
    if (isRunning())
        return;
    m_elapsed.start();
    m_doneBefore = m_done;
    ++m_generation;
    if (m_matrix.target.kind == AttackTarget::Kind::Verifier)
        return verifyAll(clock);
    for (std::size_t row = 0; row < m_matrix.rows.size(); ++row) {
        for (std::size_t place = 0; place < m_matrix.target.places.size(); ++place) {
            if (m_matrix.isDone(row, place))
                continue;
            m_matrix.cells[row][place] = {};
            for (std::size_t form = 0; form < m_matrix.rows[row].forgeries.size(); ++form)
                m_queue.push_back({row, place, form});
        }
    }
    next();
}

void AttackRun::stop()
{
    const bool ran = isRunning();
    ++m_generation;
    m_queue.clear();
    m_open = 0;
    for (std::size_t row = 0; row < m_matrix.cells.size(); ++row) {
        for (std::size_t place = 0; place < m_matrix.cells[row].size(); ++place) {
            if (m_matrix.isDone(row, place))
                continue;
            m_done -= m_matrix.cells[row][place].tried;
            m_matrix.cells[row][place] = {};
            emit cellChanged(static_cast<int>(row), static_cast<int>(place));
        }
    }
    if (ran)
        emit finished();
}

std::optional<std::chrono::seconds> AttackRun::timeLeft() const
{
    if (m_done == m_doneBefore || !isRunning() || !m_elapsed.hasExpired(beforeGuessing.count()))
        return std::nullopt;
    const auto left = static_cast<qint64>(m_matrix.total() - m_done);
    const auto done = static_cast<qint64>(m_done - m_doneBefore);
    return std::chrono::seconds(m_elapsed.elapsed() * left / done / 1000);
}

void AttackRun::next()
{
    while (!m_queue.empty() && m_open < atOnce) {
        const Job job = m_queue.front();
        // The genuine token's answers tell what being let in looks like: they come first, alone.
        if (job.row > 0 && m_open > 0 && m_done < m_matrix.target.places.size())
            return;
        m_queue.pop_front();
        ++m_open;
        AttackCell& cell = m_matrix.cells[job.row][job.place];
        if (cell.state == AttackCell::State::NotTried)
            cell.state = AttackCell::State::Running;
        emit cellChanged(static_cast<int>(job.row), static_cast<int>(job.place));
        send(job);
    }
    if (m_open == 0 && m_queue.empty())
        emit finished();
}

void AttackRun::send(const Job& job)
{
    http::ClientRequest request =
        attackRequest(m_matrix.target, m_matrix.target.places[job.place], m_matrix.rows[job.row].forgeries[job.form]);
    m_client.send(std::move(request),
                  {.done = [this, job, generation = m_generation](Result<http::ClientResponse> response) {
                      // The destructor joins the client's thread, so `this` is there.
                      auto shared = std::make_shared<Result<http::ClientResponse>>(std::move(response));
                      QMetaObject::invokeMethod(
                          this,
                          [this, job, generation, shared] {
                              if (generation == m_generation)
                                  takeResponse(job, *shared);
                          },
                          Qt::QueuedConnection);
                  }});
}

void AttackRun::takeResponse(const Job& job, const Result<http::ClientResponse>& response)
{
    const AttackRow& row = m_matrix.rows[job.row];
    const jose::forge::Forgery& forgery = row.forgeries[job.form];
    const int genuine = row.isGenuine() ? 0 : m_matrix.cells[0][job.place].status;
    AttackCell cell;
    if (response) {
        const auto body = response->body.read(0, shownBody);
        const QString shown = body ? text(*body) : QString();
        cell = judge(row.isGenuine(), response->head.status, shown, genuine);
        cell.request = headText(response->sent, forgery.token);
        cell.answer = answerText(*response, shown);
        cell.milliseconds = static_cast<double>(response->timings.total.count()) / 1000.0;
    } else {
        cell = judge(row.isGenuine(), 0, text(response.error().detail), genuine);
        const ErrorCode code = response.error().code;
        if (code == ErrorCode(http::ClientErrorCode::BadRequest) || code == ErrorCode(http::ClientErrorCode::BadUrl))
            cell.state = AttackCell::State::NotSent;
    }
    cell.label = text(forgery.label);
    --m_open;
    take(job, std::move(cell));
    next();
}

void AttackRun::take(const Job& job, AttackCell cell)
{
    m_done += cell.tried;
    add(m_matrix.cells[job.row][job.place], std::move(cell));
    emit cellChanged(static_cast<int>(job.row), static_cast<int>(job.place));
    emit progressed();
}

void AttackRun::verifyAll(const Clock& clock)
{
    clear();
    m_open = 1;
    QThreadPool::globalInstance()->start(
        [guard = QPointer(this), generation = m_generation, rows = m_matrix.rows, keys = m_keys, now = clock.now()] {
            const FixedClock frozen(now);
            const std::string genuine = rows.empty() ? std::string() : rows.front().forgeries.front().token;
            const auto verifier = jose::forge::offlineVerifier(jose::forge::strictOptionsFor(genuine, keys, frozen));
            auto cells = std::make_shared<std::vector<AttackCell>>();
            for (const AttackRow& row : rows)
                cells->push_back(verified(row, verifier));
            QMetaObject::invokeMethod(
                qApp,
                [guard, generation, cells] {
                    if (!guard || guard->m_generation != generation)
                        return;
                    guard->m_open = 0;
                    for (std::size_t row = 0; row < cells->size(); ++row)
                        guard->take({row, 0, 0}, (*cells)[row]);
                    emit guard->finished();
                },
                Qt::QueuedConnection);
        });
}

} // namespace claimsmith::app
