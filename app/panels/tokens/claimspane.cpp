// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/tokens/claimspane.h"

#include "panels/tokens/craft/instantpicker.h"
#include "panels/tokens/tokenbench.h"
#include "text/claimnames.h"
#include "text/timetext.h"
#include "theme/metrics.h"
#include "theme/theme.h"
#include "widgets/buttons.h"
#include "widgets/claimtable.h"
#include "widgets/label.h"
#include "workspace/recipe.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QResizeEvent>
#include <QVBoxLayout>

#include <algorithm>
#include <array>

namespace claimsmith::app {

namespace {

struct Lifetime
{
    const char* text;
    std::int64_t seconds;
};

constexpr std::array lifetimes{
    Lifetime{QT_TRANSLATE_NOOP("claimsmith::app::ClaimsPane", "1 min"), 60},
    Lifetime{QT_TRANSLATE_NOOP("claimsmith::app::ClaimsPane", "10 min"), 600},
    Lifetime{QT_TRANSLATE_NOOP("claimsmith::app::ClaimsPane", "1 h"), 3600},
    Lifetime{QT_TRANSLATE_NOOP("claimsmith::app::ClaimsPane", "1 d"), 86400},
    Lifetime{QT_TRANSLATE_NOOP("claimsmith::app::ClaimsPane", "expired"), 0},
};

constexpr std::array<const char*, 14> offeredClaims{"iss",       "sub",   "aud",   "exp", "nbf",  "iat",   "jti",
                                                    "client_id", "scope", "nonce", "azp", "name", "email", "roles"};
constexpr const char* customClaim = "claim";

} // namespace

ClaimsPane::ClaimsPane(TokenBench& bench, QWidget* parent)
    : QWidget(parent), m_bench(bench), m_add(makeButton(tr("Add claim"), ButtonKind::Quiet, QLatin1String("plus"))),
      m_table(new ClaimTable), m_lifetimes(makeLifetimes())
{
    m_table->setObjectName(QStringLiteral("claimTable"));
    m_table->setAccessibleName(tr("Claims of the token"));
    m_add->setObjectName(QStringLiteral("addClaim"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_table);
    layout->addWidget(m_lifetimes);
    layout->addStretch(1);

    connect(m_add, &QPushButton::clicked, this, &ClaimsPane::openAddMenu);
    connect(m_table, &ClaimTable::renamed, this,
            [this](int row, const QString& name) { m_bench.renameClaim(nameAt(row), name.trimmed().toStdString()); });
    connect(m_table, &ClaimTable::valueTyped, this, &ClaimsPane::takeValue);
    connect(m_table, &ClaimTable::removed, this, [this](int row) { m_bench.removeClaim(nameAt(row)); });
    connect(m_table, &ClaimTable::actionTriggered, this,
            [this](int row, ClaimAction action) { m_bench.runClaimAction(nameAt(row), action); });
    connect(m_table, &ClaimTable::pickRequested, this, &ClaimsPane::pick);
    connect(m_table, &ClaimTable::referenceActivated, this, &ClaimsPane::credentialRequested);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex& current) {
                if (current.isValid())
                    emit currentClaimChanged(m_table->claims().rows()[static_cast<std::size_t>(current.row())].name);
            });
    connect(&m_bench, &TokenBench::changed, this, &ClaimsPane::refresh);
    connect(&m_bench, &TokenBench::ticked, this, &ClaimsPane::refresh);
    refresh();
}

QWidget* ClaimsPane::makeLifetimes()
{
    auto* row = new QWidget;
    row->setFixedHeight(44);
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(metrics::cardPadding, 0, 8, 0);
    layout->setSpacing(12);
    layout->addWidget(new Label(tr("Set lifetime"), TextStyle::Small, Role::Text3));
    for (const Lifetime& lifetime : lifetimes) {
        auto* button = makeButton(tr(lifetime.text), ButtonKind::Default, {}, ControlSize::Small);
        button->setObjectName(QStringLiteral("lifetime%1").arg(lifetime.seconds));
        button->setAccessibleName(lifetime.seconds > 0 ? tr("Set the lifetime to %1").arg(tr(lifetime.text))
                                                       : tr("Make the token expired"));
        const std::int64_t seconds = lifetime.seconds;
        connect(button, &QPushButton::clicked, this, [this, seconds] { m_bench.setLifetime(seconds); });
        layout->addWidget(button);
    }
    layout->addStretch(1);
    return row;
}

