// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bridge/gatewaydocument.h"

#include "bridge/textmerge.h"

#include <QFutureWatcher>
#include <QPromise>
#include <QThreadPool>
#include <QTimer>
#include <QUndoCommand>

#include <map>

namespace claimsmith::app {
namespace {

constexpr int typingPause = 300; // ms
constexpr int textStepId = 1;

/// What the references in a text stand for now, so that another thread need not ask.
std::map<std::string, std::string> resolveReferences(const std::string& text,
                                                     const gateway::ReferenceResolver& resolver)
{
    std::map<std::string, std::string> known;
    for (std::size_t at = text.find("${{"); at != std::string::npos; at = text.find("${{", at + 1)) {
        const std::size_t end = text.find("}}", at);
        if (end == std::string::npos)
            break;
        const auto name = referencedName(std::string_view(text).substr(at, end + 2 - at));
        if (auto value = name ? resolver(*name) : std::nullopt)
            known.insert_or_assign(*name, std::move(*value));
    }
    return known;
}

} // namespace

/// One change of the text. Steps with one merge key grow together.
class TextStep final : public QUndoCommand
{
public:
    TextStep(GatewayDocument& document, TextChange change, const QString& label, QString mergeKey)
        : QUndoCommand(label), m_document(document), m_change(std::move(change)), m_mergeKey(std::move(mergeKey))
    {
    }

    int id() const override { return m_mergeKey.isEmpty() ? -1 : textStepId; }

    bool mergeWith(const QUndoCommand* other) override
    {
        const auto& next = static_cast<const TextStep&>(*other); // same id: the same class
        if (next.m_mergeKey != m_mergeKey)
            return false;
        const std::string& after = m_document.text();
        const std::string before = reverted(reverted(after, next.m_change), m_change);
        m_change = changeBetween(before, after);
        setObsolete(m_change.empty());
        return true;
    }

    void undo() override { m_document.replaceText(reverted(m_document.text(), m_change)); }

