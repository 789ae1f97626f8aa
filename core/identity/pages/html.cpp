// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/pages/html.h"

#include "base/base64.h"
#include "crypto/digest.h"
#include "identity/guard.h"

namespace claimsmith::identity {
namespace {

constexpr std::string_view style =
    R"css(:root{color-scheme:light dark;--back:#eceef2;--card:#fff;--text:#1a1f2b;--dim:#5b6474;--line:#d5d9e2;--act:#3a56d4;--bad:#b3261e}
@media(prefers-color-scheme:dark){:root{--back:#14171d;--card:#1d222b;--text:#e6e9f0;--dim:#9aa3b5;--line:#39414f;--act:#8ea2ff;--bad:#ff8a80}}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;display:grid;place-items:center;padding:16px;background:var(--back);color:var(--text);font:16px/1.5 system-ui,sans-serif}
main{width:100%;max-width:400px;padding:32px;background:var(--card);border:1px solid var(--line);border-radius:12px}
h1{margin:0 0 4px;font-size:22px}
p{margin:0 0 16px;color:var(--dim)}
.alert{color:var(--bad);font-weight:600}
label{display:block;margin:0 0 4px;font-weight:600}
input[type=text],input[type=password]{width:100%;margin:0 0 16px;padding:10px 12px;border:1px solid var(--line);border-radius:8px;background:transparent;color:inherit;font:inherit}
button{width:100%;margin:0 0 8px;padding:10px 12px;border:1px solid var(--act);border-radius:8px;background:var(--act);color:var(--card);font:inherit;font-weight:600;cursor:pointer}
button.second{background:transparent;color:var(--act)}
:focus-visible{outline:3px solid var(--act);outline-offset:2px}
ul{margin:0 0 16px;padding-left:20px}
code{font-size:18px;letter-spacing:2px}
)css";

const std::string& styleSource()
{
    static const std::string source = "'sha256-" + toBase64(crypto::digest(crypto::DigestKind::Sha256, style)) + '\'';
    return source;
}

/// What form-action may name for the place that a form leads to: an origin, or the scheme of a native client.
std::string sourceOf(std::string_view target)
{
    if (target.empty())
        return {};
    const std::string origin = originOf(target);
    return ' ' + (origin.empty() ? std::string(target.substr(0, target.find(':') + 1)) : origin);
}

} // namespace

std::string escapeHtml(std::string_view text)
{
    std::string escaped;
    for (const char c : text) {
        switch (c) {
        case '&':
            escaped += "&amp;";
            break;
        case '<':
            escaped += "&lt;";
            break;
        case '>':
            escaped += "&gt;";
            break;
        case '"':
            escaped += "&quot;";
            break;
        case '\'':
            escaped += "&#39;";
            break;
        default:
            escaped += c;
        }
    }
    return escaped;
}

http::Response page(int status, std::string_view title, const std::string& body, std::string_view formTarget)
{
    std::string text = "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>" + escapeHtml(title) +
                       "</title><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><style>";
    text.append(style).append("</style></head><body><main><h1>").append(escapeHtml(title)).append("</h1>\n");
    text.append(body).append("</main></body></html>\n");
    http::Response response = http::Response::make(status, "text/html; charset=utf-8", std::move(text));
    http::HeaderMap& headers = response.head.headers;
    headers.set("Content-Security-Policy", "default-src 'none'; style-src " + styleSource() +
                                               "; base-uri 'none'; frame-ancestors 'none'; form-action 'self'" +
                                               sourceOf(formTarget));
    headers.set("X-Frame-Options", "DENY");
    headers.set("Referrer-Policy", "same-origin"); // with less, browsers send forms with "Origin: null"
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
    headers.set("Cache-Control", "no-store");
    return response;
}

std::string hiddenField(std::string_view name, std::string_view value)
{
    return "<input type=\"hidden\" name=\"" + escapeHtml(name) + "\" value=\"" + escapeHtml(value) + "\">";
}

} // namespace claimsmith::identity
