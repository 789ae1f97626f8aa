// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/gateway/configfiles.h"

#include "panels/gateway/gatewaytr.h"

#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QSaveFile>

namespace claimsmith::app {
namespace {

using Tr = GatewayTr;

constexpr qint64 largestImport = 64LL << 20;

} // namespace

ConfigFile readConfigFile(const QString& path)
{
    ConfigFile result;
    result.name = QFileInfo(path).fileName();
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        result.problem = Tr::tr("%1 cannot be read: %2.").arg(result.name, file.errorString());
    else if (file.size() > largestImport)
        result.problem = Tr::tr("%1 is larger than 64 MB, which no configuration is.").arg(result.name);
    else
        result.text = file.readAll().toStdString();
    return result;
}

QString writeConfigFile(const QString& path, const std::string& text)
{
    QSaveFile file(path);
    const auto size = static_cast<qint64>(text.size());
    if (file.open(QIODevice::WriteOnly) && file.write(text.data(), size) == size && file.commit())
        return {};
    return Tr::tr("%1 cannot be written: %2.").arg(path, file.errorString());
}

void askForConfigToRead(QWidget* parent, std::function<void(const QString& path)> take)
{
    auto* dialog = new QFileDialog(parent, Tr::tr("Import kong.yml"), {},
                                   Tr::tr("decK and Kong files (*.yml *.yaml *.json);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    QObject::connect(dialog, &QFileDialog::fileSelected, parent, std::move(take));
    dialog->open();
}

void askForConfigToWrite(QWidget* parent, std::function<void(const QString& path)> take)
{
    auto* dialog =
        new QFileDialog(parent, Tr::tr("Export decK"), QStringLiteral("kong.yml"), Tr::tr("decK files (*.yml *.yaml)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("yml"));
    QObject::connect(dialog, &QFileDialog::fileSelected, parent, std::move(take));
    dialog->open();
}

} // namespace claimsmith::app
