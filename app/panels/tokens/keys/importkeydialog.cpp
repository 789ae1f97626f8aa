// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/tokens/keys/importkeydialog.h"

#include "base/base64.h"

#include "bridge/workspacesession.h"
#include "panels/tokens/newkey.h"
#include "panels/tokens/sidelist.h"
#include "panels/tokens/tokenbench.h"
#include "theme/metrics.h"
#include "theme/theme.h"
#include "widgets/buttons.h"
#include "widgets/label.h"
#include "widgets/messages.h"
#include "widgets/panels.h"
#include "widgets/textarea.h"

#include <QDragEnterEvent>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QMimeData>
#include <QPushButton>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>

namespace claimsmith::app {

namespace {

constexpr int headerHeight = 52;
constexpr int footerHeight = 56;
constexpr int textHeight = 120;
constexpr qint64 largestFile = 1 << 20;
constexpr int pause = 200; ///< ms of silence before a typed text is read

QString text(std::string_view value)
{
    return QString::fromUtf8(value.data(), static_cast<qsizetype>(value.size()));
}

SecretBytes secretOf(const QByteArray& content)
{
    return SecretBytes(BytesView(content.constData(), static_cast<std::size_t>(content.size())));
}

std::string algorithmOf(const jose::Key& key)
{
    if (!key.metadata().algorithm.empty())
        return key.metadata().algorithm;
    const auto fitting = jose::algorithmsFor(key);
    return fitting.empty() ? std::string() : std::string(jose::toString(fitting.front()));
}

} // namespace

ImportKeyDialog::ImportKeyDialog(TokenBench& bench, QWidget* parent)
    : QDialog(parent), m_bench(bench), m_text(new TextArea), m_url(new QLineEdit), m_passphrase(new QLineEdit),
      m_list(new SideList), m_name(new QLineEdit), m_state(new Label({}, TextStyle::Small, Role::Text3)),
      m_keep(makeButton(tr("Import"), ButtonKind::Primary)),
      m_fetch(makeButton(tr("Fetch"), ButtonKind::Default, QLatin1String("download")))
{
    setObjectName(QStringLiteral("importKeyDialog"));
    setWindowTitle(tr("Import key"));
    setAcceptDrops(true);
    resize(720, 580);
    setFillRole(this, Role::BgRaised);
    auto* middle = new QVBoxLayout;
    middle->setContentsMargins(20, 16, 20, 16);
    middle->setSpacing(12);
    middle->addWidget(makeSources());
    middle->addWidget(makeReadings(), 1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeHeader());
    layout->addLayout(middle, 1);
    layout->addWidget(makeFooter());

    m_pause.setSingleShot(true);
    connect(&m_pause, &QTimer::timeout, this, &ImportKeyDialog::read);
    connect(m_text, &TextArea::textChanged, this, [this] {
        m_content = SecretBytes();
        m_pause.start(pause);
    });
    connect(m_passphrase, &QLineEdit::textChanged, this, [this] { m_pause.start(pause); });
    connect(&m_reader, &KeyReader::done, this, &ImportKeyDialog::show);
    connect(m_list, &SideList::chosen, this, &ImportKeyDialog::showChoice);
    connect(m_fetch, &QPushButton::clicked, this, &ImportKeyDialog::fetch);
    connect(m_url, &QLineEdit::returnPressed, this, &ImportKeyDialog::fetch);
    connect(&m_fetcher, &JwksFetcher::fetched, this, [this](const Bytes& document) {
        m_fetch->setEnabled(true);
        takeBytes(QByteArray(document.data(), static_cast<qsizetype>(document.size())));
    });
    connect(&m_fetcher, &JwksFetcher::failed, this, [this](const Error& error) {
        m_fetch->setEnabled(true);
        m_state->setText(tr("Nothing was fetched: %1").arg(text(error.detail)));
    });
    show(KeyReadings());
    m_text->setFocus();
}

QWidget* ImportKeyDialog::makeHeader()
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

QWidget* ImportKeyDialog::makeSources()
{
    m_text->setObjectName(QStringLiteral("keyText"));
    m_text->setAccessibleName(tr("Key as text"));
    m_text->setFont(textFont(TextStyle::Mono));
    m_text->setFixedHeight(textHeight);
    m_text->setAcceptDrops(false); // the dialog takes files and texts alike
    m_text->setPlaceholderText(
        tr("Paste or drop a key: PEM, JWK, JWK Set, certificate, PKCS #12, OpenSSH, hex, base64 or a secret"));
    m_url->setObjectName(QStringLiteral("keyUrl"));
    m_url->setAccessibleName(tr("URL of the key"));
    m_url->setFont(textFont(TextStyle::Mono));
    m_url->setPlaceholderText(QStringLiteral("https://issuer/.well-known/jwks.json"));
    m_fetch->setObjectName(QStringLiteral("fetchKey"));
    m_fetch->setAutoDefault(false);
    m_passphrase->setObjectName(QStringLiteral("keyPassphrase"));
    m_passphrase->setAccessibleName(tr("Passphrase of the key"));
    m_passphrase->setEchoMode(QLineEdit::Password);
    m_passphrase->setPlaceholderText(tr("Passphrase of the key"));
    auto* open = makeButton(tr("Open file"), ButtonKind::Default, QLatin1String("file"));
    open->setObjectName(QStringLiteral("openKeyFile"));
    open->setAutoDefault(false);
    connect(open, &QPushButton::clicked, this, [this] {
        auto* dialog = new QFileDialog(this, tr("Import key"));
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setFileMode(QFileDialog::ExistingFile);
        connect(dialog, &QFileDialog::fileSelected, this, &ImportKeyDialog::takeFile);
        dialog->open();
    });
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(open);
    row->addWidget(m_url, 1);
    row->addWidget(m_fetch);
    auto* sources = new QWidget;
    auto* column = new QVBoxLayout(sources);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    column->addWidget(m_text);
    column->addLayout(row);
    column->addWidget(m_passphrase);
    return sources;
}

QWidget* ImportKeyDialog::makeReadings()
{
    m_list->setObjectName(QStringLiteral("keyReadings"));
    m_list->setAccessibleName(tr("What the text may be"));
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setCards();
    m_name->setObjectName(QStringLiteral("importName"));
    m_name->setFont(textFont(TextStyle::Mono));
    auto* label = new Label(tr("Key ID"), TextStyle::SmallStrong, Role::Text2);
    label->setBuddy(m_name);
    m_name->setAccessibleName(tr("Key ID"));
    auto* row = new QHBoxLayout;
    row->setSpacing(12);
    row->addWidget(label);
    row->addWidget(m_name, 1);
    auto* part = new Pane(Role::BgRaised);
    auto* column = new QVBoxLayout(part);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    column->addWidget(m_list, 1);
    column->addLayout(row);
    m_progress = new ProgressLine(part);
    return part;
}

QWidget* ImportKeyDialog::makeFooter()
{
    m_keep->setObjectName(QStringLiteral("importKeys"));
    m_keep->setDefault(true);
    setKeycap(m_keep, tr("Enter"));
    auto* cancel = makeButton(tr("Cancel"));
    cancel->setAutoDefault(false);
    auto* footer = new Pane(Role::BgPanel, Qt::TopEdge);
    footer->setFixedHeight(footerHeight);
    auto* row = new QHBoxLayout(footer);
    row->setContentsMargins(20, 1, 20, 0);
    row->setSpacing(8);
    row->addWidget(m_state, 1);
    row->addWidget(cancel);
    row->addWidget(m_keep);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_keep, &QPushButton::clicked, this, &ImportKeyDialog::keep);
    return footer;
}

