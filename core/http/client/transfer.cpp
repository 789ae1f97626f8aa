// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/client/transfer.h"

#include "base/text.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <utility>
#include <vector>

namespace claimsmith::http {
namespace {

constexpr std::chrono::milliseconds progressInterval{200};

std::string_view clientCodeName(int code) noexcept
{
    static constexpr std::array names = {
        "bad-url",        "bad-request",   "cannot-resolve",     "cannot-resolve-proxy", "connection-refused",
        "cannot-connect", "timed-out",     "tls-handshake",      "tls-certificate",      "tls-file",
        "closed-early",   "bad-response",  "too-many-redirects", "body-too-large",       "send-failed",
        "receive-failed", "local-failure", "cancelled",
    };
    static_assert(names.size() == static_cast<std::size_t>(ClientErrorCode::Cancelled) + 1);
    return names[static_cast<std::size_t>(code)];
}

/// What a libcurl code means, and on which side of the exchange.
struct Meaning
{
    CURLcode curl;
    ClientErrorCode code;
    std::string_view place;
};

constexpr std::array meanings = std::to_array<Meaning>({
    {CURLE_URL_MALFORMAT, ClientErrorCode::BadUrl, "url"},
    {CURLE_UNSUPPORTED_PROTOCOL, ClientErrorCode::BadResponse,
     "response"}, // the URL was looked at: HTTP/0.9, or a redirect
    {CURLE_COULDNT_RESOLVE_HOST, ClientErrorCode::CannotResolve, "url"},
    {CURLE_COULDNT_RESOLVE_PROXY, ClientErrorCode::CannotResolveProxy, "proxy"},
    {CURLE_COULDNT_CONNECT, ClientErrorCode::CannotConnect, "url"},
    {CURLE_OPERATION_TIMEDOUT, ClientErrorCode::TimedOut, "response"},
    {CURLE_SSL_CONNECT_ERROR, ClientErrorCode::TlsHandshake, "tls"},
    {CURLE_SSL_CIPHER, ClientErrorCode::TlsHandshake, "tls"},
    {CURLE_PEER_FAILED_VERIFICATION, ClientErrorCode::TlsCertificate, "tls"},
    {CURLE_SSL_ISSUER_ERROR, ClientErrorCode::TlsCertificate, "tls"},
    {CURLE_SSL_CACERT_BADFILE, ClientErrorCode::TlsFile, "tls"},
    {CURLE_SSL_CERTPROBLEM, ClientErrorCode::TlsFile, "tls"},
    {CURLE_GOT_NOTHING, ClientErrorCode::ClosedEarly, "response"},
    {CURLE_PARTIAL_FILE, ClientErrorCode::ClosedEarly, "response"},
    {CURLE_WEIRD_SERVER_REPLY, ClientErrorCode::BadResponse, "response"},
    {CURLE_BAD_CONTENT_ENCODING, ClientErrorCode::BadResponse, "response"},
    {CURLE_HTTP2, ClientErrorCode::BadResponse, "response"},
    {CURLE_HTTP2_STREAM, ClientErrorCode::BadResponse, "response"},
    {CURLE_TOO_MANY_REDIRECTS, ClientErrorCode::TooManyRedirects, "response"},
    {CURLE_FILESIZE_EXCEEDED, ClientErrorCode::BodyTooLarge, "response"},
    {CURLE_SEND_ERROR, ClientErrorCode::SendFailed, "request"},
    {CURLE_RECV_ERROR, ClientErrorCode::ReceiveFailed, "response"},
    {CURLE_ABORTED_BY_CALLBACK, ClientErrorCode::Cancelled, "request"},
});

long curlVersionOf(ClientRequest::Protocol protocol) noexcept
{
    switch (protocol) {
    case ClientRequest::Protocol::Http10:
        return CURL_HTTP_VERSION_1_0;
    case ClientRequest::Protocol::Http11:
        return CURL_HTTP_VERSION_1_1;
    case ClientRequest::Protocol::Http2:
        return CURL_HTTP_VERSION_2_PRIOR_KNOWLEDGE;
    case ClientRequest::Protocol::Automatic:
        break;
    }
    return CURL_HTTP_VERSION_2TLS;
}

/// "HTTP/1.1", "HTTP/2".
Version readVersion(std::string_view text) noexcept
{
    const auto digit = [text](std::size_t at) {
        return at < text.size() && text[at] >= '0' && text[at] <= '9' ? static_cast<std::uint8_t>(text[at] - '0')
                                                                      : std::uint8_t{0};
    };
    return {digit(5), digit(7)};
}

void addHeaderLine(HeaderMap& headers, std::string_view line)
{
    const std::size_t colon = line.find(':');
    if (colon != std::string_view::npos)
        headers.add(line.substr(0, colon), trimmed(line.substr(colon + 1)));
}

/// The head that libcurl wrote. It may be any head, also one that a server refuses, so nothing is checked here.
RequestHead readSentHead(std::string_view text)
{
    RequestHead head;
    const std::vector<std::string_view> lines = split(text, '\n');
    const std::string_view first = trimmed(lines.front());
    const std::size_t methodEnd = std::min(first.find(' '), first.size());
    const std::size_t versionBegin = std::max(first.rfind(' ') + 1, methodEnd);
    head.method = first.substr(0, methodEnd);
    head.target = trimmed(first.substr(methodEnd, versionBegin - methodEnd));
    head.version = readVersion(first.substr(versionBegin));
    for (std::size_t i = 1; i < lines.size(); ++i)
        addHeaderLine(head.headers, lines[i]);
    return head;
}

/// "HTTP/1.1 200 OK", "HTTP/2 200".
void readStatusLine(std::string_view line, ResponseHead& head)
{
    head.version = readVersion(line.substr(0, line.find(' ')));
    const std::string_view rest = line.substr(std::min(line.find(' '), line.size() - 1) + 1);
    std::from_chars(rest.data(), rest.data() + rest.size(), head.status);
    head.reason = rest.size() > 4 ? trimmed(rest.substr(4)) : std::string_view{};
}

} // namespace

const ErrorDomain& errorDomain(ClientErrorCode) noexcept
{
    static constexpr ErrorDomain domain{"http-client", clientCodeName};
    return domain;
}

Transfer::Transfer(Client::RequestId id, ClientRequest request, ClientCallbacks callbacks)
    : m_id(id), m_request(std::move(request)), m_callbacks(std::move(callbacks)), m_handle(curl_easy_init())
{
    m_response.body = BodyStore(m_request.memoryLimit);
}

template <class Value>
void Transfer::set(CURLoption option, Value value)
{
    // Fails only for options that this libcurl does not have, and for lack of memory: prepare() looks at the end.
    curl_easy_setopt(m_handle.get(), option, value);
}

Result<void> Transfer::prepare()
{
    if (!m_handle)
        return makeError(ClientErrorCode::LocalFailure, "request", "libcurl gave no handle");
    auto url = parseUrl(m_request.url);
    if (!url) {
        Error error = makeError(ClientErrorCode::BadUrl, "url", url.error().detail);
        error.cause = std::make_shared<Error>(std::move(url).error());
        return error;
    }
    m_url = std::move(url).value();
    if (!isToken(m_request.method))
        return makeError(ClientErrorCode::BadRequest, "method", "a method has to be a token (RFC 9110 §9.1)");
    for (const HeaderField& field : m_request.headers) {
        if (!isToken(field.name) || !isSafeHeaderValue(field.value)) {
            return makeError(ClientErrorCode::BadRequest, "headers/" + std::string(field.name),
                             "a header's name has to be a token, and its value must not hold CR, LF or NUL");
        }
    }
    m_url.fragment.reset();
    const std::string text = m_url.toString();
    set(CURLOPT_URL, text.c_str());
    set(CURLOPT_PROTOCOLS_STR, "http,https");
    set(CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
    set(CURLOPT_PATH_AS_IS, 1L);
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_QUICK_EXIT, 1L);
    set(CURLOPT_PROXY, m_request.proxy.c_str());
    set(CURLOPT_HTTP_VERSION, curlVersionOf(m_request.protocol));
    set(CURLOPT_MAXAGE_CONN, static_cast<long>(m_request.maximumIdle.count()));
    set(CURLOPT_FOLLOWLOCATION, m_request.followRedirects ? 1L : 0L);
    set(CURLOPT_MAXREDIRS, static_cast<long>(m_request.maximumRedirects));
    set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(m_request.connectTimeout.count()));
    set(CURLOPT_TIMEOUT_MS, static_cast<long>(m_request.totalTimeout.count()));
    if (m_request.decode)
        set(CURLOPT_ACCEPT_ENCODING, "");
    set(CURLOPT_HEADERFUNCTION, &Transfer::onHeader);
    set(CURLOPT_HEADERDATA, static_cast<void*>(this));
    set(CURLOPT_WRITEFUNCTION, &Transfer::onBody);
    set(CURLOPT_WRITEDATA, static_cast<void*>(this));
    set(CURLOPT_DEBUGFUNCTION, &Transfer::onDebug);
    set(CURLOPT_DEBUGDATA, static_cast<void*>(this));
    set(CURLOPT_VERBOSE, 1L);
    set(CURLOPT_XFERINFOFUNCTION, &Transfer::onProgress);
    set(CURLOPT_XFERINFODATA, static_cast<void*>(this));
    set(CURLOPT_NOPROGRESS, 0L);
    set(CURLOPT_SOCKOPTFUNCTION, &Transfer::onSocket);
    set(CURLOPT_SOCKOPTDATA, static_cast<void*>(this));
    set(CURLOPT_PREREQFUNCTION, &Transfer::onConnected);
    set(CURLOPT_PREREQDATA, static_cast<void*>(this));
    set(CURLOPT_ERRORBUFFER, &m_curlDetail[0]);
    set(CURLOPT_PRIVATE, static_cast<void*>(this));
    if (!m_request.connectTo.empty()) {
        addLine(m_connectTo, Authority{m_url.host, m_url.effectivePort()}.toString() + ':' + m_request.connectTo);
        set(CURLOPT_CONNECT_TO, m_connectTo.get());
    }
    setBody();
    setHeaders();
    setTls();
    m_begin = m_lastSent = std::chrono::steady_clock::now();
    report(ClientProgress::Phase::Resolving, true);
    return {};
}

