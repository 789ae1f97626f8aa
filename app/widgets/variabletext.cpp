// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/variabletext.h"

#include "theme/fonts.h"
#include "theme/metrics.h"
#include "theme/theme.h"

#include <QCoreApplication>
#include <QPainter>

#include <algorithm>

namespace claimsmith::app {

namespace {

using workspace::Reference;

constexpr int chipPadding = 4;
constexpr int chipGap = 2;

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(VariableText)
};

bool isSecret(const Reference& reference)
{
    return reference.name.rfind("secret:", 0) == 0;
}

QString secretName(const Reference& reference)
{
    return QString::fromStdString(reference.name).mid(7);
}

} // namespace

Tone toneOf(const Reference& reference)
{
    if (reference.state != Reference::State::Resolved)
        return Tone::Warn;
    return isSecret(reference) ? Tone::Secret : Tone::Accent;
}

QString describe(const Reference& reference)
{
    const QString name = QString::fromStdString(reference.name);
    switch (reference.state) {
    case Reference::State::Unknown:
        return Tr::tr("%1 has no value in this environment").arg(name);
    case Reference::State::Cyclic:
        return Tr::tr("The value of %1 leads back to itself").arg(name);
    case Reference::State::SecretMissing:
        return Tr::tr("The secret %1 is not in the keychain, or the keychain is locked").arg(secretName(reference));
    case Reference::State::TokenFailed:
        return Tr::tr("%1 could not be signed: %2").arg(name, QString::fromStdString(reference.detail));
    case Reference::State::Resolved:
        break;
    }
    if (isSecret(reference))
        return Tr::tr("Secret %1, from the keychain").arg(secretName(reference));
    const QString value = QString::fromStdString(reference.value);
    const QString origin = QString::fromStdString(reference.origin);
    return origin.isEmpty() ? value : Tr::tr("%1\nfrom %2").arg(value, origin);
}

void paintVariableText(QPainter& painter, const QRect& rect, const QString& text,
                       const std::vector<Reference>& references, Role role)
{
    const QByteArray bytes = text.toUtf8();
    painter.setFont(textFont(TextStyle::Mono));
    const QFontMetrics font = painter.fontMetrics();
    QRect rest = rect;
    qsizetype done = 0;
    const auto plain = [&](qsizetype end) {
        const QString part = QString::fromUtf8(bytes.mid(done, end - done));
        painter.setPen(color(role));
        painter.drawText(rest, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine,
                         font.elidedText(part, Qt::ElideRight, std::max(0, rest.width())));
        rest.setLeft(rest.left() + font.horizontalAdvance(part));
    };
    for (const auto& reference : references) {
        const auto begin = static_cast<qsizetype>(reference.begin);
        const auto end = static_cast<qsizetype>(reference.end);
        plain(begin);
        done = end;
        const QString word = QString::fromUtf8(bytes.mid(begin, end - begin));
        const int width = std::min(font.horizontalAdvance(word) + 2 * chipPadding, rest.width());
        if (width <= 2 * chipPadding)
            return;
        const QRect box(rest.left(), rect.y() + (rect.height() - metrics::chip) / 2, width, metrics::chip);
        const ToneColors tone = toneColors(toneOf(reference));
        paintBox(painter, box, metrics::radiusChip, color(tone.background), QColor());
        painter.setPen(color(tone.text));
        painter.drawText(box, Qt::AlignCenter, font.elidedText(word, Qt::ElideRight, width - 2 * chipPadding));
        rest.setLeft(box.right() + 1 + chipGap);
    }
    plain(bytes.size());
}

} // namespace claimsmith::app
