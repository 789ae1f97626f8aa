// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/support/proxies.h"

#include <cstdio>
#include <fstream>

namespace claimsmith::bench {
namespace {

std::filesystem::path write(const std::filesystem::path& file, const std::string& text)
{
    std::ofstream(file) << text;
    return file;
}

std::string secretOf(const Issuer& issuer)
{
    const SecretBytes* const secret = issuer.key.secret();
    return secret ? std::string(secret->view()) : std::string();
}

std::string indented(const std::string& text, const std::string& by)
{
    std::string out;
    for (const char c : text)
        out += c == '\n' ? "\n" + by : std::string(1, c);
    return out;
}

std::string credentialText(const Issuer& issuer)
{
    const std::string begin =
        "      - key: " + issuer.name + "\n        algorithm: " + std::string(jose::toString(issuer.algorithm)) + "\n";
    if (issuer.key.publicKey() == nullptr)
        return begin + "        secret: " + secretOf(issuer) + "\n";
    return begin + "        rsa_public_key: |\n          " +
           indented(issuer.key.publicKey()->publicPem(), "          ") + "\n";
}

/// Ten plugins that all have something to do and let the request pass.
constexpr const char* tenPlugins = R"(
          - name: correlation-id
            config: {header_name: X-Request-Number}
          - name: bot-detection
          - name: cors
          - name: ip-restriction
            config: {allow: [127.0.0.0/8]}
          - name: request-size-limiting
          - name: request-transformer
            config: {add: {headers: ['X-One:1']}}
          - name: response-transformer
            config: {add: {headers: ['X-Two:2']}}
          - name: rate-limiting
            config: {second: 1000000}
          - name: key-auth
          - name: acl
            config: {allow: [bench]}
)";

std::string claimsmithText(const Setup& setup)
{
    std::string text = "_format_version: '3.0'\nservices:\n  - name: upstream\n    url: http://127.0.0.1:" +
                       std::to_string(setup.upstream) +
                       "\n    routes:\n"
                       "      - {name: plain, paths: [/plain], strip_path: false}\n"
                       "      - name: one\n        paths: [/one]\n        strip_path: false\n        plugins:\n"
                       "          - name: correlation-id\n            config: {header_name: X-Request-Number}\n"
                       "      - name: ten\n        paths: [/ten]\n        strip_path: false\n        plugins:" +
                       std::string(tenPlugins);
    std::string credentials;
    for (const Issuer& issuer : setup.issuers) {
        text += "      - name: jwt-" + issuer.name + "\n        paths: [/jwt-" + issuer.name +
                "]\n        strip_path: false\n        plugins:\n          - name: jwt\n            config: "
                "{claims_to_verify: [exp]}\n";
        credentials += credentialText(issuer);
    }
    return text +
           "consumers:\n  - username: bench\n    acls: [{group: bench}]\n"
           "    keyauth_credentials: [{key: bench}]\n    jwt_secrets:\n" +
           credentials;
}

/// The headers that a gateway adds to what it forwards: each proxy has the same work.
std::string nginxText(const Setup& setup, std::uint16_t port)
{
    const std::string folder = setup.folder.string();
    std::string text = "daemon off; master_process off; worker_processes 1; pid " + folder + "/nginx.pid; error_log " +
                       folder +
                       "/nginx-error.log;\nevents { worker_connections 4096; }\nhttp {\n  access_log off; "
                       "keepalive_requests 1000000000; client_max_body_size 0;\n";
    for (const char* kind : {"client_body", "proxy", "fastcgi", "uwsgi", "scgi"})
        text += "  " + std::string(kind) + "_temp_path " + folder + "/nginx-" + kind + ";\n";
    return text + "  upstream u { server 127.0.0.1:" + std::to_string(setup.upstream) +
           "; keepalive 64; keepalive_requests 1000000000; }\n  server {\n    listen 127.0.0.1:" +
           std::to_string(port) + R"(;
    location / {
      proxy_pass http://u;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_set_header X-Real-IP $remote_addr;
      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
      proxy_set_header X-Forwarded-Proto $scheme;
      proxy_set_header X-Forwarded-Host $host;
      proxy_set_header X-Forwarded-Port $server_port;
      proxy_set_header X-Forwarded-Path $request_uri;
      proxy_set_header X-Request-Id $request_id;
      add_header X-Request-Id $request_id;
    }
  }
}
)";
}