void Transfer::addLine(HeaderList& list, const std::string& line)
{
    curl_slist* const longer = curl_slist_append(list.get(), line.c_str());
    if (longer != nullptr) {
        static_cast<void>(list.release());
        list.reset(longer);
    }
}

/// libcurl adds headers of its own; a name with a colon and nothing behind it takes one away, and a name with a
/// semicolon stands for an empty value.
void Transfer::setHeaders()
{
    for (const std::string_view automatic : {"Accept", "Accept-Encoding", "Content-Type", "Expect", "User-Agent"}) {
        if (!m_request.headers.contains(automatic))
            addLine(m_headers, std::string(automatic) + ':');
    }
    for (const auto& [name, value] : m_request.headers)
        addLine(m_headers, value.empty() ? std::string(name) + ';' : std::string(name) + ": " + std::string(value));
    set(CURLOPT_HTTPHEADER, m_headers.get());
}

void Transfer::setBody()
{
    const bool expectsBody = m_request.method == "POST" || m_request.method == "PUT" || m_request.method == "PATCH";
    if (m_request.body || expectsBody) {
        if (!m_request.body)
            m_request.body.emplace();
        set(CURLOPT_POST, 1L);
        set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(m_request.body->size()));
        set(CURLOPT_POSTFIELDS, m_request.body->data());
    }
    if (m_request.method == "HEAD")
        set(CURLOPT_NOBODY, 1L);
    set(CURLOPT_CUSTOMREQUEST, m_request.method.c_str());
}

