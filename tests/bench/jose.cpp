// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Signatures beside `openssl speed` of the same primitive, turn by turn in one run, by processor time. Goals: RSA, EC
// and EdDSA at 0.9 times its speed or more; verifying an HS256 token of 300 octets at most 1.2 µs above its HMAC of as
// many.

#include "base/base64.h"
#include "bench/support/child.h"
#include "jose/compact.h"
#include "jose/generate.h"
#include "jose/sign.h"
#include "jose/signature.h"
#include "jose/verify.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <functional>
#include <string>
#include <vector>

using namespace claimsmith;
using namespace claimsmith::jose;

namespace {

constexpr int turns = 3;
constexpr double secondsPerTurn = 0.6;
constexpr double smallestRatio = 0.9;
constexpr double largestExcess = 1.2e-6; ///< seconds

bool allReached = true;

double processorSeconds()
{
    return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

/// Calls each processor second.
double rateOf(const std::function<void()>& call)
{
    constexpr int callsBetweenLooks = 16;
    const double start = processorSeconds();
    double elapsed = 0;
    std::size_t calls = 0;
    do {
        for (int i = 0; i < callsBetweenLooks; ++i)
            call();
        calls += callsBetweenLooks;
        elapsed = processorSeconds() - start;
    } while (elapsed < secondsPerTurn);
    return static_cast<double>(calls) / elapsed;
}

/// The last fields of the line that starts with "+F" in the machine-readable output of `openssl speed`.
std::vector<double> opensslSpeed(const std::string& arguments, std::size_t fields)
{
    const std::string command = "openssl speed -seconds 1 -mr " + arguments + " 2>/dev/null";
    std::FILE* output = popen(command.c_str(), "r");
    std::string result;
    std::array<char, 512> line{};
    while (output != nullptr && std::fgets(line.data(), static_cast<int>(line.size()), output) != nullptr) {
        if (std::string_view(line.data()).starts_with("+F"))
            result = line.data();
    }
    if (output != nullptr)
        pclose(output);
    std::vector<double> numbers;
    while (numbers.size() < fields && !result.empty()) {
        const std::size_t colon = result.rfind(':');
        numbers.insert(numbers.begin(), std::atof(result.c_str() + colon + 1));
        result.resize(colon == std::string::npos ? 0 : colon);
    }
    if (numbers.size() != fields) {
        std::fprintf(stderr, "openssl speed %s can't be run\n", arguments.c_str());
        std::exit(1);
    }
    return numbers;
}

void printRatio(const std::string& what, double ours, double theirs, bool counts)
{
    const double ratio = ours / theirs;
    const bool reached = ratio >= smallestRatio;
    allReached = allReached && (reached || !counts);
    std::printf("%-22s %10.0f /s   openssl speed %10.0f /s   ratio %.2f%s\n", what.c_str(), ours, theirs, ratio,
                !counts   ? ""
                : reached ? ""
                          : "   BELOW THE GOAL");
}

struct Row
{
    Algorithm algorithm;
    std::size_t bits;
    const char* openssl; ///< what `openssl speed` calls it
    bool counts = true;  ///< whether it is the very same primitive
};

/// One algorithm: the best of several turns of each side, one after the other.
void compare(const Row& row, const std::string& message)
{
    const Key key = *generateKey(row.algorithm, {.bits = row.bits});
    const auto maker = SignatureMaker::forKey(row.algorithm, *key.privateKey());
    const auto verifier = SignatureVerifier::forKey(row.algorithm, *key.publicKey());
    const Bytes signature = *maker->sign(message);
    std::array<double, 2> ours{};
    std::array<double, 2> theirs{};
    for (int turn = 0; turn < turns; ++turn) {
        ours[0] = std::max(ours[0], rateOf([&] { static_cast<void>(maker->sign(message)); }));
        ours[1] = std::max(ours[1], rateOf([&] {
                               if (!verifier->verify(message, signature))
                                   std::abort();
                           }));
        const std::vector<double> speed = opensslSpeed(row.openssl, 2);
        theirs = {std::max(theirs[0], speed[0]), std::max(theirs[1], speed[1])};
    }
    const std::string name =
        std::string(toString(row.algorithm)) + (row.bits == 0 ? "" : ' ' + std::to_string(row.bits));
    printRatio(name + " sign", ours[0], theirs[0], row.counts);
    printRatio(name + " verify", ours[1], theirs[1], row.counts);
}

/// A token of about this many octets.
std::string tokenOf(const Key& key, std::size_t size)
{
    std::string padding;
    std::string token;
    do {
        token = *signCompact(R"({"alg":"HS256","typ":"JWT"})",
                             R"({"iss":"bench","exp":4102444800,"pad":")" + padding + "\"}", key);
        padding += 'x';
    } while (token.size() < size);
    return token;
}

/// What a gateway does with a token whose key it has: take it apart, decode the signature, compare.
bool verifyPrepared(const SignatureVerifier& verifier, std::string_view token)
{
    const auto parts = splitCompact(token);
    const auto signature = parts ? fromBase64Url(parts->signature) : std::nullopt;
    return signature && verifier.verify(parts->signingInput, *signature);
}

void compareHmac()
{
    const Key key = *generateKey(Algorithm::HS256);
    const std::string token = tokenOf(key, 300);
    const std::string input = token.substr(0, token.rfind('.'));
    const auto verifier = SignatureVerifier::forSecret(Algorithm::HS256, key.secret()->clone());
    const VerifyOptions options{.keys = {key}};
    double prepared = 0;
    double whole = 0;
    double raw = 0;
    for (int turn = 0; turn < turns; ++turn) {
        prepared = std::max(prepared, rateOf([&] {
                                if (!verifyPrepared(*verifier, token))
                                    std::abort();
                            }));
        whole = std::max(whole, rateOf([&] {
                             if (!verify(token, options).isValid())
                                 std::abort();
                         }));
        const double octets = static_cast<double>(input.size());
        raw = std::max(raw, opensslSpeed("-hmac sha256 -bytes " + std::to_string(input.size()), 1)[0] / octets);
    }
    const double excess = 1 / prepared - 1 / raw;
    allReached = allReached && excess < largestExcess;
    std::printf("HS256 token, %zu octets: verified in %.2f us, its HMAC alone %.2f us: %.2f us above it%s\n",
                token.size(), 1e6 / prepared, 1e6 / raw, excess * 1e6,
                excess < largestExcess ? "" : "   ABOVE THE GOAL");
    std::printf("  the same with every rung of the ladder and its report: %.2f us\n", 1e6 / whole);
}

} // namespace

int main()
{
    if (!bench::isInstalled("openssl")) {
        std::puts("skipped: openssl is needed to compare with");
        return 0;
    }
    const std::string message(260, 'm');
    const std::array<Row, 9> rows{{
        {Algorithm::RS256, 2048, "rsa2048"},
        {Algorithm::RS256, 3072, "rsa3072"},
        {Algorithm::RS256, 4096, "rsa4096"},
        {Algorithm::PS256, 2048, "rsa2048", false}, // speed has no PSS
        {Algorithm::ES256, 0, "ecdsap256"},
        {Algorithm::ES384, 0, "ecdsap384"},
        {Algorithm::ES512, 0, "ecdsap521"},
        {Algorithm::Ed25519, 0, "ed25519"},
        {Algorithm::Ed448, 0, "ed448"},
    }};
    for (const Row& row : rows)
        compare(row, message);
    compareHmac();
    std::puts(allReached ? "all goals reached" : "a goal was missed");
    return allReached ? 0 : 1;
}
