// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "bridge/configanalysis.h"
#include "bridge/configedit.h"
#include "gateway/snapshot.h"

#include <QObject>
#include <QString>
#include <QUndoStack>

#include <functional>
#include <memory>
#include <string>
#include <vector>

class QTimer;

namespace claimsmith::app {

/// The kong.yml of the workspace. Its text is the document; value, places, problems and snapshot are read from it.
/// Forms, repairs and menus change it by edits that leave comments and order alone, a text editor by typing; each
/// change is one step of one undo stack. Lives on the GUI thread.
///
/// Small texts are read and validated within the call, those above `backgroundSize` on another thread: then
/// isAnalysed() is false until analysed().
class GatewayDocument final : public QObject
{
    Q_OBJECT

public:
    static constexpr std::size_t backgroundSize = 64U << 10U;

    explicit GatewayDocument(QObject* parent = nullptr);
    ~GatewayDocument() override;

    /// Edition, conduct and the resolver of `${{ env "NAME" }}`, for what is validated from now on. The resolver is
    /// called on this thread only.
    void setOptions(const gateway::BuildOptions& options);
    /// Validates again: a secret that the text names is another one now.
    void revalidate();

    /// Another file: replaces the text and forgets the steps before it. The text is the baseline.
    void load(const std::string& text);
    const std::string& text() const noexcept { return m_text; }

    /// What the text says. While it does not parse: parseFailure only, with the problems it had before.
    const ConfigAnalysis& current() const noexcept { return m_current; }
    /// The last text that parsed: what trees and forms show.
    const ConfigAnalysis& lastGood() const noexcept { return m_current.parses() ? m_current : m_lastGood; }
    bool parses() const noexcept { return m_current.parses(); }
    /// Whether problems() and snapshot() are those of text().
    bool isAnalysed() const noexcept { return m_analysed; }

    const document::Value& value() const noexcept { return lastGood().document; }
    const document::SourceMap& sourceMap() const noexcept { return lastGood().places; }
    const std::vector<ConfigProblem>& problems() const noexcept { return m_current.problems; }
    /// Null while the engine refuses the text.
    std::shared_ptr<const gateway::Snapshot> snapshot() const noexcept;

    QUndoStack* undoStack() noexcept { return &m_undoStack; }
    /// The stack's, after typed text has been taken over.
    void undo();
    void redo();

    /// One undoable step. `label` is its name in the Edit menu. Steps in a row with the same `mergeKey` become one: the
    /// keys typed into one field. Fails, and changes nothing, while the text does not parse.
    Result<void> change(const std::vector<ConfigEdit>& edits, const QString& label, const QString& mergeKey = {});
    Result<void> edit(const std::string& pointer, const document::Value& value, const QString& label);
    Result<void> remove(const std::string& pointer, const QString& label);

    /// A whole new text as one undoable step: an import, a merge.
    void setText(const std::string& text, const QString& label, const QString& mergeKey = {});
    /// What somebody types in a text editor. Taken over 300 ms after the last call, or when flushTyping() is called;
    /// `read` gives the editor's text then. All typing until endTyping() is one step.
    void type(std::function<std::string()> read);
    void flushTyping();
    /// Whether typed text waits to be taken over: text() is older than the editor's.
    bool isTyping() const noexcept { return static_cast<bool>(m_typed); }
    void endTyping();

    /// Whether every valid text is applied at once; so from the start.
    bool appliesAutomatically() const noexcept { return m_automatic; }
    void setAppliesAutomatically(bool automatic);
    /// Whether apply() would do something: a valid text that is not in force.
    bool canApply() const noexcept { return snapshot() != nullptr && isChanged(); }
    /// Puts the text in force, if it is valid: applied() tells the gateway, and the text is the new baseline.
    void apply();

    /// The text in force: as loaded, later as applied last. Marks in forms show what differs from it.
    bool isChanged() const noexcept { return m_text != m_baseline.text; }
    /// Whether the value at the pointer of value() differs from the same entity's in the baseline.
    bool isChanged(std::string_view pointer) const;

    /// The file on disk says something else now. With `base`, the text that both sides come from, changes on different
    /// lines are merged; otherwise diskConflict() is emitted and nothing changes.
    void takeFromDisk(const std::string& base, const std::string& disk);

signals:
    /// Another text, however it came about. Reading may still be under way.
    void textChanged();
    /// current() and lastGood() are new; problems may follow.
    void changed();
    void problemsChanged();
    /// Only when there is a valid one.
    void snapshotChanged();
    void baselineChanged();
    void applied(const std::shared_ptr<const claimsmith::gateway::Snapshot>& snapshot);
    void appliesAutomaticallyChanged();
    /// kong.yml changed on disk, and the changes were taken over (merged with one's own, if `merged`).
    void diskTaken(bool merged);
    /// kong.yml changed on disk at the lines that were changed here too.
    void diskConflict(const std::string& disk);

private:
    friend class TextStep;
    void replaceText(std::string text);
    void read();
    void take(ConfigAnalysis analysis);
    void analyseInBackground();
    void push(std::string text, const QString& label, const QString& mergeKey);
    void setBaseline(const std::string& text);

    gateway::BuildOptions m_options;
    std::string m_text;
    ConfigAnalysis m_current;
    ConfigAnalysis m_lastGood; ///< empty unless m_current does not parse
    ConfigAnalysis m_baseline; ///< read only: no problems
    bool m_analysed = true;
    QUndoStack m_undoStack;
    QTimer* m_typingPause;
    std::function<std::string()> m_typed;
    int m_typingSession = 0;
    bool m_automatic = true;
    quint64 m_revision = 0; ///< of the text; results of older ones are dropped
};

} // namespace claimsmith::app