void Transfer::setTls()
{
    const ClientTls& tls = m_request.tls;
    set(CURLOPT_SSL_VERIFYPEER, tls.verify ? 1L : 0L);
    set(CURLOPT_SSL_VERIFYHOST, tls.verify ? 2L : 0L);
    if (!tls.caFile.empty())
        set(CURLOPT_CAINFO, tls.caFile.c_str());
    if (!tls.certificateFile.empty())
        set(CURLOPT_SSLCERT, tls.certificateFile.c_str());
    if (!tls.keyFile.empty())
        set(CURLOPT_SSLKEY, tls.keyFile.c_str());
}

std::size_t Transfer::onHeader(char* data, std::size_t size, std::size_t count, void* self)
{
    static_cast<Transfer*>(self)->headerLine({data, size * count});
    return size * count;
}

std::size_t Transfer::onBody(char* data, std::size_t size, std::size_t count, void* self)
{
    return static_cast<Transfer*>(self)->bodyPiece({data, size * count}) ? size * count : 0;
}

int Transfer::onDebug(CURL*, curl_infotype type, char* data, std::size_t size, void* self)
{
    static_cast<Transfer*>(self)->requestBytes(type, {data, size});
    return 0;
}

int Transfer::onSocket(void* self, curl_socket_t, curlsocktype)
{
    static_cast<Transfer*>(self)->report(ClientProgress::Phase::Connecting, false);
    return CURL_SOCKOPT_OK;
}

