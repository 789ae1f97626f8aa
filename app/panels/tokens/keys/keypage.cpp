// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/tokens/keys/keypage.h"

#include "bridge/gatewaydocument.h"
#include "bridge/secretservice.h"
#include "bridge/workspacesession.h"
#include "document/json.h"
#include "gateway/snapshot.h"
#include "jose/jwk.h"
#include "panels/tokens/jsontext.h"
#include "panels/tokens/keyform.h"
#include "panels/tokens/keys/secretclipboard.h"
#include "panels/tokens/newkey.h"
#include "panels/tokens/secretrow.h"
#include "panels/tokens/tokenbench.h"
#include "theme/icons.h"
#include "theme/metrics.h"
#include "theme/theme.h"
#include "widgets/buttons.h"
#include "widgets/chiplabel.h"
#include "widgets/codeeditor.h"
#include "widgets/label.h"
#include "widgets/messages.h"
#include "widgets/segment.h"

#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QFileDialog>
#include <QGridLayout>
#include <QGuiApplication>
#include <QLineEdit>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QSaveFile>
#include <QScrollArea>
#include <QVBoxLayout>

namespace claimsmith::app {

namespace {

constexpr int labelWidth = 120;
constexpr int widest = 1120;
constexpr int previewHeight = 200;
constexpr const char* usualRoute = "jwks";
constexpr const char* usualPath = "/.well-known/jwks.json";

QString text(std::string_view value)
{
    return QString::fromUtf8(value.data(), static_cast<qsizetype>(value.size()));
}

QLatin1String iconOf(KeyUse::Kind kind)
{
    switch (kind) {
    case KeyUse::Kind::Token:
        return QLatin1String("tokens");
    case KeyUse::Kind::Credential:
        return QLatin1String("user");
    case KeyUse::Kind::Route:
        return QLatin1String("route");
    case KeyUse::Kind::SameKey:
        break;
    }
    return QLatin1String("link");
}

void clear(QGridLayout& grid)
{
    while (QLayoutItem* item = grid.takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
}

/// Written as a whole or not at all; a private key is for its owner's eyes only, from the first byte on.
QString writeFile(const QString& path, const QByteArray& content, bool isPrivate)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return file.errorString();
    if (isPrivate)
        file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    return file.write(content) == content.size() && file.commit() ? QString() : file.errorString();
}

QLabel* rowLabel(const QString& name, QWidget* field)
{
    auto* label = new Label(name, TextStyle::SmallStrong, Role::Text2);
    label->setBuddy(field);
    label->setMinimumWidth(64);
    field->setAccessibleName(name);
    return label;
}

} // namespace

KeyPage::KeyPage(TokenBench& bench, QWidget* parent)
    : SubPage(tr("Key"), parent), m_bench(bench),
      m_export(makeButton(tr("Export"), ButtonKind::Default, QLatin1String("export"))),
      m_rotate(makeButton(tr("Rotate"), ButtonKind::Default, QLatin1String("rotate"))),
      m_delete(makeButton(tr("Delete"), ButtonKind::Danger, QLatin1String("trash"))), m_message(new MessageBar)
{
    setObjectName(QStringLiteral("keyPage"));
    m_export->setObjectName(QStringLiteral("exportKey"));
    m_rotate->setObjectName(QStringLiteral("rotateKey"));
    m_delete->setObjectName(QStringLiteral("deleteKey"));
    for (QPushButton* each : {m_export, m_rotate, m_delete})
        addAction(each);
    auto* left = new QVBoxLayout;
    left->addWidget(makeIdentity());
    left->addStretch(1);
    auto* right = new QVBoxLayout;
    right->setSpacing(metrics::cardGap);
    right->addWidget(makePublicCard());
    right->addWidget(makePrivateCard());
    right->addWidget(makeGatewayCard());
    right->addStretch(1);
    auto* inner = new QWidget;
    inner->setMaximumWidth(widest);
    auto* columns = new QHBoxLayout(inner);
    columns->setContentsMargins(0, 0, 0, 0);
    columns->setSpacing(24);
    columns->addLayout(left, 1);
    columns->addLayout(right, 1);
    auto* content = new QWidget;
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(metrics::pagePadding, metrics::pagePadding, metrics::pagePadding, metrics::pagePadding);
    column->addWidget(inner);
    column->addStretch(1);
    body()->addWidget(makeScrollArea(content), 1);
    auto* foot = new QVBoxLayout;
    foot->setContentsMargins(8, 0, 8, 8);
    foot->addWidget(m_message);
    body()->addLayout(foot);
    m_message->hide();

    connect(m_export, &QPushButton::clicked, this, &KeyPage::openExportMenu);
    connect(m_rotate, &QPushButton::clicked, this, &KeyPage::askToRotate);
    connect(m_delete, &QPushButton::clicked, this, &KeyPage::askToDelete);
    connect(&m_maker, &KeyMaker::made, this, &KeyPage::takeFresh);
    connect(&m_maker, &KeyMaker::failed, this,
            [this](const Error& error) { say(false, tr("No key was made: %1").arg(text(error.detail))); });
    const auto follow = [this] {
        if (isVisible())
            refresh();
    };
    connect(&m_bench, &TokenBench::changed, this, follow);
    connect(&m_bench.context().workspace, &WorkspaceSession::changed, this, follow);
}

QWidget* KeyPage::makeIdentity()
{
    auto* identity = new QWidget;
    m_facts = new QGridLayout(identity);
    m_facts->setContentsMargins(0, 0, 0, 0);
    m_facts->setHorizontalSpacing(12);
    m_facts->setVerticalSpacing(8);
    m_facts->setColumnMinimumWidth(0, labelWidth);
    m_facts->setColumnStretch(1, 1);
    return identity;
}

QWidget* KeyPage::makePublicCard()
{
    m_publicCard = new Card(tr("Public key"));
    m_format = new Segment(ControlSize::Small);
    m_format->addItem(QStringLiteral("JWK"));
    m_format->addItem(QStringLiteral("PEM"));
    m_format->setAccessibleName(tr("Form of the public key"));
    m_public = new CodeEditor(CodeEditor::Language::Json);
    m_public->setViewer(true);
    m_public->setLineNumbers(false);
    m_public->setFixedHeight(previewHeight);
    m_public->setObjectName(QStringLiteral("publicKey"));
    m_public->setAccessibleName(tr("Public key"));
    auto* copy = new IconButton(QLatin1String("copy"), tr("Copy the public key"));
    copy->setSmall();
    m_publicCard->addAction(m_format);
    m_publicCard->addAction(copy);
    m_publicCard->body()->addWidget(m_public);
    connect(m_format, &Segment::currentIndexChanged, this, &KeyPage::showPublic);
    connect(copy, &QToolButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(m_public->code()); });
    return m_publicCard;
}

