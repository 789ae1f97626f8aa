// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/tokens/keyform.h"
#include "panels/tokens/tokenbench.h"
#include "theme/theme.h"
#include "widgets/buttons.h"
#include "widgets/label.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>

namespace claimsmith::app {

namespace {

/// Keys behind a URL, of an issuer or in a file; got on a click and never by themselves.
class JwksUrlForm final : public KeyForm
{
public:
    explicit JwksUrlForm(TokenBench& bench)
        : KeyForm(bench), m_url(new QLineEdit),
          m_fetch(makeButton(KeyForm::tr("Fetch keys"), ButtonKind::Default, QLatin1String("download"))),
          m_open(makeButton(KeyForm::tr("Open file"), ButtonKind::Default, QLatin1String("file"))),
          m_fromToken(makeButton(KeyForm::tr("Ask the token"), ButtonKind::Default, QLatin1String("link")))
    {
        m_url->setObjectName(QStringLiteral("jwksUrl"));
        m_url->setFont(textFont(TextStyle::Mono));
        m_url->setPlaceholderText(KeyForm::tr("https://issuer, or the URL of a set"));
        m_fetch->setObjectName(QStringLiteral("fetchJwks"));
        m_open->setObjectName(QStringLiteral("openJwks"));
        m_fromToken->setObjectName(QStringLiteral("fetchFromToken"));
        addRow(KeyForm::tr("URL"), m_url);
        auto* row = new QWidget;
        auto* layout = new QHBoxLayout(row);
        layout->setContentsMargins(0, 0, 0, 0);
        layout->setSpacing(8);
        layout->addWidget(m_fetch);
        layout->addWidget(m_open);
        layout->addStretch(1);
        addBelow(row);
        addBelow(m_fromToken);
        m_facts = addFacts();
        close();
        KeySetStore& store = this->bench().keySets();
        connect(m_url, &QLineEdit::editingFinished, this, [this] { takeUrl(m_url->text().trimmed()); });
        connect(m_fetch, &QPushButton::clicked, this, [this] { fetch(m_url->text().trimmed()); });
        connect(m_open, &QPushButton::clicked, this, [this] { openFile(); });
        connect(m_fromToken, &QPushButton::clicked, this, [this] { askForToken(); });
        connect(&store, &KeySetStore::fetched, this,
                [this](const QString& asked, const QString& source) { takeKeys(asked, source); });
        connect(&store, &KeySetStore::failed, this, [this](const QString& asked, const QString& sentence) {
            m_fetch->setEnabled(true);
            if (asked == m_asked)
                emit failed(KeyForm::tr("No keys were got: %1").arg(sentence));
        });
    }

    void refresh() override
    {
        const auto& keys = bench().chosenKeys().keys;
        if (!m_url->hasFocus())
            m_url->setText(textOf(choice().url));
        m_fromToken->setVisible(!namedUrl().isEmpty());
        m_facts->setText(choice().kind == KeyKind::JwksUrl && !keys.empty()
                             ? KeyForm::tr("%1, public only: they verify, but cannot sign").arg(keyFacts(keys))
                             : KeyForm::tr("Nothing is fetched until you press the button."));
    }

private:
    /// Where the token says that its key lies: anybody could have written that.
    QString namedUrl() const
    {
        for (const char* name : {"jku", "x5u"}) {
            const auto* value = bench().current()->state().draft.header().find(name);
            if (const std::string* url = value ? value->asString() : nullptr)
                return textOf(*url);
        }
        return {};
    }

    void askForToken()
    {
        const QString url = namedUrl();
        auto* question = new QMessageBox(this);
        question->setAttribute(Qt::WA_DeleteOnClose);
        question->setObjectName(QStringLiteral("fetchQuestion"));
        question->setText(KeyForm::tr("Fetch the key that the token names?"));
        question->setInformativeText(
            KeyForm::tr("%1\nWhoever made the token wrote this address. The server there will see the request, and a "
                        "signature that its key fits proves nothing about who made the token.")
                .arg(url));
        auto* yes = question->addButton(KeyForm::tr("Fetch key"), QMessageBox::AcceptRole);
        question->addButton(QMessageBox::Cancel);
        connect(yes, &QAbstractButton::clicked, this, [this, url] { fetch(url); });
        question->open();
    }

    void openFile()
    {
        auto* dialog = new QFileDialog(this, KeyForm::tr("Open keys"));
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setFileMode(QFileDialog::ExistingFile);
        connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) {
            m_asked = path;
            bench().keySets().openFile(path);
        });
        dialog->open();
    }

    void fetch(const QString& url)
    {
        if (url.isEmpty())
            return;
        m_asked = url;
        m_fetch->setEnabled(false);
        bench().keySets().fetch(url);
    }

    void takeUrl(const QString& url)
    {
        KeyChoice wanted = choice();
        if (wanted.url == url.toStdString())
            return;
        wanted.url = url.toStdString();
        choose(wanted);
    }

    void takeKeys(const QString& asked, const QString& source)
    {
        m_fetch->setEnabled(true);
        const FetchedSet* set = asked == m_asked ? bench().keySets().find(source) : nullptr;
        if (!set || !bench().current())
            return;
        TypedKeys typed = bench().current()->typedKeys();
        typed.jwks = std::make_shared<const SecretBytes>(SecretBytes(BytesView(set->text)));
        bench().setTypedKeys(std::move(typed));
        takeUrl(source);
    }

    QLineEdit* m_url;
    QPushButton* m_fetch;
    QPushButton* m_open;
    QPushButton* m_fromToken;
    Label* m_facts;
    QString m_asked; ///< by this form: the store serves others too
};

} // namespace

KeyForm* makeJwksUrlForm(TokenBench& bench)
{
    return new JwksUrlForm(bench);
}

} // namespace claimsmith::app
