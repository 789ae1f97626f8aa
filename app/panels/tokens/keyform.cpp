// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/tokens/keyform.h"

#include "base/base64.h"
#include "panels/tokens/tokenbench.h"
#include "theme/metrics.h"
#include "theme/theme.h"
#include "widgets/label.h"

#include <QComboBox>
#include <QGridLayout>
#include <QSignalBlocker>

#include <algorithm>

namespace claimsmith::app {

namespace {

constexpr int labelWidth = 72;

} // namespace

KeyForm::KeyForm(TokenBench& bench) : m_bench(bench), m_grid(new QGridLayout(this))
{
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(8);
    m_grid->setVerticalSpacing(8);
    m_grid->setColumnMinimumWidth(0, labelWidth);
    m_grid->setColumnStretch(1, 1);
}

KeyChoice KeyForm::choice() const
{
    return m_bench.current() ? m_bench.current()->state().key : KeyChoice();
}

void KeyForm::choose(const KeyChoice& choice)
{
    m_bench.setKey(choice);
}

void KeyForm::addRow(const QString& name, QWidget* field)
{
    auto* label = new Label(name, TextStyle::SmallStrong, Role::Text2);
    label->setBuddy(field);
    label->setFixedHeight(metrics::control);
    field->setAccessibleName(name);
    const int row = m_grid->rowCount();
    m_grid->addWidget(label, row, 0, Qt::AlignTop);
    m_grid->addWidget(field, row, 1);
}

void KeyForm::addWide(QWidget* field)
{
    m_grid->addWidget(field, m_grid->rowCount(), 0, 1, 2);
}

void KeyForm::addBelow(QWidget* field)
{
    m_grid->addWidget(field, m_grid->rowCount(), 1);
}

Label* KeyForm::addFacts()
{
    auto* facts = new Label({}, TextStyle::Small, Role::Text3);
    facts->setWordWrap(true);
    addBelow(facts);
    return facts;
}

void KeyForm::close()
{
    m_grid->setRowStretch(m_grid->rowCount(), 1);
}

QString keyFacts(const std::vector<jose::Key>& keys)
{
    if (keys.empty())
        return {};
    if (keys.size() > 1)
        return KeyForm::tr("%n keys", nullptr, static_cast<int>(keys.size()));
    const jose::Key& key = keys.front();
    if (key.secret())
        return KeyForm::tr("shared secret, %1 bits").arg(key.bits());
    const QString kind =
        key.curveName().empty() ? KeyForm::tr("RSA, %1 bits").arg(key.bits()) : textOf(key.curveName());
    return kind + (key.canSign() ? KeyForm::tr(", key pair") : KeyForm::tr(", public only"));
}

QString shownSecret(BytesView octets)
{
    const bool printable = std::all_of(octets.begin(), octets.end(), [](char c) { return c >= ' ' && c <= '~'; });
    return printable ? textOf(octets) : QString::fromStdString(toBase64Url(octets));
}

QString textOf(std::string_view utf8)
{
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

QComboBox* makeKeyCombo(const char* objectName)
{
    auto* combo = new QComboBox;
    combo->setObjectName(QLatin1String(objectName));
    combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    combo->setMinimumContentsLength(8);
    return combo;
}

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

} // namespace claimsmith::app