QWidget* KeyPage::makePrivateCard()
{
    m_privateCard = new Card(tr("Private part"));
    m_private = new SecretRow;
    m_private->setObjectName(QStringLiteral("privateKey"));
    auto* copy = makeButton(tr("Copy for a minute"), ButtonKind::Default, QLatin1String("copy"), ControlSize::Small);
    copy->setObjectName(QStringLiteral("copyPrivate"));
    copy->setToolTip(tr("Taken off the clipboard after a minute, unless something else was copied"));
    m_privateCard->addAction(copy);
    m_privateCard->body()->addWidget(m_private);
    connect(copy, &QPushButton::clicked, this, [this] {
        SecretClipboard::instance().copy(privateText());
        say(true, tr("Copied. It leaves the clipboard in a minute."));
    });
    return m_privateCard;
}

QWidget* KeyPage::makeGatewayCard()
{
    m_gatewayCard = new Card(tr("At the gateway"));
    m_consumer = new QComboBox;
    m_consumer->setObjectName(QStringLiteral("mintConsumer"));
    m_mint = makeButton(tr("Create credential"), ButtonKind::Default, {}, ControlSize::Normal);
    m_mint->setObjectName(QStringLiteral("mintCredential"));
    m_route = new QLineEdit(QString::fromLatin1(usualRoute));
    m_route->setObjectName(QStringLiteral("jwksRoute"));
    m_path = new QLineEdit(QString::fromLatin1(usualPath));
    m_path->setObjectName(QStringLiteral("jwksPath"));
    m_path->setFont(textFont(TextStyle::Mono));
    m_publish = makeButton(tr("Publish JWKS"), ButtonKind::Default, {}, ControlSize::Normal);
    m_publish->setObjectName(QStringLiteral("publishJwks"));
    m_publish->setToolTip(tr("A route without a service answers with the public key, readable from every origin"));
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(8);
    grid->setVerticalSpacing(8);
    grid->setColumnStretch(1, 1);
    grid->addWidget(rowLabel(tr("Consumer"), m_consumer), 0, 0);
    grid->addWidget(m_consumer, 0, 1);
    grid->addWidget(m_mint, 0, 2);
    grid->addWidget(rowLabel(tr("Route"), m_route), 1, 0);
    grid->addWidget(m_route, 1, 1);
    grid->addWidget(rowLabel(tr("Path"), m_path), 2, 0);
    grid->addWidget(m_path, 2, 1);
    grid->addWidget(m_publish, 2, 2);
    m_gatewayCard->body()->addLayout(grid);
    connect(m_mint, &QPushButton::clicked, this, &KeyPage::mint);
    connect(m_publish, &QPushButton::clicked, this, &KeyPage::publish);
    return m_gatewayCard;
}

