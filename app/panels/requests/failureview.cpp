// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/requests/failureview.h"

#include "theme/claimstyle.h"
#include "widgets/buttons.h"
#include "widgets/label.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

namespace claimsmith::app {

namespace {

using Remedy = FailureText::Remedy;

constexpr int contentWidth = 460;
constexpr int labelWidth = 100;
constexpr int headIcon = 20;

QString remedyText(Remedy remedy)
{
    switch (remedy) {
    case Remedy::StartGateway:
        return FailureView::tr("Start gateway");
    case Remedy::OpenService:
        return FailureView::tr("Open service");
    case Remedy::EditUrl:
        return FailureView::tr("Edit URL");
    case Remedy::EditBody:
        return FailureView::tr("Edit body");
    case Remedy::OpenRecipe:
        return FailureView::tr("Edit authentication");
    case Remedy::UnlockSecrets:
        return FailureView::tr("Open settings");
    case Remedy::None:
        break;
    }
    return {};
}

} // namespace

FailureView::FailureView(QWidget* parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("failure"));
    new QVBoxLayout(this);
}

void FailureView::show(const FailureText& failure)
{
    delete m_content;
    m_content = new QWidget;
    m_content->setFixedWidth(contentWidth);
    auto* grid = new QGridLayout(m_content);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(8);
    auto* icon = new IconLabel(QLatin1String(failure.canceled ? "skip-circle" : "x-circle"), headIcon,
                               failure.canceled ? Role::Text3 : Role::Bad);
    icon->setFixedSize(icon->sizeHint());
    grid->addWidget(icon, 0, 0, Qt::AlignTop);
    auto* title = new Label(failure.title, TextStyle::Section);
    title->setObjectName(QStringLiteral("failureTitle"));
    title->setWordWrap(true);
    grid->addWidget(title, 0, 1);
    int row = 1;
    if (!failure.sentence.isEmpty()) {
        auto* sentence = new Label(failure.sentence, TextStyle::Small, Role::Text2);
        sentence->setWordWrap(true);
        grid->addWidget(sentence, row++, 1);
    }
    for (const auto& [name, value] : failure.facts) {
        auto* line = new QHBoxLayout;
        auto* label = new Label(name, TextStyle::Small, Role::Text2);
        label->setFixedWidth(labelWidth);
        auto* text = new Label(value, TextStyle::Mono);
        text->setWordWrap(true);
        line->addWidget(label, 0, Qt::AlignTop);
        line->addWidget(text, 1);
        grid->addLayout(line, row++, 1);
    }
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    auto* retry = makeButton(failure.canceled ? tr("Send again") : tr("Try again"), ButtonKind::Primary);
    retry->setObjectName(QStringLiteral("retry"));
    connect(retry, &QPushButton::clicked, this, &FailureView::retryRequested);
    buttons->addWidget(retry);
    if (failure.remedy != Remedy::None) {
        auto* remedy = makeButton(remedyText(failure.remedy));
        remedy->setObjectName(QStringLiteral("remedy"));
        connect(remedy, &QPushButton::clicked, this, [this, which = failure.remedy] { emit remedyRequested(which); });
        buttons->addWidget(remedy);
    }
    buttons->addStretch();
    grid->addLayout(buttons, row, 1);
    static_cast<QVBoxLayout*>(layout())->addWidget(m_content, 0, Qt::AlignCenter);
}

} // namespace claimsmith::app
