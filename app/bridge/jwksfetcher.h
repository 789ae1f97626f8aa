// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/bytes.h"
#include "base/result.h"

#include <QObject>

#include <memory>
#include <string>

namespace claimsmith::app {

/// Gets the document behind a JWKS URL, once, when it is asked to; never by itself. GUI thread; the work is the http
/// client's.
class JwksFetcher final : public QObject
{
    Q_OBJECT

public:
    static constexpr std::uint64_t maximumSize = 1U << 20U;

    explicit JwksFetcher(QObject* parent = nullptr);
    ~JwksFetcher() override;

    /// A fetch that is under way is given up.
    void fetch(const std::string& url);

signals:
    void fetched(const claimsmith::Bytes& document);
    /// No answer, or one that is not a success: then the parameter "status" is set.
    void failed(const claimsmith::Error& error);

private:
    class Implementation;
    std::unique_ptr<Implementation> m;
};

} // namespace claimsmith::app
