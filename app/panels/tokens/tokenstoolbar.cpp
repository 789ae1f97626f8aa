// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/tokens/tokenstoolbar.h"

#include "panels/tokens/craft/formatmenu.h"
#include "panels/tokens/tokenbench.h"
#include "text/quantities.h"
#include "text/timetext.h"
#include "theme/icons.h"
#include "theme/metrics.h"
#include "widgets/buttons.h"
#include "widgets/chiplabel.h"
#include "widgets/label.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QPushButton>
#include <QResizeEvent>

namespace claimsmith::app {

namespace {

constexpr int roomForChips = 900;
constexpr int roomForAll = 1000;

Pill lifePill(const LifeState& life)
{
    switch (life.kind) {
    case LifeState::Kind::Valid:
        return {TokensToolBar::tr("Valid, %1 left").arg(countdownText(life.distance)), Tone::Ok, true};
    case LifeState::Kind::Endless:
        return {TokensToolBar::tr("Valid, never expires"), Tone::Ok, true};
    case LifeState::Kind::NotYetValid:
        return {TokensToolBar::tr("Valid in %1").arg(countdownText(life.distance)), Tone::Warn, true};
    case LifeState::Kind::Expired:
        return {TokensToolBar::tr("Expired %1 ago").arg(spanText(std::chrono::seconds(life.distance))), Tone::Bad,
                true};
    case LifeState::Kind::Unusable:
        break;
    }
    return {TokensToolBar::tr("Times cannot be read"), Tone::Bad, true};
}

} // namespace

TokensToolBar::TokensToolBar(TokenBench& bench, QWidget* parent)
    : Pane(Role::BgSurface, Qt::BottomEdge, parent), m_bench(bench), m_name(new ElidedLabel({}, TextStyle::Section)),
      m_kind(new ChipLabel), m_algorithm(new ChipLabel), m_state(new PillLabel),
      m_save(makeButton(tr("Save"), ButtonKind::Default, QLatin1String("save"))),
      m_copy(makeButton(tr("Copy"), ButtonKind::Default, QLatin1String("copy"))),
      m_use(makeButton(tr("Use in request"), ButtonKind::Default, QLatin1String("requests"))),
      m_attack(makeButton(tr("Attack lab"), ButtonKind::Default, QLatin1String("flask"))),
      m_send(makeButton(tr("Send through gateway"), ButtonKind::Primary, QLatin1String("gateway"))),
      m_more(new IconButton(QLatin1String("more"), tr("More about this token")))
{
    setFixedHeight(metrics::toolbar + 1);
    m_save->setObjectName(QStringLiteral("saveToken"));
    m_copy->setObjectName(QStringLiteral("copyToken"));
    m_use->setObjectName(QStringLiteral("useToken"));
    m_attack->setObjectName(QStringLiteral("attackLab"));
    m_send->setObjectName(QStringLiteral("sendToken"));
    m_more->setObjectName(QStringLiteral("moreToken"));
    m_kind->setObjectName(QStringLiteral("tokenForm"));
    m_kind->setClickable(true);
    m_state->setObjectName(QStringLiteral("tokenState"));
    m_name->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Preferred);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(metrics::pagePadding, 0, metrics::pagePadding, 1);
    layout->setSpacing(8);
    layout->addWidget(m_name);
    layout->addWidget(m_kind);
    layout->addWidget(m_algorithm);
    layout->addWidget(m_state);
    layout->addStretch(1);
    for (QPushButton* button : {m_save, m_copy, m_use, m_attack, m_send})
        layout->addWidget(button);
    layout->addWidget(m_more);
    connect(m_kind, &ChipLabel::clicked, this, &TokensToolBar::openFormatMenu);
    connect(m_more, &QToolButton::clicked, this, &TokensToolBar::openMenu);
    connect(m_save, &QPushButton::clicked, &m_bench.shelf(), &TokenShelf::save);
    connect(m_copy, &QPushButton::clicked, this, &TokensToolBar::copyRequested);
    connect(m_use, &QPushButton::clicked, this, [this] { emit useRequested(false); });
    connect(m_attack, &QPushButton::clicked, this, &TokensToolBar::attackRequested);
    connect(m_send, &QPushButton::clicked, this, [this] { emit useRequested(true); });
    connect(&m_bench, &TokenBench::changed, this, &TokensToolBar::refresh);
    connect(&m_bench, &TokenBench::ticked, this, &TokensToolBar::refresh);
    refresh();
}

