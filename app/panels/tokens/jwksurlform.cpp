// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bridge/jwksfetcher.h"
#include "panels/tokens/keyform.h"
#include "panels/tokens/tokenbench.h"
#include "theme/theme.h"
#include "widgets/buttons.h"
#include "widgets/label.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>

namespace claimsmith::app {

namespace {

/// Keys behind a URL, fetched on a click and never by themselves.
class JwksUrlForm final : public KeyForm
{
public:
    explicit JwksUrlForm(TokenBench& bench)
        : KeyForm(bench), m_url(new QLineEdit),
          m_fetch(makeButton(KeyForm::tr("Fetch keys"), ButtonKind::Default, QLatin1String("download")))
    {
        m_url->setObjectName(QStringLiteral("jwksUrl"));
        m_url->setFont(textFont(TextStyle::Mono));
        m_url->setPlaceholderText(QStringLiteral("https://issuer/.well-known/jwks.json"));
        m_fetch->setObjectName(QStringLiteral("fetchJwks"));
        addRow(KeyForm::tr("URL"), m_url);
        auto* row = new QWidget;
        auto* layout = new QHBoxLayout(row);
        layout->setContentsMargins(0, 0, 0, 0);
        layout->addWidget(m_fetch);
        layout->addStretch(1);
        addBelow(row);
        m_facts = addFacts();
        close();
        connect(m_url, &QLineEdit::editingFinished, this, [this] { takeUrl(); });
        connect(m_fetch, &QPushButton::clicked, this, [this] {
            m_fetch->setEnabled(false);
            m_fetcher.fetch(m_url->text().trimmed().toStdString());
        });
        connect(&m_fetcher, &JwksFetcher::fetched, this, [this](const Bytes& document) { takeKeys(document); });
        connect(&m_fetcher, &JwksFetcher::failed, this, [this](const Error& error) {
            m_fetch->setEnabled(true);
            emit failed(KeyForm::tr("The JWKS was not fetched: %1").arg(QString::fromStdString(error.detail)));
        });
    }

    void refresh() override
    {
        const auto& keys = bench().chosenKeys().keys;
        if (!m_url->hasFocus())
            m_url->setText(textOf(choice().url));
        m_facts->setText(choice().kind == KeyKind::JwksUrl && !keys.empty()
                             ? KeyForm::tr("%1, public only: they verify, but cannot sign").arg(keyFacts(keys))
                             : KeyForm::tr("Nothing is fetched until you press the button."));
    }

private:
    void takeUrl()
    {
        KeyChoice wanted = choice();
        if (wanted.url == m_url->text().toStdString())
            return;
        wanted.url = m_url->text().toStdString();
        choose(wanted);
    }

    void takeKeys(const Bytes& document)
    {
        m_fetch->setEnabled(true);
        TypedKeys typed = bench().current() ? bench().current()->typedKeys() : TypedKeys();
        typed.jwks = std::make_shared<const SecretBytes>(SecretBytes(BytesView(document)));
        bench().setTypedKeys(std::move(typed));
    }

    QLineEdit* m_url;
    QPushButton* m_fetch;
    Label* m_facts;
    JwksFetcher m_fetcher;
};

} // namespace

KeyForm* makeJwksUrlForm(TokenBench& bench)
{
    return new JwksUrlForm(bench);
}

} // namespace claimsmith::app
