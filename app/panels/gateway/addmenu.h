// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "panels/gateway/newentity.h"

#include <QCoreApplication>

#include <functional>
#include <string>

class QMenu;

namespace claimsmith::app {

class GatewayDocument;

/// What can be added to kong.yml at the entity that is selected. Refers to the document, which has to outlive it and
/// the menus that it filled.
class AddMenu final
{
    Q_DECLARE_TR_FUNCTIONS(Gateway)

public:
    using CarryOut = std::function<void(const EntityChange& change, const QString& label)>;

    AddMenu(const GatewayDocument& document, KeepSecret keep, CarryOut carryOut);

    /// `current` is the pointer of the selected entity, empty for none.
    void fill(QMenu& menu, const std::string& current) const;

private:
    using Make = std::function<EntityChange(const ConfigAnalysis& config)>;

    const ConfigAnalysis& config() const noexcept;
    std::string ancestorOfType(const std::string& current, std::string_view type) const;
    void addAction(QMenu& menu, QLatin1String icon, const QString& text, const QString& label, Make make) const;
    void addCredentials(QMenu& menu, const std::string& consumer) const;
    void addPlugins(QMenu& menu, const QString& title, const std::string& parent) const;

    const GatewayDocument& m_document;
    KeepSecret m_keep;
    CarryOut m_carryOut;
};

} // namespace claimsmith::app