std::string ClaimsPane::nameAt(int row) const
{
    return m_table->claims().rows()[static_cast<std::size_t>(row)].name.toStdString();
}

/// Into a time one may also type "now+10m", "+10 min" or a date.
std::optional<qint64> ClaimsPane::typedInstant(const std::string& name, const QString& text) const
{
    if (const auto distance = workspace::parseRelativeTime(text.trimmed().toStdString()))
        return m_bench.now() + *distance;
    if (isTimeClaim(name))
        return parseInstant(text, m_bench.now(), m_bench.zone());
    return std::nullopt;
}

void ClaimsPane::takeValue(int row, const QString& text)
{
    const std::string name = nameAt(row);
    const auto instant = typedInstant(name, text);
    const bool isDate = !text.trimmed().isEmpty() && text.trimmed().front().isDigit() && text.contains(u'-');
    if (instant)
        m_bench.setInstant(name, *instant, !isDate);
    else
        m_bench.setClaim(name, jsonFromTyped(text).toStdString());
}

void ClaimsPane::pick(int row)
{
    const std::string name = nameAt(row);
    const auto* value = m_bench.current() ? m_bench.current()->state().draft.claims().find(name) : nullptr;
    const auto instant = value ? claimInstant(*value) : std::nullopt;
    auto* picker = new InstantPicker(instant.value_or(m_bench.now()), m_bench.now(), m_bench.zone(), this);
    connect(picker, &InstantPicker::chosen, this, [this, name](qint64 chosen) {
        m_bench.setInstant(name, chosen, false);
        m_table->setFocus();
    });
    const QRect cell = m_table->visualRect(m_table->claims().index(row, ClaimModel::ValueColumn));
    picker->popup({m_table->viewport()->mapToGlobal(cell.topLeft()), cell.size()});
}

void ClaimsPane::refresh()
{
    const int before = m_table->claims().rowCount();
    m_table->setRows(m_bench.claimRows());
    m_table->setEnabled(m_bench.current() != nullptr);
    fitTable();
    if (before != m_table->claims().rowCount())
        emit countChanged(m_table->claims().rowCount());
}

/// The lifetimes stand right below the last claim, or at the bottom when there are many.
void ClaimsPane::fitTable()
{
    m_table->setFixedHeight(std::clamp(m_table->fullHeight(), 0, std::max(height() - m_lifetimes->height(), 84)));
}

void ClaimsPane::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    fitTable();
}

void ClaimsPane::openAddMenu()
{
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setToolTipsVisible(true);
    for (const char* name : offeredClaims) {
        const QString claim = QString::fromLatin1(name);
        if (m_table->claims().rowOf(claim) >= 0)
            continue;
        const auto meaning = claimNameMeaning(name);
        //: a claim and what it is: "aud, Audience"
        QAction* entry = menu->addAction(tr("%1, %2").arg(claim, meaning->title), this, [this, claim] {
            m_bench.addClaim(claim.toStdString());
            m_table->editClaim(claim, ClaimModel::ValueColumn);
        });
        entry->setToolTip(meaning->sentence + u'\n' + meaning->standard);
    }
    menu->addAction(tr("Custom Claim"), this, [this] {
        QString name = QString::fromLatin1(customClaim);
        for (int number = 2; m_table->claims().rowOf(name) >= 0; ++number)
            name = QString::fromLatin1(customClaim) + QString::number(number);
        m_bench.addClaim(name.toStdString());
        m_table->editClaim(name, ClaimModel::NameColumn);
    });
    menu->popup(m_add->mapToGlobal(m_add->rect().bottomLeft()));
}

} // namespace claimsmith::app
