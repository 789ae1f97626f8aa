// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/tokens/keypane.h"

#include "base/base64.h"
#include "bridge/gatewaysession.h"
#include "bridge/jwksfetcher.h"
#include "bridge/secretservice.h"
#include "bridge/workspacesession.h"
#include "gateway/snapshot.h"
#include "panels/tokens/secretrow.h"
#include "panels/tokens/tokenbench.h"
#include "text/josetext.h"
#include "theme/claimstyle.h"
#include "theme/icons.h"
#include "theme/metrics.h"
#include "theme/theme.h"
#include "widgets/buttons.h"
#include "widgets/label.h"
#include "widgets/messages.h"
#include "widgets/segment.h"

#include <QCheckBox>
#include <QComboBox>
#include <QGridLayout>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace claimsmith::app {

namespace {

constexpr int labelWidth = 72;
constexpr int pasteHeight = 72;

QString text(std::string_view value)
{
    return QString::fromUtf8(value.data(), static_cast<qsizetype>(value.size()));
}

std::shared_ptr<const SecretBytes> secretBytes(const QString& typed)
{
    return std::make_shared<const SecretBytes>(SecretBytes(typed.trimmed().toStdString()));
}

/// A form of rows: label of one width, field.
class Form final : public QWidget
{
public:
    Form() : m_grid(new QGridLayout(this))
    {
        m_grid->setContentsMargins(0, 0, 0, 0);
        m_grid->setHorizontalSpacing(8);
        m_grid->setVerticalSpacing(8);
        m_grid->setColumnMinimumWidth(0, labelWidth);
        m_grid->setColumnStretch(1, 1);
    }

    void addRow(const QString& name, QWidget* field)
    {
        auto* label = new Label(name, TextStyle::SmallStrong, Role::Text2);
        label->setBuddy(field);
        field->setAccessibleName(name);
        const int row = m_grid->rowCount();
        m_grid->addWidget(label, row, 0, Qt::AlignTop);
        label->setFixedHeight(metrics::control);
        m_grid->addWidget(field, row, 1);
    }
    void addWide(QWidget* field) { m_grid->addWidget(field, m_grid->rowCount(), 0, 1, 2); }
    void addBelow(QWidget* field) { m_grid->addWidget(field, m_grid->rowCount(), 1); }
    void close() { m_grid->setRowStretch(m_grid->rowCount(), 1); }

private:
    QGridLayout* m_grid;
};

QComboBox* makeCombo(const char* objectName)
{
    auto* combo = new QComboBox;
    combo->setObjectName(QLatin1String(objectName));
    combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    combo->setMinimumContentsLength(8);
    return combo;
}

/// Replaces the items only when they differ, so that an open list stays open.
void fillCombo(QComboBox& combo, const QStringList& items, int current)
{
    const QSignalBlocker silent(&combo);
    bool same = combo.count() == items.size();
    for (int i = 0; same && i < items.size(); ++i)
        same = combo.itemText(i) == items[i];
    if (!same) {
        combo.clear();
        combo.addItems(items);
    }
    combo.setCurrentIndex(current);
}

/// Printable secrets are shown as they are, others as base64url.
QString shownSecret(BytesView octets)
{
    const bool printable = std::all_of(octets.begin(), octets.end(), [](char c) { return c >= ' ' && c <= '~'; });
    return printable ? text(octets) : QString::fromStdString(toBase64Url(octets));
}

} // namespace

