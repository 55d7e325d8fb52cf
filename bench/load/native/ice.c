// Sends connectivity checks as the controlling side and answers the server's (RFC 8445, RFC 8489); host candidates, UDP, IPv4.
#include "load.h"

#include <arpa/inet.h>
#include <openssl/core_names.h>
#include <openssl/rand.h>
#include <string.h>
#include <sys/socket.h>

enum { HEADER = 20, INTEGRITY = 24, CRC = 8 };
enum { USERNAME = 6, MESSAGE_INTEGRITY = 8, XOR_MAPPED = 0x20, PRIORITY = 0x24, USE_CANDIDATE = 0x25, CONTROLLING = 0x802a, FINGERPRINT = 0x8028 };
#define COOKIE 0x2112a442u
// Milliseconds between checks while there is no answer, and between those that keep consent (RFC 7675 asks for 4 to 6 s).
#define CHECK_EVERY 50
#define CONSENT_EVERY 4000
#define MS 1000000LL

static uint32_t crc32(const uint8_t *p, size_t length) {
  uint32_t crc = 0xffffffffu;
  for (size_t i = 0; i < length; i++) {
    crc ^= p[i];
    for (int bit = 0; bit < 8; bit++) crc = crc >> 1 ^ (crc & 1 ? 0xedb88320u : 0);
  }
  return ~crc;
}

static size_t attribute(uint8_t *p, size_t at, uint16_t type, const void *value, size_t length) {
  put16(p + at, type);
  put16(p + at + 2, (uint32_t)length);
  if (length) memcpy(p + at + 4, value, length);
  size_t padded = (length + 3) & ~(size_t)3;
  memset(p + at + 4 + length, 0, padded - length);
  return at + 4 + padded;
}

// Adds MESSAGE-INTEGRITY and FINGERPRINT; returns the finished length.
static size_t finish(struct load *l, uint8_t *p, size_t at, const char *password) {
  uint8_t mac[20], crc[4];
  size_t size = 0;
  char digest[] = "SHA1";
  OSSL_PARAM parameters[] = {OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest, 0), OSSL_PARAM_construct_end()};
  put16(p + 2, (uint32_t)(at + INTEGRITY - HEADER));
  EVP_MAC_CTX *context = EVP_MAC_CTX_new(l->hmac);
  bool ok = context && EVP_MAC_init(context, (const uint8_t *)password, strlen(password), parameters) &&
            EVP_MAC_update(context, p, at) && EVP_MAC_final(context, mac, &size, sizeof mac);
  EVP_MAC_CTX_free(context);
  if (!ok) return 0;
  at = attribute(p, at, MESSAGE_INTEGRITY, mac, sizeof mac);
  put16(p + 2, (uint32_t)(at + CRC - HEADER));
  put32(crc, crc32(p, at) ^ 0x5354554eu);
  return attribute(p, at, FINGERPRINT, crc, sizeof crc);
}

static void send_check(struct load *l, struct client *c, const struct sockaddr_in *to) {
  uint8_t p[1024], priority[4], tie[8] = {1, 2, 3, 4, 5, 6, 7, 8};
  char name[sizeof c->remote_ufrag + sizeof c->ufrag + 1];
  put16(p, 1);
  put32(p + 4, COOKIE);
  memcpy(p + 8, c->transaction, 12);
  size_t length = strlen(c->remote_ufrag), own = strlen(c->ufrag);
  memcpy(name, c->remote_ufrag, length);
  name[length] = ':';
  memcpy(name + length + 1, c->ufrag, own);
  size_t at = attribute(p, HEADER, USERNAME, name, length + 1 + own);
  put32(priority, 0x6e0001ffu); // a peer-reflexive candidate's (RFC 8445 section 7.1.1)
  at = attribute(p, at, PRIORITY, priority, 4);
  at = attribute(p, at, CONTROLLING, tie, 8);
  if (c->nominates) at = attribute(p, at, USE_CANDIDATE, NULL, 0);
  at = finish(l, p, at, c->remote_password);
  if (at) (void)!sendto(c->fd, p, at, MSG_DONTWAIT, (const struct sockaddr *)to, sizeof *to);
}

void ice_check(struct load *l, struct client *c, int64_t now) {
  if (now < c->next_check) return;
  RAND_bytes(c->transaction, sizeof c->transaction);
  if (c->state == CHECKING && !c->nominates)
    for (int i = 0; i < c->candidate_count; i++) send_check(l, c, &c->candidates[i]);
  else send_check(l, c, &c->remote);
  c->next_check = now + (c->state == CHECKING ? CHECK_EVERY : CONSENT_EVERY) * MS;
}

static void answer(struct load *l, struct client *c, const uint8_t *request, const struct sockaddr_in *to) {
  uint8_t p[256], mapped[8] = {0, 1};
  memcpy(p, request, HEADER);
  put16(p, 0x101);
  put16(mapped + 2, ntohs(to->sin_port) ^ (COOKIE >> 16));
  put32(mapped + 4, ntohl(to->sin_addr.s_addr) ^ COOKIE);
  size_t at = finish(l, p, attribute(p, HEADER, XOR_MAPPED, mapped, sizeof mapped), c->password);
  if (at) (void)!sendto(c->fd, p, at, MSG_DONTWAIT, (const struct sockaddr *)to, sizeof *to);
}

void ice_read(struct load *l, int index, const uint8_t *p, size_t length, const struct sockaddr_in *from) {
  struct client *c = l->clients[index];
  if (length < HEADER || get32(p + 4) != COOKIE) return;
  if (get16(p) == 1) return answer(l, c, p, from);
  bool is_ours = get16(p) == 0x101 && !memcmp(p + 8, c->transaction, sizeof c->transaction);
  if (!is_ours || c->state != CHECKING) return;
  if (!c->nominates) {
    // Nominating in a second check (RFC 8445 section 8.1.1) leaves a server that checks as well the time to do so before DTLS.
    c->remote = *from;
    c->nominates = true;
    c->next_check = 0;
    return ice_check(l, c, wall_clock());
  }
  c->state = SHAKING;
  c->next_check = wall_clock() + CONSENT_EVERY * MS;
  // From here on the socket takes only what comes from there, and sending needs no address.
  if (connect(c->fd, (const struct sockaddr *)from, sizeof *from) || !dtls_start(l, c)) return fail(l, index, "dtls start");
  if (!c->accepts) dtls_read(l, index, NULL, 0);
}
