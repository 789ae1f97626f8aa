// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/variableedit.h"
#include "workspace/model.h"

#include <QWidget>

namespace claimsmith::app {

class Label;
class MethodButton;
class Segment;
class SplitButton;

/// Method, URL, the way to send and Send, 56 high.
class UrlBar final : public QWidget
{
    Q_OBJECT

public:
    explicit UrlBar(QWidget* parent = nullptr);

    /// Shows the request; nothing is emitted.
    void setRequest(const workspace::Request& request);
    /// The authority that the URL leads to, in the field's right end.
    void setHost(const QString& host);
    void setRunning(bool running);
    VariableEdit& url() const { return *m_url; }
    Segment& via() const { return *m_via; }

signals:
    void methodChosen(const QString& method);
    void urlEdited(const QString& url);
    void viaChosen(claimsmith::workspace::Via via);
    /// Send, or Cancel while it runs.
    void sendClicked();
    void sendTimesRequested(int times);
    void copyCurlRequested();

protected:
    void paintEvent(QPaintEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QRect fieldRect() const;

    MethodButton* m_method;
    VariableEdit* m_url;
    Label* m_host;
    QWidget* m_field;
    Segment* m_via;
    SplitButton* m_send;
};

} // namespace claimsmith::app
