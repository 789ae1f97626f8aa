// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/requests/bodyeditor.h"

#include "document/json.h"
#include "panels/requests/requestdocument.h"
#include "theme/metrics.h"
#include "theme/theme.h"
#include "widgets/buttons.h"
#include "widgets/codeeditor.h"
#include "widgets/keyvaluetable.h"
#include "widgets/label.h"
#include "widgets/segment.h"

#include <QDir>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace claimsmith::app {

namespace {

using Field = RequestDocument::Field;
using workspace::BodyKind;
using workspace::Request;

enum Page { NonePage, TextPage, FormPage, FilePage };

Page pageOf(BodyKind kind)
{
    switch (kind) {
    case BodyKind::Json:
    case BodyKind::Text:
        return TextPage;
    case BodyKind::Form:
        return FormPage;
    case BodyKind::File:
        return FilePage;
    case BodyKind::None:
        break;
    }
    return NonePage;
}

} // namespace

BodyEditor::BodyEditor(RequestDocument& document, const VariableEdit::Resolver& resolver, QWidget* parent)
    : QWidget(parent), m_document(document), m_kind(new Segment(ControlSize::Small)), m_pages(new QStackedWidget),
      m_text(new CodeEditor(CodeEditor::Language::Json)), m_contentType(new VariableEdit),
      m_format(makeButton(tr("Format"), ButtonKind::Quiet, QLatin1String("braces"), ControlSize::Small)),
      m_form(new KeyValueTable(tr("Form fields"))), m_file(new VariableEdit)
{
    m_kind->setObjectName(QStringLiteral("bodyKind"));
    m_kind->setAccessibleName(tr("Kind of body"));
    for (const QString& name : {tr("None"), tr("JSON"), tr("Text"), tr("Form"), tr("File")})
        m_kind->addItem(name);
    m_text->setObjectName(QStringLiteral("bodyText"));
    m_form->setObjectName(QStringLiteral("form"));
    m_text->setAccessibleName(tr("Body"));
    m_contentType->setAccessibleName(tr("Content type"));
    m_contentType->setPlaceholderText(tr("Content type"));
    m_contentType->setMaximumWidth(240);
    m_contentType->setResolver(resolver);
    m_form->setResolver(resolver);
    m_file->setResolver(resolver);
    m_file->setAccessibleName(tr("File"));
    m_file->setPlaceholderText(tr("Path, relative to the workspace"));

    auto* bar = new QHBoxLayout;
    bar->setContentsMargins(metrics::pagePadding, 8, metrics::pagePadding, 8);
    bar->addWidget(m_kind);
    bar->addWidget(m_contentType, 1);
    bar->addStretch();
    bar->addWidget(m_format);

    auto* none = new Label(tr("This request has no body."), TextStyle::Small, Role::Text3);
    none->setAlignment(Qt::AlignHCenter | Qt::AlignTop);
    auto* filePage = new QWidget;
    auto* fileRow = new QHBoxLayout(filePage);
    fileRow->setContentsMargins(metrics::pagePadding, 4, metrics::pagePadding, 4);
    fileRow->setAlignment(Qt::AlignTop);
    auto* choose = makeButton(tr("Choose file"));
    fileRow->addWidget(m_file, 1);
    fileRow->addWidget(choose);
    m_pages->addWidget(none);
    m_pages->addWidget(m_text);
    m_pages->addWidget(m_form);
    m_pages->addWidget(filePage);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(bar);
    layout->addWidget(m_pages, 1);

    connect(m_kind, &Segment::currentIndexChanged, this, [this](int index) {
        m_document.change(Field::Body, tr("Change kind of body"),
                          [index](Request& request) { request.body.kind = static_cast<BodyKind>(index); });
    });
    connect(m_text, &CodeEditor::edited, this, [this] {
        m_document.change(Field::Body, tr("Edit body"),
                          [this](Request& request) { request.body.text = m_text->code().toStdString(); });
    });
    connect(m_contentType, &VariableEdit::textEdited, this, [this](const QString& text) {
        m_document.change(Field::Body, tr("Edit content type"),
                          [&text](Request& request) { request.body.contentType = text.toStdString(); });
    });
    connect(&m_form->rowsModel(), &KeyValueModel::edited, this, [this] {
        m_document.change(Field::Body, tr("Edit form"),
                          [this](Request& request) { request.body.form = m_form->rowsModel().rows(); });
    });
    connect(m_file, &VariableEdit::textEdited, this, [this](const QString& text) {
        m_document.change(Field::Body, tr("Choose body file"),
                          [&text](Request& request) { request.body.file = text.toStdString(); });
    });
    connect(static_cast<QPushButton*>(m_format), &QPushButton::clicked, this, &BodyEditor::format);
    connect(choose, &QPushButton::clicked, this, &BodyEditor::chooseFile);
    refresh();
}

void BodyEditor::setNames(const QStringList& names)
{
    for (auto* field : {m_contentType, m_file})
        field->setNames(names);
    m_form->setNames(names);
}

void BodyEditor::setFolder(const QString& folder)
{
    m_folder = folder;
}

void BodyEditor::refresh()
{
    const workspace::Body& body = m_document.request().body;
    const QSignalBlocker blocker(m_kind);
    m_kind->setCurrentIndex(static_cast<int>(body.kind));
    m_pages->setCurrentIndex(pageOf(body.kind));
    m_text->setLanguage(body.kind == BodyKind::Json ? CodeEditor::Language::Json : CodeEditor::Language::Plain);
    if (m_text->code().toStdString() != body.text)
        m_text->setCode(QString::fromStdString(body.text));
    m_contentType->setText(QString::fromStdString(body.contentType));
    m_contentType->setVisible(body.kind == BodyKind::Text || body.kind == BodyKind::File);
    m_format->setVisible(body.kind == BodyKind::Json);
    m_form->rowsModel().setRows(body.form);
    m_file->setText(QString::fromStdString(body.file));
}

void BodyEditor::format()
{
    const auto value = document::parseJson(m_text->code().toStdString(), {.allowDuplicateKeys = true});
    if (!value.hasValue()) {
        const Place& place = value.error().place;
        m_text->markError(static_cast<int>(place.line), static_cast<int>(place.column), 0, tr("Not JSON from here on"));
        return;
    }
    m_text->clearErrors();
    m_text->replaceCode(QString::fromStdString(document::toJson(*value, {.indent = 2})));
}

void BodyEditor::chooseFile()
{
    const QString chosen = QFileDialog::getOpenFileName(this, tr("Body file"), m_folder);
    if (chosen.isEmpty())
        return;
    const QString relative = QDir(m_folder).relativeFilePath(chosen);
    const QString path = relative.startsWith(QLatin1String("..")) ? chosen : relative;
    m_document.change(Field::Body, tr("Choose body file"),
                      [&path](Request& request) { request.body.file = path.toStdString(); });
}

} // namespace claimsmith::app
