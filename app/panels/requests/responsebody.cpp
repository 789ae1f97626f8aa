// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/requests/responsebody.h"

#include "document/json.h"
#include "panels/requests/bodyfilter.h"
#include "panels/requests/upstreampathrow.h"
#include "text/quantities.h"
#include "theme/metrics.h"
#include "theme/theme.h"
#include "widgets/buttons.h"
#include "widgets/chiplabel.h"
#include "widgets/codeeditor.h"
#include "widgets/findbar.h"
#include "widgets/label.h"
#include "widgets/messages.h"
#include "widgets/panels.h"
#include "widgets/searchfield.h"
#include "widgets/segment.h"

#include <QHBoxLayout>
#include <QPointer>
#include <QStackedWidget>
#include <QThreadPool>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>

namespace claimsmith::app {

namespace {

constexpr std::size_t largeBody = 64U << 10U; // bytes; above it work leaves the GUI thread
constexpr int prettyIndent = 2;
constexpr int footerHeight = 28;
constexpr int filterWidth = 220;
constexpr int filterPause = 150; // milliseconds after the last key

enum Page { TextPage, EmptyPage };

} // namespace

ReadableBody makeReadable(const Bytes& body, const QString& contentType, std::size_t limit)
{
    ReadableBody made;
    made.isCut = body.size() > limit;
    made.raw = QString::fromUtf8(body.data(), static_cast<qsizetype>(std::min(body.size(), limit)));
    made.pretty = made.raw;
    const bool maybeJson = contentType.contains(QLatin1String("json"), Qt::CaseInsensitive) ||
                           made.raw.startsWith(QLatin1Char('{')) || made.raw.startsWith(QLatin1Char('['));
    if (maybeJson && !made.isCut) {
        auto value = document::parseJson(body, {.allowDuplicateKeys = true});
        made.isJson = value.hasValue();
        if (made.isJson) {
            made.pretty = QString::fromStdString(document::toJson(*value, {.indent = prettyIndent}));
            made.value = std::make_shared<const document::Value>(std::move(*value));
        }
    }
    made.lines = static_cast<int>(made.pretty.count(QLatin1Char('\n'))) + 1;
    return made;
}

ResponseBody::ResponseBody(QWidget* parent)
    : QWidget(parent), m_form(new Segment(ControlSize::Small)),
      m_filter(new SearchField(tr("Filter, e.g. $.accounts[*]"))), m_filterPause(new QTimer(this)), m_find(nullptr),
      m_type(new ChipLabel), m_view(new CodeEditor(CodeEditor::Language::Json)), m_pages(new QStackedWidget),
      m_path(new UpstreamPathRow), m_footer(new ElidedLabel({}, TextStyle::Small, Role::Text3))
{
    m_form->setObjectName(QStringLiteral("bodyForm"));
    m_form->setAccessibleName(tr("How to show the body"));
    m_form->addItem(tr("Pretty"));
    m_form->addItem(tr("Raw"));
    m_view->setObjectName(QStringLiteral("responseText"));
    m_view->setAccessibleName(tr("Response body"));
    m_view->setViewer(true);

    auto* bar = new QHBoxLayout;
    bar->setContentsMargins(12, 6, 12, 6);
    bar->setSpacing(8);
    bar->addWidget(m_form);
    bar->addWidget(m_type);
    bar->addStretch();
    auto* search = new IconButton(QLatin1String("search"), tr("Find in the body"));
    search->setObjectName(QStringLiteral("findInBody"));
    bar->addWidget(m_filter);
    bar->addWidget(search);
    m_filter->setObjectName(QStringLiteral("bodyFilter"));
    m_filter->setGlyph(QLatin1String("filter"));
    m_filter->setMaximumWidth(filterWidth);
    m_filterPause->setSingleShot(true);
    m_filterPause->setInterval(filterPause);
    m_find = new FindBar(*m_view);
    m_footer->setObjectName(QStringLiteral("bodyFooter"));
    auto* footer = new Pane(Role::BgSurface, Qt::TopEdge);
    footer->setFixedHeight(footerHeight);
    auto* footerLayout = new QHBoxLayout(footer);
    footerLayout->setContentsMargins(metrics::pagePadding, 0, metrics::pagePadding, 0);
    footerLayout->addWidget(m_footer);
    auto* textPage = new QWidget;
    auto* text = new QVBoxLayout(textPage);
    text->setContentsMargins(0, 0, 0, 0);
    text->setSpacing(0);
    text->addLayout(bar);
    text->addWidget(m_find);
    text->addWidget(m_view, 1);
    m_pages->addWidget(textPage);
    m_pages->addWidget(new EmptyState(QLatin1String("file"), tr("No body"), tr("The answer consists of its headers.")));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_pages, 1);
    layout->addWidget(m_path);
    layout->addWidget(footer);
    connect(m_form, &Segment::currentIndexChanged, this, &ResponseBody::refresh);
    connect(search, &QToolButton::clicked, this, &ResponseBody::find);
    connect(m_filter, &QLineEdit::textChanged, m_filterPause, qOverload<>(&QTimer::start));
    connect(m_filter, &QLineEdit::returnPressed, this, &ResponseBody::filter);
    connect(m_filterPause, &QTimer::timeout, this, &ResponseBody::filter);
}