int Transfer::onConnected(void* self, char*, char*, int, int)
{
    static_cast<Transfer*>(self)->report(ClientProgress::Phase::Sending, false);
    return CURL_PREREQFUNC_OK;
}

int Transfer::onProgress(void* self, curl_off_t, curl_off_t, curl_off_t, curl_off_t uploaded)
{
    auto* const transfer = static_cast<Transfer*>(self);
    transfer->m_progress.sent = static_cast<std::uint64_t>(uploaded);
    transfer->report(transfer->m_progress.phase, false);
    return 0;
}

void Transfer::headerLine(std::string_view line)
{
    if (line.starts_with("HTTP/") && m_headEnded) {
        if (std::exchange(m_hasHead, true))
            m_response.earlier.push_back(std::move(m_response.head));
        m_response.head = {};
        readStatusLine(trimmed(line), m_response.head);
        m_headEnded = false;
        return;
    }
    const std::string_view text = trimmed(line);
    if (text.empty()) {
        m_headEnded = true;
        return;
    }
    HeaderMap& headers = m_response.head.headers;
    if ((line.front() == ' ' || line.front() == '\t') && !headers.empty()) {
        // A folded line (RFC 9112 §5.2): a user agent joins it with a space.
        const HeaderField last = headers[headers.size() - 1];
        const std::string joined = std::string(last.value) + ' ' + std::string(text);
        std::size_t index = 0;
        const std::size_t end = headers.size() - 1;
        headers.removeIf([&](const HeaderField&) { return index++ == end; });
        headers.add(last.name, joined);
        return;
    }
    addHeaderLine(headers, text);
}

bool Transfer::bodyPiece(std::string_view bytes)
{
    if (m_response.body.size() + bytes.size() > m_request.maximumBody) {
        m_error = makeError(ClientErrorCode::BodyTooLarge, "response",
                            "the body is larger than " + std::to_string(m_request.maximumBody) + " bytes");
        return false;
    }
    if (auto appended = m_response.body.append(bytes); !appended) {
        m_error = makeError(ClientErrorCode::LocalFailure, "response", appended.error().detail);
        m_error->cause = std::make_shared<Error>(std::move(appended).error());
        return false;
    }
    m_progress.received = m_response.body.size();
    const auto length = m_response.head.headers.find("content-length");
    std::uint64_t expected = 0;
    if (length && std::from_chars(length->data(), length->data() + length->size(), expected).ec == std::errc())
        m_progress.expected = expected;
    report(ClientProgress::Phase::Receiving, false);
    return true;
}

void Transfer::requestBytes(curl_infotype type, std::string_view bytes)
{
    switch (type) {
    case CURLINFO_HEADER_OUT:
        m_response.body.clear(); // of a redirect
        m_response.sentBytes = bytes.size();
        m_response.sent = readSentHead(bytes);
        m_lastSent = std::chrono::steady_clock::now();
        report(ClientProgress::Phase::Waiting, true);
        break;
    case CURLINFO_DATA_OUT:
        m_response.sentBytes += bytes.size();
        m_lastSent = std::chrono::steady_clock::now();
        break;
    case CURLINFO_HEADER_IN:
    case CURLINFO_DATA_IN:
        m_response.receivedBytes += bytes.size();
        break;
    case CURLINFO_TEXT:
    case CURLINFO_SSL_DATA_IN:
    case CURLINFO_SSL_DATA_OUT:
    case CURLINFO_END:
        break;
    }
}

