// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/codeeditor.h"

#include "theme/theme.h"

#include <QEvent>
#include <QHelpEvent>
#include <QToolTip>
#include <Qsci/qscilexerjson.h>
#include <Qsci/qscilexeryaml.h>

#include <algorithm>

namespace claimsmith::app {
namespace {

constexpr qsizetype editableLimit = 2 * 1024 * 1024;
constexpr qsizetype viewerLimit = 10 * 1024 * 1024;
constexpr qsizetype lineLimit = 20 * 1024;
constexpr int idleStylingFrom = 1024 * 1024;
constexpr int numberMargin = 0;
constexpr int gapMargin = 1;
constexpr int numberWidth = 31;
constexpr int gapWidth = 9;
constexpr int rangeMarker = 1;
constexpr int errorMarker = 2;
constexpr int errorIndicator = 8;

struct StyleColor
{
    int style;
    Role role;
};

constexpr StyleColor jsonStyles[] = {
    {QsciLexerJSON::Default, Role::Text},           {QsciLexerJSON::Number, Role::SynNumber},
    {QsciLexerJSON::String, Role::SynString},       {QsciLexerJSON::UnclosedString, Role::Bad},
    {QsciLexerJSON::Property, Role::SynKey},        {QsciLexerJSON::EscapeSequence, Role::SynConst},
    {QsciLexerJSON::CommentLine, Role::SynComment}, {QsciLexerJSON::CommentBlock, Role::SynComment},
    {QsciLexerJSON::Operator, Role::SynPunct},      {QsciLexerJSON::IRI, Role::SynString},
    {QsciLexerJSON::IRICompact, Role::SynString},   {QsciLexerJSON::Keyword, Role::SynConst},
    {QsciLexerJSON::KeywordLD, Role::SynKey},       {QsciLexerJSON::Error, Role::Bad},
};

constexpr StyleColor yamlStyles[] = {
    {QsciLexerYAML::Default, Role::SynString},          {QsciLexerYAML::Comment, Role::SynComment},
    {QsciLexerYAML::Identifier, Role::SynKey},          {QsciLexerYAML::Keyword, Role::SynConst},
    {QsciLexerYAML::Number, Role::SynNumber},           {QsciLexerYAML::Reference, Role::SynConst},
    {QsciLexerYAML::DocumentDelimiter, Role::SynPunct}, {QsciLexerYAML::TextBlockMarker, Role::SynString},
    {QsciLexerYAML::SyntaxErrorMarker, Role::Bad},      {QsciLexerYAML::Operator, Role::SynPunct},
};

} // namespace

CodeEditor::CodeEditor(Language language, QWidget* parent) : QsciScintilla(parent), m_language(language)
{
    setUtf8(true);
    setEolMode(EolUnix);
    setFrameShape(QFrame::NoFrame);
    setIndentationsUseTabs(false);
    setIndentationWidth(2);
    setTabWidth(2);
    setAutoIndent(true);
    setBraceMatching(NoBraceMatch);
    setMarginType(numberMargin, NumberMargin);
    setMarginType(gapMargin, SymbolMargin);
    setMarginMarkerMask(gapMargin, 0);
    setMarginWidth(2, 0);
    SendScintilla(SCI_SETMARGINLEFT, 0UL, 0L);
    SendScintilla(SCI_SETSCROLLWIDTH, 1UL);
    SendScintilla(SCI_SETSCROLLWIDTHTRACKING, 1UL);
    SendScintilla(SCI_SETENDATLASTLINE, 1UL);
    SendScintilla(SCI_SETCARETLINEVISIBLEALWAYS, 0UL);
    markerDefine(Background, rangeMarker);
    markerDefine(Background, errorMarker);
    indicatorDefine(SquiggleIndicator, errorIndicator);
    setLanguage(language);
    connect(this, &QsciScintilla::textChanged, this, [this] {
        updateMargin();
        if (SendScintilla(SCI_GETXOFFSET) == 0)
            SendScintilla(SCI_SETSCROLLWIDTH, 1UL); // it follows the longest line shown, but never back
        if (!m_loading)
            emit edited();
    });
    connect(&Theme::instance(), &Theme::changed, this, &CodeEditor::restyle);
}

bool CodeEditor::fits(const QByteArray& utf8, bool editable)
{
    if (utf8.size() > (editable ? editableLimit : viewerLimit))
        return false;
    for (qsizetype start = 0; start < utf8.size();) {
        qsizetype end = utf8.indexOf('\n', start);
        if (end < 0)
            end = utf8.size();
        if (end - start > lineLimit)
            return false;
        start = end + 1;
    }
    return true;
}

void CodeEditor::setLanguage(Language language)
{
    m_language = language;
    delete lexer();
    QsciLexer* next = nullptr;
    if (language == Language::Json) {
        auto* json = new QsciLexerJSON(this);
        json->setHighlightComments(true);
        next = json;
    } else if (language == Language::Yaml) {
        next = new QsciLexerYAML(this);
    }
    setLexer(next);
    restyle();
}

void CodeEditor::setCode(const QString& code)
{
    m_loading = true;
    const bool readOnly = isReadOnly();
    setReadOnly(false);
    const QByteArray utf8 = code.toUtf8();
    SendScintilla(SCI_SETIDLESTYLING, utf8.size() > idleStylingFrom ? 3UL : 0UL);
    SendScintilla(SCI_SETUNDOCOLLECTION, 0UL);
    SendScintilla(SCI_CLEARALL);
    SendScintilla(SCI_ADDTEXT, static_cast<unsigned long>(utf8.size()), utf8.constData());
    SendScintilla(SCI_SETUNDOCOLLECTION, 1UL);
    SendScintilla(SCI_EMPTYUNDOBUFFER);
    SendScintilla(SCI_GOTOPOS, 0UL);
    SendScintilla(SCI_SETSCROLLWIDTH, 1UL); // it grows with what is shown, but never shrinks by itself
    setModified(false);
    setReadOnly(readOnly);
    m_loading = false;
}

void CodeEditor::replaceCode(const QString& code)
{
    if (text() == code)
        return;
    m_loading = true;
    const QByteArray utf8 = code.toUtf8();
    const long firstLine = SendScintilla(SCI_GETFIRSTVISIBLELINE);
    SendScintilla(SCI_BEGINUNDOACTION);
    SendScintilla(SCI_TARGETWHOLEDOCUMENT);
    SendScintilla(SCI_REPLACETARGET, static_cast<unsigned long>(utf8.size()), utf8.constData());
    SendScintilla(SCI_ENDUNDOACTION);
    SendScintilla(SCI_SETFIRSTVISIBLELINE, static_cast<unsigned long>(firstLine));
    m_loading = false;
}

void CodeEditor::setViewer(bool viewer)
{
    m_viewer = viewer;
    setReadOnly(viewer);
    if (viewer)
        setBraceMatching(NoBraceMatch);
    SendScintilla(SCI_SETCARETSTYLE, viewer ? 0UL : 1UL);
    restyle();
}

void CodeEditor::setLineNumbers(bool visible)
{
    m_lineNumbers = visible;
    updateMargin();
}

void CodeEditor::setHighlightsCurrentLine(bool highlights)
{
    m_currentLine = highlights;
    setCaretLineVisible(highlights);
}

void CodeEditor::markError(int line, int column, int length, const QString& message)
{
    const int row = qBound(0, line - 1, qMax(0, lines() - 1));
    markerAdd(row, errorMarker);
    const long start = SendScintilla(SCI_POSITIONFROMLINE, static_cast<unsigned long>(row));
    const long end = SendScintilla(SCI_GETLINEENDPOSITION, static_cast<unsigned long>(row));
    long from = qBound(start, start + qMax(0, column - 1), end);
    const long to = length > 0 ? qMin(end, from + length) : end;
    if (from == to)
        from = start;
    SendScintilla(SCI_SETINDICATORCURRENT, static_cast<unsigned long>(errorIndicator));
    SendScintilla(SCI_SETINDICATORVALUE, static_cast<unsigned long>(m_messages.size() + 1));
    SendScintilla(SCI_INDICATORFILLRANGE, static_cast<unsigned long>(from), to - from);
    m_messages.append(message);
}

void CodeEditor::clearErrors()
{
    markerDeleteAll(errorMarker);
    SendScintilla(SCI_SETINDICATORCURRENT, static_cast<unsigned long>(errorIndicator));
    SendScintilla(SCI_INDICATORCLEARRANGE, 0UL, SendScintilla(SCI_GETLENGTH));
    m_messages.clear();
}

void CodeEditor::markRange(int first, int last)
{
    markerDeleteAll(rangeMarker);
    for (int line = qMax(1, first); first > 0 && line <= qMin(last, lines()); ++line)
        markerAdd(line - 1, rangeMarker);
}

void CodeEditor::showLine(int line)
{
    const int row = qBound(0, line - 1, qMax(0, lines() - 1));
    if (!m_viewer)
        setCursorPosition(row, indentation(row));
    const long visible = SendScintilla(SCI_LINESONSCREEN);
    SendScintilla(SCI_SETFIRSTVISIBLELINE, static_cast<unsigned long>(qMax(0L, row - visible / 2)));
}

void CodeEditor::setCompact(bool compact)
{
    setLineNumbers(!compact);
    setHighlightsCurrentLine(!compact);
}

void CodeEditor::focusInEvent(QFocusEvent* event)
{
    setBraceMatching(m_viewer ? NoBraceMatch : SloppyBraceMatch);
    QsciScintilla::focusInEvent(event);
}

void CodeEditor::focusOutEvent(QFocusEvent* event)
{
    QsciScintilla::focusOutEvent(event);
    setBraceMatching(NoBraceMatch); // a mark where nobody types says nothing
    SendScintilla(SCI_BRACEHIGHLIGHT, ~0UL, -1L);
}

bool CodeEditor::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        auto* help = static_cast<QHelpEvent*>(event);
        const QPoint point = viewport()->mapFromGlobal(help->globalPos());
        const long position = SendScintilla(SCI_POSITIONFROMPOINTCLOSE, static_cast<unsigned long>(point.x()),
                                            static_cast<long>(point.y()));
        const long value =
            position < 0 ? 0
                         : SendScintilla(SCI_INDICATORVALUEAT, static_cast<unsigned long>(errorIndicator), position);
        if (value > 0 && value <= m_messages.size())
            QToolTip::showText(help->globalPos(), m_messages.at(value - 1), this);
        else
            QToolTip::hideText();
        return true;
    }
    return QsciScintilla::event(event);
}