void KeyPage::showKey(const KeyChoice& choice)
{
    if (!(choice == m_choice))
        m_message->hide();
    m_choice = choice;
    refresh();
}

void KeyPage::showEvent(QShowEvent* event)
{
    SubPage::showEvent(event);
    refresh();
}

void KeyPage::refresh()
{
    // Keeps the snapshot alive that the sources point into.
    const auto snapshot = m_bench.context().gatewayDocument.snapshot();
    const KeySources sources{m_bench.context().workspace.workspace(), m_bench.context().secrets, snapshot.get(), false};
    m_card = keyCard(m_choice, sources, m_bench.context().gatewayDocument.lastGood());
    setSubject(m_card.name);
    const bool inKeyring = m_choice.kind == KeyKind::Keyring;
    const bool hasPublic = !m_card.publicJwk.isEmpty();
    m_export->setEnabled(m_card.key.has_value());
    m_rotate->setVisible(inKeyring && m_card.key && m_card.key->canSign());
    m_rotate->setEnabled(!m_maker.isMaking());
    m_delete->setVisible(inKeyring);
    m_publicCard->setVisible(hasPublic);
    m_privateCard->setVisible(m_card.key && m_card.key->canSign());
    m_private->setSecret(m_card.name, [this] { return privateText(); });
    m_gatewayCard->setVisible(inKeyring && m_card.key.has_value());
    m_publish->setEnabled(hasPublic);
    const int consumer = m_consumer->currentIndex();
    m_consumer->clear();
    for (const ConsumerEntry& each : consumersOf(m_bench.context()))
        m_consumer->addItem(themedIcon(QLatin1String("user")), each.name, text(each.pointer));
    m_consumer->setCurrentIndex(std::max(0, std::min(consumer, m_consumer->count() - 1)));
    m_mint->setEnabled(m_consumer->count() > 0);
    fillFacts();
    showPublic();
}

void KeyPage::fillFacts()
{
    clear(*m_facts);
    for (const KeyFact& fact : m_card.facts)
        addFact(fact);
    const auto heading = [this](const QString& name) {
        auto* title = new Label(name, TextStyle::Title);
        title->setContentsMargins(0, 12, 0, 0);
        m_facts->addWidget(title, m_facts->rowCount(), 0, 1, 3);
    };
    const auto sentence = [this](const QString& words, Role role) {
        auto* label = new Label({}, TextStyle::Small, role);
        label->setWordWrap(true);
        label->setParagraph(words);
        m_facts->addWidget(label, m_facts->rowCount(), 0, 1, 3);
    };
    if (!m_card.reason.isEmpty())
        sentence(m_card.reason, Role::Warn);
    for (const QString& problem : m_card.problems)
        sentence(problem, Role::Warn);
    heading(tr("Used by"));
    for (const KeyUse& use : m_card.uses)
        addUse(use);
    if (m_card.uses.empty())
        sentence(tr("No token, credential or route uses this key."), Role::Text3);
}

void KeyPage::addFact(const KeyFact& fact)
{
    const int row = m_facts->rowCount();
    m_facts->addWidget(new Label(fact.name, TextStyle::SmallStrong, Role::Text2), row, 0);
    auto* value = new Label(fact.value, fact.isMono ? TextStyle::Mono : TextStyle::Body);
    value->setTextInteractionFlags(Qt::TextSelectableByMouse);
    value->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    value->setToolTip(fact.hint.isEmpty() ? fact.value : fact.value + u'\n' + fact.hint);
    m_facts->addWidget(value, row, 1);
    if (!fact.isMono)
        return;
    auto* copy = new IconButton(QLatin1String("copy"), tr("Copy %1").arg(fact.name));
    copy->setSmall();
    connect(copy, &QToolButton::clicked, this, [value = fact.value] { QGuiApplication::clipboard()->setText(value); });
    m_facts->addWidget(copy, row, 2);
}

void KeyPage::addUse(const KeyUse& use)
{
    auto* chip = new ChipLabel({use.text, Tone::Outline, iconOf(use.kind)});
    chip->setClickable(true);
    chip->setAccessibleName(use.text);
    connect(
        chip, &ChipLabel::clicked, this, [this, use] { openUse(use); }, Qt::QueuedConnection);
    m_facts->addWidget(chip, m_facts->rowCount(), 0, 1, 3, Qt::AlignLeft);
}

