// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "theme/appearance.h"

#include <QWidget>

#include <functional>

class QSettings;
class QVBoxLayout;

namespace claimsmith::app {

class Card;

/// Settings, Appearance: theme, text and density, layout and motion. Every change applies and is stored at once.
class AppearancePage final : public QWidget
{
    Q_OBJECT

public:
    explicit AppearancePage(QSettings& settings, QWidget* parent = nullptr);

private:
    void build();
    Card* themeCard();
    Card* textCard();
    Card* motionCard();
    void change(const std::function<void(Appearance&)>& edit);

    QSettings& m_settings;
    QWidget* m_content = nullptr;
};

} // namespace claimsmith::app
