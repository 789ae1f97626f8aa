// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/requests/authmeaningview.h"

#include "theme/metrics.h"
#include "theme/theme.h"
#include "widgets/buttons.h"
#include "widgets/chiplabel.h"
#include "widgets/label.h"
#include "widgets/tokentext.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

namespace claimsmith::app {

namespace {

constexpr int labelWidth = 72;
constexpr int rowHeight = 24;

QWidget* makeRow(const QString& label, std::initializer_list<QWidget*> widgets)
{
    auto* row = new QWidget;
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    if (!label.isEmpty()) {
        auto* name = new Label(label, TextStyle::Small, Role::Text2);
        name->setFixedWidth(labelWidth);
        layout->addWidget(name);
    }
    for (auto* widget : widgets)
        layout->addWidget(widget, widget->sizePolicy().horizontalPolicy() == QSizePolicy::Fixed ? 0 : 1);
    row->setFixedHeight(rowHeight);
    return row;
}

} // namespace

AuthMeaningView::AuthMeaningView(QWidget* parent)
    : QWidget(parent), m_icon(new IconLabel(QLatin1String("info"), metrics::iconRow)),
      m_strong(new Label({}, TextStyle::BodyStrong)), m_title(new ElidedLabel),
      m_open(makeButton({}, ButtonKind::Default, {}, ControlSize::Small)), m_consumer(new ChipLabel),
      m_algorithm(new ChipLabel), m_token(new TokenLabel), m_sentAs(new ElidedLabel({}, TextStyle::Mono, Role::Text2))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(metrics::pagePadding, 12, metrics::pagePadding, 12);
    layout->setSpacing(6);
    auto* head = new QHBoxLayout;
    head->setSpacing(8);
    head->addWidget(m_icon);
    head->addWidget(m_strong);
    head->addWidget(m_title, 1);
    head->addWidget(m_open);
    m_icon->setFixedSize(m_icon->sizeHint());
    layout->addLayout(head);

    m_consumer->setClickable(true);
    m_consumer->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    m_algorithm->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    m_consumerRow = makeRow(tr("Consumer"), {m_consumer, new QWidget});
    m_tokenRow = makeRow({}, {m_algorithm, m_token});
    m_sentRow = makeRow(tr("Sent as"), {m_sentAs});
    for (auto* row : {m_tokenRow, m_consumerRow, m_sentRow})
        layout->addWidget(row);
    layout->addStretch();
    m_open->setObjectName(QStringLiteral("openMeaning"));
    m_title->setObjectName(QStringLiteral("authMeaning"));

    connect(m_consumer, &QAbstractButton::clicked, this,
            [this] { emit openEntityRequested(m_meaning.consumerPointer); });
    connect(m_open, &QPushButton::clicked, this, [this] {
        if (m_meaning.token.empty())
            emit openEntityRequested(m_meaning.credentialPointer);
        else
            emit openTokenRequested(m_meaning.token);
    });
    show(m_meaning);
}

void AuthMeaningView::show(const AuthMeaning& meaning)
{
    m_meaning = meaning;
    m_icon->setIcon(meaning.icon, meaning.role);
    m_strong->setText(meaning.strong);
    m_strong->setRole(meaning.role);
    m_strong->setVisible(!meaning.strong.isEmpty());
    m_title->setText(meaning.title);
    m_open->setText(meaning.token.empty() ? tr("Open credential") : tr("Open in Tokens"));
    m_open->setVisible(!meaning.token.empty() || !meaning.credentialPointer.empty());
    m_consumer->setChip({meaning.consumer, Tone::Outline, QLatin1String("user")});
    m_consumer->setAccessibleName(tr("Consumer %1").arg(meaning.consumer));
    m_consumerRow->setVisible(!meaning.consumer.isEmpty());
    m_algorithm->setChip({meaning.algorithm, Tone::Neutral, {}, true});
    m_algorithm->setVisible(!meaning.algorithm.isEmpty());
    m_token->setToken(QString::fromStdString(meaning.token));
    m_tokenRow->setVisible(!meaning.token.empty());
    m_sentAs->setText(meaning.sentAs);
    m_sentRow->setVisible(!meaning.sentAs.isEmpty());
}

} // namespace claimsmith::app