void KeyPage::openUse(const KeyUse& use)
{
    switch (use.kind) {
    case KeyUse::Kind::Token:
        m_bench.shelf().selectByName(use.target);
        emit left();
        return;
    case KeyUse::Kind::Credential:
    case KeyUse::Kind::Route:
        m_bench.context().navigator.openEntity(use.target);
        return;
    case KeyUse::Kind::SameKey:
        break;
    }
    KeyChoice other;
    other.kind = KeyKind::Keyring;
    other.kid = use.target;
    showKey(other);
}

void KeyPage::showPublic()
{
    m_public->setCode(m_format->currentIndex() == 0 ? m_card.publicJwk : m_card.publicPem);
}

QString KeyPage::privateText() const
{
    if (!m_card.key)
        return {};
    if (const SecretBytes* secret = m_card.key->secret())
        return shownSecret(secret->view());
    return m_card.key->privateKey() ? text(m_card.key->privateKey()->pem().view()) : QString();
}

void KeyPage::openExportMenu()
{
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const jose::Key key = *m_card.key;
    const QString name = m_card.name.isEmpty() ? tr("key") : m_card.name;
    if (!m_card.publicJwk.isEmpty()) {
        menu->addAction(tr("Public JWK…"), this,
                        [=, this] { save(name + QLatin1String(".jwk.json"), m_card.publicJwk, false); });
        menu->addAction(tr("Public PEM…"), this,
                        [=, this] { save(name + QLatin1String(".pub.pem"), m_card.publicPem, false); });
        menu->addAction(tr("Public JWKS…"), this, [=, this] {
            const auto set = document::toJson(jose::writeJwks({*key.publicPart()}, jose::KeyParts::Public));
            save(name + QLatin1String(".jwks.json"), text(indentedJson(set)), false);
        });
    }
    if (key.canSign()) {
        menu->addSeparator();
        menu->addAction(tr("Private JWK…"), this, [=, this] {
            const auto jwk = document::toJson(jose::writeJwk(key, jose::KeyParts::Private));
            save(name + QLatin1String(".private.jwk.json"), text(indentedJson(jwk)), true);
        });
        menu->addAction(key.secret() ? tr("Secret as Text…") : tr("Private PEM…"), this,
                        [=, this] { save(name + QLatin1String(key.secret() ? ".txt" : ".pem"), privateText(), true); });
    }
    menu->popup(m_export->mapToGlobal(m_export->rect().bottomLeft()));
}

void KeyPage::save(const QString& name, const QString& content, bool isPrivate)
{
    auto* dialog = new QFileDialog(this, tr("Export key"), name);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    connect(dialog, &QFileDialog::fileSelected, this, [this, content, isPrivate](const QString& path) {
        const QString problem = writeFile(path, content.toUtf8(), isPrivate);
        say(problem.isEmpty(),
            problem.isEmpty() ? tr("Saved %1").arg(path) : tr("%1 cannot be written: %2").arg(path, problem));
    });
    dialog->open();
}

void KeyPage::publish()
{
    GatewayDocument& document = m_bench.context().gatewayDocument;
    const std::string route = m_route->text().trimmed().toStdString();
    std::string path = m_path->text().trimmed().toStdString();
    if (!path.starts_with('/'))
        path.insert(0, "/");
    if (route.empty())
        return say(false, tr("Enter a name for the route"));
    const auto published = publishedSets(document.lastGood());
    const auto set =
        std::find_if(published.begin(), published.end(), [&](const auto& each) { return each.route == route; });
    std::vector<ConfigEdit> edits;
    if (set == published.end()) {
        edits = publishEdits(document.lastGood(), route, path, {*m_card.key});
    } else {
        path = set->path;
        if (auto edit = addToSetEdit(document.lastGood(), *set, *m_card.key))
            edits.push_back(std::move(*edit));
    }
    const auto changed =
        edits.empty() ? Result<void>() : document.change(edits, tr("Publish JWKS at %1").arg(text(path)));
    say(changed.hasValue(), changed ? tr("Route %1 answers %2 with this key").arg(text(route), text(path))
                                    : tr("kong.yml does not take the route: %1").arg(text(changed.error().detail)));
    refresh();
}

