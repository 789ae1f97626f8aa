// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/variableedit.h"

#include "theme/metrics.h"
#include "theme/paint.h"
#include "theme/theme.h"
#include "widgets/variabletext.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QHelpEvent>
#include <QMenu>
#include <QMimeData>
#include <QPainter>
#include <QRegularExpression>
#include <QScrollBar>
#include <QStringListModel>
#include <QSyntaxHighlighter>
#include <QTextBlock>
#include <QToolTip>

#include <algorithm>
#include <memory>

namespace claimsmith::app {

namespace {

using workspace::Reference;

constexpr int chipHeight = 22;
constexpr int chipPadding = 5;
constexpr int chipSpacing = 7; // padding and what stands between two chips
constexpr int fieldPadding = 8;
constexpr int chipTextInset = 1; // chips are a pixel smaller than the line

QString singleLine(QString text)
{
    static const QRegularExpression breaks(QStringLiteral("[\\r\\n\\x{2028}\\x{2029}]+"));
    return text.replace(breaks, QStringLiteral(" "));
}

} // namespace

/// Colours the references and makes room for the boxes around them.
class VariableHighlighter final : public QSyntaxHighlighter
{
public:
    explicit VariableHighlighter(VariableEdit* edit) : QSyntaxHighlighter(edit->document()), m_edit(edit) {}

protected:
    void highlightBlock(const QString& text) override
    {
        if (m_edit->m_masked) {
            QTextCharFormat hidden;
            hidden.setForeground(Qt::transparent);
            setFormat(0, static_cast<int>(text.size()), hidden);
        }
        for (const auto& reference : m_edit->m_references)
            highlight(text, m_edit->position(reference.begin), m_edit->position(reference.end), reference);
    }

private:
    void highlight(const QString& text, int begin, int end, const Reference& reference)
    {
        if (begin < 0 || end > text.size() || begin >= end)
            return;
        QTextCharFormat chip;
        chip.setForeground(color(toneColors(toneOf(reference)).text));
        chip.setProperty(QTextFormat::FontPixelSize, m_edit->font().pixelSize() - chipTextInset);
        setFormat(begin, end - begin, chip);
        chip.setFontLetterSpacingType(QFont::AbsoluteSpacing);
        chip.setFontLetterSpacing(chipSpacing);
        setFormat(end - 1, 1, chip);
        if (begin > 0) {
            QTextCharFormat before = format(begin - 1);
            before.setFontLetterSpacingType(QFont::AbsoluteSpacing);
            before.setFontLetterSpacing(chipSpacing);
            setFormat(begin - 1, 1, before);
        }
    }

