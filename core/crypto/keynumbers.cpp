// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Keys from their numbers and back: what a JWK holds (RFC 7518 §6, RFC 8037 §2).
#include "crypto/key.h"
#include "crypto/openssl.h"

#include <openssl/core_names.h>

#include <algorithm>
#include <array>
#include <utility>

namespace claimsmith::crypto {
namespace {

using BnContext = std::unique_ptr<BN_CTX, ossl::Deleter<BN_CTX_free>>;

Error invalid(std::string_view what)
{
    return {.code = CryptoErrorCode::KeyInvalid, .detail = std::string(what)};
}

Error mismatch(std::string_view what)
{
    return {.code = CryptoErrorCode::KeyPairMismatch, .detail = std::string(what)};
}

ossl::BigNumber number(BytesView octets)
{
    return ossl::BigNumber(BN_bin2bn(ossl::octets(octets), static_cast<int>(octets.size()), nullptr));
}

ossl::BigNumber numberOf(const EVP_PKEY* key, const char* parameter)
{
    BIGNUM* value = nullptr;
    EVP_PKEY_get_bn_param(key, parameter, &value);
    return ossl::BigNumber(value);
}

Bytes octetsOf(const BIGNUM* value, std::size_t size)
{
    Bytes octets(size, '\0');
    BN_bn2binpad(value, ossl::octets(octets), static_cast<int>(size));
    return octets;
}

Bytes octetsOf(const BIGNUM* value)
{
    return octetsOf(value, static_cast<std::size_t>(BN_num_bytes(value)));
}

SecretBytes secretOf(const EVP_PKEY* key, const char* parameter)
{
    const ossl::BigNumber value = numberOf(key, parameter);
    return value ? SecretBytes(octetsOf(value.get())) : SecretBytes();
}

/// The key that a list of parameters describes; null when OpenSSL refuses them.
std::shared_ptr<EVP_PKEY> build(const char* type, int selection, const ossl::ParamBuilder& builder)
{
    const ossl::Params params(OSSL_PARAM_BLD_to_param(builder.get()));
    const ossl::KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr));
    EVP_PKEY* key = nullptr;
    if (!params || !context || EVP_PKEY_fromdata_init(context.get()) != 1)
        return nullptr;
    if (EVP_PKEY_fromdata(context.get(), &key, selection, params.get()) != 1)
        return nullptr;
    return {ossl::PKey(key)};
}

// ---- RSA

struct RsaPublicBn
{
    ossl::BigNumber n, e;

    explicit RsaPublicBn(const RsaPublicNumbers& numbers) : n(number(numbers.modulus)), e(number(numbers.exponent)) {}
};

Result<void> check(const RsaPublicBn& key)
{
    constexpr int smallestModulus = 512; // what OpenSSL can sign with at all; weak ones are for the lint to name
    constexpr int largestModulus = 16384;
    if (BN_num_bits(key.n.get()) < smallestModulus || BN_num_bits(key.n.get()) > largestModulus ||
        !BN_is_odd(key.n.get()))
        return invalid("the modulus is even, too short or too long");
    // FIPS 186-5 §5.1 ends at 2^256; a longer exponent serves only to make others compute.
    constexpr int longestExponent = 256;
    if (!BN_is_odd(key.e.get()) || BN_is_one(key.e.get()) || BN_num_bits(key.e.get()) > longestExponent ||
        BN_cmp(key.e.get(), key.n.get()) >= 0)
        return invalid("the exponent is even, one, too long, or not below the modulus");
    return {};
}

struct RsaPrivateBn
{
    ossl::BigNumber d, p, q, dp, dq, qi;

    explicit RsaPrivateBn(const RsaPrivateNumbers& numbers)
        : d(number(numbers.exponent.view())), p(number(numbers.firstPrime.view())),
          q(number(numbers.secondPrime.view())), dp(number(numbers.firstCrtExponent.view())),
          dq(number(numbers.secondCrtExponent.view())), qi(number(numbers.firstCrtCoefficient.view()))
    {
    }

    bool hasPrimes() const { return !BN_is_zero(p.get()); }
};

