// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/tokens/keypane.h"

#include "bridge/workspacesession.h"
#include "panels/tokens/keyform.h"
#include "panels/tokens/tokenbench.h"
#include "theme/claimstyle.h"
#include "theme/metrics.h"
#include "theme/theme.h"
#include "widgets/buttons.h"
#include "widgets/messages.h"
#include "widgets/panels.h"
#include "widgets/segment.h"

#include <QCheckBox>
#include <QPushButton>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace claimsmith::app {

namespace {

constexpr int wideFrom = 600;

} // namespace

KeyPane::KeyPane(TokenBench& bench, QWidget* parent)
    : QWidget(parent), m_bench(bench),
      m_kinds(new Segment(ControlSize::Normal, 3)), m_forms{makeKeyringForm(bench),
                                                            makeSecretForm(bench),
                                                            makePastedKeyForm(bench, KeyKind::Pem),
                                                            makePastedKeyForm(bench, KeyKind::Jwk),
                                                            makeJwksUrlForm(bench),
                                                            makeCredentialForm(bench)},
      m_stack(new QStackedWidget)
{
    m_kinds->setObjectName(QStringLiteral("keyKind"));
    m_kinds->setAccessibleName(tr("Where the key comes from"));
    for (const QString& name : {tr("Keyring"), tr("Secret"), tr("PEM"), tr("JWK"), tr("JWKS URL"), tr("Credential")})
        m_kinds->addItem(name);
    for (KeyForm* form : m_forms) {
        m_stack->addWidget(form);
        connect(form, &KeyForm::failed, this,
                [this](const QString& sentence) { m_message->show(Tone::Bad, sentence); });
    }

    auto* content = new QWidget;
    auto* column = new QVBoxLayout(content);
    m_column = column;
    column->setContentsMargins(metrics::cardPadding, 0, metrics::cardPadding, 0);
    column->setSpacing(12);
    column->addWidget(m_kinds);
    column->addWidget(m_stack);
    column->addStretch(1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeScrollArea(content), 1);
    layout->addWidget(makeFooter());

    connect(m_kinds, &Segment::currentIndexChanged, this, &KeyPane::chooseKind);
    connect(&m_bench, &TokenBench::changed, this, &KeyPane::refresh);
    refresh();
}

QWidget* KeyPane::makeFooter()
{
    auto* footer = new QWidget;
    m_resigns = new QCheckBox(tr("Re-sign while editing"));
    m_resigns->setObjectName(QStringLiteral("resigns"));
    auto* sign = makeButton(tr("Sign"), ButtonKind::Primary);
    sign->setObjectName(QStringLiteral("sign"));
    setKeycap(sign, tr("Ctrl Enter"));
    auto* verify = makeButton(tr("Verify only"));
    verify->setObjectName(QStringLiteral("verifyOnly"));
    verify->setToolTip(tr("Leaves the signature as it is and only checks it"));
    m_message = new MessageBar;
    m_message->hide();
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addWidget(sign);
    buttons->addWidget(verify);
    buttons->addStretch(1);
    m_footer = new QVBoxLayout;
    m_footer->setSpacing(12);
    m_footer->addWidget(m_resigns);
    m_footer->addLayout(buttons);
    auto* column = new QVBoxLayout(footer);
    column->setContentsMargins(metrics::cardPadding, 8, metrics::cardPadding, 12);
    column->setSpacing(12);
    column->addWidget(m_message);
    column->addLayout(m_footer);
    footer->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    connect(m_resigns, &QCheckBox::clicked, this, [this](bool on) { m_bench.setResigns(on); });
    connect(sign, &QPushButton::clicked, this, &KeyPane::sign);
    connect(verify, &QPushButton::clicked, this, [this] { m_bench.setResigns(false); });
    return footer;
}

/// Where there is width, the parts need less height: that is in low windows, where the pane is behind a tab.
void KeyPane::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    const bool wide = width() >= wideFrom;
    m_kinds->setColumns(wide ? static_cast<int>(m_forms.size()) : 3);
    m_column->setContentsMargins(metrics::cardPadding, wide ? 8 : 0, metrics::cardPadding, 0);
    m_footer->setDirection(wide ? QBoxLayout::RightToLeft : QBoxLayout::TopToBottom);
}

void KeyPane::sign()
{
    m_bench.sign();
}

void KeyPane::chooseKind(int index)
{
    if (!m_bench.current())
        return;
    KeyChoice choice = m_bench.current()->state().key;
    const auto kind = static_cast<KeyKind>(index);
    if (choice.kind == kind)
        return;
    choice.kind = kind;
    const auto& stored = m_bench.context().workspace.workspace().keys;
    if (kind == KeyKind::Keyring && choice.kid.empty() && !stored.empty())
        choice.kid = stored.front().kid;
    m_bench.setKey(choice);
}

void KeyPane::refresh()
{
    const TokenDocument* document = m_bench.current();
    setEnabled(document != nullptr);
    if (!document)
        return;
    const int kind = static_cast<int>(document->state().key.kind);
    {
        const QSignalBlocker silent(m_kinds);
        m_kinds->setCurrentIndex(kind);
    }
    m_stack->setCurrentIndex(kind);
    m_resigns->setChecked(document->state().resigns);
    for (KeyForm* form : m_forms)
        form->refresh();
    refreshMessage();
}

void KeyPane::refreshMessage()
{
    const TokenState& state = m_bench.current()->state();
    const ChosenKeys& keys = m_bench.chosenKeys();
    const std::optional<Error>& problem = m_bench.signingProblem() ? m_bench.signingProblem() : keys.problem;
    const bool quiet = !problem || problem->code == KeyChoiceErrorCode::NothingChosen ||
                       problem->code == KeyChoiceErrorCode::NothingTyped ||
                       problem->code == KeyChoiceErrorCode::NotFetched;
    if (quiet && !(m_bench.signingProblem() && problem)) {
        m_message->hide();
        return;
    }
    QList<QAbstractButton*> buttons;
    const auto fitting = keys.keys.empty() ? std::vector<jose::Algorithm>() : jose::algorithmsFor(keys.keys.front());
    const bool fits = std::any_of(fitting.begin(), fitting.end(), [&](jose::Algorithm each) {
        return jose::toString(each) == state.draft.algorithm();
    });
    if (!fitting.empty() && !fits) {
        const std::string name(jose::toString(fitting.front()));
        auto* use = makeButton(tr("Use %1").arg(textOf(name)), ButtonKind::Default, {}, ControlSize::Small);
        connect(use, &QPushButton::clicked, this, [this, name] { m_bench.setAlgorithm(name); });
        buttons += use;
    }
    if (problem->code == jose::JoseErrorCode::AlgorithmNone) {
        auto* unsecured = makeButton(tr("Make it unsecured"), ButtonKind::Default, {}, ControlSize::Small);
        unsecured->setObjectName(QStringLiteral("makeUnsecured"));
        connect(unsecured, &QPushButton::clicked, &m_bench, &TokenBench::makeUnsecured, Qt::QueuedConnection);
        buttons += unsecured;
    }
    m_message->setButtons(buttons);
    m_message->show(m_bench.signingProblem() ? Tone::Bad : Tone::Warn,
                    keyProblemText(*problem, state.draft.algorithm()));
}

} // namespace claimsmith::app
