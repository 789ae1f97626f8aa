// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
/// \file Private to core/crypto: what contexts and sessions of TLS share.
#pragma once

#include "crypto/certificate.h"

#include <openssl/ssl.h>

namespace claimsmith::crypto {

/// Asks the session's chooser what to show. Before anything is resumed, so that a session which has to show a client's
/// certificate never is: a ticket does not hold the client's chain.
int onClientHello(SSL* ssl, int* alert, void* unused);
/// Tells the client that its server name was used (RFC 6066 §3).
int acknowledgeServerName(SSL* ssl, int* alert, void* unused);

bool useIdentity(SSL_CTX* context, const TlsIdentity& identity);
bool useIdentity(SSL* ssl, const TlsIdentity& identity);

} // namespace claimsmith::crypto