/// Whether raising to e and then to d gives back what was there.
bool inverts(const RsaPublicBn& pub, const BIGNUM* d, BN_CTX* context)
{
    const ossl::BigNumber probe(BN_new());
    const ossl::BigNumber power(BN_new());
    BN_set_word(probe.get(), 2);
    return BN_mod_exp(power.get(), probe.get(), pub.e.get(), pub.n.get(), context) == 1 &&
           BN_mod_exp_mont_consttime(power.get(), power.get(), d, pub.n.get(), context, nullptr) == 1 &&
           BN_cmp(power.get(), probe.get()) == 0;
}

/// Whether `exponent` is d mod (prime - 1).
bool isCrtExponent(const BIGNUM* exponent, const BIGNUM* d, const BIGNUM* prime, BN_CTX* context)
{
    const ossl::BigNumber order(BN_dup(prime));
    const ossl::BigNumber rest(BN_new());
    return BN_sub_word(order.get(), 1) == 1 && BN_mod(rest.get(), d, order.get(), context) == 1 &&
           BN_cmp(rest.get(), exponent) == 0;
}

bool primesFit(const RsaPublicBn& pub, const RsaPrivateBn& secret, BN_CTX* context)
{
    const ossl::BigNumber product(BN_new());
    BN_mul(product.get(), secret.p.get(), secret.q.get(), context);
    if (BN_cmp(product.get(), pub.n.get()) != 0)
        return false;
    if (!isCrtExponent(secret.dp.get(), secret.d.get(), secret.p.get(), context) ||
        !isCrtExponent(secret.dq.get(), secret.d.get(), secret.q.get(), context))
        return false;
    BN_mod_mul(product.get(), secret.q.get(), secret.qi.get(), secret.p.get(), context);
    return BN_is_one(product.get());
}

/// RFC 8017 §3.2, without the primality of the primes, which takes seconds and which no reader of keys checks.
Result<void> check(const RsaPublicBn& pub, const RsaPrivateBn& secret)
{
    const BnContext context(BN_CTX_secure_new());
    if (BN_is_zero(secret.d.get()) || BN_cmp(secret.d.get(), pub.n.get()) >= 0)
        return invalid("the private exponent is zero or not below the modulus");
    if (!inverts(pub, secret.d.get(), context.get()))
        return mismatch("the private exponent does not belong to the modulus and public exponent");
    if (secret.hasPrimes() && !primesFit(pub, secret, context.get()))
        return mismatch("the primes or the numbers made from them do not belong to the modulus");
    return {};
}

ossl::ParamBuilder rsaParams(const RsaPublicBn& pub)
{
    ossl::ParamBuilder builder(OSSL_PARAM_BLD_new());
    OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, pub.n.get());
    OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, pub.e.get());
    return builder;
}

// ---- Elliptic curves

constexpr std::array<const char*, 4> groupNames{"prime256v1", "secp384r1", "secp521r1", "secp256k1"};

Result<Bytes> uncompressed(const EcPoint& point)
{
    const std::size_t size = coordinateSize(point.curve);
    if (point.x.size() != size || point.y.size() != size)
        return invalid("a coordinate is not as long as the curve has it");
    return "\x04" + point.x + point.y;
}

ossl::ParamBuilder ecParams(Curve curve, const Bytes& octets)
{
    ossl::ParamBuilder builder(OSSL_PARAM_BLD_new());
    OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME,
                                    groupNames[static_cast<std::size_t>(curve)], 0);
    OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, octets.data(), octets.size());
    return builder;
}

Result<void> checkEcPair(EVP_PKEY* key)
{
    const ossl::KeyContext checker(EVP_PKEY_CTX_new_from_pkey(nullptr, key, nullptr));
    if (EVP_PKEY_private_check(checker.get()) != 1)
        return invalid("the private value is zero or not below the order of the curve");
    if (EVP_PKEY_pairwise_check(checker.get()) != 1)
        return mismatch("the private value belongs to another point");
    return {};
}

// ---- Ed and X

const char* octetKeyName(KeyKind kind) noexcept
{
    switch (kind) {
    case KeyKind::Ed25519:
        return "ED25519";
    case KeyKind::Ed448:
        return "ED448";
    case KeyKind::X25519:
        return "X25519";
    default:
        return "X448";
    }
}

