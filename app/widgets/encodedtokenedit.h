// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTextEdit>

#include <memory>
#include <optional>
#include <utility>

namespace claimsmith::app {

/// The parts of a compact token (RFC 7515 §7.1), by their place between the dots. Of a JWE only the first is a header.
enum class TokenPart { Header, Payload, Signature };

/// An encoded token as text in three colours that can be typed over or pasted. Plain text only; pasted white space and
/// line ends stay out, because they never belong to a compact token and come with every copy from a terminal.
class EncodedTokenEdit final : public QTextEdit
{
    Q_OBJECT

public:
    explicit EncodedTokenEdit(QWidget* parent = nullptr);
    ~EncodedTokenEdit() override;

    QString token() const { return toPlainText(); }
    /// Shows another token without emitting tokenEdited(); the caret stays where it was as far as there is text.
    void setToken(const QString& token);
    /// Turns the colours off for a text that is no compact token.
    void setColoured(bool coloured);
    /// Lays the part's tint behind it: the part under the pointer, or that of the pane under the pointer.
    void setTintedPart(std::optional<TokenPart> part);

    std::optional<TokenPart> partAt(const QPoint& viewportPosition) const;

signals:
    /// A person changed the text.
    void tokenEdited(const QString& token);
    void hoveredPartChanged(std::optional<claimsmith::app::TokenPart> part);

protected:
    void insertFromMimeData(const QMimeData* source) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    bool viewportEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    class Highlighter;
    void applyStyle();
    void hover(std::optional<TokenPart> part);

    std::unique_ptr<Highlighter> m_highlighter;
    std::optional<TokenPart> m_hovered;
    std::optional<TokenPart> m_tinted;
    bool m_silent = false;
};

/// First and last offset of a part in `token`; nothing when it has fewer parts.
std::optional<std::pair<int, int>> spanOf(TokenPart part, const QString& token);

} // namespace claimsmith::app
