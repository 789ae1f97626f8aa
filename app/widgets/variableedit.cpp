// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/variableedit.h"

#include "theme/claimstyle.h"
#include "theme/metrics.h"
#include "theme/paint.h"
#include "theme/stylefields.h"
#include "theme/theme.h"

#include <QAbstractItemView>
#include <QAbstractTextDocumentLayout>
#include <QCompleter>
#include <QHelpEvent>
#include <QMimeData>
#include <QPainter>
#include <QRegularExpression>
#include <QScrollBar>
#include <QStringListModel>
#include <QSyntaxHighlighter>
#include <QTextBlock>

namespace claimsmith::app {
namespace {

constexpr qreal chipPadding = 5;
constexpr qreal chipSpacing = chipPadding + 2;
constexpr int chipHeight = 22;
constexpr int sidePadding = 9;
constexpr int trailingGap = 12;

const QRegularExpression& variablePattern()
{
    static const QRegularExpression pattern(QStringLiteral("\\{\\{[^{}]*\\}\\}"));
    return pattern;
}

} // namespace

/// Colours names and opens room for the chip's padding by letter spacing before and after it.
class VariableHighlighter final : public QSyntaxHighlighter
{
public:
    VariableHighlighter(QTextDocument* document, std::function<bool(const QString&)> known)
        : QSyntaxHighlighter(document), m_known(std::move(known))
    {
    }

protected:
    void highlightBlock(const QString& text) override
    {
        const QChar* begin = text.constData();
        for (int index = 0; index < text.size(); ++index) {
            if (begin[index] == QLatin1Char('?') || begin[index] == QLatin1Char('&') ||
                begin[index] == QLatin1Char('=')) {
                QTextCharFormat format;
                format.setForeground(color(Role::Text3));
                setFormat(index, 1, format);
            }
        }
        auto matches = variablePattern().globalMatch(text);
        while (matches.hasNext()) {
            const auto match = matches.next();
            const int start = static_cast<int>(match.capturedStart());
            const int length = static_cast<int>(match.capturedLength());
            const bool known = m_known(match.captured().mid(2, length - 4).trimmed());
            QTextCharFormat format;
            format.setProperty(QTextFormat::FontPixelSize, textFont(TextStyle::Mono).pixelSize());
            format.setForeground(color(known ? Role::AccentText : Role::Bad));
            setFormat(start, length, format);
            QTextCharFormat brace = format;
            brace.setForeground(color(known ? Role::Text3 : Role::Bad));
            setFormat(start, 2, brace);
            setFormat(start + length - 2, 2, brace);
            spaceAfter(start + length - 1);
            if (start > 0)
                spaceAfter(start - 1);
        }
    }

private:
    void spaceAfter(int index)
    {
        QTextCharFormat spaced = format(index);
        spaced.setFontLetterSpacingType(QFont::AbsoluteSpacing);
        spaced.setFontLetterSpacing(chipSpacing);
        setFormat(index, 1, spaced);
    }