std::optional<Bytes> octetsOf(const EVP_PKEY* key, const char* parameter, std::size_t size)
{
    if (size == 0)
        return std::nullopt;
    Bytes octets(size, '\0');
    if (EVP_PKEY_get_octet_string_param(key, parameter, ossl::octets(octets), octets.size(), &size) != 1)
        return std::nullopt;
    return octets;
}

} // namespace

Result<PublicKey> PublicKey::fromRsa(const RsaPublicNumbers& numbers)
{
    const ossl::ErrorQueueGuard guard;
    const RsaPublicBn pub(numbers);
    CLAIMSMITH_CHECK(check(pub));
    auto key = build("RSA", EVP_PKEY_PUBLIC_KEY, rsaParams(pub));
    if (!key)
        return ossl::failure(CryptoErrorCode::KeyInvalid);
    return PublicKey(std::move(key));
}

Result<PublicKey> PublicKey::fromEc(const EcPoint& point)
{
    const ossl::ErrorQueueGuard guard;
    CLAIMSMITH_TRY(const Bytes octets, uncompressed(point));
    auto key = build("EC", EVP_PKEY_PUBLIC_KEY, ecParams(point.curve, octets));
    if (!key)
        return ossl::failure(CryptoErrorCode::PointNotOnCurve);
    return PublicKey(std::move(key));
}

Result<PublicKey> PublicKey::fromOctets(KeyKind kind, BytesView octets)
{
    const ossl::ErrorQueueGuard guard;
    if (octetKeySize(kind) == 0 || octets.size() != octetKeySize(kind))
        return invalid("the public value is not as long as the key type has it");
    ossl::PKey key(
        EVP_PKEY_new_raw_public_key_ex(nullptr, octetKeyName(kind), nullptr, ossl::octets(octets), octets.size()));
    if (!key)
        return ossl::failure(CryptoErrorCode::KeyInvalid);
    return PublicKey(std::shared_ptr<EVP_PKEY>(std::move(key)));
}

Result<PrivateKey> PrivateKey::fromRsa(const RsaPublicNumbers& numbers, const RsaPrivateNumbers& secret)
{
    const ossl::ErrorQueueGuard guard;
    const RsaPublicBn pub(numbers);
    const RsaPrivateBn priv(secret);
    CLAIMSMITH_CHECK(check(pub));
    CLAIMSMITH_CHECK(check(pub, priv));
    const ossl::ParamBuilder builder = rsaParams(pub);
    OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_D, priv.d.get());
    if (priv.hasPrimes()) {
        OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_FACTOR1, priv.p.get());
        OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_FACTOR2, priv.q.get());
        OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_EXPONENT1, priv.dp.get());
        OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_EXPONENT2, priv.dq.get());
        OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_COEFFICIENT1, priv.qi.get());
    }
    auto key = build("RSA", EVP_PKEY_KEYPAIR, builder);
    if (!key)
        return ossl::failure(CryptoErrorCode::KeyInvalid);
    return PrivateKey(std::move(key));
}

Result<PrivateKey> PrivateKey::fromEc(const EcPoint& point, const SecretBytes& scalar)
{
    const ossl::ErrorQueueGuard guard;
    // RFC 7518 §6.2.2.1: exactly as long as the order of the curve.
    if (scalar.size() != coordinateSize(point.curve))
        return invalid("the private value is not as long as the curve has it");
    CLAIMSMITH_TRY(const PublicKey pub, PublicKey::fromEc(point));
    CLAIMSMITH_TRY(const Bytes octets, uncompressed(point));
    const ossl::BigNumber value = number(scalar.view());
    const ossl::ParamBuilder builder = ecParams(point.curve, octets);
    OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_PRIV_KEY, value.get());
    auto key = build("EC", EVP_PKEY_KEYPAIR, builder);
    if (!key)
        return ossl::failure(CryptoErrorCode::KeyInvalid);
    CLAIMSMITH_CHECK(checkEcPair(key.get()));
    return PrivateKey(std::move(key));
}

