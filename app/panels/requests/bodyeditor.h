// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/variableedit.h"

#include <QWidget>

class QStackedWidget;

namespace claimsmith::app {

class CodeEditor;
class KeyValueTable;
class RequestDocument;
class Segment;

/// The body of a request: none, JSON, text, a form or a file.
class BodyEditor final : public QWidget
{
    Q_OBJECT

public:
    BodyEditor(RequestDocument& document, const VariableEdit::Resolver& resolver, QWidget* parent = nullptr);

    void refresh();
    void setNames(const QStringList& names);
    /// Relative body files are looked up here.
    void setFolder(const QString& folder);

private:
    void format();
    void chooseFile();

    RequestDocument& m_document;
    QString m_folder;
    Segment* m_kind;
    QStackedWidget* m_pages;
    CodeEditor* m_text;
    VariableEdit* m_contentType;
    QWidget* m_format;
    KeyValueTable* m_form;
    VariableEdit* m_file;
};

} // namespace claimsmith::app