KeyPane::KeyPane(TokenBench& bench, QWidget* parent)
    : QWidget(parent), m_bench(bench), m_kinds(new Segment(ControlSize::Normal, 3)), m_forms(new QStackedWidget),
      m_fetcher(std::make_unique<JwksFetcher>())
{
    m_kinds->setObjectName(QStringLiteral("keyKind"));
    m_kinds->setAccessibleName(tr("Where the key comes from"));
    for (const QString& name : {tr("Keyring"), tr("Secret"), tr("PEM"), tr("JWK"), tr("JWKS URL"), tr("Credential")})
        m_kinds->addItem(name);
    for (QWidget* form : {makeKeyringForm(), makeSecretForm(), makeTextForm(KeyKind::Pem), makeTextForm(KeyKind::Jwk),
                          makeUrlForm(), makeCredentialForm()})
        m_forms->addWidget(form);

    auto* content = new QWidget;
    setFillRole(content, Role::BgSurface);
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(metrics::cardPadding, 0, metrics::cardPadding, 0);
    column->setSpacing(12);
    column->addWidget(m_kinds);
    column->addWidget(m_forms);
    column->addStretch(1);
    auto* scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(content);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(scroll, 1);
    layout->addWidget(makeFooter());

    connect(m_kinds, &Segment::currentIndexChanged, this, &KeyPane::chooseKind);
    connect(&m_bench, &TokenBench::changed, this, &KeyPane::refresh);
    connect(m_fetcher.get(), &JwksFetcher::fetched, this, [this](const Bytes& document) {
        m_fetch->setEnabled(true);
        TypedKeys typed = m_bench.current() ? m_bench.current()->typedKeys() : TypedKeys();
        typed.jwks = std::make_shared<const SecretBytes>(SecretBytes(BytesView(document)));
        m_bench.setTypedKeys(std::move(typed));
    });
    connect(m_fetcher.get(), &JwksFetcher::failed, this, [this](const Error& error) {
        m_fetch->setEnabled(true);
        m_message->show(Tone::Bad, tr("The JWKS was not fetched: %1").arg(QString::fromStdString(error.detail)));
    });
    refresh();
}

KeyPane::~KeyPane() = default;

QWidget* KeyPane::makeKeyringForm()
{
    auto* form = new Form;
    m_keyring = makeCombo("keyringKey");
    m_keyringFacts = new Label({}, TextStyle::Small, Role::Text3);
    m_keyringFacts->setWordWrap(true);
    form->addRow(tr("Key"), m_keyring);
    form->addBelow(m_keyringFacts);
    form->close();
    connect(m_keyring, &QComboBox::activated, this, [this](int index) {
        KeyChoice choice = m_bench.current() ? m_bench.current()->state().key : KeyChoice();
        choice.kind = KeyKind::Keyring;
        choice.kid = m_keyring->itemText(index).toStdString();
        choose(choice);
    });
    return form;
}

QWidget* KeyPane::makeSecretForm()
{
    auto* form = new Form;
    m_secretStack = new QStackedWidget;
    m_secretEdit = new QLineEdit;
    m_secretEdit->setObjectName(QStringLiteral("secretEdit"));
    m_secretEdit->setEchoMode(QLineEdit::Password);
    m_secretEdit->setPlaceholderText(tr("Type or paste a shared secret"));
    m_secretEdit->setFont(textFont(TextStyle::Mono));
    m_secretChip = new SecretRow;
    m_secretChip->setReplaceable(true);
    m_secretStack->addWidget(m_secretEdit);
    m_secretStack->addWidget(m_secretChip);
    m_secretStack->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_encoding = makeCombo("secretEncoding");
    m_encoding->addItems({tr("Text"), tr("base64"), tr("base64url"), tr("Hex")});
    form->addRow(tr("Secret"), m_secretStack);
    m_secretEdit->setAccessibleName(tr("Secret"));
    form->addRow(tr("Written as"), m_encoding);
    form->close();
    connect(m_secretEdit, &QLineEdit::textEdited, this, [this](const QString& typedText) {
        TypedKeys typed = m_bench.current() ? m_bench.current()->typedKeys() : TypedKeys();
        typed.secret = std::make_shared<const SecretBytes>(SecretBytes(typedText.toStdString()));
        m_bench.setTypedKeys(std::move(typed));
    });
    connect(m_secretEdit, &QLineEdit::editingFinished, this, &KeyPane::storeSecret);
    connect(m_secretChip, &SecretRow::replaceRequested, this, [this] {
        KeyChoice choice = m_bench.current()->state().key;
        choice.secret.clear();
        choose(choice);
        m_secretEdit->setFocus();
    });
    connect(m_encoding, &QComboBox::activated, this, [this](int index) {
        KeyChoice choice = m_bench.current()->state().key;
        choice.encoding = static_cast<workspace::SecretEncoding>(index);
        choose(choice);
    });
    return form;
}

/// A typed secret goes into the secret store under the token's name, so that the recipe can name it.
void KeyPane::storeSecret()
{
    TokenDocument* document = m_bench.current();
    if (!document || m_secretEdit->text().isEmpty() || !document->isSaved())
        return;
    KeyChoice choice = document->state().key;
    choice.secret = "token/" + document->recipe().name;
    m_bench.context().secrets.setSecret(choice.secret, SecretBytes(m_secretEdit->text().toStdString()));
    m_secretEdit->clear();
    choose(choice);
}