void CodeEditor::restyle()
{
    const QFont mono = textPointFont(TextStyle::Mono, logicalDpiY());
    setFont(mono);
    const QColor paper = app::color(Role::BgSurface);
    setPaper(paper);
    setColor(app::color(Role::Text));
    restyleLexer();
    setMarginsFont(textPointFont(TextStyle::MonoSmall, logicalDpiY()));
    setMarginsBackgroundColor(paper);
    setMarginsForegroundColor(app::color(Role::SynGutter));
    setMarginBackgroundColor(gapMargin, paper);
    const int natural = static_cast<int>(SendScintilla(SCI_TEXTHEIGHT, 0UL)) - extraAscent() - extraDescent();
    const int extra = qMax(0, lineHeight(TextStyle::Mono) - natural);
    setExtraAscent(extra / 2 + extra % 2);
    setExtraDescent(extra / 2);
    setCaretForegroundColor(app::color(Role::Text));
    setCaretLineBackgroundColor(app::color(Role::AccentBg));
    setCaretLineVisible(m_currentLine);
    setSelectionBackgroundColor(app::color(Role::BgSelected));
    resetSelectionForegroundColor();
    setMarkerBackgroundColor(app::color(Role::AccentBg), rangeMarker);
    setMarkerBackgroundColor(app::color(Role::BadBg), errorMarker);
    setIndicatorForegroundColor(app::color(Role::BadSolid), errorIndicator);
    setMatchedBraceBackgroundColor(app::color(Role::BgSelected));
    setMatchedBraceForegroundColor(app::color(Role::Text));
    setUnmatchedBraceForegroundColor(app::color(Role::Bad));
    setUnmatchedBraceBackgroundColor(paper);
    updateMargin();
}