void ImportKeyDialog::dragEnterEvent(QDragEnterEvent* event)
{
    if (event->mimeData()->hasUrls() || event->mimeData()->hasText())
        event->acceptProposedAction();
}

void ImportKeyDialog::dropEvent(QDropEvent* event)
{
    const QMimeData& dropped = *event->mimeData();
    if (dropped.hasUrls() && dropped.urls().front().isLocalFile())
        takeFile(dropped.urls().front().toLocalFile());
    else if (dropped.hasText())
        m_text->setPlainText(dropped.text());
    event->acceptProposedAction();
}

void ImportKeyDialog::takeFile(const QString& path)
{
    QFile file(path);
    const QString name = QFileInfo(path).fileName();
    if (!file.open(QIODevice::ReadOnly))
        return m_state->setText(tr("%1 cannot be read: %2").arg(name, file.errorString()));
    if (file.size() > largestFile)
        return m_state->setText(tr("%1 is larger than 1 MB, which no key is").arg(name));
    takeBytes(file.readAll());
}

/// Binary forms do not survive a text field: they stay beside it.
void ImportKeyDialog::takeBytes(const QByteArray& content)
{
    m_text->clear();
    m_content = secretOf(content);
    m_pause.stop();
    read();
}

void ImportKeyDialog::fetch()
{
    const std::string url = m_url->text().trimmed().toStdString();
    if (url.empty())
        return;
    m_fetch->setEnabled(false);
    m_state->setText(tr("Fetching"));
    m_fetcher.fetch(url);
}

