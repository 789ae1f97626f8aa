// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "panels/requests/authmeaning.h"

#include <QWidget>

class QPushButton;

namespace claimsmith::app {

class ChipLabel;
class IconLabel;
class Label;
class TokenLabel;
class ElidedLabel;

/// The right half of the Auth tab: what the form means to the gateway.
class AuthMeaningView final : public QWidget
{
    Q_OBJECT

public:
    explicit AuthMeaningView(QWidget* parent = nullptr);

    void show(const AuthMeaning& meaning);

signals:
    void openEntityRequested(const std::string& pointer);
    void openTokenRequested(const std::string& token);

private:
    AuthMeaning m_meaning{};
    IconLabel* m_icon;
    Label* m_strong;
    ElidedLabel* m_title;
    QPushButton* m_open;
    QWidget* m_consumerRow;
    ChipLabel* m_consumer;
    QWidget* m_tokenRow;
    ChipLabel* m_algorithm;
    TokenLabel* m_token;
    QWidget* m_sentRow;
    ElidedLabel* m_sentAs;
};

} // namespace claimsmith::app