std::string haproxyCheck(const Setup& setup, const Issuer& issuer)
{
    std::string key = secretOf(issuer);
    if (issuer.key.publicKey() != nullptr)
        key = write(setup.folder / (issuer.name + ".pem"), issuer.key.publicKey()->publicPem()).string();
    const std::string algorithm(jose::toString(issuer.algorithm));
    const std::string deny = "  http-request deny deny_status 401 if { path_beg /jwt-" + issuer.name + " } ";
    return deny + "!{ var(txn.alg) -m str " + algorithm + " }\n" + deny + "!{ var(txn.iss) -m str " + issuer.name +
           " }\n" + deny + "!{ var(txn.token),jwt_verify(txn.alg,\"" + key + "\") -m int 1 }\n";
}

std::string haproxyText(const Setup& setup, std::uint16_t port)
{
    std::string text = R"(global
  nbthread 1
  maxconn 8192
defaults
  mode http
  option http-keep-alive
  http-reuse always
  timeout connect 5s
  timeout client 60s
  timeout server 60s
frontend clients
  bind 127.0.0.1:)" + std::to_string(port) +
                       R"(
  option forwardfor
  unique-id-format %{+X}o\ %ci:%cp_%fi:%fp_%Ts_%rt:%pid
  unique-id-header X-Request-Id
  http-request set-header X-Real-IP %[src]
  http-request set-header X-Forwarded-Proto http
  http-request set-header X-Forwarded-Host %[hdr(host)]
  http-request set-header X-Forwarded-Port %[dst_port]
  http-request set-header X-Forwarded-Path %[pathq]
  http-response set-header X-Request-Id %[unique-id]
  acl token path_beg /jwt
  http-request set-var(txn.token) http_auth_bearer if token
  http-request set-var(txn.alg) var(txn.token),jwt_header_query('$.alg') if token
  http-request set-var(txn.iss) var(txn.token),jwt_payload_query('$.iss') if token
  http-request set-var(txn.exp) var(txn.token),jwt_payload_query('$.exp','int') if token
  http-request set-var(txn.now) date() if token
  http-request deny deny_status 401 if token { var(txn.exp),sub(txn.now) -m int lt 0 }
)";
    for (const Issuer& issuer : setup.issuers)
        text += haproxyCheck(setup, issuer);
    return text +
           "  default_backend upstream\nbackend upstream\n  server one 127.0.0.1:" + std::to_string(setup.upstream) +
           "\n";
}

std::vector<std::string> commandOf(const std::string& name, const Setup& setup, std::uint16_t port)
{
    const auto file = [&](const char* suffix) { return setup.folder / (name + suffix); };
    if (name == "nginx")
        return {name, "-p", setup.folder.string(), "-c", write(file(".conf"), nginxText(setup, port)).string()};
    if (name == "haproxy")
        return {name, "-f", write(file(".cfg"), haproxyText(setup, port)).string()};
    return {setup.claimctl, "gateway",
            "--config",     write(file(".yml"), claimsmithText(setup)).string(),
            "--proxy",      "127.0.0.1:" + std::to_string(port),
            "--threads",    "1"};
}

} // namespace

std::vector<Proxy> startProxies(const Setup& setup)
{
    std::vector<Proxy> proxies;
    for (const std::string name : {"claimsmith", "nginx", "haproxy"}) {
        const bool isOurs = name == "claimsmith";
        if (!isOurs && !isInstalled(name)) {
            std::fprintf(stderr, "%s is not installed: left out\n", name.c_str());
            continue;
        }
        const std::uint16_t port = freePort();
        const auto log = setup.folder / (name + ".log");
        auto child = Child::start(commandOf(name, setup, port), log);
        if (!child || !child->waitForPort(port)) {
            std::fprintf(stderr, "%s did not start:\n", name.c_str());
            std::ifstream text(log);
            for (std::string line; std::getline(text, line);)
                std::fprintf(stderr, "  %s\n", line.c_str());
            continue;
        }
        proxies.push_back({name, port, std::move(child), name != "nginx", isOurs});
    }
    return proxies;
}

} // namespace claimsmith::bench