void CodeEditor::restyleLexer()
{
    QsciLexer* current = lexer();
    if (!current)
        return;
    current->setDefaultFont(textPointFont(TextStyle::Mono, logicalDpiY()));
    current->setDefaultPaper(app::color(Role::BgSurface));
    current->setDefaultColor(app::color(Role::Text));
    current->setFont(textPointFont(TextStyle::Mono, logicalDpiY()), -1);
    current->setPaper(app::color(Role::BgSurface), -1);
    current->setColor(app::color(Role::Text), -1);
    const auto apply = [current](const auto& styles) {
        for (const StyleColor& entry : styles)
            current->setColor(app::color(entry.role), entry.style);
    };
    if (m_language == Language::Json)
        apply(jsonStyles);
    else
        apply(yamlStyles);
}

void CodeEditor::updateMargin()
{
    if (!m_lineNumbers) {
        setMarginWidth(numberMargin, 0);
        setMarginWidth(gapMargin, 0);
        return;
    }
    const int digits = static_cast<int>(QString::number(lines()).size());
    const int width = QFontMetrics(textFont(TextStyle::MonoSmall)).horizontalAdvance(QLatin1Char('0')) * digits + 12;
    setMarginWidth(numberMargin, qMax(numberWidth, width));
    setMarginWidth(gapMargin, gapWidth);
}

} // namespace claimsmith::app
