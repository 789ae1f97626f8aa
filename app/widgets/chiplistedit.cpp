// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/chiplistedit.h"

#include "theme/claimstyle.h"
#include "theme/metrics.h"
#include "theme/paint.h"
#include "theme/theme.h"

#include <QCompleter>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMouseEvent>
#include <QPainter>
#include <QStringListModel>

#include <algorithm>

namespace claimsmith::app {
namespace {

constexpr int inset = 4;       // from the outline to the chips
constexpr int aloneInset = 3;  // more, for the line without a chip before it
constexpr int gap = 4;         // between chips
constexpr int lineWidth = 120; // least room for typing behind the last chip
constexpr int rowPitch = metrics::chip + gap;

Chip chipFor(const QString& text, bool marked, bool closable)
{
    return {text, marked ? Tone::Accent : Tone::Neutral, {}, true, closable};
}

} // namespace

ChipListEdit::ChipListEdit(QWidget* parent) : QWidget(parent), m_line(new QLineEdit(this))
{
    m_line->setFrame(false);
    setTextStyle(m_line, TextStyle::Small);
    m_line->installEventFilter(this);
    connect(m_line, &QLineEdit::textEdited, this, [this](const QString& text) {
        mark(-1);
        if (text.contains(QLatin1Char(',')) || text.contains(QLatin1Char('\n')))
            addTyped();
    });
    setFocusProxy(m_line);
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void ChipListEdit::setItems(const QStringList& items)
{
    if (m_items == items)
        return;
    m_items = items;
    m_marked = std::min(m_marked, static_cast<int>(m_items.size()) - 1);
    m_hovered = -1;
    describe();
    layOut();
}

void ChipListEdit::setPlaceholder(const QString& text)
{
    m_line->setPlaceholderText(text);
}

void ChipListEdit::setName(const QString& name)
{
    m_line->setAccessibleName(name);
    describe();
}

void ChipListEdit::setChoices(const QStringList& choices, bool only)
{
    m_choices = choices;
    m_onlyChoices = only;
    auto* completer = new QCompleter(choices, m_line);
    completer->setCaseSensitivity(Qt::CaseInsensitive);
    completer->setFilterMode(Qt::MatchContains);
    connect(completer, QOverload<const QString&>::of(&QCompleter::activated), this, &ChipListEdit::addTyped,
            Qt::QueuedConnection);
    m_line->setCompleter(completer);
}

void ChipListEdit::setReadOnly(bool readOnly)
{
    m_readOnly = readOnly;
    m_line->setReadOnly(readOnly);
    QWidget::update();
}

QSize ChipListEdit::sizeHint() const
{
    return {240, heightForWidth(width() > 0 ? width() : 240)};
}

QSize ChipListEdit::minimumSizeHint() const
{
    return {160, metrics::control};
}

int ChipListEdit::heightForWidth(int width) const
{
    return flowIn(width).height;
}

ChipListEdit::Flow ChipListEdit::flowIn(int width) const
{
    Flow flow;
    const int right = width - inset;
    int x = inset;
    int y = inset;
    for (const QString& item : m_items) {
        const int chip = std::min(sizeOf(chipFor(item, false, !m_readOnly)).width(), right - inset);
        if (x > inset && x + chip > right) {
            x = inset;
            y += rowPitch;
        }
        flow.chips.append(QRect(x, y, chip, metrics::chip));
        x += chip + gap;
    }
    if (x > inset && right - x < lineWidth && !m_readOnly) {
        x = inset;
        y += rowPitch;
    }
    // Beside chips the text starts where their neighbours' text would, alone where a field's text does.
    const int start = x == inset ? x + aloneInset : x;
    flow.line = QRect(start, y, std::max(0, right - start), metrics::chip);
    flow.height = y + metrics::chip + inset;
    return flow;
}

void ChipListEdit::layOut()
{
    const Flow flow = flowIn(width());
    m_chips = flow.chips;
    m_line->setGeometry(flow.line);
    if (flow.height != height())
        updateGeometry();
    QWidget::update();
}

void ChipListEdit::resizeEvent(QResizeEvent*)
{
    layOut();
}

void ChipListEdit::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const bool focused = m_line->hasFocus();
    const bool wrong = fieldState(this) == FieldState::Error;
    const Role line = wrong ? Role::BadSolid : focused ? Role::LineFocus : Role::LineStrong;
    paintBox(painter, rect(), metrics::radiusControl, color(m_readOnly ? Role::BgSunken : Role::BgControl), color(line),
             wrong || focused ? 2 : 1);
    for (int i = 0; i < m_chips.size(); ++i)
        paintChip(painter, m_chips.at(i), chipFor(m_items.at(i), i == m_marked, !m_readOnly), i == m_hovered);
}

void ChipListEdit::mousePressEvent(QMouseEvent* event)
{
    for (int i = 0; i < m_chips.size(); ++i) {
        if (!m_chips.at(i).contains(event->pos()))
            continue;
        if (!m_readOnly && chipCloseRect(m_chips.at(i)).contains(event->pos()))
            removeAt(i);
        else
            mark(i);
        break;
    }
    m_line->setFocus(Qt::MouseFocusReason);
}

void ChipListEdit::mouseMoveEvent(QMouseEvent* event)
{
    int hovered = -1;
    for (int i = 0; i < m_chips.size(); ++i) {
        if (chipCloseRect(m_chips.at(i)).contains(event->pos()))
            hovered = i;
    }
    if (hovered != m_hovered) {
        m_hovered = hovered;
        QWidget::update();
    }
}

void ChipListEdit::leaveEvent(QEvent*)
{
    m_hovered = -1;
    QWidget::update();
}

bool ChipListEdit::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_line) {
        switch (event->type()) {
        case QEvent::KeyPress: {
            const auto* key = static_cast<QKeyEvent*>(event);
            if (!m_readOnly && handleKey(key->key(), key->modifiers()))
                return true;
            break;
        }
        case QEvent::FocusOut:
            addTyped();
            mark(-1);
            QWidget::update();
            break;
        case QEvent::FocusIn:
            QWidget::update();
            break;
        default:
            break;
        }
    }
    return QWidget::eventFilter(watched, event);
}

