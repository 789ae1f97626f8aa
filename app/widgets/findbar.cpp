// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/findbar.h"

#include "theme/metrics.h"
#include "theme/roles.h"
#include "widgets/buttons.h"
#include "widgets/codeeditor.h"
#include "widgets/label.h"
#include "widgets/searchfield.h"

#include <QHBoxLayout>
#include <QKeyEvent>

namespace claimsmith::app {

namespace {

constexpr int fieldWidth = 260;

} // namespace

FindBar::FindBar(CodeEditor& editor, QWidget* parent)
    : QWidget(parent), m_editor(editor), m_field(new SearchField(tr("Find in the text"))),
      m_count(new Label({}, TextStyle::Small, Role::Text3))
{
    auto* previous = new IconButton(QLatin1String("chevron-up"), tr("Previous hit"));
    auto* next = new IconButton(QLatin1String("chevron-down"), tr("Next hit"));
    auto* close = new IconButton(QLatin1String("close"), tr("Close the search"));
    m_field->setObjectName(QStringLiteral("find"));
    m_count->setObjectName(QStringLiteral("findCount"));
    m_field->setFixedWidth(fieldWidth);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 0, 12, 6);
    layout->setSpacing(4);
    layout->addWidget(m_field);
    layout->addWidget(previous);
    layout->addWidget(next);
    layout->addSpacing(8);
    layout->addWidget(m_count);
    layout->addStretch(1);
    layout->addWidget(close);
    for (auto* button : {previous, next, close})
        button->setSmall();
    hide();
    m_field->installEventFilter(this);
    connect(m_field, &SearchField::textChanged, this, [this] { search(true); });
    connect(previous, &QToolButton::clicked, this, [this] { step(false); });
    connect(next, &QToolButton::clicked, this, [this] { step(true); });
    connect(close, &QToolButton::clicked, this, &FindBar::close);
}

void FindBar::open()
{
    const QString selected = m_editor.selectedText();
    show();
    if (!selected.isEmpty() && !selected.contains(QLatin1Char('\n')))
        m_field->setText(selected);
    m_field->setFocus(Qt::ShortcutFocusReason);
    m_field->selectAll();
}

void FindBar::refresh()
{
    if (isVisible())
        search(true);
}

void FindBar::search(bool fromStart)
{
    const QString words = m_field->text();
    const auto hits = words.isEmpty() ? 0 : m_editor.code().count(words, Qt::CaseInsensitive);
    m_count->setText(words.isEmpty() ? QString()
                     : hits == 0     ? tr("Not found")
                                     : tr("%n hit(s)", nullptr, static_cast<int>(hits)));
    m_count->setRole(hits == 0 && !words.isEmpty() ? Role::Bad : Role::Text3);
    if (hits > 0 && fromStart)
        m_editor.findFirst(words, false, false, false, true, true, 0, 0);
}

void FindBar::step(bool forward)
{
    const QString words = m_field->text();
    if (words.isEmpty())
        return;
    int line = 0;
    int column = 0;
    int endLine = 0;
    int endColumn = 0;
    m_editor.getSelection(&line, &column, &endLine, &endColumn);
    const bool known = line >= 0;
    if (!known)
        m_editor.getCursorPosition(&line, &column);
    m_editor.findFirst(words, false, false, false, true, forward, known && forward ? endLine : line,
                       known && forward ? endColumn : column);
}

void FindBar::close()
{
    hide();
    m_editor.setFocus();
}

bool FindBar::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    const auto* key = static_cast<QKeyEvent*>(event);
    switch (key->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        step(!key->modifiers().testFlag(Qt::ShiftModifier));
        return true;
    case Qt::Key_Escape:
        close();
        return true;
    default:
        return QWidget::eventFilter(watched, event);
    }
}

} // namespace claimsmith::app
