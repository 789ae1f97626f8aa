// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/plugin.h"

#include <memory>

namespace claimsmith::gateway {

/// What most plugins have for PluginDescriptor::create and prepare: `.create = makePlugin<FileLogPlugin>`.

/// A plugin that can't fail to be made, from its context.
template <class Made>
Result<std::unique_ptr<const Plugin>> makePlugin(const PluginContext& context)
{
    return std::unique_ptr<const Plugin>(std::make_unique<const Made>(context));
}

/// One that also uses what all its instances share, which prepareData() made.
template <class Made, class Data>
Result<std::unique_ptr<const Plugin>> makePluginWith(const PluginContext& context)
{
    const auto& data = static_cast<const Data&>(*context.data);
    return std::unique_ptr<const Plugin>(std::make_unique<const Made>(context, data));
}

template <class Data>
std::shared_ptr<const PluginData> prepareData(const Snapshot& snapshot)
{
    return std::make_shared<const Data>(snapshot);
}

} // namespace claimsmith::gateway
