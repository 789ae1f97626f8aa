// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/bytes.h"
#include "base/result.h"
#include "http/message.h"

#include <QObject>

#include <memory>
#include <string>

namespace claimsmith::app {

/// Gets a document about keys behind a URL: a JWK Set, a certificate, a discovery document, once, when it is asked to;
/// never by itself. GUI thread; the work is the http client's.
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
    /// With the head of the answer: how long the document may be kept stands there.
    void fetched(const claimsmith::Bytes& document, const claimsmith::http::ResponseHead& head);
    /// No answer, or one that is not a success: then the parameter "status" is set.
    void failed(const claimsmith::Error& error);

private:
    class Implementation;
    std::unique_ptr<Implementation> m;
};

} // namespace claimsmith::app