Result<PrivateKey> PrivateKey::fromOctets(KeyKind kind, BytesView publicOctets, const SecretBytes& privateOctets)
{
    const ossl::ErrorQueueGuard guard;
    if (octetKeySize(kind) == 0 || privateOctets.size() != octetKeySize(kind))
        return invalid("the private value is not as long as the key type has it");
    CLAIMSMITH_TRY(const PublicKey pub, PublicKey::fromOctets(kind, publicOctets));
    ossl::PKey key(EVP_PKEY_new_raw_private_key_ex(nullptr, octetKeyName(kind), nullptr,
                                                   ossl::octets(privateOctets.view()), privateOctets.size()));
    if (!key)
        return ossl::failure(CryptoErrorCode::KeyInvalid);
    if (EVP_PKEY_eq(key.get(), pub.handle()) != 1)
        return mismatch("the private value belongs to another public value");
    return PrivateKey(std::shared_ptr<EVP_PKEY>(std::move(key)));
}

Result<void> PrivateKey::checkPair() const
{
    const ossl::ErrorQueueGuard guard;
    if (kind() == KeyKind::Ec)
        return checkEcPair(handle());
    const auto open = rsaPublicNumbers();
    const auto secret = rsaPrivateNumbers();
    if (!open || !secret)
        return {}; // Ed and X keys hold one half, the other is computed
    const RsaPublicBn pub(*open);
    CLAIMSMITH_CHECK(check(pub));
    return check(pub, RsaPrivateBn(*secret));
}

std::optional<RsaPublicNumbers> AsymmetricKey::rsaPublicNumbers() const
{
    if (kind() != KeyKind::Rsa && kind() != KeyKind::RsaPss)
        return std::nullopt;
    const ossl::BigNumber n = numberOf(handle(), OSSL_PKEY_PARAM_RSA_N);
    const ossl::BigNumber e = numberOf(handle(), OSSL_PKEY_PARAM_RSA_E);
    if (!n || !e)
        return std::nullopt;
    return RsaPublicNumbers{.modulus = octetsOf(n.get()), .exponent = octetsOf(e.get())};
}

std::optional<EcPoint> AsymmetricKey::ecPoint() const
{
    const std::optional<Curve> onCurve = curve();
    if (!onCurve)
        return std::nullopt;
    const ossl::BigNumber x = numberOf(handle(), OSSL_PKEY_PARAM_EC_PUB_X);
    const ossl::BigNumber y = numberOf(handle(), OSSL_PKEY_PARAM_EC_PUB_Y);
    if (!x || !y)
        return std::nullopt;
    const std::size_t size = coordinateSize(*onCurve);
    return EcPoint{.curve = *onCurve, .x = octetsOf(x.get(), size), .y = octetsOf(y.get(), size)};
}

std::optional<Bytes> AsymmetricKey::octetPublicKey() const
{
    return octetsOf(handle(), OSSL_PKEY_PARAM_PUB_KEY, octetKeySize(kind()));
}

std::optional<RsaPrivateNumbers> PrivateKey::rsaPrivateNumbers() const
{
    if (kind() != KeyKind::Rsa && kind() != KeyKind::RsaPss)
        return std::nullopt;
    const ossl::ErrorQueueGuard guard;
    return RsaPrivateNumbers{
        .exponent = secretOf(handle(), OSSL_PKEY_PARAM_RSA_D),
        .firstPrime = secretOf(handle(), OSSL_PKEY_PARAM_RSA_FACTOR1),
        .secondPrime = secretOf(handle(), OSSL_PKEY_PARAM_RSA_FACTOR2),
        .firstCrtExponent = secretOf(handle(), OSSL_PKEY_PARAM_RSA_EXPONENT1),
        .secondCrtExponent = secretOf(handle(), OSSL_PKEY_PARAM_RSA_EXPONENT2),
        .firstCrtCoefficient = secretOf(handle(), OSSL_PKEY_PARAM_RSA_COEFFICIENT1),
    };
}

std::optional<SecretBytes> PrivateKey::ecScalar() const
{
    const std::optional<Curve> onCurve = curve();
    const ossl::BigNumber value = onCurve ? numberOf(handle(), OSSL_PKEY_PARAM_PRIV_KEY) : nullptr;
    if (!value)
        return std::nullopt;
    return SecretBytes(octetsOf(value.get(), coordinateSize(*onCurve)));
}

std::optional<SecretBytes> PrivateKey::octetPrivateKey() const
{
    std::optional<Bytes> octets = octetsOf(handle(), OSSL_PKEY_PARAM_PRIV_KEY, octetKeySize(kind()));
    if (!octets)
        return std::nullopt;
    return SecretBytes(std::move(*octets));
}

} // namespace claimsmith::crypto