void KeyPage::mint()
{
    const std::string consumer = m_consumer->currentData().toString().toStdString();
    const auto fitting = jose::algorithmsFor(*m_card.key);
    std::string algorithm = m_card.key->metadata().algorithm;
    if (algorithm.empty() && !fitting.empty())
        algorithm = jose::toString(fitting.front());
    jose::KeyMetadata metadata = m_card.key->metadata();
    metadata.id = m_choice.kid;
    const auto added =
        addCredential(m_bench.context(), m_card.key->withMetadata(std::move(metadata)), algorithm, consumer);
    say(added.hasValue(), added ? tr("%1 has a jwt credential with this key").arg(m_consumer->currentText())
                                : tr("kong.yml does not take the credential: %1").arg(text(added.error().detail)));
    refresh();
}

void KeyPage::askToRotate()
{
    const auto snapshot = m_bench.context().gatewayDocument.snapshot();
    const KeySources sources{m_bench.context().workspace.workspace(), m_bench.context().secrets, snapshot.get(), false};
    m_plan = rotationPlan(m_choice.kid, sources, m_bench.context().gatewayDocument.lastGood());
    auto* question = new QMessageBox(this);
    question->setAttribute(Qt::WA_DeleteOnClose);
    question->setObjectName(QStringLiteral("rotateQuestion"));
    question->setText(tr("Rotate %1?").arg(m_card.name));
    QStringList what{tr("A new key of the same kind is made. The old one stays in the keyring and verifies what it "
                        "signed.")};
    if (!m_plan.recipes.empty())
        what += tr("%n tokens are signed with the new key.", nullptr, static_cast<int>(m_plan.recipes.size()));
    if (!m_plan.sets.empty())
        what +=
            tr("%n published sets get the new key beside the old one.", nullptr, static_cast<int>(m_plan.sets.size()));
    if (!m_plan.credentials.empty())
        what += tr("%n credentials hold one key only: tokens that the old one signed are refused from now on.", nullptr,
                   static_cast<int>(m_plan.credentials.size()));
    question->setInformativeText(what.join(u'\n'));
    auto* take = new QCheckBox(tr("Change the credentials too"));
    take->setChecked(true);
    if (!m_plan.credentials.empty())
        question->setCheckBox(take);
    else
        delete take;
    auto* yes = question->addButton(tr("Rotate key"), QMessageBox::AcceptRole);
    question->addButton(QMessageBox::Cancel);
    connect(yes, &QAbstractButton::clicked, this, [this, question] {
        m_rotation = {};
        m_rotation.credentials = !question->checkBox() || question->checkBox()->isChecked();
        const jose::Key& old = *m_card.key;
        const jose::KeySpec spec{old.type(), std::string(old.curveName()), old.metadata().use, m_plan.algorithm};
        m_rotate->setEnabled(false);
        say(true, tr("Making the key"));
        m_maker.make(spec, spec.curve.empty() ? old.bits() : 0);
    });
    question->open();
}

void KeyPage::takeFresh(const jose::Key& fresh)
{
    const QString old = m_card.name;
    const auto rotated = rotate(m_bench.context(), m_plan, m_rotation, fresh);
    m_rotate->setEnabled(true);
    if (!rotated)
        return say(false, tr("kong.yml does not take the new key: %1").arg(text(rotated.error().detail)));
    KeyChoice next = m_choice;
    next.kid = fresh.id();
    showKey(next);
    say(true, tr("%1 signs in place of %2, which verifies only").arg(text(fresh.id()), old));
}

void KeyPage::askToDelete()
{
    auto* question = new QMessageBox(this);
    question->setAttribute(Qt::WA_DeleteOnClose);
    question->setObjectName(QStringLiteral("deleteQuestion"));
    question->setText(tr("Delete %1?").arg(m_card.name));
    question->setInformativeText(m_card.key && m_card.key->canSign()
                                     ? tr("Its private part is taken out of the keychain, which cannot be undone. "
                                          "Tokens that it signed stay valid "
                                          "wherever its public key is.")
                                     : tr("Its public key is taken out of the workspace."));
    auto* yes = question->addButton(tr("Delete key"), QMessageBox::DestructiveRole);
    question->addButton(QMessageBox::Cancel);
    connect(yes, &QAbstractButton::clicked, this, &KeyPage::remove);
    question->open();
}

void KeyPage::remove()
{
    const std::string kid = m_choice.kid;
    m_bench.context().secrets.removeSecret("key/" + kid);
    m_bench.context().workspace.edit(WorkspaceSession::Part::Keys, [&](workspace::Workspace& workspace) {
        std::erase_if(workspace.keys, [&](const workspace::StoredKey& each) { return each.kid == kid; });
    });
    emit left();
}

void KeyPage::say(bool good, const QString& sentence)
{
    m_message->setVisible(true);
    m_message->show(good ? Tone::Ok : Tone::Bad, sentence);
}

} // namespace claimsmith::app