    void redo() override { m_document.replaceText(applied(m_document.text(), m_change)); }

private:
    GatewayDocument& m_document;
    TextChange m_change;
    QString m_mergeKey;
};

GatewayDocument::GatewayDocument(QObject* parent) : QObject(parent), m_typingPause(new QTimer(this))
{
    m_typingPause->setSingleShot(true);
    m_typingPause->setInterval(typingPause);
    connect(m_typingPause, &QTimer::timeout, this, &GatewayDocument::flushTyping);
}

GatewayDocument::~GatewayDocument() = default;

void GatewayDocument::setOptions(const gateway::BuildOptions& options)
{
    m_options = options;
}

void GatewayDocument::revalidate()
{
    read();
}

void GatewayDocument::load(const std::string& text)
{
    m_typed = {};
    m_typingPause->stop();
    m_undoStack.clear();
    m_lastGood = {};
    m_current = {};
    replaceText(text);
    setBaseline(text);
}

std::shared_ptr<const gateway::Snapshot> GatewayDocument::snapshot() const noexcept
{
    return m_analysed ? m_current.snapshot : nullptr;
}

void GatewayDocument::undo()
{
    endTyping();
    m_undoStack.undo();
}

void GatewayDocument::redo()
{
    endTyping();
    m_undoStack.redo();
}

Result<void> GatewayDocument::change(const std::vector<ConfigEdit>& edits, const QString& label,
                                     const QString& mergeKey)
{
    endTyping();
    CLAIMSMITH_TRY(std::string text, applyEdits(m_text, edits));
    push(std::move(text), label, mergeKey);
    return {};
}

Result<void> GatewayDocument::edit(const std::string& pointer, const document::Value& value, const QString& label)
{
    return change({ConfigEdit::set(pointer, value)}, label);
}

Result<void> GatewayDocument::remove(const std::string& pointer, const QString& label)
{
    return change({ConfigEdit::remove(pointer)}, label);
}

void GatewayDocument::setText(const std::string& text, const QString& label, const QString& mergeKey)
{
    endTyping();
    push(text, label, mergeKey);
}

void GatewayDocument::type(std::function<std::string()> read)
{
    m_typed = std::move(read);
    m_typingPause->start();
}

void GatewayDocument::flushTyping()
{
    m_typingPause->stop();
    if (!m_typed)
        return;
    const auto read = std::exchange(m_typed, {});
    push(read(), tr("Edit kong.yml"), QStringLiteral("typing %1").arg(m_typingSession));
}

void GatewayDocument::endTyping()
{
    flushTyping();
    ++m_typingSession;
}

void GatewayDocument::push(std::string text, const QString& label, const QString& mergeKey)
{
    TextChange change = changeBetween(m_text, text);
    if (!change.empty())
        m_undoStack.push(new TextStep(*this, std::move(change), label, mergeKey));
}

void GatewayDocument::replaceText(std::string text)
{
    m_text = std::move(text);
    emit textChanged();
    read();
}

void GatewayDocument::read()
{
    ++m_revision;
    m_analysed = false;
    if (m_text.size() > backgroundSize)
        analyseInBackground();
    else
        take(analyse(m_text, m_options));
}

void GatewayDocument::analyseInBackground()
{
    using Reading = QFutureWatcher<std::shared_ptr<ConfigAnalysis>>;
    auto* watcher = new Reading(this);
    connect(watcher, &Reading::finished, this, [this, watcher, revision = m_revision] {
        watcher->deleteLater();
        if (revision == m_revision)
            take(std::move(*watcher->result()));
    });

    gateway::BuildOptions options = m_options;
    if (m_options.resolveReference) {
        options.resolveReference = [known = resolveReferences(m_text, m_options.resolveReference)](
                                       std::string_view name) -> std::optional<std::string> {
            const auto found = known.find(std::string(name));
            return found == known.end() ? std::nullopt : std::optional(found->second);
        };
    }
    auto promise = std::make_shared<QPromise<std::shared_ptr<ConfigAnalysis>>>();
    watcher->setFuture(promise->future());
    promise->start();
    QThreadPool::globalInstance()->start([promise, text = m_text, options = std::move(options)] {
        promise->addResult(std::make_shared<ConfigAnalysis>(analyse(text, options)));
        promise->finish();
    });
}

void GatewayDocument::take(ConfigAnalysis analysis)
{
    if (analysis.parses())
        m_lastGood = {};
    else if (m_current.parses())
        m_lastGood = std::move(m_current);
    m_current = std::move(analysis);
    m_analysed = true;
    emit changed();
    emit problemsChanged();
    if (!m_current.snapshot)
        return;
    emit snapshotChanged();
    if (m_automatic)
        apply();
}

void GatewayDocument::setAppliesAutomatically(bool automatic)
{
    if (m_automatic == automatic)
        return;
    m_automatic = automatic;
    emit appliesAutomaticallyChanged();
    if (automatic)
        apply();
}

void GatewayDocument::apply()
{
    const auto valid = snapshot();
    if (!valid)
        return;
    emit applied(valid);
    setBaseline(m_text);
}

void GatewayDocument::setBaseline(const std::string& text)
{
    if (m_baseline.text == text)
        return;
    m_baseline = text == m_current.text ? m_current : readConfig(text);
    emit baselineChanged();
}

bool GatewayDocument::isChanged(std::string_view pointer) const
{
    if (!isChanged() || !m_baseline.parses())
        return false;
    const document::Value* now = value().at(pointer);
    const auto place = counterpart(value(), pointer, m_baseline.document);
    const document::Value* before = place ? m_baseline.document.at(*place) : nullptr;
    return now && before ? *now != *before : now != before;
}

void GatewayDocument::takeFromDisk(const std::string& base, const std::string& disk)
{
    endTyping();
    if (disk == m_text)
        return;
    const auto merged = mergeTexts(base, m_text, disk);
    if (!merged) {
        emit diskConflict(disk);
        return;
    }
    const bool mixed = m_text != base;
    setText(*merged, tr("Take kong.yml from disk"));
    emit diskTaken(mixed);
}

} // namespace claimsmith::app
