// Runs the DTLS handshake with the runtime's own OpenSSL and takes the SRTP keys out of it (RFC 5764).
#include "load.h"

#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/srtp.h>
#include <openssl/x509.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>

// Bytes of a datagram: what passes everywhere, and a handshake record's place in a datagram's header.
enum { MTU = 1200, RECORD_HEADER = 13, RECORD_LENGTH_AT = 11, EXPORTED = 60 };

static int accept_any(int ok, X509_STORE_CTX *store) {
  (void)ok, (void)store; // self-signed: the fingerprint of the answer decides
  return 1;
}

// One key and certificate for all clients: making 400 would be the generator's work, not the server's.
static bool certify(struct load *l) {
  unsigned int size = sizeof l->fingerprint;
  EVP_PKEY *key = EVP_PKEY_Q_keygen(NULL, NULL, "EC", "P-256");
  X509 *certificate = X509_new();
  bool ok = key && certificate && X509_set_version(certificate, 2) &&
            ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1) &&
            X509_gmtime_adj(X509_getm_notBefore(certificate), -3600) &&
            X509_gmtime_adj(X509_getm_notAfter(certificate), 86400) && X509_set_pubkey(certificate, key) &&
            X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate), "CN", MBSTRING_ASC, (const uint8_t *)"load", -1, -1, 0) &&
            X509_set_issuer_name(certificate, X509_get_subject_name(certificate)) &&
            X509_sign(certificate, key, EVP_sha256()) && X509_digest(certificate, EVP_sha256(), l->fingerprint, &size) &&
            SSL_CTX_use_certificate(l->tls, certificate) && SSL_CTX_use_PrivateKey(l->tls, key);
  X509_free(certificate);
  EVP_PKEY_free(key);
  return ok;
}

bool dtls_open(struct load *l) {
  l->tls = SSL_CTX_new(DTLS_method());
  if (!l->tls || !certify(l)) return false;
  SSL_CTX_set_verify(l->tls, SSL_VERIFY_PEER, accept_any);
  SSL_CTX_set_options(l->tls, SSL_OP_NO_QUERY_MTU);
  // This one returns 0 when all is well.
  return !SSL_CTX_set_tlsext_use_srtp(l->tls, "SRTP_AEAD_AES_128_GCM:SRTP_AES128_CM_SHA1_80");
}

bool dtls_start(struct load *l, struct client *c) {
  c->ssl = SSL_new(l->tls);
  c->in = BIO_new(BIO_s_mem());
  c->out = BIO_new(BIO_s_mem());
  if (!c->ssl || !c->in || !c->out) return false;
  BIO_set_mem_eof_return(c->in, -1);
  SSL_set_bio(c->ssl, c->in, c->out);
  SSL_set_mtu(c->ssl, MTU);
  if (c->accepts) SSL_set_accept_state(c->ssl);
  else SSL_set_connect_state(c->ssl);
  return true;
}

// Sends what OpenSSL wrote. A memory BIO forgets where datagrams ended: whole records are put together up to the MTU.
static void drain(struct client *c) {
  uint8_t *data;
  size_t left = (size_t)BIO_get_mem_data(c->out, &data);
  while (left >= RECORD_HEADER) {
    size_t length = 0;
    while (length + RECORD_HEADER <= left) {
      size_t record = RECORD_HEADER + get16(data + length + RECORD_LENGTH_AT);
      if (length + record > left || (length && length + record > MTU)) break;
      length += record;
    }
    if (!length) break;
    send_plain(c, data, length);
    data += length;
    left -= length;
  }
  (void)BIO_reset(c->out);
}

static bool is_expected(struct client *c) {
  uint8_t digest[32];
  unsigned int size = sizeof digest;
  X509 *certificate = SSL_get1_peer_certificate(c->ssl);
  bool ok = certificate && X509_digest(certificate, EVP_sha256(), digest, &size) && !memcmp(digest, c->fingerprint, sizeof digest);
  X509_free(certificate);
  return ok;
}

static void finished(struct load *l, int index) {
  struct client *c = l->clients[index];
  uint8_t material[EXPORTED];
  const SRTP_PROTECTION_PROFILE *profile = SSL_get_selected_srtp_profile(c->ssl);
  if (!profile) return fail(l, index, "no SRTP profile");
  if (!is_expected(c)) return fail(l, index, "another certificate than the answer names");
  c->gcm = profile->id == SRTP_AEAD_AES_128_GCM;
  size_t length = 2 * (16 + (c->gcm ? 12u : 14u));
  static const char label[] = "EXTRACTOR-dtls_srtp";
  if (!SSL_export_keying_material(c->ssl, material, length, label, sizeof label - 1, NULL, 0, 0) || !srtp_keys(l, c, material))
    return fail(l, index, "keys");
  c->state = UP;
  l->notify(l, CONNECTED, index, (double)profile->id, NULL, 0);
}

// Takes one datagram in; NULL begins the handshake.
void dtls_read(struct load *l, int index, const uint8_t *p, size_t length) {
  struct client *c = l->clients[index];
  uint8_t data[MAX_DATAGRAM];
  if (!c->ssl) return;
  if (p) BIO_write(c->in, p, (int)length);
  ERR_clear_error();
  if (c->state == SHAKING) {
    int result = SSL_do_handshake(c->ssl);
    drain(c);
    if (result == 1) return finished(l, index);
    if (SSL_get_error(c->ssl, result) != SSL_ERROR_WANT_READ) fail(l, index, "dtls");
    return;
  }
  for (int got; (got = SSL_read(c->ssl, data, sizeof data)) > 0;) l->notify(l, DATA, index, 0, data, (size_t)got);
  drain(c);
}

void dtls_timeout(struct load *l, int index) {
  struct client *c = l->clients[index];
  struct timeval left;
  if (!c->ssl || !DTLSv1_get_timeout(c->ssl, &left) || left.tv_sec || left.tv_usec) return;
  if (DTLSv1_handle_timeout(c->ssl) < 0) return fail(l, index, "dtls timeout");
  drain(c);
}

void dtls_send(struct client *c, const uint8_t *p, size_t length) {
  if (!c->ssl || c->state != UP) return;
  SSL_write(c->ssl, p, (int)length);
  drain(c);
}