void Transfer::report(ClientProgress::Phase phase, bool force)
{
    const auto now = std::chrono::steady_clock::now();
    const bool isNew = std::exchange(m_progress.phase, phase) != phase;
    if (!m_callbacks.progress || (!force && !isNew && now - m_lastReport < progressInterval))
        return;
    m_lastReport = now;
    m_callbacks.progress(m_progress);
}

ClientTimings Transfer::timings() const
{
    const auto read = [this](CURLINFO info) {
        curl_off_t value = 0;
        curl_easy_getinfo(m_handle.get(), info, &value);
        return std::chrono::microseconds(value);
    };
    ClientTimings result;
    result.total = read(CURLINFO_TOTAL_TIME_T);
    result.resolved = read(CURLINFO_NAMELOOKUP_TIME_T);
    result.connected = std::max(read(CURLINFO_CONNECT_TIME_T), result.resolved);
    result.secured = std::max(read(CURLINFO_APPCONNECT_TIME_T), result.connected);
    result.firstByte = std::max(read(CURLINFO_STARTTRANSFER_TIME_T), result.secured);
    const auto sent = std::chrono::duration_cast<std::chrono::microseconds>(m_lastSent - m_begin);
    result.sent = std::clamp(sent, result.secured, std::max(result.secured, result.firstByte));
    return result;
}

ClientResponse Transfer::takeResponse()
{
    const auto address = [this](CURLINFO host, CURLINFO port) {
        const char* text = nullptr;
        long number = 0;
        curl_easy_getinfo(m_handle.get(), host, &text);
        curl_easy_getinfo(m_handle.get(), port, &number);
        return Authority{text == nullptr ? "" : text, static_cast<std::uint16_t>(number)}.toString();
    };
    m_response.remoteAddress = address(CURLINFO_PRIMARY_IP, CURLINFO_PRIMARY_PORT);
    m_response.localAddress = address(CURLINFO_LOCAL_IP, CURLINFO_LOCAL_PORT);
    m_response.timings = timings();
    const char* url = nullptr;
    curl_easy_getinfo(m_handle.get(), CURLINFO_EFFECTIVE_URL, &url);
    m_response.url = url == nullptr ? m_request.url : url;
    long connects = 0;
    curl_easy_getinfo(m_handle.get(), CURLINFO_NUM_CONNECTS, &connects);
    m_response.reusedConnection = connects == 0;
    return std::move(m_response);
}

Error Transfer::makeError(ClientErrorCode code, std::string place, std::string detail) const
{
    Error error{code};
    error.place.pointer = std::move(place);
    error.detail = std::move(detail);
    if (!m_url.host.empty())
        error.parameters = {{"host", m_url.host}, {"port", std::to_string(m_url.effectivePort())}};
    return error;
}

Error Transfer::errorFor(CURLcode code) const
{
    const auto meaning = std::ranges::find(meanings, code, &Meaning::curl);
    const std::string detail = m_curlDetail[0] != '\0' ? m_curlDetail : curl_easy_strerror(code);
    if (meaning == meanings.end())
        return makeError(ClientErrorCode::LocalFailure, "request", detail);
    long osError = 0;
    curl_easy_getinfo(m_handle.get(), CURLINFO_OS_ERRNO, &osError);
    const bool isRefused = meaning->code == ClientErrorCode::CannotConnect && osError == ECONNREFUSED;
    return makeError(isRefused ? ClientErrorCode::ConnectionRefused : meaning->code, std::string(meaning->place),
                     detail);
}

void Transfer::finish(CURLcode code)
{
    if (code == CURLE_OK && !m_error) {
        m_callbacks.done(takeResponse());
        return;
    }
    fail(m_error ? *std::move(m_error) : errorFor(code));
}

void Transfer::fail(Error error)
{
    m_callbacks.done(std::move(error));
}

} // namespace claimsmith::http
