// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/client/client.h"
#include "http/url.h"

#include <curl/curl.h>

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace claimsmith::http {

/// One request under way: libcurl's handle and what its callbacks gather. Used on the client's thread only.
class Transfer final
{
public:
    Transfer(Client::RequestId id, ClientRequest request, ClientCallbacks callbacks);
    Transfer(const Transfer&) = delete;
    Transfer& operator=(const Transfer&) = delete;

    /// Sets the handle up; fails for what libcurl would only find out late.
    Result<void> prepare();

    Client::RequestId id() const noexcept { return m_id; }
    CURL* handle() const noexcept { return m_handle.get(); }
    /// Calls `done`, once, with what came or the error that libcurl's code stands for.
    void finish(CURLcode code);
    void fail(Error error);

private:
    struct CloseHandle
    {
        void operator()(CURL* handle) const noexcept { curl_easy_cleanup(handle); }
    };
    struct FreeList
    {
        void operator()(curl_slist* list) const noexcept { curl_slist_free_all(list); }
    };
    using HeaderList = std::unique_ptr<curl_slist, FreeList>;

    template <class Value>
    void set(CURLoption option, Value value);
    void setHeaders();
    void addLine(HeaderList& list, const std::string& line);
    void setBody();
    void setTls();
    Error errorFor(CURLcode code) const;
    Error makeError(ClientErrorCode code, std::string place, std::string detail) const;
    ClientResponse takeResponse();
    ClientTimings timings() const;
    void headerLine(std::string_view line);
    bool bodyPiece(std::string_view bytes);
    void requestBytes(curl_infotype type, std::string_view bytes);
    void report(ClientProgress::Phase phase, bool force);

    static std::size_t onHeader(char* data, std::size_t size, std::size_t count, void* self);
    static std::size_t onBody(char* data, std::size_t size, std::size_t count, void* self);
    static int onDebug(CURL*, curl_infotype type, char* data, std::size_t size, void* self);
    static int onSocket(void* self, curl_socket_t socket, curlsocktype purpose);
    static int onConnected(void* self, char* remote, char* local, int remotePort, int localPort);
    static int onProgress(void* self, curl_off_t total, curl_off_t now, curl_off_t uploadTotal, curl_off_t uploaded);

    Client::RequestId m_id;
    ClientRequest m_request;
    ClientCallbacks m_callbacks;
    Url m_url;
    std::unique_ptr<CURL, CloseHandle> m_handle;
    HeaderList m_headers;
    HeaderList m_connectTo;
    char m_curlDetail[CURL_ERROR_SIZE] = {};
    ClientResponse m_response;
    std::optional<Error> m_error; ///< found in a callback, which made libcurl stop
    bool m_hasHead = false;
    bool m_headEnded = true; ///< the next header line begins a head
    ClientProgress m_progress;
    std::chrono::steady_clock::time_point m_begin{};
    std::chrono::steady_clock::time_point m_lastSent{};
    std::chrono::steady_clock::time_point m_lastReport{};
};

} // namespace claimsmith::http
