// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/requests/statusrow.h"

#include "theme/metrics.h"
#include "widgets/buttons.h"
#include "widgets/chiplabel.h"
#include "widgets/label.h"
#include "widgets/panels.h"

#include <QHBoxLayout>

namespace claimsmith::app {

namespace {

constexpr int rowHeight = 40;
constexpr int gap = 12;
constexpr int ringRoom = 4; // of the focus ring around a button, which its parent would cut

} // namespace

StatusRow::StatusRow(QWidget* parent)
    : QWidget(parent), m_status(new PillLabel), m_total(new Label({}, TextStyle::Mono)),
      m_split(new Label({}, TextStyle::Small, Role::Text2)), m_size(new Label({}, TextStyle::Mono)),
      m_line(new Pane(Role::Line)), m_chipLayout(new QHBoxLayout),
      m_sentAt(new Label({}, TextStyle::Small, Role::Text2)),
      m_compare(new IconButton(QLatin1String("compare"), tr("Compare with the last good answer"))), m_end(new QWidget)
{
    setFixedHeight(rowHeight);
    m_status->setObjectName(QStringLiteral("status"));
    m_line->setFixedSize(1, 16);
    m_chipLayout->setSpacing(gap);
    m_chipLayout->setContentsMargins(0, 0, 0, 0);

    auto* copy = new IconButton(QLatin1String("copy"), tr("Copy response body"));
    auto* save = new IconButton(QLatin1String("save"), tr("Save response body"));
    auto* end = new QHBoxLayout(m_end);
    end->setContentsMargins(ringRoom, 0, ringRoom, 0);
    end->setSpacing(6);
    end->addWidget(m_sentAt);
    end->addWidget(copy);
    end->addWidget(save);
    end->addWidget(m_compare);
    m_compare->setObjectName(QStringLiteral("compare"));
    setComparable({});

    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(metrics::pagePadding, 0, 12 - ringRoom, 0);
    layout->setSpacing(gap);
    for (auto* widget : std::initializer_list<QWidget*>{m_status, m_total, m_split, m_size, m_line})
        layout->addWidget(widget);
    layout->addLayout(m_chipLayout);
    layout->addStretch(1);
    layout->addWidget(m_end);
    setMinimumWidth(1); // what does not fit is left out, see fit()

    connect(copy, &QToolButton::clicked, this, &StatusRow::copyRequested);
    connect(m_compare, &QToolButton::clicked, this, &StatusRow::compareRequested);
    connect(save, &QToolButton::clicked, this, &StatusRow::saveRequested);
}

void StatusRow::showFacts(const ResponseFacts& facts)
{
    m_facts = facts;
    m_status->setPill(facts.status);
    m_status->setAccessibleName(tr("Status %1").arg(facts.status.text));
    m_total->setText(facts.total);
    m_split->setText(facts.split);
    m_size->setText(facts.size);
    m_sentAt->setText(facts.sentAt);
    qDeleteAll(m_chips);
    m_chips.clear();
    for (const FactChip& fact : facts.chips) {
        auto* chip = new ChipLabel(fact.chip);
        chip->setClickable(!fact.pointer.empty());
        chip->setAccessibleName(fact.chip.text);
        chip->setToolTip(tr("Open %1 in Gateway").arg(fact.chip.text));
        connect(chip, &QAbstractButton::clicked, this, [this, pointer = fact.pointer] { emit entityClicked(pointer); });
        m_chipLayout->addWidget(chip);
        m_chips.push_back(chip);
    }
    fit();
}

void StatusRow::setDimmed(bool dimmed)
{
    const Role role = dimmed ? Role::Text3 : Role::Text;
    m_total->setRole(role);
    m_size->setRole(role);
    m_status->setPill(dimmed ? Pill{m_facts.status.text, Tone::Neutral} : m_facts.status);
}

void StatusRow::setComparable(const QString& name)
{
    m_compare->setEnabled(!name.isEmpty());
    m_compare->setToolTip(name.isEmpty() ? tr("Nothing to compare with: no answer in the 200s came before") : name);
}

void StatusRow::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    fit();
}

void StatusRow::fit()
{
    int rest = width() - metrics::pagePadding - 12 - m_end->sizeHint().width() - gap;
    for (auto* widget : std::initializer_list<QWidget*>{m_status, m_total, m_size})
        rest -= widget->sizeHint().width() + gap;
    int chips = m_chips.empty() ? 0 : 1 + gap;
    for (const auto* chip : m_chips)
        chips += chip->sizeHint().width() + gap;
    const int split = m_split->sizeHint().width() + gap;
    m_split->setVisible(!m_facts.split.isEmpty() && split + chips <= rest);
    if (!m_split->isHidden())
        rest -= split;
    rest -= 1 + gap;
    m_line->setVisible(!m_chips.empty() && rest > 60);
    for (auto* chip : m_chips) {
        rest -= chip->sizeHint().width() + gap;
        chip->setVisible(rest >= 0);
    }
}

} // namespace claimsmith::app
