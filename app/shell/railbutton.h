// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QToolButton>

namespace claimsmith::app {

/// A page in the rail: icon over name. To screen readers it is a tab of the page list.
class RailButton final : public QToolButton
{
    Q_OBJECT

public:
    RailButton(const QString& title, QLatin1String icon, QWidget* parent = nullptr);

    void setLabelVisible(bool visible);
    void setNews(bool news);

protected:
    void paintEvent(QPaintEvent* event) override;
    void nextCheckState() override;

private:
    QLatin1String m_icon;
    bool m_label = true;
    bool m_news = false;
};

} // namespace claimsmith::app