    VariableEdit* m_edit;
};

VariableEdit::VariableEdit(Frame frame, ControlSize size, QWidget* parent)
    : QPlainTextEdit(parent), m_frame(frame), m_size(size), m_highlighter(new VariableHighlighter(this)),
      m_completer(new QCompleter(this)), m_names(new QStringListModel(this))
{
    setUndoRedoEnabled(false);
    setFrameShape(QFrame::NoFrame);
    setLineWrapMode(NoWrap);
    setTabChangesFocus(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    viewport()->setAutoFillBackground(false);
    setTextStyle(this, size == ControlSize::Large ? TextStyle::MonoLarge : TextStyle::Mono);
    setFixedHeight(controlHeight(size));
    setCursorWidth(1);

    m_completer->setModel(m_names);
    m_completer->setWidget(this);
    m_completer->setCaseSensitivity(Qt::CaseInsensitive);
    m_completer->setFilterMode(Qt::MatchContains);
    connect(m_completer, qOverload<const QString&>(&QCompleter::activated), this, &VariableEdit::insertName);
    connect(this, &QPlainTextEdit::textChanged, this, &VariableEdit::onTextChanged);
    connect(&Theme::instance(), &Theme::changed, this, &VariableEdit::refresh);
    adjustMargins();
}

void VariableEdit::setText(const QString& text)
{
    const QString line = singleLine(text);
    if (line == toPlainText())
        return;
    m_shown = line;
    const int caret = textCursor().position();
    setPlainText(line);
    QTextCursor cursor = textCursor();
    cursor.setPosition(std::min(caret, static_cast<int>(line.size())));
    setTextCursor(cursor);
    refresh();
}

void VariableEdit::setResolver(Resolver resolver)
{
    m_resolver = std::move(resolver);
    refresh();
}

void VariableEdit::setNames(const QStringList& names)
{
    m_names->setStringList(names);
}

void VariableEdit::refresh()
{
    const QString line = toPlainText();
    m_references = m_resolver ? m_resolver(line) : workspace::findReferences(line.toStdString());
    const QSignalBlocker blocker(this); // a new format is no edit
    m_highlighter->rehighlight();
    viewport()->update();
}

void VariableEdit::onTextChanged()
{
    const QString line = toPlainText();
    if (line == m_shown)
        return;
    m_shown = line;
    refresh();
    emit textEdited(line);
    offerNames();
}

void VariableEdit::setTrailing(QWidget* widget)
{
    m_trailing = widget;
    widget->setParent(this);
    widget->show();
    placeTrailing();
}

void VariableEdit::placeTrailing()
{
    const int side = m_frame == Frame::Field ? fieldPadding - chipPadding : 0;
    int right = side;
    if (m_trailing != nullptr) {
        const QSize size = m_trailing->sizeHint();
        const int inset = std::max(0, (height() - size.height()) / 2);
        m_trailing->setGeometry(width() - size.width() - 6, inset, size.width(), size.height());
        right = size.width() + fieldPadding;
    }
    setViewportMargins(side, 0, right, 0);
}

void VariableEdit::setMasked(bool masked)
{
    m_masked = masked;
    refresh();
}

void VariableEdit::setFieldError(bool error)
{
    m_error = error;
    update();
}

void VariableEdit::adjustMargins()
{
    const qreal line = QFontMetricsF(font()).height();
    document()->setDocumentMargin(std::max<qreal>(0, std::floor((height() - line) / 2)));
}

QSize VariableEdit::sizeHint() const
{
    return {240, controlHeight(m_size)};
}

QSize VariableEdit::minimumSizeHint() const
{
    return {80, controlHeight(m_size)};
}

int VariableEdit::position(std::size_t byteOffset) const
{
    const QByteArray bytes = toPlainText().toUtf8();
    return static_cast<int>(QString::fromUtf8(bytes.left(static_cast<qsizetype>(byteOffset))).size());
}

QRectF VariableEdit::chipRect(const Reference& reference) const
{
    QTextCursor cursor(document());
    const int length = document()->characterCount() - 1;
    cursor.setPosition(std::min(position(reference.begin), length));
    const QRect begin = cursorRect(cursor);
    cursor.setPosition(std::min(position(reference.end), length));
    const int right = cursorRect(cursor).left() - chipSpacing + chipPadding;
    const int top = (viewport()->height() - chipHeight) / 2;
    return {QPointF(begin.left() - chipPadding, top), QPointF(right, top + chipHeight)};
}

void VariableEdit::paintChips(QPainter& painter) const
{
    for (const auto& reference : m_references)
        paintBox(painter, chipRect(reference), metrics::radiusChip, color(toneColors(toneOf(reference)).background),
                 QColor());
}

void VariableEdit::paintEvent(QPaintEvent* event)
{
    {
        QPainter painter(viewport());
        paintChips(painter);
        if (m_masked && m_references.empty()) {
            painter.setPen(color(isEnabled() ? Role::Text : Role::TextDisabled));
            painter.setFont(font());
            const QRect box = viewport()->rect().adjusted(static_cast<int>(document()->documentMargin()), 0, 0, 0);
            painter.drawText(box, Qt::AlignLeft | Qt::AlignVCenter,
                             QString(std::min<qsizetype>(toPlainText().size(), 24), QChar(0x2022)));
        }
    }
    QPlainTextEdit::paintEvent(event);
}

bool VariableEdit::event(QEvent* event)
{
    switch (event->type()) {
    case QEvent::Paint:
        if (m_frame == Frame::Field) {
            QPainter painter(this);
            const Role line = m_error ? Role::BadSolid : hasFocus() ? Role::LineFocus : Role::LineStrong;
            paintBox(painter, rect(), metrics::radiusControl,
                     color(isEnabled() && !isReadOnly() ? Role::BgControl : Role::BgSunken), color(line),
                     m_error || hasFocus() ? 2 : 1);
        }
        return true;
    case QEvent::ShortcutOverride: {
        // The document's history undoes what is typed here; Alt with a key is the window's.
        const auto* key = static_cast<QKeyEvent*>(event);
        if (key->matches(QKeySequence::Undo) || key->matches(QKeySequence::Redo) ||
            key->modifiers() == Qt::AltModifier) {
            event->ignore();
            return true;
        }
        break;
    }
    case QEvent::FontChange:
        adjustMargins();
        break;
    default:
        break;
    }
    return QPlainTextEdit::event(event);
}

bool VariableEdit::viewportEvent(QEvent* event)
{
    if (event->type() != QEvent::ToolTip)
        return QPlainTextEdit::viewportEvent(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const Reference* reference = referenceAt(help->pos());
    if (reference == nullptr)
        QToolTip::hideText();
    else
        QToolTip::showText(help->globalPos(), describe(*reference), viewport(), chipRect(*reference).toRect());
    return true;
}

void VariableEdit::resizeEvent(QResizeEvent* event)
{
    QPlainTextEdit::resizeEvent(event);
    adjustMargins();
    placeTrailing();
}

void VariableEdit::keyPressEvent(QKeyEvent* event)
{
    if (m_completer->popup()->isVisible()) {
        switch (event->key()) {
        case Qt::Key_Return:
        case Qt::Key_Enter:
        case Qt::Key_Escape:
        case Qt::Key_Tab:
            event->ignore();
            return; // the popup takes it
        default:
            break;
        }
    }
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        if (event->modifiers() == Qt::NoModifier || event->modifiers() == Qt::KeypadModifier)
            emit returnPressed();
        else
            event->ignore();
        return;
    }
    if (event->key() == Qt::Key_Up || event->key() == Qt::Key_Down || event->matches(QKeySequence::Undo) ||
        event->matches(QKeySequence::Redo)) {
        event->ignore();
        return;
    }
    QPlainTextEdit::keyPressEvent(event);
}

void VariableEdit::wheelEvent(QWheelEvent* event)
{
    event->ignore();
}

void VariableEdit::focusInEvent(QFocusEvent* event)
{
    QPlainTextEdit::focusInEvent(event);
    if (event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason ||
        event->reason() == Qt::ShortcutFocusReason)
        selectAll();
    update();
}

void VariableEdit::focusOutEvent(QFocusEvent* event)
{
    QPlainTextEdit::focusOutEvent(event);
    if (event->reason() != Qt::PopupFocusReason && event->reason() != Qt::ActiveWindowFocusReason) {
        QTextCursor cursor = textCursor();
        cursor.clearSelection();
        setTextCursor(cursor);
    }
    update();
}

void VariableEdit::contextMenuEvent(QContextMenuEvent* event)
{
    const std::unique_ptr<QMenu> menu(createStandardContextMenu());
    menu->exec(event->globalPos());
}

void VariableEdit::insertFromMimeData(const QMimeData* source)
{
    if (source->hasText())
        textCursor().insertText(singleLine(source->text().trimmed()));
}

const Reference* VariableEdit::referenceAt(const QPoint& point) const
{
    const auto found = std::find_if(m_references.begin(), m_references.end(),
                                    [&](const Reference& each) { return chipRect(each).contains(point); });
    return found == m_references.end() ? nullptr : &*found;
}

void VariableEdit::offerNames()
{
    const QString before = toPlainText().left(textCursor().position());
    const qsizetype open = before.lastIndexOf(QLatin1String("{{"));
    const QString prefix = open < 0 ? QString() : before.mid(open + 2);
    if (!hasFocus() || open < 0 || prefix.contains(QLatin1Char('}')) || m_names->rowCount() == 0) {
        m_completer->popup()->hide();
        return;
    }
    m_completer->setCompletionPrefix(prefix.trimmed());
    QRect place = cursorRect();
    place.setWidth(280);
    m_completer->complete(place);
}

void VariableEdit::insertName(const QString& name)
{
    QTextCursor cursor = textCursor();
    const QString line = toPlainText();
    const qsizetype open = line.left(cursor.position()).lastIndexOf(QLatin1String("{{"));
    if (open < 0)
        return;
    cursor.setPosition(static_cast<int>(open) + 2, QTextCursor::KeepAnchor);
    const bool closed = line.mid(textCursor().position()).startsWith(QLatin1String("}}"));
    cursor.insertText(closed ? name : name + QLatin1String("}}"));
    if (closed)
        cursor.movePosition(QTextCursor::Right, QTextCursor::MoveAnchor, 2);
    setTextCursor(cursor);
}

} // namespace claimsmith::app
