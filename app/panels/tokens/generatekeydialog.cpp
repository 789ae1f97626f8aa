// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/tokens/generatekeydialog.h"

#include "bridge/workspacesession.h"
#include "document/json.h"
#include "jose/jwk.h"
#include "panels/tokens/jsontext.h"
#include "panels/tokens/sidelist.h"
#include "panels/tokens/tokenbench.h"
#include "text/josetext.h"
#include "theme/claimstyle.h"
#include "theme/icons.h"
#include "theme/metrics.h"
#include "theme/theme.h"
#include "widgets/buttons.h"
#include "widgets/codeeditor.h"
#include "widgets/label.h"
#include "widgets/messages.h"
#include "widgets/panels.h"
#include "widgets/segment.h"

#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QGridLayout>
#include <QGuiApplication>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace claimsmith::app {

namespace {

constexpr int kindsWidth = 224;
constexpr int labelWidth = 96;
constexpr int idKindWidth = 184;
constexpr int headerHeight = 52;
constexpr int footerHeight = 56;
constexpr int previewHeight = 116;

QString text(std::string_view value)
{
    return QString::fromUtf8(value.data(), static_cast<qsizetype>(value.size()));
}

Segment* algorithmSegment(const KeyFamily& family)
{
    auto* segment = new Segment(ControlSize::Normal);
    for (const KeyChoiceSpec& each : family.choices)
        segment->addItem(each.name);
    return segment;
}

} // namespace

GenerateKeyDialog::GenerateKeyDialog(TokenBench& bench, QWidget* parent)
    : QDialog(parent), m_bench(bench), m_families(keyFamilies()), m_kinds(new SideList), m_name(new QLineEdit),
      m_algorithms(new QStackedWidget), m_size(new Segment), m_idKind(new QComboBox), m_id(new QLineEdit),
      m_help(new Label({}, TextStyle::Small, Role::Text3)), m_makesCredential(new QCheckBox), m_consumer(new QComboBox),
      m_preview(new CodeEditor(CodeEditor::Language::Json)), m_format(new Segment(ControlSize::Small)),
      m_state(new Label({}, TextStyle::Small, Role::Text3)),
      m_again(makeButton(tr("New values"), ButtonKind::Quiet, QLatin1String("refresh"))),
      m_save(makeButton(tr("Save key"), ButtonKind::Primary))
{
    setObjectName(QStringLiteral("generateKeyDialog"));
    setWindowTitle(tr("Generate key"));
    resize(800, 612); // the whole key of an elliptic curve is seen
    setFillRole(this, Role::BgRaised);
    auto* right = new QVBoxLayout;
    right->setContentsMargins(20, 20, 20, 20);
    right->setSpacing(16);
    right->addWidget(makeForm());
    right->addWidget(makePreview(), 1);
    auto* middle = new QHBoxLayout;
    middle->setSpacing(0);
    middle->addWidget(makeKinds());
    middle->addLayout(right, 1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeHeader());
    layout->addLayout(middle, 1);
    layout->addWidget(makeFooter());
    wire();
    m_kinds->setCurrentId(QString::number(usualFamily));
    chooseKind();
    m_name->setFocus();
}

QWidget* GenerateKeyDialog::makeHeader()
{
    auto* header = new Pane(Role::BgRaised, Qt::BottomEdge);
    header->setFixedHeight(headerHeight);
    auto* close = new IconButton(QLatin1String("close"), tr("Close"));
    auto* row = new QHBoxLayout(header);
    row->setContentsMargins(20, 0, 12, 1);
    row->addWidget(new Label(windowTitle(), TextStyle::Section));
    row->addStretch(1);
    row->addWidget(close);
    connect(close, &QToolButton::clicked, this, &QDialog::reject);
    return header;
}

