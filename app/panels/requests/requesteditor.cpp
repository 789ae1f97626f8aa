// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/requests/requesteditor.h"

#include "base/secret.h"
#include "base/text.h"
#include "bridge/appcontext.h"
#include "bridge/gatewaysession.h"
#include "bridge/requestsender.h"
#include "bridge/secretservice.h"
#include "bridge/workspacesession.h"
#include "panels/requests/autheditor.h"
#include "panels/requests/authmeaningview.h"
#include "panels/requests/bodyeditor.h"
#include "panels/requests/requestdocument.h"
#include "panels/requests/requesturl.h"
#include "theme/metrics.h"
#include "theme/theme.h"
#include "widgets/buttons.h"
#include "widgets/keyvaluetable.h"
#include "widgets/label.h"
#include "widgets/panels.h"
#include "widgets/tabs.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QSplitter>
#include <QStackedWidget>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>

namespace claimsmith::app {

namespace {

using Field = RequestDocument::Field;
using workspace::Request;

constexpr int meaningDelay = 150; // milliseconds after the last key

QString counter(std::size_t count)
{
    return count == 0 ? QString() : QString::number(count);
}

std::size_t enabledRows(const std::vector<workspace::Row>& rows)
{
    return static_cast<std::size_t>(
        std::count_if(rows.begin(), rows.end(), [](const auto& row) { return row.enabled; }));
}

/// The recipes of the workspace and the JWT credentials of the running configuration.
AuthChoices choicesOf(const AppContext& context)
{
    AuthChoices choices;
    choices.recipes = context.workspace.workspace().tokens;
    const auto snapshot = context.gateway.snapshot();
    if (!snapshot)
        return choices;
    for (const auto& credential : snapshot->entities().all("jwt_secrets")) {
        const auto* consumer = snapshot->entities().find("consumers", credential->reference("consumer"));
        if (consumer != nullptr)
            choices.credentials.push_back({std::string(consumer->name()), std::string(credential->text("key"))});
    }
    return choices;
}

} // namespace

RequestEditor::RequestEditor(AppContext& context, RequestDocument& document, VariableEdit::Resolver resolver,
                             QWidget* parent)
    : QWidget(parent), m_context(context), m_document(document), m_tabs(new UnderlineTabs),
      m_summaryIcon(new IconLabel(QLatin1String("info"), metrics::iconRow)),
      m_summary(new ElidedLabel({}, TextStyle::Small, Role::Text2)),
      m_layout(new IconButton(QLatin1String("pane-beside"), tr("Response beside the editor"))),
      m_fold(new IconButton(QLatin1String("chevron-up"), tr("Fold the request editor"))), m_pages(new QStackedWidget),
      m_params(new KeyValueTable(tr("Parameters"))), m_headers(new KeyValueTable(tr("Headers"))),
      m_body(new BodyEditor(document, resolver)), m_later(new QTimer(this))
{
    m_tabs->setObjectName(QStringLiteral("requestTabs"));
    m_tabs->setAccessibleName(tr("Request"));
    for (const QString& name : {tr("Params"), tr("Auth"), tr("Headers"), tr("Body")})
        m_tabs->addTab(name);
    m_params->setObjectName(QStringLiteral("params"));
    m_headers->setObjectName(QStringLiteral("headers"));
    m_params->setResolver(resolver);
    m_headers->setResolver(resolver);
    m_pages->addWidget(m_params);
    m_pages->addWidget(makeAuthPage(resolver));
    m_pages->addWidget(m_headers);
    m_pages->addWidget(m_body);
    m_body->setFolder(context.workspace.folder());

    auto* copy = new IconButton(QLatin1String("copy"), tr("Copy as curl"));
    auto* head = new QHBoxLayout;
    head->setContentsMargins(0, 0, 12, 0);
    head->setSpacing(4);
    head->addWidget(m_tabs);
    head->addStretch(1);
    head->addWidget(m_summaryIcon);
    head->addWidget(m_summary);
    head->addSpacing(8);
    head->addWidget(copy);
    head->addWidget(m_layout);
    head->addWidget(m_fold);
    m_layout->setObjectName(QStringLiteral("responsePlace"));
    m_summary->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    m_summary->hide();
    m_summaryIcon->hide();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(head);
    layout->addWidget(m_pages, 1);
    m_tabs->setCurrentIndex(AuthTab);
    m_pages->setCurrentIndex(AuthTab);

    connect(m_tabs, &QTabBar::currentChanged, m_pages, &QStackedWidget::setCurrentIndex);
    connect(m_tabs, &QTabBar::tabBarClicked, this, [this](int) {
        if (m_folded) {
            setFolded(false);
            emit foldedChanged(false);
        }
    });
    connect(m_fold, &QToolButton::clicked, this, [this] {
        setFolded(!m_folded);
        emit foldedChanged(m_folded);
    });
    connect(copy, &QToolButton::clicked, this, &RequestEditor::copyCurlRequested);
    connect(m_layout, &QToolButton::clicked, this, &RequestEditor::layoutToggled);
    connect(&m_params->rowsModel(), &KeyValueModel::edited, this, [this] {
        m_document.setRequest(Field::Params, withParamRows(m_document.request(), m_params->rowsModel().rows()),
                              tr("Edit parameters"));
    });
    connect(&m_headers->rowsModel(), &KeyValueModel::edited, this, [this] {
        m_document.change(Field::Headers, tr("Edit headers"),
                          [this](Request& request) { request.headers = m_headers->rowsModel().rows(); });
    });
    m_later->setSingleShot(true);
    m_later->setInterval(meaningDelay);
    connect(m_later, &QTimer::timeout, this, &RequestEditor::refreshMeaning);
    setMinimumWidth(320);
    refresh();
}

QWidget* RequestEditor::makeAuthPage(const VariableEdit::Resolver& resolver)
{
    m_auth = new AuthEditor(
        m_document, [this] { return choicesOf(m_context); }, resolver);
    m_meaning = new AuthMeaningView;
    auto* splitter = new Splitter(Qt::Horizontal);
    m_authSplitter = splitter;
    splitter->setThin();
    splitter->addWidget(makeScrollArea(m_auth));
    splitter->addWidget(makeScrollArea(m_meaning));
    splitter->setStretchFactor(0, 1);
    splitter->setStretchFactor(1, 1);
    splitter->setSizes({500, 500});
    connect(m_auth, &AuthEditor::openRecipeRequested, this,
            [this](const QString& recipe) { m_context.navigator.openRecipe(recipe.toStdString()); });
    connect(m_auth, &AuthEditor::secretEntered, this, [this](const QString& name, const QByteArray& secret) {
        m_context.secrets.setSecret(
            name.toStdString(), SecretBytes(BytesView(secret.constData(), static_cast<std::size_t>(secret.size()))));
        m_later->start();
    });
    connect(m_meaning, &AuthMeaningView::openEntityRequested, this,
            [this](const std::string& pointer) { m_context.navigator.openEntity(pointer); });
    connect(m_meaning, &AuthMeaningView::openTokenRequested, this,
            [this](const std::string& token) { m_context.navigator.openToken(token); });
    return splitter;
}

void RequestEditor::setNames(const QStringList& names)
{
    m_params->setNames(names);
    m_headers->setNames(names);
    m_auth->setNames(names);
    m_body->setNames(names);
}

void RequestEditor::refresh()
{
    const Request& request = m_document.request();
    // A row that was switched off keeps its place while the table is shown.
    if (withParamRows(request, m_params->rowsModel().rows()) != request)
        m_params->rowsModel().setRows(paramRows(request));
    m_headers->rowsModel().setRows(request.headers);
    m_auth->refresh();
    m_body->refresh();
    m_params->viewport()->update();
    m_headers->viewport()->update();
    refreshCounters();
    m_later->start();
}

void RequestEditor::refreshCounters()
{
    const Request& request = m_document.request();
    m_tabs->setCounter(ParamsTab, counter(enabledRows(paramRows(request))));
    m_tabs->setCounter(HeadersTab, counter(enabledRows(request.headers)));
}

void RequestEditor::refreshMeaning()
{
    const auto prepared = m_context.sender.prepare(m_document.request());
    const auto snapshot = m_context.gateway.snapshot();
    const AuthMeaning meaning =
        meaningOf(m_document.request(), prepared, snapshot.get(), m_context.clock.unixSeconds());
    m_meaning->show(meaning);
    m_summary->setText(meaning.strong.isEmpty() ? meaning.title : meaning.strong + QLatin1Char(' ') + meaning.title);
    m_summary->setRole(meaning.role);
    m_summaryIcon->setIcon(meaning.icon, meaning.role);
    showAutomaticHeaders(prepared);
    fitAuth();
    emit hostChanged(prepared.hasValue() ? QString::fromStdString(prepared->host) : QString());
}

void RequestEditor::showAutomaticHeaders(const Result<runner::Prepared>& prepared)
{
    std::vector<KeyValueModel::AutomaticRow> rows;
    if (prepared.hasValue()) {
        for (const std::string& name : prepared->automaticHeaders) {
            const QString origin = equalIgnoringCase(name, "authorization") ? tr("From Auth") : tr("Added when sent");
            rows.push_back(
                {QString::fromStdString(name), QString::fromStdString(prepared->head.headers.joined(name)), origin});
        }
    }
    m_headers->rowsModel().setAutomaticRows(std::move(rows));
}

void RequestEditor::setFolded(bool folded)
{
    m_folded = folded;
    m_pages->setVisible(!folded);
    m_summary->setVisible(folded);
    m_summaryIcon->setVisible(folded);
    m_fold->setGlyph(QLatin1String(folded ? "chevron-down" : "chevron-up"));
    m_fold->setAccessibleName(folded ? tr("Open the request editor") : tr("Fold the request editor"));
    setMaximumHeight(folded ? metrics::tabBar : QWIDGETSIZE_MAX);
    setMinimumHeight(folded ? metrics::tabBar : metrics::tabBar + 84);
}

void RequestEditor::setBeside(bool beside)
{
    m_layout->setGlyph(QLatin1String(beside ? "pane-below" : "pane-beside"));
    const QString name = beside ? tr("Response below the editor") : tr("Response beside the editor");
    m_layout->setAccessibleName(name);
    m_layout->setToolTip(name);
    m_fold->setVisible(!beside);
    if (beside)
        setFolded(false);
    m_authSplitter->setOrientation(beside ? Qt::Vertical : Qt::Horizontal);
    m_authHeight = 0;
    if (beside)
        fitAuth();
    else
        m_authSplitter->setSizes({500, 500});
}

void RequestEditor::setRoomBeside(bool room)
{
    m_layout->setVisible(room);
}

void RequestEditor::fitAuth()
{
    // What it means follows the form, until the user moves the line between them.
    const int height = m_auth->sizeHint().height();
    if (m_authSplitter->orientation() != Qt::Vertical || height == m_authHeight)
        return;
    m_authHeight = height;
    m_authSplitter->setSizes({height, std::max(height, m_authSplitter->height() - height)});
}

void RequestEditor::showTab(Tab tab)
{
    m_tabs->setCurrentIndex(tab);
}

void RequestEditor::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), color(Role::BgSurface));
    painter.fillRect(QRect(0, metrics::tabBar - 1, width(), 1), color(Role::Line));
}

} // namespace claimsmith::app