QWidget* KeyPane::makeTextForm(KeyKind kind)
{
    TextForm& parts = kind == KeyKind::Pem ? m_pem : m_jwk;
    auto* form = new Form;
    parts.edit = new QPlainTextEdit;
    parts.edit->setObjectName(kind == KeyKind::Pem ? QStringLiteral("pemEdit") : QStringLiteral("jwkEdit"));
    parts.edit->setAccessibleName(kind == KeyKind::Pem ? tr("PEM") : tr("JWK"));
    parts.edit->setFont(textFont(TextStyle::Mono));
    parts.edit->setTabChangesFocus(true);
    parts.edit->setPlaceholderText(kind == KeyKind::Pem ? QStringLiteral("-----BEGIN PRIVATE KEY-----")
                                                        : QStringLiteral("{\"kty\": …}"));
    parts.edit->setFixedHeight(pasteHeight);
    parts.chip = new SecretRow;
    parts.chip->setReplaceable(true);
    parts.facts = new Label({}, TextStyle::Small, Role::Text3);
    parts.facts->setWordWrap(true);
    parts.stack = new QStackedWidget;
    parts.stack->addWidget(parts.edit);
    parts.stack->addWidget(parts.chip);
    parts.stack->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    form->addWide(parts.stack);
    form->addWide(parts.facts);
    form->close();
    connect(parts.edit, &QPlainTextEdit::textChanged, this,
            [this, kind, edit = parts.edit] { takeText(kind, edit->toPlainText()); });
    connect(parts.chip, &SecretRow::replaceRequested, this, [this, kind, edit = parts.edit] {
        takeText(kind, {});
        edit->setFocus();
    });
    return form;
}

QWidget* KeyPane::makeUrlForm()
{
    auto* form = new Form;
    m_url = new QLineEdit;
    m_url->setObjectName(QStringLiteral("jwksUrl"));
    m_url->setFont(textFont(TextStyle::Mono));
    m_url->setPlaceholderText(QStringLiteral("https://issuer/.well-known/jwks.json"));
    m_fetch = makeButton(tr("Fetch keys"), ButtonKind::Default, QLatin1String("download"));
    m_fetch->setObjectName(QStringLiteral("fetchJwks"));
    m_urlFacts = new Label({}, TextStyle::Small, Role::Text3);
    m_urlFacts->setWordWrap(true);
    form->addRow(tr("URL"), m_url);
    auto* row = new QWidget;
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_fetch);
    layout->addStretch(1);
    form->addBelow(row);
    form->addBelow(m_urlFacts);
    form->close();
    connect(m_url, &QLineEdit::editingFinished, this, [this] {
        KeyChoice choice = m_bench.current() ? m_bench.current()->state().key : KeyChoice();
        if (choice.url == m_url->text().toStdString())
            return;
        choice.url = m_url->text().toStdString();
        choose(choice);
    });
    connect(m_fetch, &QPushButton::clicked, this, [this] {
        m_fetch->setEnabled(false);
        m_fetcher->fetch(m_url->text().trimmed().toStdString());
    });
    return form;
}

QWidget* KeyPane::makeCredentialForm()
{
    auto* form = new Form;
    m_consumer = makeCombo("consumer");
    m_credential = makeCombo("credential");
    m_credential->setFont(textFont(TextStyle::Mono));
    m_credentialSecret = new SecretRow;
    m_credentialFacts = new Label({}, TextStyle::Small, Role::Text3);
    m_credentialFacts->setWordWrap(true);
    m_setsIssuer = new QCheckBox;
    m_setsIssuer->setObjectName(QStringLiteral("setsIssuer"));
    form->addRow(tr("Consumer"), m_consumer);
    form->addRow(tr("Credential"), m_credential);
    form->addRow(tr("Secret"), m_credentialSecret);
    form->addBelow(m_credentialFacts);
    form->addWide(m_setsIssuer);
    form->close();
    connect(m_consumer, &QComboBox::activated, this, [this](int index) {
        KeyChoice choice = m_bench.current() ? m_bench.current()->state().key : KeyChoice();
        choice.consumer = m_consumer->itemText(index).toStdString();
        choice.credential.clear();
        choose(choice);
    });
    connect(m_credential, &QComboBox::activated, this, [this](int index) {
        KeyChoice choice = m_bench.current() ? m_bench.current()->state().key : KeyChoice();
        choice.credential = m_credential->itemText(index).toStdString();
        choose(choice);
    });
    connect(m_setsIssuer, &QCheckBox::clicked, this, [this](bool on) { m_bench.setSetsIssuer(on); });
    return form;
}