QWidget* GenerateKeyDialog::makeKinds()
{
    std::vector<SideRow> rows;
    for (const KeyFamily& each : m_families)
        rows.push_back({QString::number(rows.size()), each.name, each.detail, std::nullopt, each.icon});
    m_kinds->setRows(std::move(rows));
    m_kinds->setObjectName(QStringLiteral("keyKinds"));
    m_kinds->setAccessibleName(tr("Kind of key"));
    m_kinds->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_kinds->setCards();
    auto* left = new Pane(Role::BgPanel, Qt::RightEdge);
    left->setFixedWidth(kindsWidth);
    auto* import = makeButton(tr("Import PEM, JWK or JWKS"), ButtonKind::Quiet, QLatin1String("import"));
    import->setObjectName(QStringLiteral("importInstead"));
    import->setAutoDefault(false);
    connect(import, &QPushButton::clicked, this, [this] {
        reject();
        emit importRequested();
    });
    auto* layout = new QVBoxLayout(left);
    auto* line = new Pane(Role::Line);
    line->setFixedHeight(1);
    auto* foot = new QVBoxLayout;
    foot->setContentsMargins(12, 0, 11, 0);
    foot->addWidget(line);
    foot->addWidget(import, 0, Qt::AlignLeft);
    layout->setContentsMargins(0, 10, 1, 8);
    layout->addWidget(m_kinds, 1);
    layout->addLayout(foot);
    return left;
}

void GenerateKeyDialog::addRow(QGridLayout& grid, const QString& name, QWidget* field, QWidget* second)
{
    auto* label = new Label(name, TextStyle::SmallStrong, Role::Text2);
    label->setBuddy(field);
    field->setAccessibleName(name);
    const int row = grid.rowCount();
    grid.addWidget(label, row, 0);
    if (!second) {
        grid.addWidget(field, row, 1, 1, 2);
        return;
    }
    grid.addWidget(field, row, 1);
    grid.addWidget(second, row, 2);
}

QWidget* GenerateKeyDialog::makeForm()
{
    m_name->setObjectName(QStringLiteral("keyName"));
    m_name->setPlaceholderText(tr("orders-signing"));
    m_algorithms->setObjectName(QStringLiteral("keyAlgorithms"));
    m_algorithms->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_size->setObjectName(QStringLiteral("keySize"));
    for (const std::size_t bits : m_families[1].sizes)
        m_size->addItem(QString::number(bits));
    m_idKind->addItems({tr("RFC 7638 thumbprint"), tr("The name")});
    m_idKind->setMinimumWidth(idKindWidth);
    m_id->setReadOnly(true);
    m_id->setFont(textFont(TextStyle::Mono));
    m_id->setAccessibleName(tr("Key ID as it will be"));
    m_help->setWordWrap(true);
    auto* form = new QWidget;
    auto* grid = new QGridLayout(form);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(8);
    grid->setVerticalSpacing(8);
    grid->setColumnMinimumWidth(0, labelWidth);
    grid->setColumnStretch(2, 1);
    addRow(*grid, tr("Name"), m_name);
    addRow(*grid, tr("Algorithm"), m_algorithms);
    addRow(*grid, tr("Size"), m_size);
    m_sizeLabel = qobject_cast<Label*>(grid->itemAtPosition(grid->rowCount() - 1, 0)->widget());
    grid->addWidget(m_help, grid->rowCount(), 1, 1, 2);
    addRow(*grid, tr("Key ID"), m_idKind, m_id);
    addRow(*grid, tr("Keep in"), makePlaces());
    addRow(*grid, tr("Also"), makeCredentialRow());
    return form;
}

QWidget* GenerateKeyDialog::makePlaces()
{
    auto* places = new QWidget;
    auto* row = new QHBoxLayout(places);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(16);
    const SecretService& secrets = m_bench.context().secrets;
    const std::array names{tr("System keychain"), tr("Encrypted file"), tr("Memory")};
    for (std::size_t i = 0; i < m_places.size(); ++i) {
        m_places[i] = new QRadioButton(names[i]);
        const QString reason = whyNot(static_cast<KeepKeyIn>(i), secrets);
        m_places[i]->setEnabled(reason.isEmpty());
        m_places[i]->setToolTip(reason);
        row->addWidget(m_places[i]);
        connect(m_places[i], &QRadioButton::toggled, this, &GenerateKeyDialog::showKey);
    }
    row->addStretch(1);
    m_places[static_cast<std::size_t>(usualPlace(secrets))]->setChecked(true);
    return places;
}