Pill TokensToolBar::pillOf(const TokenBench& bench)
{
    const Verdict& verdict = bench.verdict();
    const LifeState life = lifeState(bench.current()->state().draft.claims(), bench.now());
    // The times speak only for a token whose signature holds: an expiry of a forged one says nothing.
    if (verdict.outcome == Verdict::Outcome::Good)
        return lifePill(life);
    if (bench.current()->state().draft.algorithm() == "none")
        return {tr("Unsecured"), Tone::Bad, true};
    if (verdict.outcome == Verdict::Outcome::Open)
        return {tr("Not verified"), Tone::Neutral, false};
    if (verdict.signatureFailed)
        return {tr("Signature does not match"), Tone::Bad, true};
    if (life.kind == LifeState::Kind::Expired || life.kind == LifeState::Kind::NotYetValid)
        return lifePill(life);
    return {tr("Refused"), Tone::Bad, true};
}

void TokensToolBar::refresh()
{
    const TokenDocument* document = m_bench.current();
    for (QWidget* part : std::initializer_list<QWidget*>{m_name, m_kind, m_algorithm, m_state})
        part->setVisible(document != nullptr);
    for (QAbstractButton* button : std::initializer_list<QAbstractButton*>{m_copy, m_use, m_attack, m_send, m_more})
        button->setEnabled(document != nullptr);
    m_save->setVisible(document && !document->isSaved());
    // What gives way in a narrow window stands in the menu too.
    m_attack->setVisible(width() >= roomForAll);
    if (!document)
        return;
    const std::string_view algorithm = document->state().draft.algorithm();
    m_name->setText(QString::fromStdString(document->recipe().name));
    const QString form = formText(document->state().draft.form());
    m_kind->setChip({form, Tone::Neutral});
    m_kind->setAccessibleName(tr("Form of the token: %1").arg(form));
    m_kind->setToolTip(tr("How the token is written. Click to change it."));
    m_algorithm->setChip({QString::fromStdString(std::string(algorithm)), Tone::Neutral, {}, true});
    m_algorithm->setVisible(!algorithm.empty() && width() >= roomForChips);
    m_kind->setVisible(width() >= roomForChips);
    m_state->setPill(pillOf(m_bench));
    m_state->setAccessibleName(m_state->pill().text);
    const QString reason =
        document->isSaved() ? QString() : tr("Save the token first: a request refers to it by its name");
    m_use->setEnabled(document->isSaved());
    m_send->setEnabled(document->isSaved());
    m_use->setToolTip(reason);
    m_send->setToolTip(reason);
}

void TokensToolBar::openFormatMenu()
{
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    fillFormatMenu(*menu, m_bench);
    menu->popup(m_kind->mapToGlobal(m_kind->rect().bottomLeft()));
}

void TokensToolBar::openMenu()
{
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(themedIcon(QLatin1String("book")), tr("Explain"), this, &TokensToolBar::explainRequested);
    menu->addAction(themedIcon(QLatin1String("compare")), tr("Compare"), this, &TokensToolBar::compareRequested);
    menu->addAction(themedIcon(QLatin1String("flask")), tr("Attack Lab"), this, &TokensToolBar::attackRequested);
    menu->addAction(themedIcon(QLatin1String("lock")), tr("Encryption"), this, &TokensToolBar::encryptionRequested);
    menu->addAction(themedIcon(QLatin1String("layers")), tr("Key Sets"), this, &TokensToolBar::keySetsRequested);
    fillFormatMenu(*menu->addMenu(tr("Form")), m_bench);
    menu->popup(m_more->mapToGlobal(m_more->rect().bottomLeft()));
}

void TokensToolBar::resizeEvent(QResizeEvent* event)
{
    Pane::resizeEvent(event);
    refresh();
}

} // namespace claimsmith::app