void ImportKeyDialog::read()
{
    m_progress->start();
    m_reader.read(m_content.empty() ? secretOf(m_text->toPlainText().toUtf8()) : m_content.clone(),
                  secretOf(m_passphrase->text().toUtf8()));
}

void ImportKeyDialog::show(const KeyReadings& readings)
{
    m_progress->stop();
    m_readings = readings;
    std::vector<SideRow> rows;
    for (const KeyReading& reading : m_readings.readings) {
        const bool isSecret = reading.keys.size() == 1 && reading.keys.front().secret();
        rows.push_back({QString::number(rows.size()), reading.title, reading.detail, std::nullopt,
                        isSecret ? QLatin1String("keychain") : QLatin1String("tokens"),
                        reading.keys.size() == 1 ? text(algorithmOf(reading.keys.front())) : QString()});
    }
    m_list->setRows(std::move(rows));
    if (!m_readings.readings.empty())
        m_list->setCurrentId(QStringLiteral("0"));
    m_passphrase->setVisible(m_readings.needsPassphrase || !m_passphrase->text().isEmpty());
    if (m_readings.needsPassphrase && m_text->hasFocus())
        m_passphrase->setFocus();
    m_state->setText(m_readings.problem);
    showChoice();
    emit readingsReady();
}

const KeyReading* ImportKeyDialog::chosen() const
{
    const auto index = static_cast<std::size_t>(m_list->currentId().toUInt());
    return index < m_readings.readings.size() ? &m_readings.readings[index] : nullptr;
}

/// The key's own id, or its thumbprint; a secret's thumbprint would give it away to guessing (RFC 7638 §7).
std::string ImportKeyDialog::freeId(const jose::Key& key) const
{
    if (!key.id().empty())
        return key.id();
    if (!key.secret())
        return toBase64Url(key.thumbprint());
    const auto& keys = m_bench.context().workspace.workspace().keys;
    std::string name = "secret";
    for (int number = 2; std::any_of(keys.begin(), keys.end(), [&](const auto& each) { return each.kid == name; });
         ++number)
        name = "secret-" + std::to_string(number);
    return name;
}

void ImportKeyDialog::showChoice()
{
    const KeyReading* reading = chosen();
    m_keep->setEnabled(reading != nullptr);
    m_keep->setText(reading && reading->isUrl ? tr("Fetch") : tr("Import"));
    const bool one = reading && reading->keys.size() == 1;
    m_name->setEnabled(one);
    m_name->setText(one ? text(freeId(reading->keys.front())) : QString());
    m_name->setCursorPosition(0);
    m_name->setPlaceholderText(reading && !one ? tr("each keeps its own") : QString());
    if (reading && m_readings.problem.isEmpty())
        m_state->setText(tr("Private parts go into the keychain"));
}

void ImportKeyDialog::keep()
{
    const KeyReading* reading = chosen();
    if (!reading)
        return;
    if (reading->isUrl) {
        m_url->setText(m_text->toPlainText().trimmed());
        return fetch();
    }
    const std::string name = m_name->text().trimmed().toStdString();
    std::string last;
    for (const jose::Key& key : reading->keys) {
        jose::KeyMetadata metadata = key.metadata();
        metadata.id = reading->keys.size() == 1 && !name.empty() ? name : freeId(key);
        last = metadata.id;
        const auto kept = keepNewKey(m_bench.context(), {key.withMetadata(std::move(metadata)), algorithmOf(key),
                                                         usualPlace(m_bench.context().secrets)});
        if (!kept)
            return m_state->setText(text(kept.error().detail));
    }
    if (reading->keys.size() == 1 && reading->keys.front().canSign() && m_bench.current())
        m_bench.useStoredKey(last, algorithmOf(reading->keys.front()));
    accept();
}

} // namespace claimsmith::app
