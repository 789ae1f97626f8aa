// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bridge/jwksfetcher.h"

#include "http/client/client.h"

#include <QPointer>

namespace claimsmith::app {

namespace {

constexpr std::chrono::seconds patience{10};

struct Document
{
    Bytes content;
    http::ResponseHead head;
};

Result<Document> documentOf(Result<http::ClientResponse> response)
{
    if (!response)
        return std::move(response).error();
    if (response->head.status / 100 != 2)
        return Error{.code = http::ClientErrorCode::BadResponse,
                     .detail = "the server answered with status " + std::to_string(response->head.status),
                     .parameters = {{"status", std::to_string(response->head.status)}}};
    CLAIMSMITH_TRY(Bytes content, response->body.read(0, JwksFetcher::maximumSize));
    return Document{std::move(content), std::move(response->head)};
}

} // namespace

class JwksFetcher::Implementation
{
public:
    quint64 generation = 0;
    /// Last, so that its thread has ended before anything that its callbacks use goes.
    http::Client client;
};

JwksFetcher::JwksFetcher(QObject* parent) : QObject(parent), m(std::make_unique<Implementation>()) {}
JwksFetcher::~JwksFetcher() = default;

void JwksFetcher::fetch(const std::string& url)
{
    const quint64 generation = ++m->generation;
    http::ClientRequest request;
    request.url = url;
    request.followRedirects = true;
    request.totalTimeout = patience;
    request.maximumBody = maximumSize;
    m->client.send(std::move(request), {.done = [this, generation](Result<http::ClientResponse> response) {
                       // The destructor joins the client's thread, so `this` is there; the queue drops what comes too
                       // late.
                       auto document = std::make_shared<Result<Document>>(documentOf(std::move(response)));
                       QMetaObject::invokeMethod(
                           this,
                           [this, generation, document] {
                               if (generation != m->generation)
                                   return;
                               if (*document)
                                   emit fetched((*document)->content, (*document)->head);
                               else
                                   emit failed(document->error());
                           },
                           Qt::QueuedConnection);
                   }});
}

} // namespace claimsmith::app
