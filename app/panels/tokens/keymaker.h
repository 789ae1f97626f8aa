// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "jose/generate.h"

#include <QObject>

#include <atomic>
#include <memory>

namespace claimsmith::app {

/// Makes keys on another thread, one at a time: a new order gives the one before it up. GUI thread.
class KeyMaker final : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;
    /// Gives up what is being made.
    ~KeyMaker() override;

    /// `bits` as in jose::GenerateOptions.
    void make(const jose::KeySpec& spec, std::size_t bits);
    void cancel();
    bool isMaking() const noexcept { return m_cancelled != nullptr; }

signals:
    void made(const claimsmith::jose::Key& key);
    void failed(const claimsmith::Error& error);

private:
    void take(const Result<jose::Key>& key);

    std::shared_ptr<std::atomic<bool>> m_cancelled; ///< of the key that is being made
};

} // namespace claimsmith::app
