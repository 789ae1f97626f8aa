// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/tokens/tokensside.h"

#include "panels/tokens/sidelist.h"
#include "panels/tokens/tokenbench.h"
#include "text/quantities.h"
#include "theme/metrics.h"
#include "widgets/buttons.h"
#include "widgets/messages.h"
#include "widgets/panels.h"
#include "widgets/searchfield.h"

#include <QMenu>
#include <QVBoxLayout>

#include <algorithm>

namespace claimsmith::app {

namespace {

QString textOf(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

QString idText(const workspace::Id& id)
{
    return QString::fromStdString(id);
}

Tone dotOf(const LifeState& life)
{
    switch (life.kind) {
    case LifeState::Kind::Valid:
    case LifeState::Kind::Endless:
        return Tone::Ok;
    case LifeState::Kind::NotYetValid:
        return Tone::Warn;
    default:
        return Tone::Bad;
    }
}

QString stateText(const TokenEntry& entry)
{
    const std::chrono::seconds distance(entry.life.distance);
    switch (entry.life.kind) {
    case LifeState::Kind::Valid:
        return entry.isOpen ? TokensSide::tr("expires in %1").arg(spanText(distance))
                            : TokensSide::tr("lives for %1").arg(spanText(distance));
    case LifeState::Kind::Endless:
        return TokensSide::tr("never expires");
    case LifeState::Kind::NotYetValid:
        return TokensSide::tr("not valid for %1").arg(spanText(distance));
    case LifeState::Kind::Expired:
        return TokensSide::tr("expired %1 ago").arg(briefAgeText(distance));
    case LifeState::Kind::Unusable:
        break;
    }
    return TokensSide::tr("times cannot be read");
}

QString keyId(const KeyChoice& choice)
{
    return QString::fromStdString(choice.kind == KeyKind::Keyring ? "keyring\n" + choice.kid
                                                                  : choice.consumer + '\n' + choice.credential);
}

} // namespace

TokensSide::TokensSide(TokenBench& bench, QWidget* parent)
    : QWidget(parent), m_bench(bench), m_filter(new SearchField(tr("Filter tokens and keys"))), m_tokens(new SideList),
      m_keys(new SideList)
{
    auto* splitter = new Splitter(Qt::Vertical);
    splitter->setThin();
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(makeTokens());
    splitter->addWidget(makeKeys());
    splitter->setStretchFactor(0, 1);
    splitter->setSizes({540, 290});
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(splitter);

    connect(m_filter, &QLineEdit::textChanged, m_tokens, &SideList::setFilter);
    connect(m_filter, &QLineEdit::textChanged, m_keys, &SideList::setFilter);
    connect(m_tokens, &SideList::chosen, this, [this](const QString& id) { m_bench.shelf().select(id.toStdString()); });
    connect(m_tokens, &SideList::removeRequested, this, &TokensSide::remove);
    connect(m_tokens, &SideList::duplicateRequested, this,
            [this](const QString& id) { m_bench.shelf().duplicate(id.toStdString()); });
    connect(m_tokens, &SideList::menuRequested, this, &TokensSide::openTokenMenu);
    connect(&m_tokens->rows(), &SideListModel::renamed, this,
            [this](const QString& id, const QString& name) { m_bench.shelf().rename(id.toStdString(), name); });
    connect(m_keys, &QAbstractItemView::activated, this,
            [this](const QModelIndex& index) { chooseKey(index.data(SideListModel::IdRole).toString()); });
    connect(m_keys, &QAbstractItemView::clicked, this,
            [this](const QModelIndex& index) { chooseKey(index.data(SideListModel::IdRole).toString()); });
    connect(m_undo, &UndoBar::undoRequested, &m_bench.shelf(), &TokenShelf::undoRemove);
    connect(&m_bench.shelf(), &TokenShelf::listChanged, this, &TokensSide::refresh);
    connect(&m_bench, &TokenBench::changed, this, &TokensSide::refresh);
    connect(&m_bench, &TokenBench::ticked, this, &TokensSide::refresh);
    refresh();
}

QWidget* TokensSide::makeTokens()
{
    m_tokens->setObjectName(QStringLiteral("tokenList"));
    m_tokens->setAccessibleName(tr("Saved tokens"));
    m_filter->setObjectName(QStringLiteral("tokenFilter"));
    m_filter->setAccessibleName(tr("Filter tokens and keys"));
    auto* header = new PanelHeader(tr("Saved tokens"));
    auto* add = new IconButton(QLatin1String("plus"), tr("New token"));
    add->setObjectName(QStringLiteral("newToken"));
    auto* more = new IconButton(QLatin1String("more"), tr("More about tokens"));
    header->addAction(add);
    header->addAction(more);
    connect(add, &QToolButton::clicked, this, [this, add] {
        auto* menu = new QMenu(this);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        fillTemplates(*menu);
        menu->popup(add->mapToGlobal(add->rect().bottomLeft()));
    });
    connect(more, &QToolButton::clicked, this,
            [this, more] { openMenu(more->mapToGlobal(more->rect().bottomLeft())); });
    auto* pane = new Pane(Role::BgPanel);
    m_undo = new UndoBar(pane);
    auto* field = new QHBoxLayout;
    field->setContentsMargins(8, 0, 8, 8);
    field->addWidget(m_filter);
    auto* layout = new QVBoxLayout(pane);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(header);
    layout->addLayout(field);
    layout->addWidget(m_tokens, 1);
    return pane;
}

QWidget* TokensSide::makeKeys()
{
    m_keys->setObjectName(QStringLiteral("keyList"));
    m_keys->setAccessibleName(tr("Keys"));
    m_keys->setEditTriggers(QAbstractItemView::NoEditTriggers);
    auto* header = new PanelHeader(tr("Keys"));
    auto* import = new IconButton(QLatin1String("import"), tr("Import a key"));
    auto* add = new IconButton(QLatin1String("plus"), tr("Generate a key"));
    auto* details = new IconButton(QLatin1String("info"), tr("Details of the selected key"));
    details->setObjectName(QStringLiteral("keyDetails"));
    header->addAction(details);
    header->addAction(import);
    header->addAction(add);
    connect(details, &QToolButton::clicked, this, [this] {
        const QString id = m_keys->currentId();
        const auto& rows = m_keys->rows().rows();
        showKeyDetails(id.isEmpty() && !rows.empty() ? rows.front().id : id);
    });
    connect(m_keys, &SideList::menuRequested, this, &TokensSide::openKeyMenu);
    connect(import, &QToolButton::clicked, this, &TokensSide::importKeyRequested);
    connect(add, &QToolButton::clicked, this, &TokensSide::generateKeyRequested);
    auto* pane = new Pane(Role::BgPanel);
    auto* layout = new QVBoxLayout(pane);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(header);
    layout->addWidget(m_keys, 1);
    return pane;
}

void TokensSide::refresh()
{
    std::vector<SideRow> tokens;
    for (const TokenEntry& entry : m_bench.shelf().entries()) {
        SideRow row{idText(entry.id), entry.name, {}, dotOf(entry.life)};
        //: an algorithm and a state: "HS256, expires in 9 min 41 s"
        row.subtitle = tr("%1, %2").arg(entry.algorithm.empty() ? tr("no alg") : idText(entry.algorithm),
                                        entry.isSaved ? stateText(entry) : tr("%1, not saved").arg(stateText(entry)));
        tokens.push_back(std::move(row));
    }
    m_tokens->setRows(std::move(tokens));
    m_tokens->setCurrentId(m_bench.current() ? idText(m_bench.current()->recipe().id) : QString());

    std::vector<SideRow> keys;
    for (const KeyEntry& entry : m_bench.keys())
        keys.push_back({keyId(entry.choice), entry.name, entry.detail, std::nullopt,
                        entry.isSecret ? QLatin1String("keychain") : QLatin1String("tokens"), idText(entry.algorithm)});
    m_keys->setRows(std::move(keys));
}

std::optional<KeyChoice> TokensSide::keyOf(const QString& id) const
{
    const auto keys = m_bench.keys();
    const auto key =
        std::find_if(keys.begin(), keys.end(), [&](const KeyEntry& each) { return keyId(each.choice) == id; });
    return key == keys.end() ? std::nullopt : std::optional(key->choice);
}

void TokensSide::chooseKey(const QString& id)
{
    const auto key = keyOf(id);
    if (!key || !m_bench.current())
        return;
    KeyChoice choice = m_bench.current()->state().key;
    choice.kind = key->kind;
    if (choice.kind == KeyKind::Keyring)
        choice.kid = key->kid;
    else {
        choice.consumer = key->consumer;
        choice.credential = key->credential;
    }
    m_bench.setKey(choice);
}

void TokensSide::showKeyDetails(const QString& id)
{
    if (const auto key = keyOf(id))
        emit keyDetailsRequested(*key);
}

void TokensSide::openKeyMenu(const QString& id, const QPoint& globalPosition)
{
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("Sign With This Key"), this, [this, id] { chooseKey(id); });
    menu->addAction(tr("Key Details"), this, [this, id] { showKeyDetails(id); });
    menu->popup(globalPosition);
}

void TokensSide::fillTemplates(QMenu& menu)
{
    menu.setToolTipsVisible(true);
    for (const TokenTemplate& each : tokenTemplates()) {
        QAction* entry = menu.addAction(each.title, this, [this, each] { m_bench.createFrom(each); });
        entry->setObjectName(QStringLiteral("template-") + textOf(each.id));
        entry->setToolTip(each.hint);
    }
}

void TokensSide::openMenu(const QPoint& globalPosition)
{
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("Paste Token"), this, &TokensSide::pasteRequested);
    fillTemplates(*menu->addMenu(tr("New Token")));
    if (m_bench.current())
        menu->addAction(tr("Duplicate Token"), this,
                        [this] { m_bench.shelf().duplicate(m_bench.current()->recipe().id); });
    menu->popup(globalPosition);
}

void TokensSide::openTokenMenu(const QString& id, const QPoint& globalPosition)
{
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("Rename"), this,
                    [this, id] { m_tokens->edit(m_tokens->rows().index(m_tokens->rows().rowOf(id))); });
    menu->addAction(tr("Duplicate"), this, [this, id] { m_bench.shelf().duplicate(id.toStdString()); });
    menu->addAction(tr("Delete"), this, [this, id] { remove(id); });
    menu->popup(globalPosition);
}

void TokensSide::remove(const QString& id)
{
    const int row = m_tokens->rows().rowOf(id);
    if (row < 0)
        return;
    const QString name = m_tokens->rows().rows()[static_cast<std::size_t>(row)].title;
    m_bench.shelf().remove(id.toStdString());
    m_undo->offer(tr("Deleted “%1”").arg(name));
}

} // namespace claimsmith::app
