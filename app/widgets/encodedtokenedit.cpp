// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/encodedtokenedit.h"

#include "theme/theme.h"

#include <QKeyEvent>
#include <QMimeData>
#include <QMouseEvent>
#include <QScopedValueRollback>
#include <QScrollBar>
#include <QSyntaxHighlighter>
#include <QTextBlock>
#include <QTextDocument>

#include <array>

namespace claimsmith::app {

namespace {

constexpr std::array allParts{TokenPart::Header, TokenPart::Payload, TokenPart::Signature};
constexpr int lineHeightPixels = 22;

struct PartColors
{
    Role text;
    Role background;
};

PartColors colorsOf(TokenPart part)
{
    switch (part) {
    case TokenPart::Header:
        return {Role::JwtHeader, Role::JwtHeaderBg};
    case TokenPart::Payload:
        return {Role::JwtPayload, Role::JwtPayloadBg};
    case TokenPart::Signature:
        break;
    }
    return {Role::JwtSignature, Role::JwtSignatureBg};
}

} // namespace

std::optional<std::pair<int, int>> spanOf(TokenPart part, const QString& token)
{
    int begin = 0;
    for (int index = 0; index < static_cast<int>(part); ++index) {
        const auto dot = token.indexOf(u'.', begin);
        if (dot < 0)
            return std::nullopt;
        begin = static_cast<int>(dot) + 1;
    }
    const auto dot = part == TokenPart::Signature ? -1 : token.indexOf(u'.', begin);
    return std::pair(begin, dot < 0 ? static_cast<int>(token.size()) : static_cast<int>(dot));
}

class EncodedTokenEdit::Highlighter final : public QSyntaxHighlighter
{
public:
    explicit Highlighter(QTextDocument* document) : QSyntaxHighlighter(document) {}

    void setColoured(bool coloured)
    {
        if (m_coloured == coloured)
            return;
        m_coloured = coloured;
        rehighlight();
    }

protected:
    void highlightBlock(const QString& text) override
    {
        QTextCharFormat plain;
        plain.setForeground(color(Role::Text));
        setFormat(0, static_cast<int>(text.size()), plain);
        if (!m_coloured)
            return;
        for (const TokenPart part : allParts) {
            const auto span = spanOf(part, text);
            if (!span)
                return;
            QTextCharFormat format;
            format.setForeground(color(colorsOf(part).text));
            setFormat(span->first, span->second - span->first, format);
        }
    }

private:
    bool m_coloured = true;
};

EncodedTokenEdit::EncodedTokenEdit(QWidget* parent)
    : QTextEdit(parent), m_highlighter(std::make_unique<Highlighter>(document()))
{
    setFillRole(this, Role::BgSurface);
    setAcceptRichText(false);
    setFrameShape(QFrame::NoFrame);
    setWordWrapMode(QTextOption::WrapAnywhere);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setTabChangesFocus(true);
    setUndoRedoEnabled(false); // the document that holds the token undoes
    document()->setDocumentMargin(0);
    setViewportMargins(12, 0, 12, 0);
    viewport()->setMouseTracking(true);
    applyStyle();
    connect(&Theme::instance(), &Theme::changed, this, &EncodedTokenEdit::applyStyle);
    connect(this, &QTextEdit::textChanged, this, [this] {
        if (!m_silent)
            emit tokenEdited(token());
    });
}

EncodedTokenEdit::~EncodedTokenEdit()
{
    // The document outlives the members; without this it would tell a highlighter that is gone.
    m_highlighter->setDocument(nullptr);
}

void EncodedTokenEdit::applyStyle()
{
    const QScopedValueRollback silent(m_silent, true);
    setFont(textFont(TextStyle::MonoLarge));
    QTextCursor cursor(document());
    cursor.select(QTextCursor::Document);
    QTextBlockFormat format;
    format.setLineHeight(lineHeightPixels, QTextBlockFormat::FixedHeight);
    cursor.mergeBlockFormat(format);
    m_highlighter->rehighlight();
    const auto tinted = m_tinted;
    m_tinted.reset();
    setTintedPart(tinted);
}

void EncodedTokenEdit::setToken(const QString& token)
{
    if (token == this->token())
        return;
    const QScopedValueRollback silent(m_silent, true);
    const int position = textCursor().position();
    const int scrolled = verticalScrollBar()->value();
    setPlainText(token);
    applyStyle();
    QTextCursor cursor = textCursor();
    cursor.setPosition(std::min(position, static_cast<int>(token.size())));
    setTextCursor(cursor);
    verticalScrollBar()->setValue(scrolled);
}

void EncodedTokenEdit::setColoured(bool coloured)
{
    const QScopedValueRollback silent(m_silent, true);
    m_highlighter->setColoured(coloured);
}

void EncodedTokenEdit::setTintedPart(std::optional<TokenPart> part)
{
    if (part == m_tinted)
        return;
    m_tinted = part;
    QList<ExtraSelection> selections;
    const auto span = part ? spanOf(*part, token()) : std::nullopt;
    if (span) {
        ExtraSelection tint;
        tint.format.setBackground(color(colorsOf(*part).background));
        tint.cursor = QTextCursor(document());
        tint.cursor.setPosition(span->first);
        tint.cursor.setPosition(span->second, QTextCursor::KeepAnchor);
        selections.append(tint);
    }
    setExtraSelections(selections);
}

std::optional<TokenPart> EncodedTokenEdit::partAt(const QPoint& viewportPosition) const
{
    const QString text = token();
    const int offset = cursorForPosition(viewportPosition).position();
    const QRect last = cursorRect(QTextCursor(document()->lastBlock()));
    if (text.isEmpty() || viewportPosition.y() > last.bottom() + document()->size().height())
        return std::nullopt;
    for (const TokenPart part : allParts) {
        const auto span = spanOf(part, text);
        if (span && offset >= span->first && offset < span->second)
            return part;
    }
    return std::nullopt;
}

void EncodedTokenEdit::insertFromMimeData(const QMimeData* source)
{
    if (!source->hasText())
        return;
    const QString text = source->text();
    // A JSON serialisation keeps its inner spaces: they may stand in strings.
    if (text.trimmed().startsWith(u'{')) {
        insertPlainText(text.trimmed());
        return;
    }
    QString kept = text.simplified();
    const QString scheme = QStringLiteral("Bearer ");
    const auto body = kept.startsWith(scheme, Qt::CaseInsensitive) ? scheme.size() : 0;
    kept = kept.left(body) + kept.mid(body).remove(u' ');
    insertPlainText(kept);
}

void EncodedTokenEdit::keyPressEvent(QKeyEvent* event)
{
    // A token is one line; Return would tear it.
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        event->ignore();
        return;
    }
    QTextEdit::keyPressEvent(event);
}

void EncodedTokenEdit::mouseMoveEvent(QMouseEvent* event)
{
    hover(partAt(event->pos()));
    QTextEdit::mouseMoveEvent(event);
}

bool EncodedTokenEdit::viewportEvent(QEvent* event)
{
    if (event->type() == QEvent::Leave)
        hover(std::nullopt);
    return QTextEdit::viewportEvent(event);
}

void EncodedTokenEdit::hover(std::optional<TokenPart> part)
{
    if (part == m_hovered)
        return;
    m_hovered = part;
    emit hoveredPartChanged(part);
}

} // namespace claimsmith::app
