// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "jose/deflate.h"

#include "jose/error.h"

#include <zlib.h>

#include <algorithm>

namespace claimsmith::jose {
namespace {

constexpr int rawWindow = -MAX_WBITS; ///< below zero: no zlib header
constexpr int defaultMemory = 8;
constexpr std::size_t largestText = 1U << 30; ///< octets; zlib counts them in 32 bits

// zlib declares its input as writable where ZLIB_CONST is not set; it only reads it.
Bytef* octets(BytesView bytes)
{
    return reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
}

struct Inflation
{
    z_stream stream{};

    bool isReady;

    Inflation() : isReady(inflateInit2(&stream, rawWindow) == Z_OK) {}
    Inflation(const Inflation&) = delete;
    Inflation& operator=(const Inflation&) = delete;
    ~Inflation() { inflateEnd(&stream); }
};

struct Deflation
{
    z_stream stream{};

    bool isReady;

    Deflation()
        : isReady(deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, rawWindow, defaultMemory, Z_DEFAULT_STRATEGY) ==
                  Z_OK)
    {
    }
    Deflation(const Deflation&) = delete;
    Deflation& operator=(const Deflation&) = delete;
    ~Deflation() { deflateEnd(&stream); }
};

/// Room for a secret text; leaves no copy of it behind when it grows or goes.
struct Room
{
    Bytes octets;

    explicit Room(std::size_t size) : octets(size, '\0') {}
    Room(const Room&) = delete;
    Room& operator=(const Room&) = delete;
    ~Room() { wipe(octets); }

    void grow(std::size_t size)
    {
        Bytes larger(size, '\0');
        std::ranges::copy(octets, larger.begin());
        wipe(octets);
        octets = std::move(larger);
    }
};

} // namespace

Result<SecretBytes> deflate(BytesView plaintext)
{
    if (plaintext.size() > largestText)
        return Error{.code = JoseErrorCode::PlaintextTooLarge, .parameters = {{"limit", std::to_string(largestText)}}};
    Deflation deflation;
    if (!deflation.isReady)
        return Error{.code = JoseErrorCode::CompressionInvalid, .detail = "zlib can't be started"};
    Room room(deflateBound(&deflation.stream, plaintext.size()));
    deflation.stream.next_in = octets(plaintext);
    deflation.stream.avail_in = static_cast<uInt>(plaintext.size());
    deflation.stream.next_out = octets(room.octets);
    deflation.stream.avail_out = static_cast<uInt>(room.octets.size());
    if (::deflate(&deflation.stream, Z_FINISH) != Z_STREAM_END)
        return Error{.code = JoseErrorCode::CompressionInvalid, .detail = "zlib did not come to its end"};
    return SecretBytes(BytesView(room.octets).substr(0, deflation.stream.total_out));
}

Result<SecretBytes> inflate(BytesView compressed, std::size_t maximum)
{
    constexpr std::size_t firstSize = 4096;
    maximum = std::min(maximum, largestText);
    Inflation inflation;
    if (!inflation.isReady || compressed.size() > largestText)
        return Error{.code = JoseErrorCode::CompressionInvalid};
    inflation.stream.next_in = octets(compressed);
    inflation.stream.avail_in = static_cast<uInt>(compressed.size());
    Room room(std::min(firstSize, maximum + 1));
    std::size_t size = 0;
    for (int state = Z_OK; state != Z_STREAM_END;) {
        if (size == room.octets.size())
            room.grow(std::min(2 * size, maximum + 1));
        inflation.stream.next_out = reinterpret_cast<Bytef*>(room.octets.data()) + size;
        inflation.stream.avail_out = static_cast<uInt>(room.octets.size() - size);
        state = ::inflate(&inflation.stream, Z_NO_FLUSH);
        size = room.octets.size() - inflation.stream.avail_out;
        if (size > maximum)
            return Error{.code = JoseErrorCode::PlaintextTooLarge, .parameters = {{"limit", std::to_string(maximum)}}};
        const bool isStuck = state == Z_OK && size < room.octets.size(); // there was room, and the stream is used up
        if ((state != Z_OK && state != Z_STREAM_END) || isStuck)
            return Error{.code = JoseErrorCode::CompressionInvalid};
    }
    if (inflation.stream.avail_in != 0)
        return Error{.code = JoseErrorCode::CompressionInvalid};
    return SecretBytes(BytesView(room.octets).substr(0, size));
}

} // namespace claimsmith::jose