QWidget* KeyPane::makeFooter()
{
    auto* footer = new QWidget;
    m_resigns = new QCheckBox(tr("Re-sign while editing"));
    m_resigns->setObjectName(QStringLiteral("resigns"));
    m_sign = makeButton(tr("Sign"), ButtonKind::Primary);
    m_sign->setObjectName(QStringLiteral("sign"));
    setKeycap(m_sign, tr("Ctrl Enter"));
    m_verify = makeButton(tr("Verify only"));
    m_verify->setObjectName(QStringLiteral("verifyOnly"));
    m_verify->setToolTip(tr("Leaves the signature as it is and only checks it"));
    m_message = new MessageBar;
    m_message->hide();
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addWidget(m_sign);
    buttons->addWidget(m_verify);
    buttons->addStretch(1);
    auto* column = new QVBoxLayout(footer);
    column->setContentsMargins(metrics::cardPadding, 8, metrics::cardPadding, 12);
    column->setSpacing(12);
    column->addWidget(m_message);
    column->addWidget(m_resigns);
    column->addLayout(buttons);
    connect(m_resigns, &QCheckBox::clicked, this, [this](bool on) { m_bench.setResigns(on); });
    connect(m_sign, &QPushButton::clicked, this, &KeyPane::sign);
    connect(m_verify, &QPushButton::clicked, this, [this] { m_bench.setResigns(false); });
    return footer;
}

void KeyPane::sign()
{
    m_bench.sign();
}

void KeyPane::choose(const KeyChoice& choice)
{
    m_bench.setKey(choice);
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
    choose(choice);
}

void KeyPane::takeText(KeyKind kind, const QString& typedText)
{
    if (!m_bench.current())
        return;
    TypedKeys typed = m_bench.current()->typedKeys();
    (kind == KeyKind::Pem ? typed.pem : typed.jwk) = typedText.trimmed().isEmpty() ? nullptr : secretBytes(typedText);
    m_bench.setTypedKeys(std::move(typed));
}

void KeyPane::refresh()
{
    const TokenDocument* document = m_bench.current();
    setEnabled(document != nullptr);
    if (!document)
        return;
    const TokenState& state = document->state();
    const int kind = static_cast<int>(state.key.kind);
    {
        const QSignalBlocker silent(m_kinds);
        m_kinds->setCurrentIndex(kind);
    }
    m_forms->setCurrentIndex(kind);
    m_resigns->setChecked(state.resigns);
    m_setsIssuer->setChecked(state.setsIssuer);
    m_setsIssuer->setText(tr("Set %1 from the credential key").arg(text(m_bench.keyClaim())));
    refreshKeyring();
    refreshCredential();
    refreshTyped();
    refreshMessage();
}

void KeyPane::refreshKeyring()
{
    QStringList kids;
    int current = -1;
    const std::string& wanted = m_bench.current()->state().key.kid;
    for (const workspace::StoredKey& key : m_bench.context().workspace.workspace().keys) {
        if (key.kid == wanted)
            current = static_cast<int>(kids.size());
        kids += text(key.kid);
    }
    fillCombo(*m_keyring, kids, current);
    m_keyringFacts->setText(kids.isEmpty() ? tr("The keyring is empty. Generate a key to fill it.") : keyFacts());
}

