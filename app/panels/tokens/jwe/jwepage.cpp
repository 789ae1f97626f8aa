// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/tokens/jwe/jwepage.h"

#include "bridge/gatewaydocument.h"
#include "bridge/secretservice.h"
#include "bridge/workspacesession.h"
#include "gateway/snapshot.h"
#include "jose/jwe.h"
#include "panels/tokens/tokenbench.h"
#include "panels/tokens/verdictpane.h"
#include "text/josetext.h"
#include "theme/metrics.h"
#include "theme/theme.h"
#include "widgets/buttons.h"
#include "widgets/encodedtokenedit.h"
#include "widgets/label.h"
#include "widgets/messages.h"

#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace claimsmith::app {

namespace {

QString text(std::string_view value)
{
    return QString::fromUtf8(value.data(), static_cast<qsizetype>(value.size()));
}

QVBoxLayout* addPart(QWidget& part, const QString& title)
{
    auto* column = new QVBoxLayout(&part);
    column->setContentsMargins(metrics::pagePadding, 12, metrics::pagePadding, 12);
    column->setSpacing(8);
    column->addWidget(new Label(title, TextStyle::Title));
    return column;
}

} // namespace

JwePage::JwePage(TokenBench& bench, QWidget* parent)
    : SubPage(tr("Encryption"), parent), m_bench(bench), m_keys(new QComboBox), m_algorithm(new QComboBox),
      m_encryption(new QComboBox), m_compresses(new QCheckBox(tr("Compress"))), m_content(new QPlainTextEdit),
      m_token(new EncodedTokenEdit), m_checks(new CheckList),
      m_encrypt(makeButton(tr("Encrypt"), ButtonKind::Primary, QLatin1String("lock"))),
      m_open(makeButton(tr("Decrypt"), ButtonKind::Default, QLatin1String("unlock"))),
      m_inner(makeButton(tr("Open token inside"))), m_message(new MessageBar)
{
    setObjectName(QStringLiteral("jwePage"));
    auto* split = new Splitter(Qt::Horizontal);
    split->setThin();
    split->addWidget(makeContent());
    split->addWidget(makeToken());
    split->setSizes({556, 556});
    body()->addWidget(makeKeyBar());
    body()->addWidget(split, 1);
    auto* foot = new QVBoxLayout;
    foot->setContentsMargins(8, 0, 8, 8);
    foot->addWidget(m_message);
    body()->addLayout(foot);
    m_message->hide();
    addAction(m_open);
    addAction(m_encrypt);
    connect(m_keys, &QComboBox::currentIndexChanged, this, &JwePage::fillAlgorithms);
    connect(m_encrypt, &QPushButton::clicked, this, &JwePage::encrypt);
    connect(m_open, &QPushButton::clicked, this, &JwePage::open);
    connect(m_content, &QPlainTextEdit::textChanged, this, [this] { m_touched = true; });
    connect(m_inner, &QPushButton::clicked, this, [this] {
        m_bench.shelf().paste(m_content->toPlainText().toStdString());
        emit left();
    });
    connect(&m_work, &JweWork::encrypted, this, [this](const QString& token) {
        m_progress->stop();
        m_token->setToken(token);
        m_checks->setChecks({});
        say(true, tr("Encrypted: %1 characters").arg(token.size()));
    });
    connect(&m_work, &JweWork::failed, this, [this](const Error& error) {
        m_progress->stop();
        say(false, (joseErrorText(error) + u' ' + joseRemedyText(error)).trimmed());
    });
    connect(&m_work, &JweWork::opened, this, &JwePage::takeOpened);
}

QWidget* JwePage::makeKeyBar()
{
    m_keys->setObjectName(QStringLiteral("jweKey"));
    m_algorithm->setObjectName(QStringLiteral("jweAlgorithm"));
    m_encryption->setObjectName(QStringLiteral("jweEncryption"));
    m_compresses->setObjectName(QStringLiteral("jweZip"));
    m_keys->setMinimumContentsLength(16);
    m_algorithm->setMinimumContentsLength(14);
    for (const jose::ContentEncryptionInfo& each : jose::contentEncryptions())
        m_encryption->addItem(text(each.name));
    m_encryption->setCurrentText(QStringLiteral("A256GCM"));
    m_compresses->setToolTip(tr("zip DEF: the length then tells about the content"));
    auto* bar = new Pane(Role::BgSurface, Qt::BottomEdge);
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(metrics::pagePadding, 10, metrics::pagePadding, 11);
    row->setSpacing(8);
    const auto add = [row](const QString& name, QComboBox* combo) {
        auto* label = new Label(name, TextStyle::SmallStrong, Role::Text2);
        label->setBuddy(combo);
        combo->setAccessibleName(name);
        row->addWidget(label);
        row->addWidget(combo);
    };
    add(tr("Key"), m_keys);
    add(tr("Key management"), m_algorithm);
    add(tr("Content"), m_encryption);
    row->addWidget(m_compresses);
    row->addStretch(1);
    m_progress = new ProgressLine(bar);
    return bar;
}

QWidget* JwePage::makeContent()
{
    m_content->setObjectName(QStringLiteral("jweContent"));
    m_content->setAccessibleName(tr("Content of the encrypted token"));
    m_content->setFont(textFont(TextStyle::Mono));
    m_content->setLineWrapMode(QPlainTextEdit::WidgetWidth);
    m_content->setWordWrapMode(QTextOption::WrapAnywhere);
    m_content->setTabChangesFocus(true);
    m_inner->setObjectName(QStringLiteral("openInnerToken"));
    m_inner->setEnabled(false);
    auto* part = new Pane(Role::BgSurface);
    QVBoxLayout* column = addPart(*part, tr("Content"));
    column->addWidget(m_content, 1);
    column->addWidget(m_inner, 0, Qt::AlignLeft);
    return part;
}

