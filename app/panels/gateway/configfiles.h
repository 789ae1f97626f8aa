// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <functional>
#include <string>

class QWidget;

namespace claimsmith::app {

/// A configuration file as read, or the sentence that says why there is none.
struct ConfigFile
{
    QString name; ///< without its folder
    std::string text;
    QString problem;
};

ConfigFile readConfigFile(const QString& path);

/// Replaces the file as a whole, or leaves it as it was and says why.
QString writeConfigFile(const QString& path, const std::string& text);

/// Open a dialog above `parent` and return at once; `take` is called with the path when one was chosen.
void askForConfigToRead(QWidget* parent, std::function<void(const QString& path)> take);
void askForConfigToWrite(QWidget* parent, std::function<void(const QString& path)> take);

} // namespace claimsmith::app
