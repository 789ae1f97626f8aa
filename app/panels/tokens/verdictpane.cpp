// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/tokens/verdictpane.h"

#include "panels/tokens/tokenbench.h"
#include "theme/icons.h"
#include "theme/metrics.h"
#include "theme/paint.h"
#include "theme/theme.h"
#include "widgets/buttons.h"
#include "widgets/messages.h"
#include "widgets/panels.h"

#include <QComboBox>
#include <QHelpEvent>
#include <QPainter>
#include <QPushButton>
#include <QSignalBlocker>
#include <QToolTip>
#include <QVBoxLayout>

#include <algorithm>

namespace claimsmith::app {

namespace {

constexpr int margin = 12;
constexpr int textStart = 24;
constexpr int cardHeight = 52;

struct Mark
{
    QLatin1String icon;
    Role role;
};

Mark markOf(CheckLine::State state)
{
    switch (state) {
    case CheckLine::State::Passed:
        return {QLatin1String("check-circle"), Role::Ok};
    case CheckLine::State::Failed:
        return {QLatin1String("x-circle"), Role::Bad};
    case CheckLine::State::Skipped:
        break;
    }
    return {QLatin1String("skip-circle"), Role::Text3};
}

struct CardLook
{
    QLatin1String icon;
    Role text;
    Role ground;
};

CardLook lookOf(Verdict::Outcome outcome)
{
    switch (outcome) {
    case Verdict::Outcome::Good:
        return {QLatin1String("shield-check"), Role::Ok, Role::OkBg};
    case Verdict::Outcome::Bad:
        return {QLatin1String("x-circle"), Role::Bad, Role::BadBg};
    case Verdict::Outcome::Open:
        break;
    }
    return {QLatin1String("warning"), Role::Warn, Role::WarnBg};
}

QString spoken(const std::vector<CheckLine>& checks)
{
    QStringList lines;
    for (const CheckLine& check : checks) {
        const QString state = check.state == CheckLine::State::Passed   ? CheckList::tr("passed")
                              : check.state == CheckLine::State::Failed ? CheckList::tr("failed")
                                                                        : CheckList::tr("not checked");
        lines += QStringList{check.text, check.detail, state}.join(QStringLiteral(", "));
    }
    return lines.join(u'\n');
}

} // namespace

CheckList::CheckList(QWidget* parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("verdictChecks"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void CheckList::setChecks(const std::vector<CheckLine>& checks)
{
    if (checks == m_checks)
        return;
    m_checks = checks;
    setAccessibleName(tr("Checks of the token"));
    setAccessibleDescription(spoken(m_checks));
    updateGeometry();
    update();
}

QSize CheckList::sizeHint() const
{
    return {240, static_cast<int>(m_checks.size()) * Theme::instance().rowHeight()};
}

QSize CheckList::minimumSizeHint() const
{
    return {160, sizeHint().height()};
}

void CheckList::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const int height = Theme::instance().rowHeight();
    QRect row(margin, 0, width() - 2 * margin, height);
    for (const CheckLine& check : m_checks) {
        const Mark mark = markOf(check.state);
        paintIcon(painter, QRect(row.left(), row.top(), metrics::iconRow, height), mark.icon, metrics::iconRow,
                  color(mark.role));
        painter.setFont(textFont(TextStyle::Body));
        const QFontMetrics textMetrics(painter.font());
        const int wanted = textMetrics.horizontalAdvance(check.text) + 4; // advances are fractional
        const QFontMetrics detailMetrics(textFont(TextStyle::Small));
        const int free = row.width() - textStart;
        // The text is what matters: the detail takes what is left of the line.
        const int textWidth = std::min(wanted, free);
        painter.setPen(color(check.state == CheckLine::State::Failed ? Role::Bad : Role::Text));
        painter.drawText(QRect(row.left() + textStart, row.top(), textWidth, height), Qt::AlignLeft | Qt::AlignVCenter,
                         textMetrics.elidedText(check.text, Qt::ElideRight, textWidth));
        const int detailWidth = free - textWidth - 12;
        if (detailWidth > 24) {
            painter.setFont(textFont(TextStyle::Small));
            painter.setPen(color(Role::Text3));
            painter.drawText(QRect(row.right() + 1 - detailWidth, row.top(), detailWidth, height),
                             Qt::AlignRight | Qt::AlignVCenter,
                             detailMetrics.elidedText(check.detail, Qt::ElideRight, detailWidth));
        }
        row.translate(0, height);
    }
}

bool CheckList::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const auto index = static_cast<std::size_t>(help->pos().y() / Theme::instance().rowHeight());
    if (index < m_checks.size())
        QToolTip::showText(
            help->globalPos(),
            QStringList{m_checks[index].text, m_checks[index].detail, m_checks[index].toolTip}.join(u'\n').trimmed(),
            this);
    return true;
}

VerdictCard::VerdictCard(QWidget* parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("verdictSum"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void VerdictCard::setVerdict(const Verdict& verdict)
{
    m_verdict = verdict;
    setAccessibleName(verdict.title);
    setAccessibleDescription(verdict.sentence);
    setToolTip(verdict.title + u'\n' + verdict.sentence);
    update();
}

QSize VerdictCard::sizeHint() const
{
    return {240, std::max(cardHeight, lineHeight(TextStyle::Title) + lineHeight(TextStyle::Small) + 16)};
}

void VerdictCard::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const CardLook look = lookOf(m_verdict.outcome);
    const QRect box = rect().adjusted(margin, 0, -margin, 0);
    paintBox(painter, box, metrics::radiusCard, color(look.ground), {}, -1);
    paintIcon(painter, QRect(box.left() + margin, box.top(), 20, box.height()), look.icon, 20, color(look.text));
    const QRect text(box.left() + 40, box.top() + 8, box.width() - 40 - margin, box.height() - 16);
    const auto line = [&](const QRect& place, const QString& words, TextStyle style, Role role) {
        painter.setFont(textFont(style));
        painter.setPen(color(role));
        painter.drawText(place, Qt::AlignLeft | Qt::AlignVCenter,
                         QFontMetrics(painter.font()).elidedText(words, Qt::ElideRight, place.width()));
    };
    line(QRect(text.left(), text.top(), text.width(), 20), m_verdict.title, TextStyle::Title, look.text);
    line(QRect(text.left(), text.top() + 20, text.width(), 16), m_verdict.sentence, TextStyle::Small, Role::Text2);
}

VerdictPane::VerdictPane(TokenBench& bench, QWidget* parent)
    : QWidget(parent), m_bench(bench), m_chooser(new QComboBox), m_checks(new CheckList), m_card(new VerdictCard),
      m_advice(new MessageBar)
{
    m_chooser->setObjectName(QStringLiteral("verdictChooser"));
    m_chooser->setAccessibleName(tr("What the token is judged by"));
    m_chooser->setMinimumContentsLength(14);
    m_chooser->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    auto* content = new QWidget;
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 8);
    column->setSpacing(4);
    column->addWidget(m_checks);
    column->addWidget(m_card);
    column->addStretch(1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeScrollArea(content), 1);
    m_advice->setObjectName(QStringLiteral("autopsyAdvice"));
    m_advice->hide();
    auto* advice = new QVBoxLayout; // below the checks, where it is seen however many there are
    advice->setContentsMargins(margin, 0, margin, 8);
    advice->addWidget(m_advice);
    layout->addLayout(advice);

    connect(m_chooser, &QComboBox::activated, this,
            [this](int index) { m_bench.setRoute(m_chooser->itemData(index).toString().toStdString()); });
    connect(&m_bench, &TokenBench::changed, this, &VerdictPane::refresh);
    connect(&m_bench, &TokenBench::ticked, this, &VerdictPane::refresh);
    refresh();
}

void VerdictPane::refreshChooser()
{
    QStringList texts{tr("by the standards")};
    QStringList ids{QString()};
    for (const GuardedRoute& route : m_bench.routes()) {
        texts += tr("against route %1").arg(QString::fromStdString(route.name));
        ids += QString::fromStdString(route.id);
    }
    bool same = m_chooser->count() == texts.size();
    for (int i = 0; same && i < texts.size(); ++i)
        same = m_chooser->itemText(i) == texts[i] && m_chooser->itemData(i).toString() == ids[i];
    const QSignalBlocker silent(m_chooser);
    if (!same) {
        m_chooser->clear();
        for (int i = 0; i < texts.size(); ++i)
            m_chooser->addItem(texts[i], ids[i]);
    }
    m_chooser->setCurrentIndex(
        std::max<int>(static_cast<int>(ids.indexOf(QString::fromStdString(m_bench.route()))), 0));
}

void VerdictPane::refresh()
{
    refreshChooser();
    m_checks->setChecks(m_bench.verdict().checks);
    m_card->setVerdict(m_bench.verdict());
    m_card->setVisible(!m_bench.verdict().title.isEmpty());
    refreshAdvice();
}

void VerdictPane::refreshAdvice()
{
    const auto& advice = m_bench.autopsyAdvice();
    if (advice == m_shownAdvice)
        return;
    m_shownAdvice = advice;
    if (!advice)
        return m_advice->hide();
    QList<QAbstractButton*> buttons;
    if (advice->fix != AutopsyFix::None) {
        auto* fix = makeButton(advice->fixText, ButtonKind::Default, {}, ControlSize::Small);
        fix->setObjectName(QStringLiteral("autopsyFix"));
        // Later: the fix changes what the bar shows, which deletes this button.
        connect(fix, &QPushButton::clicked, &m_bench, &TokenBench::runAutopsyFix, Qt::QueuedConnection);
        buttons += fix;
    }
    m_advice->setButtons(buttons);
    m_advice->show(Tone::Info, advice->sentence);
}

} // namespace claimsmith::app
