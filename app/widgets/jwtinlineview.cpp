// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/jwtinlineview.h"

#include "base/base64.h"
#include "document/json.h"
#include "theme/metrics.h"
#include "theme/theme.h"
#include "widgets/buttons.h"
#include "widgets/jsonlabel.h"
#include "widgets/label.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QStringList>
#include <QVBoxLayout>

#include <algorithm>
#include <optional>

namespace claimsmith::app {

namespace {

constexpr int maximumLines = 12;
constexpr int titleHeight = 22;
constexpr int verticalMargins = 16;
constexpr int leastHeight = 124;
constexpr int signatureWidth = 272;

std::optional<document::Object> decoded(const QString& token, int part)
{
    const auto bytes = fromBase64Url(token.section(QLatin1Char('.'), part, part).toStdString(), Base64Rule::Lenient);
    if (!bytes)
        return {};
    auto value = document::parseJson(*bytes, {.allowDuplicateKeys = true});
    if (!value.hasValue() || value->asObject() == nullptr)
        return {};
    return *value->asObject();
}

bool isEncrypted(const QString& token)
{
    return token.count(QLatin1Char('.')) == 4;
}

QString headerNote(const document::Object& header)
{
    QStringList parts;
    const document::Value value(header);
    if (const auto* algorithm = value.findString("alg"); algorithm != nullptr)
        parts << QString::fromStdString(*algorithm);
    if (const auto* kid = value.findString("kid"); kid != nullptr)
        parts << JwtInlineView::tr("key %1").arg(QString::fromStdString(*kid));
    return parts.join(QLatin1String(", "));
}

QVBoxLayout* makeColumn(QWidget* column, const QString& title, Role role, const QString& note)
{
    auto* layout = new QVBoxLayout(column);
    layout->setContentsMargins(16, verticalMargins / 2, 12, verticalMargins / 2);
    layout->setSpacing(4);
    auto* line = new QHBoxLayout;
    line->setSpacing(8);
    line->addWidget(new Label(title, TextStyle::SmallBold, role));
    line->addWidget(new ElidedLabel(note, TextStyle::Small, Role::Text2), 1);
    layout->addLayout(line);
    return layout;
}

void fillPart(QWidget* column, const QString& title, Role role, const std::optional<document::Object>& object,
              const QString& note, const QString& otherwise)
{
    auto* layout = makeColumn(column, title, role, note);
    auto* label = new JsonLabel;
    label->setAccessibleName(title);
    if (object)
        label->setObject(*object, maximumLines);
    else
        label->setPlain(otherwise);
    layout->addWidget(label, 1);
}

} // namespace

JwtInlineView::JwtInlineView(const QString& token, const std::vector<TokenRemark>& remarks, QWidget* parent)
    : QWidget(parent)
{
    for (auto& column : m_columns)
        column = new QWidget(this);
    const auto header = decoded(token, 0);
    const auto payload = isEncrypted(token) ? std::nullopt : decoded(token, 1);
    fillPart(m_columns[0], tr("Header"), Role::JwtHeader, header, header ? headerNote(*header) : QString(),
             tr("Not a JSON object"));
    fillPart(m_columns[1], tr("Payload"), Role::JwtPayload, payload,
             payload ? tr("%n claim(s)", nullptr, static_cast<int>(payload->size())) : QString(),
             isEncrypted(token) ? tr("Encrypted") : tr("Not a JSON object"));

    auto* layout = makeColumn(m_columns[2], tr("Signature"), Role::JwtSignature, {});
    for (const auto& remark : remarks) {
        auto* line = new QHBoxLayout;
        line->setSpacing(8);
        line->addWidget(new IconLabel(remark.icon, metrics::iconRow, remark.role));
        line->addWidget(new ElidedLabel(remark.text, TextStyle::Small, Role::Text), 1);
        layout->addLayout(line);
    }
    layout->addStretch();
    auto* buttons = new QHBoxLayout;
    auto* open = makeButton(tr("Open in Tokens"), ButtonKind::Default, {}, ControlSize::Small);
    auto* copy = makeButton(tr("Copy"), ButtonKind::Quiet, {}, ControlSize::Small);
    buttons->addWidget(open);
    buttons->addWidget(copy);
    buttons->addStretch();
    layout->addLayout(buttons);
    connect(open, &QPushButton::clicked, this, &JwtInlineView::openRequested);
    connect(copy, &QPushButton::clicked, this, &JwtInlineView::copyRequested);
}

int JwtInlineView::heightFor(const QString& token)
{
    std::size_t members = 0;
    for (const int part : {0, 1}) {
        if (const auto object = decoded(token, part); object)
            members = std::max(members, object->size());
    }
    const int lines = std::min(maximumLines, static_cast<int>(members) + 2);
    return std::max(leastHeight, titleHeight + verticalMargins + lines * JsonLabel::lineHeight + 8);
}

void JwtInlineView::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), color(Role::BgSunken));
    painter.fillRect(QRect(0, height() - 1, width(), 1), color(Role::LineSubtle));
    for (const int column : {1, 2})
        painter.fillRect(QRect(m_columns[column]->x() - 1, 0, 1, height()), color(Role::Line));
}

void JwtInlineView::resizeEvent(QResizeEvent*)
{
    const int last = std::min(signatureWidth, width() / 3);
    const int rest = width() - last;
    const int first = rest * 47 / 100;
    m_columns[0]->setGeometry(8, 0, first - 8, height());
    m_columns[1]->setGeometry(first, 0, rest - first, height());
    m_columns[2]->setGeometry(rest, 0, last, height());
}

} // namespace claimsmith::app