    std::function<bool(const QString&)> m_known;
};

VariableEdit::VariableEdit(QWidget* parent)
    : QPlainTextEdit(parent),
      m_highlighter(new VariableHighlighter(document(), [this](const QString& name) { return isKnown(name); })),
      m_completer(new QCompleter(this))
{
    setLineWrapMode(NoWrap);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setTabChangesFocus(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    document()->setDocumentMargin(0);
    viewport()->setAutoFillBackground(false);
    m_completer->setWidget(this);
    m_completer->setModel(new QStringListModel(m_completer));
    m_completer->setCaseSensitivity(Qt::CaseInsensitive);
    connect(m_completer, qOverload<const QString&>(&QCompleter::activated), this, &VariableEdit::insertName);
    connect(this, &QPlainTextEdit::textChanged, this, [this] {
        if (m_setting)
            return;
        emit textEdited(text());
        offerNames();
    });
    connect(&Theme::instance(), &Theme::changed, this, &VariableEdit::applyTheme);
    applyTheme();
}

bool VariableEdit::isKnown(const QString& name) const
{
    // Without a list nothing is judged; names with a dot are computed when sent.
    return m_names.isEmpty() || m_names.contains(name);
}

void VariableEdit::setText(const QString& text)
{
    if (text == this->text())
        return;
    m_setting = true;
    setPlainText(text);
    m_setting = false;
}

void VariableEdit::setFramed(bool framed)
{
    m_framed = framed;
    centre();
    update();
}

void VariableEdit::setLargeText(bool large)
{
    m_large = large;
    applyTheme();
}

void VariableEdit::setTrailing(const QString& text)
{
    if (m_trailing == text)
        return;
    m_trailing = text;
    centre();
    viewport()->update();
}

void VariableEdit::setVariables(const QStringList& names)
{
    if (m_names == names)
        return;
    m_names = names;
    static_cast<QStringListModel*>(m_completer->model())->setStringList(names);
    const QSignalBlocker blocker(this);
    m_highlighter->rehighlight();
}

void VariableEdit::setReadOnlyLook(bool readOnly)
{
    m_readOnlyLook = readOnly;
    setReadOnly(readOnly);
    update();
}

void VariableEdit::applyTheme()
{
    setFont(textFont(m_large ? TextStyle::MonoLarge : TextStyle::Mono));
    const QSignalBlocker blocker(this);
    m_highlighter->rehighlight();
    centre();
}

/// Keeps the line in the middle of the height, and clear of the trailing text.
void VariableEdit::centre()
{
    const int line =
        static_cast<int>(document()->documentLayout()->blockBoundingRect(document()->firstBlock()).height());
    const int top = qMax(0, (height() - qMax(line, fontMetrics().height())) / 2);
    int right = m_framed ? sidePadding : 0;
    if (!m_trailing.isEmpty())
        right += QFontMetrics(textFont(TextStyle::Small)).horizontalAdvance(m_trailing) + trailingGap;
    setViewportMargins(m_framed ? sidePadding : 2, top, right, 0);
}

QSize VariableEdit::sizeHint() const
{
    return {200, controlHeight(controlSize(this))};
}

QSize VariableEdit::minimumSizeHint() const
{
    return {60, sizeHint().height()};
}

void VariableEdit::paintEvent(QPaintEvent* event)
{
    {
        QPainter painter(viewport());
        const QTextBlock block = document()->firstBlock();
        const QPointF origin = contentOffset() + block.layout()->position();
        auto matches = variablePattern().globalMatch(block.text());
        while (matches.hasNext() && block.layout()->lineCount() > 0) {
            const auto match = matches.next();
            const QTextLine line = block.layout()->lineAt(0);
            const qreal left = origin.x() + line.cursorToX(static_cast<int>(match.capturedStart())) - chipPadding;
            const qreal right =
                origin.x() + line.cursorToX(static_cast<int>(match.capturedEnd())) - chipSpacing + chipPadding;
            const qreal middle = origin.y() + line.y() + line.height() / 2;
            const bool known = isKnown(match.captured().mid(2, match.capturedLength() - 4).trimmed());
            const int boxHeight = qMin(chipHeight, controlHeight(controlSize(this)) - 6);
            paintBox(painter, QRectF(qRound(left), qRound(middle - boxHeight / 2.0), qRound(right - left), boxHeight),
                     metrics::radiusChip, color(known ? Role::AccentBg : Role::BadBg), QColor());
        }
    }
    QPlainTextEdit::paintEvent(event);
}

bool VariableEdit::event(QEvent* event)
{
    if (event->type() == QEvent::Paint) {
        // Around the viewport: the frame and the trailing text.
        QPainter painter(this);
        if (m_framed) {
            QStyle::State state = isEnabled() ? QStyle::State_Enabled : QStyle::State_None;
            state.setFlag(QStyle::State_HasFocus, hasFocus());
            stylefields::drawField(painter, rect(), state, fieldState(this) == FieldState::Error, m_readOnlyLook);
        }
        if (!m_trailing.isEmpty()) {
            painter.setFont(textFont(TextStyle::Small));
            painter.setPen(color(Role::Text3));
            painter.drawText(rect().adjusted(0, 0, m_framed ? -sidePadding : -2, 0), Qt::AlignVCenter | Qt::AlignRight,
                             m_trailing);
        }
        return true;
    }
    return QPlainTextEdit::event(event);
}

void VariableEdit::keyPressEvent(QKeyEvent* event)
{
    const bool offering = m_completer->popup()->isVisible();
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (offering || (event->modifiers() & ~Qt::KeypadModifier)) {
            event->ignore();
            return;
        }
        emit returnPressed();
        return;
    case Qt::Key_Escape:
    case Qt::Key_Tab:
        if (offering) {
            event->ignore();
            return;
        }
        break;
    case Qt::Key_Up:
    case Qt::Key_Down:
        event->ignore();
        return;
    default:
        break;
    }
    QPlainTextEdit::keyPressEvent(event);
}

void VariableEdit::offerNames()
{
    const QTextCursor cursor = textCursor();
    const QString before = cursor.block().text().left(cursor.positionInBlock());
    const qsizetype open = before.lastIndexOf(QLatin1String("{{"));
    if (open < 0 || before.indexOf(QLatin1String("}}"), open) >= 0 || m_names.isEmpty()) {
        m_completer->popup()->hide();
        return;
    }
    m_completer->setCompletionPrefix(before.mid(open + 2));
    if (m_completer->completionCount() == 0) {
        m_completer->popup()->hide();
        return;
    }
    QRect place = cursorRect();
    place.setWidth(m_completer->popup()->sizeHintForColumn(0) + 32);
    place.moveTop(height());
    m_completer->complete(place);
}

void VariableEdit::insertName(const QString& name)
{
    QTextCursor cursor = textCursor();
    const QString line = cursor.block().text();
    const int position = cursor.positionInBlock();
    const auto open = static_cast<int>(line.left(position).lastIndexOf(QLatin1String("{{")));
    if (open < 0)
        return;
    cursor.setPosition(cursor.block().position() + open + 2);
    const int end = line.mid(position).startsWith(QLatin1String("}}")) ? position + 2 : position;
    cursor.setPosition(cursor.block().position() + end, QTextCursor::KeepAnchor);
    cursor.insertText(name + QLatin1String("}}"));
    setTextCursor(cursor);
}

void VariableEdit::wheelEvent(QWheelEvent* event)
{
    event->ignore();
}

void VariableEdit::insertFromMimeData(const QMimeData* source)
{
    QString text = source->text();
    text.replace(QRegularExpression(QStringLiteral("[\\r\\n\\t]+")), QStringLiteral(" "));
    insertPlainText(text.trimmed());
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
    QTextCursor cursor = textCursor();
    if (event->reason() != Qt::PopupFocusReason && cursor.hasSelection()) {
        cursor.clearSelection();
        setTextCursor(cursor);
    }
    update();
    emit focusLeft();
}

void VariableEdit::resizeEvent(QResizeEvent* event)
{
    QPlainTextEdit::resizeEvent(event);
    centre();
}

} // namespace claimsmith::app