void KeyPane::refreshCredential()
{
    const KeyChoice& choice = m_bench.current()->state().key;
    QStringList consumers;
    QStringList credentials;
    for (const KeyEntry& entry : m_bench.keys()) {
        if (entry.choice.kind != KeyKind::Credential)
            continue;
        if (!consumers.contains(entry.name))
            consumers += entry.name;
        if (entry.choice.consumer == choice.consumer)
            credentials += text(entry.choice.credential);
    }
    const QString key =
        choice.credential.empty() && !credentials.isEmpty() ? credentials.front() : text(choice.credential);
    fillCombo(*m_consumer, consumers, static_cast<int>(consumers.indexOf(text(choice.consumer))));
    for (int i = 0; i < m_consumer->count(); ++i)
        m_consumer->setItemIcon(i, themedIcon(QLatin1String("user")));
    fillCombo(*m_credential, credentials, static_cast<int>(credentials.indexOf(key)));
    if (choice.kind != KeyKind::Credential)
        return;

    const ChosenKeys& keys = m_bench.chosenKeys();
    m_credentialSecret->setVisible(!keys.secretName.empty());
    const bool hasSecret = keys.keys.size() == 1 && keys.keys.front().secret();
    m_credentialSecret->setSecret(text(keys.secretName), hasSecret ? std::function<QString()>([this] {
                                      const auto& now = m_bench.chosenKeys().keys;
                                      return now.empty() || !now.front().secret()
                                                 ? QString()
                                                 : shownSecret(now.front().secret()->view());
                                  })
                                                                   : nullptr);
    m_credentialFacts->setVisible(keys.secretName.empty() && !keys.keys.empty());
    m_credentialFacts->setText(tr("The gateway has the public key only: %1").arg(keyFacts()));
}

QString KeyPane::keyFacts() const
{
    const auto& keys = m_bench.chosenKeys().keys;
    if (keys.empty())
        return {};
    const jose::Key& key = keys.front();
    const QString kind = key.secret()               ? tr("shared secret, %1 bits").arg(key.bits())
                         : !key.curveName().empty() ? text(key.curveName())
                                                    : tr("RSA, %1 bits").arg(key.bits());
    const QString half = key.secret() ? QString() : key.canSign() ? tr(", key pair") : tr(", public only");
    return keys.size() > 1 ? tr("%n keys", nullptr, static_cast<int>(keys.size())) : kind + half;
}

void KeyPane::refreshTyped()
{
    const TokenDocument& document = *m_bench.current();
    const KeyChoice& choice = document.state().key;
    const ChosenKeys& keys = m_bench.chosenKeys();
    m_encoding->setCurrentIndex(static_cast<int>(choice.encoding));
    m_secretStack->setCurrentIndex(choice.secret.empty() ? 0 : 1);
    if (choice.secret.empty() && (!document.typedKeys().secret || document.typedKeys().secret->empty())) {
        const QSignalBlocker silent(m_secretEdit);
        m_secretEdit->clear();
    }
    m_secretChip->setSecret(text(choice.secret), [this, name = choice.secret] {
        const auto found = m_bench.context().secrets.findSecret(name);
        return found ? shownSecret(*found) : tr("The keychain is locked, or has no such secret");
    });

    const auto refreshText = [&](TextForm& form, KeyKind kind, const std::shared_ptr<const SecretBytes>& typed) {
        const bool current = choice.kind == kind;
        const bool isPrivate = current && typed && !keys.keys.empty() && keys.keys.front().canSign();
        form.stack->setCurrentIndex(isPrivate ? 1 : 0);
        form.stack->setFixedHeight(isPrivate ? metrics::control : pasteHeight);
        form.facts->setText(current ? keyFacts() : QString());
        if (isPrivate || !typed) {
            // What is a private key does not stay in an editor, where it can be read and undone.
            const QSignalBlocker silent(form.edit);
            form.edit->clear();
        }
        if (isPrivate)
            form.chip->setSecret(keys.name.empty() ? tr("pasted key") : text(keys.name),
                                 [typed] { return text(typed->view()); });
    };
    refreshText(m_pem, KeyKind::Pem, document.typedKeys().pem);
    refreshText(m_jwk, KeyKind::Jwk, document.typedKeys().jwk);
    if (!m_url->hasFocus())
        m_url->setText(text(choice.url));
    m_fetch->setEnabled(true);
    m_urlFacts->setText(choice.kind == KeyKind::JwksUrl && !keys.keys.empty()
                            ? tr("%1, public only: they verify, but cannot sign").arg(keyFacts())
                            : tr("Nothing is fetched until you press the button."));
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
        auto* use = makeButton(tr("Use %1").arg(text(name)), ButtonKind::Default, {}, ControlSize::Small);
        connect(use, &QPushButton::clicked, this, [this, name] { m_bench.setAlgorithm(name); });
        buttons += use;
    }
    m_message->setButtons(buttons);
    m_message->show(m_bench.signingProblem() ? Tone::Bad : Tone::Warn,
                    keyProblemText(*problem, state.draft.algorithm()));
}

} // namespace claimsmith::app
