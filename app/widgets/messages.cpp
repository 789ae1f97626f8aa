// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/messages.h"

#include "theme/metrics.h"
#include "theme/theme.h"
#include "widgets/buttons.h"
#include "widgets/label.h"

#include <QApplication>
#include <QEvent>
#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>
#include <QTimer>

namespace claimsmith::app {
namespace {

constexpr int undoMilliseconds = 8000;
constexpr int undoHeight = 44;
constexpr int undoMargin = 16;
constexpr int progressDelay = 300;
constexpr int progressTick = 40;
constexpr int progressSteps = 60;
constexpr int emptyTextWidth = 320;

QLatin1String iconOf(Tone tone)
{
    switch (tone) {
    case Tone::Ok:
        return QLatin1String("check-circle");
    case Tone::Warn:
        return QLatin1String("warning");
    case Tone::Bad:
        return QLatin1String("x-circle");
    default:
        return QLatin1String("info");
    }
}

} // namespace

MessageBar::MessageBar(QWidget* parent)
    : QWidget(parent), m_icon(new IconLabel(QLatin1String("info"), metrics::iconRow)),
      m_text(new Label({}, TextStyle::Small)), m_buttons(new QHBoxLayout)
{
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 6, 12, 6);
    layout->setSpacing(8);
    layout->addWidget(m_icon);
    layout->addWidget(m_text, 1);
    m_buttons->setSpacing(8);
    layout->addLayout(m_buttons);
    m_text->setWordWrap(true);
    setMinimumHeight(32);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Minimum);
}

void MessageBar::show(Tone tone, const QString& text)
{
    m_tone = tone;
    m_icon->setIcon(iconOf(tone), toneColors(tone).text);
    m_text->setText(text);
    QWidget::show();
    update();
}

void MessageBar::setButtons(const QList<QAbstractButton*>& buttons)
{
    while (QLayoutItem* item = m_buttons->takeAt(0)) {
        if (item->widget())
            item->widget()->deleteLater();
        delete item;
    }
    for (QAbstractButton* button : buttons)
        m_buttons->addWidget(button);
}

void MessageBar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    paintBox(painter, rect(), metrics::radiusMessage, color(toneColors(m_tone).background), QColor());
}

EmptyState::EmptyState(QLatin1String icon, const QString& title, const QString& sentence, QWidget* parent)
    : QWidget(parent), m_title(new Label(title, TextStyle::Title)),
      m_sentence(new Label({}, TextStyle::Body, Role::Text2)), m_buttons(new QHBoxLayout)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(0);
    layout->addStretch(1);
    layout->addWidget(new IconLabel(icon, metrics::iconEmpty, Role::Text3), 0, Qt::AlignHCenter);
    layout->addSpacing(12);
    layout->addWidget(m_title, 0, Qt::AlignHCenter);
    layout->addSpacing(8);
    m_sentence->setAlignment(Qt::AlignHCenter);
    m_sentence->setFixedWidth(emptyTextWidth);
    layout->addWidget(m_sentence, 0, Qt::AlignHCenter);
    layout->addSpacing(16);
    m_buttons->setSpacing(8);
    layout->addLayout(m_buttons);
    layout->setAlignment(m_buttons, Qt::AlignHCenter);
    layout->addStretch(1);
    setTexts(title, sentence);
}

void EmptyState::setTexts(const QString& title, const QString& sentence)
{
    m_title->setText(title);
    m_sentence->setParagraph(sentence);
    // A centred label is laid out by its width alone, so its height is said here.
    m_sentence->setFixedHeight(m_sentence->heightForWidth(emptyTextWidth));
}

void EmptyState::addButton(QPushButton* button)
{
    m_buttons->addWidget(button);
}

UndoBar::UndoBar(QWidget* pane)
    : QWidget(pane), m_icon(new IconLabel(QLatin1String("trash"), metrics::iconField, Role::Text3)),
      m_text(new Label({}, TextStyle::Body)),
      m_undo(makeButton(tr("Undo"), ButtonKind::Default, {}, ControlSize::Small)), m_timer(new QTimer(this))
{
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(16, 0, 10, 0);
    layout->setSpacing(10);
    layout->addWidget(m_icon);
    layout->addWidget(m_text, 1);
    setKeycap(m_undo, keysText(QKeySequence(QKeySequence::Undo)));
    layout->addWidget(m_undo);
    auto* close = new IconButton(QLatin1String("close"), tr("Close"));
    close->setSmall();
    layout->addWidget(close);
    hide();
    pane->installEventFilter(this);
    m_timer->setSingleShot(true);
    m_timer->setInterval(undoMilliseconds);
    connect(m_timer, &QTimer::timeout, this, [this] {
        if (isAncestorOf(QApplication::focusWidget()))
            m_timer->start();
        else
            hide();
    });
    connect(close, &QToolButton::clicked, this, &QWidget::hide);
    connect(m_undo, &QPushButton::clicked, this, [this] {
        hide();
        emit undoRequested();
    });
}

void UndoBar::offer(const QString& sentence, QLatin1String icon)
{
    m_icon->setIcon(icon, Role::Text3);
    m_text->setText(sentence);
    place();
    show();
    raise();
    m_timer->start();
}

void UndoBar::place()
{
    const QRect pane = parentWidget()->rect();
    setGeometry(undoMargin, pane.height() - undoHeight - undoMargin, pane.width() - 2 * undoMargin, undoHeight);
}

void UndoBar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    paintBox(painter, rect(), metrics::radiusControl, color(Role::BgRaised), color(Role::LineStrong));
}

bool UndoBar::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::Resize)
        place();
    return QWidget::eventFilter(watched, event);
}

void UndoBar::enterEvent(QEnterEvent* event)
{
    m_timer->stop();
    QWidget::enterEvent(event);
}

void UndoBar::leaveEvent(QEvent* event)
{
    m_timer->start();
    QWidget::leaveEvent(event);
}

ProgressLine::ProgressLine(QWidget* pane) : QWidget(pane), m_delay(new QTimer(this)), m_tick(new QTimer(this))
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setGeometry(0, 0, pane->width(), 2);
    hide();
    pane->installEventFilter(this);
    m_delay->setSingleShot(true);
    m_delay->setInterval(progressDelay);
    m_tick->setInterval(progressTick);
    connect(m_delay, &QTimer::timeout, this, [this] {
        m_step = 0;
        show();
        raise();
        if (Theme::instance().duration(progressTick) > 0)
            m_tick->start();
    });
    connect(m_tick, &QTimer::timeout, this, [this] {
        m_step = (m_step + 1) % progressSteps;
        update();
    });
}

void ProgressLine::start()
{
    if (!isVisible())
        m_delay->start();
}

void ProgressLine::stop()
{
    m_delay->stop();
    m_tick->stop();
    hide();
}

void ProgressLine::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), color(Role::BgChip));
    const int length = width() * 2 / 5;
    const int x = m_tick->isActive() ? (width() + length) * m_step / progressSteps - length : 0;
    painter.fillRect(QRect(x, 0, length, height()), color(Role::Accent));
}

bool ProgressLine::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::Resize)
        setGeometry(0, 0, parentWidget()->width(), 2);
    return QWidget::eventFilter(watched, event);
}

} // namespace claimsmith::app
