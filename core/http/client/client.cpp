// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/client/client.h"

#include "http/client/transfer.h"

#include <atomic>
#include <map>
#include <mutex>
#include <thread>
#include <variant>

namespace claimsmith::http {
namespace {

/// libcurl wants to be initialised once, before any thread uses it, and never torn down under one.
void initialiseCurl()
{
    static const CURLcode code = curl_global_init(CURL_GLOBAL_DEFAULT);
    static_cast<void>(code);
}

struct CloseMulti
{
    void operator()(CURLM* multi) const noexcept { curl_multi_cleanup(multi); }
};

Error cancelled()
{
    Error error{ClientErrorCode::Cancelled};
    error.place.pointer = "request";
    error.detail = "the request was cancelled";
    return error;
}

} // namespace

class Client::Private
{
public:
    Private() : m_multi((initialiseCurl(), curl_multi_init())), m_thread([this] { run(); }) {}

    ~Private()
    {
        post(Stop{});
        m_thread.join();
    }

    struct Start
    {
        std::unique_ptr<Transfer> transfer;
    };
    struct Cancel
    {
        RequestId id;
    };
    struct Stop
    {
    };
    using Command = std::variant<Start, Cancel, Stop>;

    void post(Command command)
    {
        {
            const std::lock_guard lock(m_mutex);
            m_commands.push_back(std::move(command));
        }
        curl_multi_wakeup(m_multi.get());
    }

    RequestId nextId() noexcept { return m_nextId.fetch_add(1, std::memory_order_relaxed); }

private:
    void run();
    void start(std::unique_ptr<Transfer> transfer);
    void cancel(RequestId id);
    void collectFinished();
    bool obey();

    std::unique_ptr<CURLM, CloseMulti> m_multi;
    std::mutex m_mutex;
    std::vector<Command> m_commands;
    std::map<RequestId, std::unique_ptr<Transfer>> m_transfers; ///< of the thread
    std::atomic<RequestId> m_nextId{1};
    std::thread m_thread; ///< last: it uses the others
};

void Client::Private::run()
{
    while (obey()) {
        int running = 0;
        curl_multi_perform(m_multi.get(), &running);
        collectFinished();
        // A callback may have sent or cancelled: its wakeup ends the wait at once.
        curl_multi_poll(m_multi.get(), nullptr, 0, 60'000, nullptr);
    }
    // What `done` sends while the client goes is cancelled as well.
    do {
        while (!m_transfers.empty())
            cancel(m_transfers.begin()->first);
        obey();
    } while (!m_transfers.empty());
}

/// Carries out what was posted; false when the thread should end.
bool Client::Private::obey()
{
    std::vector<Command> commands;
    {
        const std::lock_guard lock(m_mutex);
        commands.swap(m_commands);
    }
    bool goOn = true;
    for (Command& command : commands) {
        if (auto* const begin = std::get_if<Start>(&command))
            start(std::move(begin->transfer));
        else if (const auto* const end = std::get_if<Cancel>(&command))
            cancel(end->id);
        else
            goOn = false;
    }
    return goOn;
}

void Client::Private::start(std::unique_ptr<Transfer> transfer)
{
    if (auto prepared = transfer->prepare(); !prepared) {
        transfer->fail(std::move(prepared).error());
        return;
    }
    curl_multi_add_handle(m_multi.get(), transfer->handle());
    const RequestId id = transfer->id();
    m_transfers.emplace(id, std::move(transfer));
}

void Client::Private::cancel(RequestId id)
{
    const auto found = m_transfers.find(id);
    if (found == m_transfers.end())
        return;
    const std::unique_ptr<Transfer> transfer = std::move(found->second);
    m_transfers.erase(found);
    curl_multi_remove_handle(m_multi.get(), transfer->handle());
    transfer->fail(cancelled());
}

void Client::Private::collectFinished()
{
    int left = 0;
    while (const CURLMsg* const message = curl_multi_info_read(m_multi.get(), &left)) {
        if (message->msg != CURLMSG_DONE)
            continue;
        const CURLcode code = message->data.result;
        void* pointer = nullptr;
        curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &pointer);
        const auto found = m_transfers.find(static_cast<Transfer*>(pointer)->id());
        const std::unique_ptr<Transfer> transfer = std::move(found->second);
        m_transfers.erase(found);
        transfer->finish(code);
        curl_multi_remove_handle(m_multi.get(), transfer->handle());
    }
}

Client::Client() : d(std::make_unique<Private>()) {}

Client::~Client() = default;

Client::RequestId Client::send(ClientRequest request, ClientCallbacks callbacks)
{
    const RequestId id = d->nextId();
    d->post(Private::Start{std::make_unique<Transfer>(id, std::move(request), std::move(callbacks))});
    return id;
}

void Client::cancel(RequestId id)
{
    d->post(Private::Cancel{id});
}

} // namespace claimsmith::http