void ResponseBody::setBody(Bytes body, const QString& contentType)
{
    const quint64 turn = ++m_latest;
    m_size = body.size();
    m_type->setChip({contentType.section(QLatin1Char(';'), 0, 0).trimmed(), Tone::Neutral, {}, true});
    m_type->setVisible(!contentType.isEmpty());
    if (body.size() <= largeBody) {
        show(makeReadable(body, contentType));
        return;
    }
    QPointer<ResponseBody> self(this);
    QThreadPool::globalInstance()->start([self, turn, body = std::move(body), contentType] {
        ReadableBody ready = makeReadable(body, contentType);
        QMetaObject::invokeMethod(
            qApp,
            [self, turn, ready = std::move(ready)] {
                if (self && self->m_latest == turn)
                    self->show(ready);
            },
            Qt::QueuedConnection);
    });
}

void ResponseBody::show(const ReadableBody& body)
{
    m_body = body;
    m_form->setItemEnabled(0, body.isJson, tr("Only JSON is laid out"));
    const QSignalBlocker blocker(m_form);
    if (!body.isJson)
        m_form->setCurrentIndex(1);
    else if (m_form->currentIndex() != 0 && m_view->code().isEmpty())
        m_form->setCurrentIndex(0);
    refresh();
}

void ResponseBody::find()
{
    if (m_pages->currentIndex() == TextPage)
        m_find->open();
}

void ResponseBody::filter()
{
    m_filterPause->stop();
    const quint64 turn = ++m_latestFilter;
    if (m_filter->text().trimmed().isEmpty() || !m_body.value) {
        showWhole();
        return;
    }
    if (m_size <= largeBody) {
        showFiltered(filterBody(*m_body.value, m_filter->text()));
        return;
    }
    QPointer<ResponseBody> self(this);
    QThreadPool::globalInstance()->start([self, turn, value = m_body.value, path = m_filter->text()] {
        FilteredBody filtered = filterBody(*value, path);
        QMetaObject::invokeMethod(
            qApp,
            [self, turn, filtered = std::move(filtered)] {
                if (self && self->m_latestFilter == turn)
                    self->showFiltered(filtered);
            },
            Qt::QueuedConnection);
    });
}

void ResponseBody::showFiltered(const FilteredBody& filtered)
{
    if (!filtered.error.isEmpty()) {
        m_footer->setRole(Role::Bad); // the text stays until the path can be read
        m_footer->setText(filtered.error);
        return;
    }
    m_footer->setRole(filtered.matches == 0 ? Role::Warn : Role::Text3);
    m_view->setCode(filtered.text);
    m_footer->setText(filtered.isCut          ? tr("The first %1 values that match").arg(countText(mostMatches))
                      : filtered.matches == 0 ? tr("Nothing matches %1").arg(m_filter->text().trimmed())
                                              : tr("%n value(s) found", nullptr, filtered.matches));
    m_find->refresh();
}

void ResponseBody::refresh()
{
    m_filter->setVisible(m_body.isJson);
    m_view->setLanguage(m_body.isJson ? CodeEditor::Language::Json : CodeEditor::Language::Plain);
    m_pages->setCurrentIndex(m_size == 0 ? EmptyPage : TextPage);
    m_footer->parentWidget()->setVisible(m_size != 0);
    if (m_body.isJson && !m_filter->text().trimmed().isEmpty())
        filter();
    else
        showWhole();
}

void ResponseBody::showWhole()
{
    const bool pretty = m_form->currentIndex() == 0;
    m_view->setCode(pretty ? m_body.pretty : m_body.raw);
    const QString lines = tr("%n line(s)", nullptr, m_body.lines);
    m_footer->setRole(Role::Text3);
    m_footer->setText(m_body.isCut ? tr("%1, the beginning is shown; save it to see all").arg(sizeText(m_size))
                                   : tr("%1, %2, UTF-8").arg(lines, sizeText(m_size)));
    m_find->refresh();
}

} // namespace claimsmith::app
