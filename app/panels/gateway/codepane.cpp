// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/gateway/codepane.h"

#include "bridge/gatewaydocument.h"
#include "bridge/textmerge.h"
#include "text/problemtext.h"
#include "theme/metrics.h"
#include "theme/paint.h"
#include "theme/theme.h"
#include "widgets/buttons.h"
#include "widgets/codeeditor.h"
#include "widgets/label.h"
#include "widgets/searchfield.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>

namespace claimsmith::app {
namespace {

constexpr int headerHeight = 36;
constexpr int dotSize = 8;

/// The accent dot of a changed text.
class ChangeDot final : public QWidget
{
public:
    ChangeDot() { setFixedSize(dotSize, headerHeight); }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        paintDot(painter, rect(), dotSize, Role::Accent);
    }
};

/// The last line that a value takes, without the blank ones behind it.
std::size_t lastLine(const std::string& text, const document::Span& span)
{
    const std::size_t end = std::min(span.end, text.size());
    const std::size_t last = end > span.begin ? text.find_last_not_of(" \t\r\n", end - 1) : span.begin;
    if (last == std::string::npos || last <= span.begin)
        return span.line;
    const auto from = text.begin() + static_cast<std::ptrdiff_t>(span.begin);
    return span.line +
           static_cast<std::size_t>(std::count(from, text.begin() + static_cast<std::ptrdiff_t>(last), '\n'));
}

std::string codeOf(const CodeEditor& editor)
{
    return editor.code().toStdString();
}

} // namespace

CodePane::CodePane(GatewayDocument& document, QWidget* parent)
    : Pane(Role::BgSurface, {}, parent), m_document(document), m_editor(new CodeEditor(CodeEditor::Language::Yaml)),
      m_state(new Label({}, TextStyle::Small, Role::Text3)), m_dot(new ChangeDot),
      m_follow(new IconButton(QLatin1String("link"), tr("Select the entity that the caret is in"))),
      m_search(new IconButton(QLatin1String("search"), tr("Find in kong.yml"))),
      m_find(new SearchField(tr("Find in kong.yml")))
{
    auto* copy = new IconButton(QLatin1String("copy"), tr("Copy kong.yml"));
    auto* header = new Pane(Role::BgSurface, Qt::BottomEdge);
    header->setFixedHeight(headerHeight);
    auto* line = new QHBoxLayout(header);
    line->setContentsMargins(12, 0, 4, 0);
    line->setSpacing(8);
    line->addWidget(new IconLabel(QLatin1String("file"), metrics::iconRow));
    line->addWidget(new Label(QStringLiteral("kong.yml"), TextStyle::BodyStrong));
    line->addWidget(m_dot);
    line->addWidget(m_state);
    line->addStretch();
    line->setSpacing(8);
    for (IconButton* button : {m_follow, m_search, copy}) {
        button->setSmall();
        line->addWidget(button);
    }
    m_follow->setCheckable(true);
    m_follow->setChecked(true);
    m_search->setCheckable(true);
    m_find->setAccessibleName(tr("Find in kong.yml"));
    m_find->hide();
    m_editor->setObjectName(QStringLiteral("kongYml"));
    m_editor->setAccessibleName(tr("Text of kong.yml"));
    m_editor->installEventFilter(this);
    m_find->installEventFilter(this);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(header);
    layout->addWidget(m_find);
    layout->addWidget(m_editor, 1);

    connect(copy, &QAbstractButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(m_editor->code()); });
    connect(m_search, &QAbstractButton::toggled, this, [this](bool on) {
        m_find->setVisible(on);
        (on ? static_cast<QWidget*>(m_find) : m_editor)->setFocus(Qt::OtherFocusReason);
    });
    connect(m_find, &QLineEdit::textEdited, this, [this] { findNext(false); });
    connect(m_editor, &CodeEditor::edited, this, [this] {
        if (!m_taking)
            m_document.type([this] { return codeOf(*m_editor); });
        refreshState();
    });
    connect(m_editor, &QsciScintilla::cursorPositionChanged, this, &CodePane::followCaret);
    connect(&m_document, &GatewayDocument::textChanged, this, &CodePane::takeText);
    connect(&m_document, &GatewayDocument::changed, this, &CodePane::refreshMarks);
    connect(&m_document, &GatewayDocument::baselineChanged, this, &CodePane::refreshState);
    takeText();
    refreshMarks();
}