QWidget* GenerateKeyDialog::makeCredentialRow()
{
    m_makesCredential->setText(tr("Create a jwt credential for"));
    m_makesCredential->setObjectName(QStringLiteral("makesCredential"));
    m_consumer->setObjectName(QStringLiteral("credentialConsumer"));
    m_consumer->setAccessibleName(tr("Consumer of the credential"));
    for (const ConsumerEntry& each : consumersOf(m_bench.context()))
        m_consumer->addItem(themedIcon(QLatin1String("user")), each.name, QString::fromStdString(each.pointer));
    const bool any = m_consumer->count() > 0;
    m_makesCredential->setEnabled(any);
    m_makesCredential->setToolTip(any ? QString() : tr("kong.yml has no consumer"));
    m_consumer->setEnabled(false);
    connect(m_makesCredential, &QCheckBox::toggled, m_consumer, &QWidget::setEnabled);
    auto* line = new QWidget;
    auto* row = new QHBoxLayout(line);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(m_makesCredential);
    row->addWidget(m_consumer);
    row->addStretch(1);
    return line;
}

QWidget* GenerateKeyDialog::makePreview()
{
    auto* card = new Card(tr("Public key"));
    m_format->addItem(QStringLiteral("JWK"));
    m_format->addItem(QStringLiteral("PEM"));
    m_format->setAccessibleName(tr("Form of the public key"));
    m_preview->setViewer(true);
    m_preview->setLineNumbers(false);
    m_preview->setMinimumHeight(previewHeight);
    m_preview->setAccessibleName(tr("Public key"));
    auto* copy = new IconButton(QLatin1String("copy"), tr("Copy the public key"));
    connect(copy, &QToolButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(m_preview->code()); });
    copy->setSmall();
    card->addAction(m_format);
    card->addAction(copy);
    card->body()->addWidget(m_preview, 1);
    m_progress = new ProgressLine(card);
    return card;
}

QWidget* GenerateKeyDialog::makeFooter()
{
    m_save->setObjectName(QStringLiteral("saveKey"));
    m_save->setDefault(true);
    setKeycap(m_save, tr("Enter"));
    auto* cancel = makeButton(tr("Cancel"));
    m_again->setObjectName(QStringLiteral("newValues"));
    m_again->setAutoDefault(false);
    cancel->setAutoDefault(false);
    auto* footer = new Pane(Role::BgPanel, Qt::TopEdge);
    footer->setFixedHeight(footerHeight);
    auto* row = new QHBoxLayout(footer);
    row->setContentsMargins(20, 1, 20, 0);
    row->setSpacing(8);
    row->addWidget(m_again);
    row->addStretch(1);
    row->addWidget(m_state);
    row->addWidget(cancel);
    row->addWidget(m_save);
    connect(m_again, &QPushButton::clicked, this, [this] { m_maker.isMaking() ? stop() : generate(); });
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_save, &QPushButton::clicked, this, &GenerateKeyDialog::save);
    return footer;
}

void GenerateKeyDialog::wire()
{
    for (const KeyFamily& each : m_families) {
        auto* segment = algorithmSegment(each);
        segment->setAccessibleName(tr("Algorithm"));
        auto* line = new QWidget; // the stack gives each page its whole width
        auto* row = new QHBoxLayout(line);
        row->setContentsMargins(0, 0, 0, 0);
        row->addWidget(segment);
        row->addStretch(1);
        m_algorithms->addWidget(line);
        connect(segment, &Segment::currentIndexChanged, this, &GenerateKeyDialog::generate);
    }
    connect(m_kinds, &SideList::chosen, this, &GenerateKeyDialog::chooseKind);
    connect(m_size, &Segment::currentIndexChanged, this, &GenerateKeyDialog::generate);
    connect(m_idKind, &QComboBox::currentIndexChanged, this, &GenerateKeyDialog::showKey);
    connect(m_name, &QLineEdit::textChanged, this, &GenerateKeyDialog::showKey);
    connect(m_format, &Segment::currentIndexChanged, this, &GenerateKeyDialog::showKey);
    connect(&m_second, &QTimer::timeout, this, &GenerateKeyDialog::tick);
    connect(&m_maker, &KeyMaker::made, this, [this](const jose::Key& key) {
        m_key = key;
        showMaking(false, {});
        showKey();
        emit keyReady();
    });
    connect(&m_maker, &KeyMaker::failed, this, [this](const Error& error) { showMaking(false, joseErrorText(error)); });
}

const KeyFamily& GenerateKeyDialog::family() const
{
    return m_families[m_kinds->currentId().toUInt()];
}

const KeyChoiceSpec& GenerateKeyDialog::wanted() const
{
    const auto* segment = m_algorithms->currentWidget()->findChild<Segment*>();
    return family().choices[static_cast<std::size_t>(segment->currentIndex())];
}

