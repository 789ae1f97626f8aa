// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "panels/requests/authmeaning.h"
#include "widgets/variableedit.h"

#include <QWidget>

class QSplitter;
class QStackedWidget;
class QTimer;

namespace claimsmith::app {

struct AppContext;
class AuthEditor;
class AuthMeaningView;
class BodyEditor;
class ElidedLabel;
class IconButton;
class IconLabel;
class KeyValueTable;
class RequestDocument;
class UnderlineTabs;

/// Params, Auth, Headers and Body of a request below a row of tabs. In low windows it folds to the tabs and one line
/// about the authentication; a click on a tab opens it again.
class RequestEditor final : public QWidget
{
    Q_OBJECT

public:
    enum Tab { ParamsTab, AuthTab, HeadersTab, BodyTab };

    RequestEditor(AppContext& context, RequestDocument& document, VariableEdit::Resolver resolver,
                  QWidget* parent = nullptr);

    /// Shows the document's request, and 150 ms later what it means.
    void refresh();
    void setNames(const QStringList& names);
    /// Tabs only; the user may open it again, until the next call.
    void setFolded(bool folded);
    bool isFolded() const noexcept { return m_folded; }
    /// Beside the response it is narrow and high: nothing folds, and Auth says below the form what it means.
    void setBeside(bool beside);
    /// Whether there is room for that at all.
    void setRoomBeside(bool room);
    void showTab(Tab tab);

signals:
    void foldedChanged(bool folded);
    /// What would be sent was worked out anew: the authority it would go to.
    void hostChanged(const QString& host);
    void copyCurlRequested();
    /// The response is wanted on the other side.
    void layoutToggled();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QWidget* makeAuthPage(const VariableEdit::Resolver& resolver);
    void refreshCounters();
    void fitAuth();
    void refreshMeaning();
    void showAutomaticHeaders(const Result<runner::Prepared>& prepared);

    AppContext& m_context;
    RequestDocument& m_document;
    UnderlineTabs* m_tabs;
    IconLabel* m_summaryIcon;
    ElidedLabel* m_summary;
    IconButton* m_layout;
    IconButton* m_fold;
    QStackedWidget* m_pages;
    QSplitter* m_authSplitter = nullptr;
    int m_authHeight = 0; ///< of the form, as the splitter was set for; beside the response
    KeyValueTable* m_params;
    AuthEditor* m_auth;
    AuthMeaningView* m_meaning;
    KeyValueTable* m_headers;
    BodyEditor* m_body;
    QTimer* m_later;
    bool m_folded = false;
};

} // namespace claimsmith::app
