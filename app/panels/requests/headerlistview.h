// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/message.h"

#include <QTableView>

namespace claimsmith::app {

/// Header lines as they came, in order: name and value, to be selected and copied.
class HeaderListView final : public QTableView
{
    Q_OBJECT

public:
    explicit HeaderListView(QWidget* parent = nullptr);

    void setHeaders(const http::HeaderMap& headers);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    class Model;
    Model* m_model;
};

} // namespace claimsmith::app