bool ChipListEdit::handleKey(int key, Qt::KeyboardModifiers modifiers)
{
    const int last = static_cast<int>(m_items.size()) - 1;
    const bool empty = m_line->text().isEmpty();
    switch (key) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (empty)
            return false;
        addTyped();
        return true;
    case Qt::Key_Backspace:
    case Qt::Key_Delete:
        if (!empty || last < 0)
            return false;
        if (m_marked >= 0)
            removeAt(m_marked);
        else if (key == Qt::Key_Backspace)
            mark(last);
        return true;
    case Qt::Key_Left:
    case Qt::Key_Right: {
        if (!empty || last < 0)
            return false;
        const int by = key == Qt::Key_Left ? -1 : 1;
        if (modifiers.testFlag(Qt::AltModifier))
            moveMarked(by);
        else if (m_marked < 0)
            mark(by < 0 ? last : -1);
        else
            mark(m_marked + by > last ? -1 : std::max(0, m_marked + by));
        return true;
    }
    default:
        return false;
    }
}

void ChipListEdit::addTyped()
{
    QStringList items = m_items;
    const QStringList words = m_line->text().split(QLatin1Char(','), Qt::SkipEmptyParts);
    QStringList refused;
    for (const QString& part : words) {
        const QString word = part.trimmed();
        if (word.isEmpty() || (m_unique && items.contains(word)))
            continue;
        if (m_onlyChoices && !m_choices.contains(word))
            refused.append(word);
        else
            items.append(word);
    }
    // What is refused stays in the line: nothing typed is lost.
    m_line->setText(refused.join(QStringLiteral(", ")));
    update(items);
}

void ChipListEdit::removeAt(int index)
{
    QStringList items = m_items;
    items.removeAt(index);
    update(items);
    mark(m_items.isEmpty() || m_marked < 0 ? -1 : std::min(index, static_cast<int>(m_items.size()) - 1));
}

void ChipListEdit::moveMarked(int by)
{
    const int target = m_marked + by;
    if (m_marked < 0 || target < 0 || target >= m_items.size())
        return;
    QStringList items = m_items;
    items.move(m_marked, target);
    m_marked = target;
    update(items);
}

void ChipListEdit::mark(int index)
{
    if (m_marked == index)
        return;
    m_marked = index;
    describe();
    QWidget::update();
}

void ChipListEdit::update(const QStringList& items)
{
    if (items == m_items)
        return;
    setItems(items);
    emit edited(m_items);
}

void ChipListEdit::describe()
{
    const QString all = m_items.isEmpty() ? tr("Empty list") : m_items.join(QStringLiteral(", "));
    m_line->setAccessibleDescription(
        m_marked < 0 || m_marked >= m_items.size()
            ? all
            : tr("%1, selected, %2 of %3").arg(m_items.at(m_marked)).arg(m_marked + 1).arg(m_items.size()));
}

} // namespace claimsmith::app
