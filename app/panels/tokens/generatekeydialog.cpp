// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/tokens/generatekeydialog.h"

#include "base/base64.h"
#include "bridge/secretservice.h"
#include "bridge/workspacesession.h"
#include "document/json.h"
#include "jose/jwk.h"
#include "panels/tokens/jsontext.h"
#include "panels/tokens/sidelist.h"
#include "panels/tokens/tokenbench.h"
#include "text/josetext.h"
#include "theme/claimstyle.h"
#include "theme/metrics.h"
#include "theme/theme.h"
#include "widgets/buttons.h"
#include "widgets/codeeditor.h"
#include "widgets/label.h"
#include "widgets/panels.h"
#include "widgets/segment.h"

#include <QComboBox>
#include <QGridLayout>
#include <QLineEdit>
#include <QPointer>
#include <QPushButton>
#include <QThreadPool>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <memory>

namespace claimsmith::app {

namespace {

using jose::Algorithm;

/// A kind of key with the algorithms it serves and the sizes it comes in; none: the algorithm decides.
struct KeyFamily
{
    const char* name;
    const char* detail;
    const char* icon;
    std::vector<Algorithm> algorithms;
    std::vector<std::size_t> sizes;
};

const std::vector<KeyFamily>& families()
{
    static const std::vector<KeyFamily> all{
        {QT_TRANSLATE_NOOP("claimsmith::app::GenerateKeyDialog", "Shared secret"),
         "HS256, HS384, HS512",
         "keychain",
         {Algorithm::HS256, Algorithm::HS384, Algorithm::HS512},
         {}},
        {QT_TRANSLATE_NOOP("claimsmith::app::GenerateKeyDialog", "RSA"),
         "RS256 to PS512",
         "tokens",
         {Algorithm::RS256, Algorithm::RS384, Algorithm::RS512, Algorithm::PS256, Algorithm::PS384, Algorithm::PS512},
         {2048, 3072, 4096}},
        {QT_TRANSLATE_NOOP("claimsmith::app::GenerateKeyDialog", "Elliptic curve"),
         "ES256, ES384, ES512",
         "tokens",
         {Algorithm::ES256, Algorithm::ES384, Algorithm::ES512},
         {}},
        {QT_TRANSLATE_NOOP("claimsmith::app::GenerateKeyDialog", "Ed25519"), "EdDSA", "tokens", {Algorithm::EdDSA}, {}},
    };
    return all;
}

constexpr int ellipticCurve = 2;
constexpr int kindsWidth = 224;

QString text(std::string_view value)
{
    return QString::fromUtf8(value.data(), static_cast<qsizetype>(value.size()));
}

QLabel* rowLabel(const QString& name, QWidget* buddy)
{
    auto* label = new Label(name, TextStyle::SmallStrong, Role::Text2);
    label->setBuddy(buddy);
    buddy->setAccessibleName(name);
    return label;
}

} // namespace

GenerateKeyDialog::GenerateKeyDialog(TokenBench& bench, QWidget* parent)
    : QDialog(parent), m_bench(bench), m_kinds(new SideList), m_name(new QLineEdit), m_algorithm(new QComboBox),
      m_size(new QComboBox), m_idKind(new QComboBox), m_id(new QLineEdit),
      m_help(new Label({}, TextStyle::Small, Role::Text3)), m_preview(new CodeEditor(CodeEditor::Language::Json)),
      m_format(new Segment(ControlSize::Small)), m_state(new Label({}, TextStyle::Small, Role::Text3)),
      m_save(makeButton(tr("Save key"), ButtonKind::Primary))
{
    setObjectName(QStringLiteral("generateKeyDialog"));
    setWindowTitle(tr("Generate key"));
    resize(800, 560);
    setFillRole(this, Role::BgRaised);
    std::vector<SideRow> rows;
    for (const KeyFamily& family : families())
        rows.push_back({QString::number(rows.size()), tr(family.name), QString::fromLatin1(family.detail), std::nullopt,
                        QLatin1String(family.icon)});
    m_kinds->setRows(std::move(rows));
    m_kinds->setObjectName(QStringLiteral("keyKinds"));
    m_kinds->setAccessibleName(tr("Kind of key"));
    m_kinds->setEditTriggers(QAbstractItemView::NoEditTriggers);
    auto* left = new Pane(Role::BgPanel, Qt::RightEdge);
    left->setFixedWidth(kindsWidth);
    auto* leftLayout = new QVBoxLayout(left);
    leftLayout->setContentsMargins(0, 12, 1, 12);
    leftLayout->addWidget(m_kinds);
    auto* right = new QVBoxLayout;
    right->setContentsMargins(20, 20, 20, 20);
    right->setSpacing(16);
    right->addWidget(makeForm());
    right->addWidget(makePreview(), 1);
    auto* middle = new QHBoxLayout;
    middle->setSpacing(0);
    middle->addWidget(left);
    middle->addLayout(right, 1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(middle, 1);
    layout->addWidget(makeFooter());

    connect(m_kinds, &SideList::chosen, this, &GenerateKeyDialog::chooseKind);
    connect(m_algorithm, &QComboBox::currentIndexChanged, this, &GenerateKeyDialog::generate);
    connect(m_size, &QComboBox::currentIndexChanged, this, &GenerateKeyDialog::generate);
    connect(m_idKind, &QComboBox::currentIndexChanged, this, &GenerateKeyDialog::showKey);
    connect(m_name, &QLineEdit::textChanged, this, &GenerateKeyDialog::showKey);
    connect(m_format, &Segment::currentIndexChanged, this, &GenerateKeyDialog::showKey);
    m_kinds->setCurrentId(QString::number(ellipticCurve));
    chooseKind();
    m_name->setFocus();
}

QWidget* GenerateKeyDialog::makeForm()
{
    m_name->setObjectName(QStringLiteral("keyName"));
    m_name->setPlaceholderText(tr("orders-signing"));
    m_idKind->addItems({tr("The name"), tr("RFC 7638 thumbprint")});
    m_id->setReadOnly(true);
    m_id->setFont(textFont(TextStyle::Mono));
    m_help->setWordWrap(true);
    auto* form = new QWidget;
    auto* grid = new QGridLayout(form);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(8);
    grid->setVerticalSpacing(12);
    grid->setColumnMinimumWidth(0, 96);
    grid->setColumnStretch(2, 1);
    grid->addWidget(rowLabel(tr("Name"), m_name), 0, 0);
    grid->addWidget(m_name, 0, 1, 1, 2);
    grid->addWidget(rowLabel(tr("Algorithm"), m_algorithm), 1, 0);
    grid->addWidget(m_algorithm, 1, 1);
    grid->addWidget(m_size, 1, 2, Qt::AlignLeft);
    m_size->setAccessibleName(tr("Size"));
    grid->addWidget(m_help, 2, 1, 1, 2);
    grid->addWidget(rowLabel(tr("Key ID"), m_idKind), 3, 0);
    grid->addWidget(m_idKind, 3, 1);
    grid->addWidget(m_id, 3, 2);
    m_id->setAccessibleName(tr("Key ID as it will be"));
    return form;
}

QWidget* GenerateKeyDialog::makePreview()
{
    auto* card = new Card;
    m_format->addItem(QStringLiteral("JWK"));
    m_format->addItem(QStringLiteral("PEM"));
    m_format->setAccessibleName(tr("Form of the public key"));
    m_preview->setViewer(true);
    m_preview->setLineNumbers(false);
    m_preview->setAccessibleName(tr("Public key"));
    auto* head = new QHBoxLayout;
    head->addWidget(new Label(tr("Public key"), TextStyle::Title));
    head->addStretch(1);
    head->addWidget(m_format);
    card->body()->addLayout(head);
    card->body()->addWidget(m_preview, 1);
    return card;
}

QWidget* GenerateKeyDialog::makeFooter()
{
    m_save->setObjectName(QStringLiteral("saveKey"));
    m_save->setDefault(true);
    setKeycap(m_save, tr("Enter"));
    auto* again = makeButton(tr("New values"), ButtonKind::Quiet, QLatin1String("refresh"));
    auto* cancel = makeButton(tr("Cancel"));
    again->setAutoDefault(false);
    cancel->setAutoDefault(false);
    auto* footer = new Pane(Role::BgPanel, Qt::TopEdge);
    auto* row = new QHBoxLayout(footer);
    row->setContentsMargins(20, 12, 20, 12);
    row->setSpacing(8);
    row->addWidget(again);
    row->addStretch(1);
    row->addWidget(m_state);
    row->addWidget(cancel);
    row->addWidget(m_save);
    connect(again, &QPushButton::clicked, this, &GenerateKeyDialog::generate);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_save, &QPushButton::clicked, this, &GenerateKeyDialog::save);
    return footer;
}

Algorithm GenerateKeyDialog::algorithm() const
{
    return static_cast<Algorithm>(m_algorithm->currentData().toInt());
}

void GenerateKeyDialog::chooseKind()
{
    const KeyFamily& family = families()[m_kinds->currentId().toUInt()];
    {
        const QSignalBlocker silentAlgorithm(m_algorithm);
        const QSignalBlocker silentSize(m_size);
        m_algorithm->clear();
        for (const Algorithm each : family.algorithms)
            m_algorithm->addItem(text(jose::toString(each)), static_cast<int>(each));
        m_size->clear();
        for (const std::size_t bits : family.sizes)
            m_size->addItem(tr("%1 bits").arg(bits), QVariant::fromValue(bits));
        m_size->setVisible(!family.sizes.empty());
    }
    generate();
}

void GenerateKeyDialog::generate()
{
    m_key.reset();
    m_save->setEnabled(false);
    m_state->setText(tr("Making the key"));
    m_preview->setCode({});
    const jose::GenerateOptions options{m_size->isVisibleTo(this) ? m_size->currentData().value<std::size_t>() : 0, {}};
    // RSA takes seconds. Whoever closes the dialog meanwhile drops the result.
    QThreadPool::globalInstance()->start(
        [guard = QPointer(this), generation = ++m_generation, algorithm = algorithm(), options] {
            auto key = std::make_shared<Result<jose::Key>>(jose::generateKey(algorithm, options));
            QMetaObject::invokeMethod(
                qApp,
                [guard, generation, key] {
                    if (guard && guard->m_generation == generation)
                        guard->take(*key);
                },
                Qt::QueuedConnection);
        });
}

void GenerateKeyDialog::take(const Result<jose::Key>& key)
{
    if (!key) {
        m_state->setText(joseErrorText(key.error()));
        return;
    }
    m_key = *key;
    m_state->setText(tr("The private key stays in the keychain"));
    showKey();
    emit keyReady();
}

std::string GenerateKeyDialog::kid() const
{
    const std::string name = m_name->text().trimmed().toStdString();
    return m_idKind->currentIndex() == 0 && !name.empty() ? name : m_key->id();
}

void GenerateKeyDialog::showKey()
{
    const auto* info = jose::findAlgorithm(m_algorithm->currentText().toStdString());
    if (!m_key || !info)
        return;
    const auto& keys = m_bench.context().workspace.workspace().keys;
    const std::string id = kid();
    const bool taken = std::any_of(keys.begin(), keys.end(), [&](const auto& key) { return key.kid == id; });
    m_id->setText(text(id));
    m_id->setCursorPosition(0);
    m_help->setText(taken ? tr("The keyring has a key of this name already. Enter another one.")
                    : m_key->curveName().empty()
                        ? tr("%1 bits, %2.").arg(m_key->bits()).arg(text(info->standard))
                        : tr("Curve %1. Small tokens, accepted by the jwt plugin.").arg(text(m_key->curveName())));
    m_help->setRole(taken ? Role::Bad : Role::Text3);
    m_save->setEnabled(!taken);

    jose::KeyMetadata metadata = m_key->metadata();
    metadata.id = id;
    const auto half = m_key->withMetadata(metadata).publicPart();
    m_format->setEnabled(half.has_value());
    if (!half)
        m_preview->setCode(tr("A shared secret has no public part."));
    else if (m_format->currentIndex() == 0)
        m_preview->setCode(text(indentedJson(document::toJson(jose::writeJwk(*half, jose::KeyParts::Public)))));
    else
        m_preview->setCode(text(half->publicKey()->publicPem()));
}

void GenerateKeyDialog::save()
{
    if (!m_key)
        return;
    jose::KeyMetadata metadata = m_key->metadata();
    metadata.id = kid();
    const jose::Key key = m_key->withMetadata(metadata);
    workspace::StoredKey stored;
    stored.kid = metadata.id;
    stored.algorithm = jose::toString(algorithm());
    stored.hasPrivatePart = true;
    if (const auto half = key.publicPart())
        stored.publicJwk = document::toJson(jose::writeJwk(*half, jose::KeyParts::Public));
    m_bench.context().secrets.setSecret("key/" + stored.kid,
                                        key.secret() ? key.secret()->clone() : key.privateKey()->pem());
    m_bench.context().workspace.edit(WorkspaceSession::Part::Keys,
                                     [&](workspace::Workspace& workspace) { workspace.keys.push_back(stored); });
    m_bench.useStoredKey(stored.kid, stored.algorithm);
    accept();
}

} // namespace claimsmith::app
