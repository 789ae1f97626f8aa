// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/tokens/attack/attackdetail.h"

#include "text/quantities.h"
#include "theme/metrics.h"
#include "widgets/buttons.h"
#include "widgets/chiplabel.h"
#include "widgets/label.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

namespace claimsmith::app {

namespace {

QString text(std::string_view value)
{
    return QString::fromUtf8(value.data(), static_cast<qsizetype>(value.size()));
}

Label* wrapping(TextStyle style, Role role)
{
    auto* label = new Label({}, style, role);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    label->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    return label;
}

QString titleOf(const AttackRow& row, const AttackCell& cell)
{
    switch (cell.state) {
    case AttackCell::State::Accepted:
        return AttackDetail::tr("%1: accepted").arg(row.title());
    case AttackCell::State::Failed:
        return AttackDetail::tr("%1: the target failed").arg(row.title());
    case AttackCell::State::Refused:
        return AttackDetail::tr("%1: refused").arg(row.title());
    default:
        return row.title();
    }
}

/// A long token has no place to break a line: it gets some.
QString breakable(const QString& text)
{
    QString result;
    int run = 0;
    for (const QChar c : text) {
        result += c;
        run = c.isSpace() ? 0 : run + 1;
        if (run % 24 == 0 && run > 0)
            result += QChar(0x200B);
    }
    return result;
}

} // namespace

AttackDetail::AttackDetail(QWidget* parent)
    : Pane(Role::BgSurface, Qt::LeftEdge, parent), m_icon(new IconLabel(QLatin1String("info"), 16, Role::Text2)),
      m_title(wrapping(TextStyle::Section, Role::Text)), m_proves(wrapping(TextStyle::Small, Role::Text2)),
      m_standard(wrapping(TextStyle::Small, Role::Text3)), m_fix(wrapping(TextStyle::Mono, Role::Ok)),
      m_apply(makeButton(tr("Apply and retry"), ButtonKind::Primary)), m_plugin(makeButton(tr("Open plugin"))),
      m_sentTitle(new Label(tr("Sent"), TextStyle::SmallStrong, Role::Text2)),
      m_sent(wrapping(TextStyle::Mono, Role::Text)),
      m_answerTitle(new Label(tr("Answer"), TextStyle::SmallStrong, Role::Text2)), m_status(new PillLabel),
      m_answer(wrapping(TextStyle::Mono, Role::Text)), m_bounds(wrapping(TextStyle::Small, Role::Text2))
{
    setObjectName(QStringLiteral("attackDetail"));
    m_apply->setObjectName(QStringLiteral("applyFix"));
    m_plugin->setObjectName(QStringLiteral("openGuard"));
    auto* content = new QWidget;
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(16, 14, 16, 16);
    column->setSpacing(10);
    auto* head = new QHBoxLayout;
    head->setSpacing(8);
    head->addWidget(m_icon, 0, Qt::AlignTop);
    head->addWidget(m_title, 1);
    column->addLayout(head);
    column->addWidget(m_proves);
    column->addWidget(m_standard);
    column->addWidget(m_fix);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addWidget(m_apply);
    buttons->addWidget(m_plugin);
    buttons->addStretch(1);
    column->addLayout(buttons);
    column->addWidget(m_sentTitle);
    column->addWidget(m_sent);
    column->addWidget(m_answerTitle);
    column->addWidget(m_status, 0, Qt::AlignLeft);
    column->addWidget(m_answer);
    column->addStretch(1);
    auto* foot = new Pane(Role::BgSurface, Qt::TopEdge);
    auto* line = new QHBoxLayout(foot);
    line->setContentsMargins(16, 10, 16, 10);
    line->addWidget(new IconLabel(QLatin1String("lock"), metrics::iconField, Role::Text3), 0, Qt::AlignTop);
    line->addWidget(m_bounds, 1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(1, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeScrollArea(content), 1);
    layout->addWidget(foot);
    connect(m_apply, &QPushButton::clicked, this, &AttackDetail::fixRequested, Qt::QueuedConnection);
    connect(m_plugin, &QPushButton::clicked, this, &AttackDetail::pluginRequested, Qt::QueuedConnection);
}

void AttackDetail::setBounds(const QString& sentence)
{
    m_bounds->setText(sentence);
}

void AttackDetail::showCell(const AttackRow* row, const AttackCell* cell, const QString& fix, bool plugin)
{
    const AttackCell none;
    const AttackCell& shown = cell ? *cell : none;
    const bool trouble = shown.isTrouble();
    m_icon->setIcon(trouble ? QLatin1String("warning") : QLatin1String("info"), trouble ? Role::Bad : Role::Text2);
    m_title->setText(row ? titleOf(*row, shown) : tr("Choose a forged token"));
    const auto* variant = row ? row->variant : nullptr;
    m_proves->setText(variant ? text(variant->proves)
                      : row   ? tr("What the others are compared with: the token as it is.")
                              : tr("What it proves, what was sent and what came back is shown here."));
    QStringList about;
    if (variant && !variant->standard.empty())
        about += text(variant->standard);
    if (!shown.label.isEmpty())
        about += shown.label;
    m_standard->setText(about.join(QStringLiteral(", ")));
    m_standard->setVisible(!about.isEmpty());
    m_fix->setText(fix);
    m_fix->setVisible(trouble && !fix.isEmpty());
    m_apply->setVisible(trouble && !fix.isEmpty());
    m_plugin->setVisible(trouble && plugin);
    const QString sent = !shown.request.isEmpty() ? shown.request
                         : row                    ? withoutSignature(row->forgeries.front().token)
                                                  : QString();
    m_sentTitle->setText(shown.request.isEmpty() ? tr("Token") : tr("Sent"));
    m_sentTitle->setVisible(row != nullptr);
    m_sent->setText(breakable(sent));
    m_sent->setVisible(!sent.isEmpty());
    m_answerTitle->setVisible(!shown.answer.isEmpty());
    m_status->setVisible(shown.status > 0);
    m_status->setPill(
        {tr("%1, %2")
             .arg(shown.status)
             .arg(durationText(std::chrono::nanoseconds(static_cast<std::int64_t>(shown.milliseconds * 1e6)))),
         trouble ? Tone::Bad : Tone::Ok});
    m_answer->setText(breakable(shown.answer));
    m_answer->setVisible(!shown.answer.isEmpty());
}

} // namespace claimsmith::app