void CodePane::takeText()
{
    if (m_document.isTyping())
        return; // what is typed here is newer, and on its way
    const TextChange change = changeBetween(codeOf(*m_editor), m_document.text());
    if (change.empty())
        return;
    // Only the stretch that differs, so that caret, folds and scroll stay.
    m_taking = true;
    const QByteArray inserted = QByteArray::fromStdString(change.inserted);
    m_editor->SendScintilla(QsciScintilla::SCI_SETTARGETRANGE, static_cast<unsigned long>(change.offset),
                            static_cast<long>(change.offset + change.removed.size()));
    m_editor->SendScintilla(QsciScintilla::SCI_REPLACETARGET, static_cast<unsigned long>(inserted.size()),
                            inserted.constData());
    m_taking = false;
    refreshState();
}

void CodePane::refreshMarks()
{
    m_editor->clearErrors();
    const ConfigAnalysis& config = m_document.current();
    for (const ConfigProblem& problem : config.problems) {
        if (problem.severity != ConfigProblem::Severity::Error || problem.problem.place.line == 0)
            continue;
        const document::Span span = config.spanOf(problem.problem.place);
        m_editor->markError(static_cast<int>(span.line), static_cast<int>(span.column),
                            static_cast<int>(span.end - span.begin), problemText(problem.problem));
    }
    setSelection(m_selection);
    refreshState();
}

void CodePane::refreshState()
{
    m_dot->setVisible(m_document.isChanged());
    if (m_document.isTyping())
        m_state->setText(tr("reading"));
    else
        m_state->setText(m_document.parses() ? tr("in step with the form") : tr("does not parse, the form waits"));
    m_state->setRole(m_document.parses() ? Role::Text3 : Role::Bad);
}

void CodePane::setSelection(const std::string& pointer)
{
    m_selection = pointer;
    const document::SourceMap::Entry* entry = pointer.empty() ? nullptr : m_document.current().places.find(pointer);
    if (entry)
        m_editor->markRange(static_cast<int>(entry->value.line),
                            static_cast<int>(lastLine(m_document.text(), entry->value)));
    else
        m_editor->markRange(0, 0);
}

void CodePane::goToLine(std::size_t line, bool focus)
{
    m_taking = true; // the caret moves, but not by the user's hand
    m_editor->showLine(static_cast<int>(line));
    m_taking = false;
    if (focus)
        m_editor->setFocus(Qt::OtherFocusReason);
}

void CodePane::find()
{
    m_search->setChecked(true);
    m_find->setFocus(Qt::ShortcutFocusReason);
    m_find->selectAll();
}

void CodePane::findNext(bool backwards)
{
    const QString text = m_find->text();
    if (text.isEmpty())
        return;
    int line = 0;
    int column = 0;
    int endLine = 0;
    int endColumn = 0;
    m_editor->getSelection(&line, &column, &endLine, &endColumn);
    const bool selected = m_editor->hasSelectedText();
    // While typing the word grows in its place; Enter goes on behind it, Shift Enter before it.
    m_editor->findFirst(text, false, false, false, true, !backwards, selected ? line : -1, selected ? column : -1);
}

void CodePane::followCaret()
{
    if (m_taking || !m_follow->isChecked() || !m_editor->hasFocus() || m_document.isTyping() || !m_document.parses())
        return;
    const long offset = m_editor->SendScintilla(QsciScintilla::SCI_GETCURRENTPOS);
    const std::string place = m_document.sourceMap().pointerAt(static_cast<std::size_t>(offset));
    const OutlineEntity* entity = m_document.current().outline.findAt(place);
    if (entity && entity->pointer != m_selection)
        emit entityEntered(entity->pointer);
}

bool CodePane::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_editor && event->type() == QEvent::FocusOut)
        m_document.endTyping();
    if (watched == m_find && event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) {
            const bool backwards = key->modifiers().testFlag(Qt::ShiftModifier);
            int line = 0;
            int column = 0;
            m_editor->getCursorPosition(&line, &column);
            if (!backwards)
                m_editor->setSelection(line, column, line, column);
            findNext(backwards);
            return true;
        }
        if (key->key() == Qt::Key_Escape && m_find->text().isEmpty()) {
            m_search->setChecked(false);
            return true;
        }
    }
    return Pane::eventFilter(watched, event);
}

} // namespace claimsmith::app