KeepKeyIn GenerateKeyDialog::place() const
{
    const auto chosen =
        std::find_if(m_places.begin(), m_places.end(), [](const QRadioButton* each) { return each->isChecked(); });
    return static_cast<KeepKeyIn>(chosen - m_places.begin());
}

void GenerateKeyDialog::chooseKind()
{
    m_algorithms->setCurrentIndex(m_kinds->currentId().toInt());
    m_size->setVisible(!family().sizes.empty());
    m_sizeLabel->setVisible(!family().sizes.empty());
    generate();
}

void GenerateKeyDialog::generate()
{
    m_key.reset();
    m_save->setEnabled(false);
    m_id->clear();
    m_preview->setCode({});
    m_since.start();
    showMaking(true, {});
    const auto& sizes = family().sizes;
    m_maker.make(wanted().spec,
                 sizes.empty() ? wanted().bits : sizes[static_cast<std::size_t>(m_size->currentIndex())]);
}

void GenerateKeyDialog::stop()
{
    m_maker.cancel();
    showMaking(false, tr("Stopped"));
}

void GenerateKeyDialog::tick()
{
    m_state->setText(tr("Making the key, %1 s").arg(m_since.elapsed() / 1000));
}

void GenerateKeyDialog::showMaking(bool making, const QString& state)
{
    m_state->setText(state);
    m_again->setText(making ? tr("Stop") : tr("New values"));
    m_again->setIcon(themedIcon(making ? QLatin1String("stop") : QLatin1String("refresh")));
    if (making) {
        m_second.start(1000);
        m_progress->start();
    } else {
        m_second.stop();
        m_progress->stop();
    }
}

std::string GenerateKeyDialog::kid() const
{
    const std::string name = m_name->text().trimmed().toStdString();
    return m_idKind->currentIndex() == 1 && !name.empty() ? name : m_key->id();
}

void GenerateKeyDialog::showKey()
{
    if (!m_key)
        return;
    const auto& keys = m_bench.context().workspace.workspace().keys;
    const std::string id = kid();
    const bool taken = std::any_of(keys.begin(), keys.end(), [&](const auto& key) { return key.kid == id; });
    m_id->setText(text(id));
    m_id->setCursorPosition(0);
    m_help->setText(taken ? tr("The keyring has a key of this name already. Enter another one.") : helpText());
    m_makesCredential->setEnabled(m_consumer->count() > 0 && acceptedByGateway());
    m_help->setRole(taken ? Role::Bad : Role::Text3);
    m_save->setEnabled(!taken);
    const std::array states{tr("The private key stays in the keychain"), tr("The private key stays in the vault"),
                            tr("The key is gone when the workspace closes")};
    m_state->setText(states[static_cast<std::size_t>(place())]);
    jose::KeyMetadata metadata = m_key->metadata();
    metadata.id = id;
    showPreview(m_key->withMetadata(metadata));
}

QString GenerateKeyDialog::helpText() const
{
    const QString curve = text(m_key->curveName());
    if (wanted().spec.use == "enc")
        return tr("%1 bits, for tokens that are encrypted.").arg(m_key->bits());
    if (!acceptedByGateway())
        return tr("Curve %1. The jwt plugin does not know this algorithm.").arg(curve);
    if (curve.isEmpty())
        return tr("%1 bits, %2.").arg(m_key->bits()).arg(text(jose::findAlgorithm(wanted().spec.algorithm)->standard));
    return tr("Curve %1. Small tokens, accepted by the jwt plugin.").arg(curve);
}

bool GenerateKeyDialog::acceptedByGateway() const
{
    return wanted().servesJwt;
}

void GenerateKeyDialog::showPreview(const jose::Key& key)
{
    const auto half = key.publicPart();
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
    NewKey newKey{m_key->withMetadata(metadata), wanted().spec.algorithm, place()};
    if (m_makesCredential->isEnabled() && m_makesCredential->isChecked())
        newKey.consumer = m_consumer->currentData().toString().toStdString();
    if (const auto kept = keepNewKey(m_bench.context(), newKey); !kept) {
        m_state->setText(tr("kong.yml does not take the credential: %1").arg(text(kept.error().detail)));
        return;
    }
    if (wanted().spec.use == "sig")
        m_bench.useStoredKey(metadata.id, wanted().spec.algorithm);
    accept();
}

} // namespace claimsmith::app