QWidget* JwePage::makeToken()
{
    m_token->setObjectName(QStringLiteral("jweToken"));
    m_token->setAccessibleName(tr("Encrypted token"));
    m_token->setPlaceholderText(tr("Paste an encrypted token, or press Encrypt"));
    m_checks->setObjectName(QStringLiteral("jweChecks"));
    auto* copy = makeButton(tr("Copy"), ButtonKind::Default, QLatin1String("copy"));
    copy->setObjectName(QStringLiteral("copyJwe"));
    connect(copy, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(m_token->token()); });
    auto* part = new Pane(Role::BgSurface);
    QVBoxLayout* column = addPart(*part, tr("Encrypted token"));
    column->addWidget(m_token, 1);
    column->addWidget(m_checks);
    column->addWidget(copy, 0, Qt::AlignLeft);
    return part;
}

void JwePage::focusMain()
{
    m_token->setFocus();
}

void JwePage::runPrimary()
{
    m_token->token().isEmpty() ? encrypt() : open();
}

void JwePage::showEvent(QShowEvent* event)
{
    SubPage::showEvent(event);
    fillKeys();
    if (m_bench.current() && !m_touched) {
        setSubject(QString::fromStdString(m_bench.current()->recipe().name));
        m_content->setPlainText(QString::fromStdString(m_bench.current()->state().draft.token()));
        m_touched = false;
    }
}

/// The key that the shown token is signed with, then those of the keyring.
void JwePage::fillKeys()
{
    const QString before = m_keys->currentText();
    m_choices.clear();
    const auto snapshot = m_bench.context().gatewayDocument.snapshot();
    const KeySources sources{m_bench.context().workspace.workspace(), m_bench.context().secrets, snapshot.get(), false};
    for (const KeyEntry& entry : keyEntries(sources.workspace, nullptr)) {
        ChosenKeys keys = chosenKeys(entry.choice, {}, sources);
        if (!keys.keys.empty() && !jose::keyManagementsFor(keys.keys.front()).empty())
            m_choices.push_back({entry.name, std::move(keys.keys)});
    }
    const ChosenKeys& signing = m_bench.chosenKeys();
    if (!signing.keys.empty() && m_bench.current())
        m_choices.push_back({describeKeys(m_bench.current()->state().key, signing), signing.keys});
    m_keys->clear();
    for (const Choice& each : m_choices)
        m_keys->addItem(each.name);
    m_keys->setCurrentIndex(std::max(0, m_keys->findText(before)));
    fillAlgorithms();
}

const JwePage::Choice* JwePage::chosen() const
{
    const auto index = static_cast<std::size_t>(std::max(0, m_keys->currentIndex()));
    return index < m_choices.size() ? &m_choices[index] : nullptr;
}

void JwePage::fillAlgorithms()
{
    const Choice* choice = chosen();
    const QString before = m_algorithm->currentText();
    m_algorithm->clear();
    if (choice) {
        for (const jose::KeyManagement each : jose::keyManagementsFor(choice->keys.front()))
            m_algorithm->addItem(text(jose::toString(each)));
    }
    m_algorithm->setCurrentIndex(std::max(0, m_algorithm->findText(before)));
    m_encrypt->setEnabled(m_algorithm->count() > 0);
    m_open->setEnabled(choice != nullptr);
}

void JwePage::encrypt()
{
    const Choice* choice = chosen();
    const auto* algorithm = jose::findKeyManagement(m_algorithm->currentText().toStdString());
    const auto* encryption = jose::findContentEncryption(m_encryption->currentText().toStdString());
    if (!choice || !algorithm || !encryption)
        return say(false, tr("Choose a key that can encrypt: the keyring makes some"));
    const std::string content = m_content->toPlainText().toStdString();
    m_progress->start();
    m_work.encrypt(
        encryptionHeader(content, choice->keys.front(), algorithm->id, encryption->id, m_compresses->isChecked()),
        content, choice->keys.front());
}

void JwePage::open()
{
    const Choice* choice = chosen();
    if (!choice || m_token->token().trimmed().isEmpty())
        return;
    m_progress->start();
    m_work.open(m_token->token().trimmed().toStdString(), choice->keys);
}

void JwePage::showToken(const std::string& token)
{
    m_touched = true; // the content is what comes out of it
    m_content->clear();
    m_token->setToken(text(token));
    fillKeys();
    const auto jwe = jose::readJwe(token);
    const std::string* kid = jwe && !jwe->recipients.empty() ? jwe->findText(jwe->recipients.front(), "kid") : nullptr;
    if (kid && m_keys->findText(text(*kid)) >= 0)
        m_keys->setCurrentText(text(*kid));
    open();
}

void JwePage::takeOpened(const Opened& result)
{
    m_progress->stop();
    m_checks->setChecks(result.checks);
    m_inner->setEnabled(result.isToken);
    if (result.content)
        m_content->setPlainText(text(result.content->view()));
    say(result.content != nullptr, result.summary);
}

void JwePage::say(bool good, const QString& sentence)
{
    m_message->setVisible(true);
    m_message->show(good ? Tone::Ok : Tone::Bad, sentence);
}

} // namespace claimsmith::app
