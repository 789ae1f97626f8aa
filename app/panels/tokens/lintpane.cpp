// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/tokens/lintpane.h"

#include "panels/tokens/tokenbench.h"
#include "theme/metrics.h"
#include "theme/theme.h"
#include "widgets/buttons.h"
#include "widgets/label.h"
#include "widgets/messages.h"
#include "widgets/panels.h"

#include <QHBoxLayout>
#include <QMap>
#include <QMenu>
#include <QVBoxLayout>

namespace claimsmith::app {

LintPane::LintPane(TokenBench& bench, QWidget* parent)
    : QScrollArea(parent), m_bench(bench),
      m_filter(new IconButton(QLatin1String("settings"), tr("Choose the notes shown"))), m_rows(new QVBoxLayout)
{
    auto* content = new QWidget;
    setFillRole(content, Role::BgSurface);
    m_rows->setContentsMargins(0, 0, 0, 0);
    m_rows->setSpacing(0);
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->addLayout(m_rows);
    column->addStretch(1);
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus);
    setWidget(content);
    connect(m_filter, &QToolButton::clicked, this, &LintPane::openFilter);
    connect(&m_bench, &TokenBench::changed, this, &LintPane::refresh);
    refresh();
}

void LintPane::refresh()
{
    std::vector<LintNote> wanted;
    for (const LintNote& note : m_bench.notes()) {
        m_known.insert(note.id, note.title);
        if (!m_hidden.contains(note.id))
            wanted.push_back(note);
    }
    if (wanted == m_shown && m_rows->count() > 0)
        return;
    m_shown = std::move(wanted);
    while (QLayoutItem* item = m_rows->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
    for (const LintNote& note : m_shown)
        m_rows->addWidget(makeRow(note));
    if (m_shown.empty()) {
        auto* empty = new Label(tr("Nothing to note about this token."), TextStyle::Small, Role::Text3);
        empty->setContentsMargins(metrics::cardPadding, 4, metrics::cardPadding, 4);
        m_rows->addWidget(empty);
    }
    emit countChanged(shownCount());
}

QWidget* LintPane::makeRow(const LintNote& note)
{
    const bool warning = note.severity != jose::LintSeverity::Info;
    auto* row = new Pane(Role::BgSurface);
    row->setLines(Qt::BottomEdge, Role::LineSubtle);
    auto* mark = new IconLabel(warning ? QLatin1String("warning") : QLatin1String("info"), metrics::iconRow,
                               warning ? Role::Warn : Role::Info);
    auto* sentence = new Label({}, TextStyle::Small, Role::Text3);
    sentence->setWordWrap(true);
    const bool namesSource = note.standard.isEmpty() || note.sentence.contains(QLatin1String("RFC"));
    //: what to know about a token, and the standard that says so
    sentence->setParagraph(namesSource ? note.sentence : tr("%1 %2").arg(note.sentence, note.standard));
    auto* texts = new QVBoxLayout;
    texts->setSpacing(0);
    texts->addWidget(new Label(note.title, TextStyle::Body));
    texts->addWidget(sentence);
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(metrics::cardPadding, 8, 8, 10);
    layout->setSpacing(8);
    layout->addWidget(mark, 0, Qt::AlignTop);
    layout->addLayout(texts, 1);
    if (note.action != LintAction::None) {
        auto* button = makeButton(note.actionText, ButtonKind::Default, {}, ControlSize::Small);
        button->setObjectName(QStringLiteral("lint-") + note.id);
        button->setAccessibleName(tr("%1: %2").arg(note.actionText, note.title));
        connect(button, &QPushButton::clicked, this, [this, note] {
            if (note.action == LintAction::RotateSecret)
                emit rotateRequested();
            else if (note.action == LintAction::GenerateKey)
                emit generateRequested();
            else
                m_bench.runLintAction(note);
        });
        layout->addWidget(button, 0, Qt::AlignTop);
    }
    return row;
}

void LintPane::openFilter()
{
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (auto kind = m_known.cbegin(); kind != m_known.cend(); ++kind) {
        QAction* entry = menu->addAction(kind.value());
        entry->setCheckable(true);
        entry->setChecked(!m_hidden.contains(kind.key()));
        const QString id = kind.key();
        connect(entry, &QAction::toggled, this, [this, id](bool shown) {
            if (shown)
                m_hidden.remove(id);
            else
                m_hidden.insert(id);
            refresh();
        });
    }
    menu->popup(m_filter->mapToGlobal(m_filter->rect().bottomLeft()));
}

} // namespace claimsmith::app
