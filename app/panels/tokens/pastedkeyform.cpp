// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/tokens/keyform.h"
#include "panels/tokens/secretrow.h"
#include "panels/tokens/tokenbench.h"
#include "theme/metrics.h"
#include "theme/theme.h"
#include "widgets/label.h"
#include "widgets/textarea.h"

#include <QSignalBlocker>
#include <QStackedWidget>

namespace claimsmith::app {

namespace {

constexpr int editHeight = 72;

/// A key as text. What is a private key becomes a chip as soon as it is understood: it does not stay in an editor,
/// where it can be read and undone.
class PastedKeyForm final : public KeyForm
{
public:
    PastedKeyForm(TokenBench& bench, KeyKind kind)
        : KeyForm(bench), m_kind(kind), m_stack(new QStackedWidget), m_edit(new TextArea), m_chip(new SecretRow)
    {
        const bool isPem = kind == KeyKind::Pem;
        m_edit->setObjectName(isPem ? QStringLiteral("pemEdit") : QStringLiteral("jwkEdit"));
        m_edit->setAccessibleName(isPem ? KeyForm::tr("PEM") : KeyForm::tr("JWK"));
        m_edit->setFont(textFont(TextStyle::Mono));
        m_edit->setPlaceholderText(isPem ? QStringLiteral("-----BEGIN PRIVATE KEY-----")
                                         : QStringLiteral("{\"kty\": …}"));
        m_edit->setFixedHeight(editHeight);
        m_chip->setReplaceable(true);
        m_stack->addWidget(m_edit);
        m_stack->addWidget(m_chip);
        m_stack->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        addWide(m_stack);
        m_facts = new Label({}, TextStyle::Small, Role::Text3);
        m_facts->setWordWrap(true);
        addWide(m_facts);
        close();
        connect(m_edit, &TextArea::textChanged, this, [this] { take(m_edit->toPlainText()); });
        connect(m_chip, &SecretRow::replaceRequested, this, [this] {
            take({});
            m_edit->setFocus();
        });
    }

    void refresh() override
    {
        const auto typed = bench().current()->typedKeys().*typedMember();
        const auto& keys = bench().chosenKeys();
        const bool current = choice().kind == m_kind;
        const bool isPrivate = current && typed && !keys.keys.empty() && keys.keys.front().canSign();
        m_stack->setCurrentIndex(isPrivate ? 1 : 0);
        m_stack->setFixedHeight(isPrivate ? metrics::control : editHeight);
        m_facts->setText(current ? keyFacts(keys.keys) : QString());
        if (isPrivate || !typed) {
            const QSignalBlocker silent(m_edit);
            m_edit->clear();
        }
        if (isPrivate)
            m_chip->setSecret(keys.name.empty() ? KeyForm::tr("pasted key") : textOf(keys.name),
                              [typed] { return textOf(typed->view()); });
    }

private:
    using Member = std::shared_ptr<const SecretBytes> TypedKeys::*;

    Member typedMember() const noexcept { return m_kind == KeyKind::Pem ? &TypedKeys::pem : &TypedKeys::jwk; }

    void take(const QString& text)
    {
        if (!bench().current())
            return;
        TypedKeys typed = bench().current()->typedKeys();
        const QString trimmed = text.trimmed();
        typed.*typedMember() =
            trimmed.isEmpty() ? nullptr : std::make_shared<const SecretBytes>(SecretBytes(trimmed.toStdString()));
        bench().setTypedKeys(std::move(typed));
    }

    const KeyKind m_kind;
    QStackedWidget* m_stack;
    TextArea* m_edit;
    SecretRow* m_chip;
    Label* m_facts;
};

} // namespace

KeyForm* makePastedKeyForm(TokenBench& bench, KeyKind kind)
{
    return new PastedKeyForm(bench, kind);
}

} // namespace claimsmith::app
