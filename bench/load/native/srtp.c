// Derives keys, protects, and opens packets: AEAD_AES_128_GCM (RFC 7714) and AES128_CM_SHA1_80 (RFC 3711).
//
// A stamp is read without opening its packet: both profiles are counter modes, so one or two blocks of keystream suffice.
#include "load.h"

#include <openssl/core_names.h>
#include <string.h>

enum { BLOCK = 16, CM_TAG = 10, GCM_TAG = 16, CM_SALT = 14, GCM_SALT = 12, KEY = 16, MAC_KEY = 20 };

// One value of RFC 3711 section 4.3.1; `block` holds the master key.
static bool derive(EVP_CIPHER_CTX *block, const uint8_t *salt, size_t salt_length, uint8_t label, uint8_t *out, size_t length) {
  uint8_t input[2 * BLOCK] = {0}, stream[2 * BLOCK];
  int done;
  for (int i = 0; i < 2; i++) {
    memcpy(input + i * BLOCK, salt, salt_length);
    input[i * BLOCK + 7] ^= label;
    input[i * BLOCK + 15] = (uint8_t)i;
  }
  if (!EVP_EncryptUpdate(block, stream, &done, input, sizeof input)) return false;
  memcpy(out, stream, length);
  return true;
}

static bool keys_init(struct load *l, struct keys *k, bool gcm, bool opens, const uint8_t *master, const uint8_t *salt,
                      uint8_t label) {
  uint8_t key[KEY], mac[MAC_KEY];
  size_t salt_length = gcm ? GCM_SALT : CM_SALT;
  EVP_CIPHER_CTX *block = EVP_CIPHER_CTX_new();
  bool ok = block && EVP_EncryptInit_ex2(block, l->ecb, master, NULL, NULL) && EVP_CIPHER_CTX_set_padding(block, 0) &&
            derive(block, salt, salt_length, label, key, KEY) && derive(block, salt, salt_length, label + 1, mac, MAC_KEY) &&
            derive(block, salt, salt_length, label + 2, k->salt, salt_length);
  EVP_CIPHER_CTX_free(block);
  k->block = EVP_CIPHER_CTX_new();
  k->cipher = EVP_CIPHER_CTX_new();
  ok = ok && k->block && k->cipher && EVP_EncryptInit_ex2(k->block, l->ecb, key, NULL, NULL) &&
       EVP_CIPHER_CTX_set_padding(k->block, 0) &&
       EVP_CipherInit_ex2(k->cipher, gcm ? l->gcm : l->ctr, key, NULL, !(gcm && opens), NULL);
  if (!ok || gcm) return ok;
  char digest[] = "SHA1";
  OSSL_PARAM parameters[] = {OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest, 0), OSSL_PARAM_construct_end()};
  k->mac = EVP_MAC_CTX_new(l->hmac);
  return k->mac && EVP_MAC_init(k->mac, mac, MAC_KEY, parameters);
}

// `material` is what DTLS exports (RFC 5764 section 4.2): client's and server's key, client's and server's salt.
bool srtp_keys(struct load *l, struct client *c, const uint8_t *material) {
  size_t salt = c->gcm ? GCM_SALT : CM_SALT;
  const uint8_t *salts = material + 2 * KEY;
  const uint8_t *own = material + (c->accepts ? KEY : 0), *own_salt = salts + (c->accepts ? salt : 0);
  const uint8_t *other = material + (c->accepts ? 0 : KEY), *other_salt = salts + (c->accepts ? 0 : salt);
  return keys_init(l, &c->send_rtp, c->gcm, false, own, own_salt, 0) &&
         keys_init(l, &c->send_rtcp, c->gcm, false, own, own_salt, 3) &&
         keys_init(l, &c->open_rtp, c->gcm, true, other, other_salt, 0) &&
         keys_init(l, &c->open_rtcp, c->gcm, true, other, other_salt, 3);
}

void srtp_free(struct keys *k) {
  EVP_CIPHER_CTX_free(k->cipher);
  EVP_CIPHER_CTX_free(k->block);
  EVP_MAC_CTX_free(k->mac);
}

// GCM's nonce (RFC 7714 sections 8.1 and 9.1) or CM's counter (RFC 3711 section 4.1.1), by the packet's 48-bit index.
static void nonce(const struct keys *k, bool gcm, uint32_t ssrc, uint64_t index, uint8_t out[BLOCK]) {
  memset(out, 0, BLOCK);
  int at = gcm ? 2 : 4;
  put32(out + at, ssrc);
  put16(out + at + 4, (uint32_t)(index >> 32));
  put32(out + at + 6, (uint32_t)index);
  for (int i = 0; i < (gcm ? GCM_SALT : CM_SALT); i++) out[i] ^= k->salt[i];
}

static bool hash(struct keys *k, const uint8_t *p, size_t length, const uint8_t *extra, uint8_t out[20]) {
  size_t size;
  return EVP_MAC_init(k->mac, NULL, 0, NULL) && EVP_MAC_update(k->mac, p, length) &&
         (!extra || EVP_MAC_update(k->mac, extra, 4)) && EVP_MAC_final(k->mac, out, &size, 20);
}

size_t protect_rtp(struct client *c, uint8_t *p, size_t header, size_t length, uint32_t roc) {
  struct keys *k = &c->send_rtp;
  uint8_t iv[BLOCK], extra[4], mac[20];
  int done;
  nonce(k, c->gcm, get32(p + 8), (uint64_t)roc << 16 | get16(p + 2), iv);
  if (!EVP_EncryptInit_ex2(k->cipher, NULL, NULL, iv, NULL)) return 0;
  if (c->gcm && !EVP_EncryptUpdate(k->cipher, NULL, &done, p, (int)header)) return 0;
  if (!EVP_EncryptUpdate(k->cipher, p + header, &done, p + header, (int)(length - header))) return 0;
  if (c->gcm) {
    if (!EVP_EncryptFinal_ex(k->cipher, p + length, &done)) return 0;
    return EVP_CIPHER_CTX_ctrl(k->cipher, EVP_CTRL_AEAD_GET_TAG, GCM_TAG, p + length) ? length + GCM_TAG : 0;
  }
  put32(extra, roc);
  if (!hash(k, p, length, extra, mac)) return 0;
  memcpy(p + length, mac, CM_TAG);
  return length + CM_TAG;
}

bool open_rtp(struct client *c, uint8_t *p, size_t header, size_t length, uint32_t roc) {
  struct keys *k = &c->open_rtp;
  uint8_t iv[BLOCK], extra[4], mac[20];
  int done;
  size_t end = length - (c->gcm ? GCM_TAG : CM_TAG);
  if (!c->gcm) {
    put32(extra, roc);
    return hash(k, p, end, extra, mac) && !memcmp(mac, p + end, CM_TAG);
  }
  nonce(k, true, get32(p + 8), (uint64_t)roc << 16 | get16(p + 2), iv);
  return EVP_DecryptInit_ex2(k->cipher, NULL, NULL, iv, NULL) && EVP_DecryptUpdate(k->cipher, NULL, &done, p, (int)header) &&
         EVP_DecryptUpdate(k->cipher, p + header, &done, p + header, (int)(end - header)) &&
         EVP_CIPHER_CTX_ctrl(k->cipher, EVP_CTRL_AEAD_SET_TAG, GCM_TAG, p + end) &&
         EVP_DecryptFinal_ex(k->cipher, p + end, &done);
}

bool peek(struct client *c, const uint8_t *p, size_t header, size_t length, uint32_t roc, uint8_t out[STAMP]) {
  struct keys *k = &c->open_rtp;
  uint8_t blocks[2 * BLOCK], stream[2 * BLOCK];
  int done;
  size_t tag = c->gcm ? GCM_TAG : CM_TAG;
  if (length < header + STAMP + tag) return false;
  size_t at = length - tag - STAMP - header;
  uint32_t block = (uint32_t)(at / BLOCK);
  nonce(k, c->gcm, get32(p + 8), (uint64_t)roc << 16 | get16(p + 2), blocks);
  memcpy(blocks + BLOCK, blocks, BLOCK);
  for (uint32_t i = 0; i < 2; i++) {
    // GCM's own counter starts at 1, which makes the tag's mask; CM's lowest 16 bits are free for it.
    if (c->gcm) put32(blocks + i * BLOCK + 12, block + 2 + i);
    else put16(blocks + i * BLOCK + 14, block + i);
  }
  if (!EVP_EncryptUpdate(k->block, stream, &done, blocks, sizeof blocks)) return false;
  for (size_t i = 0; i < STAMP; i++) out[i] = p[header + at + i] ^ stream[at % BLOCK + i];
  return true;
}

size_t protect_rtcp(struct client *c, uint8_t *p, size_t length) {
  struct keys *k = &c->send_rtcp;
  uint8_t iv[BLOCK], trailer[4], mac[20];
  int done;
  uint32_t index = c->rtcp_index++ & 0x7fffffff;
  put32(trailer, index | 0x80000000u);
  nonce(k, c->gcm, get32(p + 4), index, iv);
  if (!EVP_EncryptInit_ex2(k->cipher, NULL, NULL, iv, NULL)) return 0;
  if (c->gcm && !(EVP_EncryptUpdate(k->cipher, NULL, &done, p, 8) && EVP_EncryptUpdate(k->cipher, NULL, &done, trailer, 4)))
    return 0;
  if (length > 8 && !EVP_EncryptUpdate(k->cipher, p + 8, &done, p + 8, (int)length - 8)) return 0;
  if (c->gcm) {
    if (!EVP_EncryptFinal_ex(k->cipher, p + length, &done) ||
        !EVP_CIPHER_CTX_ctrl(k->cipher, EVP_CTRL_AEAD_GET_TAG, GCM_TAG, p + length))
      return 0;
    memcpy(p + length + GCM_TAG, trailer, 4);
    return length + GCM_TAG + 4;
  }
  memcpy(p + length, trailer, 4);
  if (!hash(k, p, length + 4, NULL, mac)) return 0;
  memcpy(p + length + 4, mac, CM_TAG);
  return length + 4 + CM_TAG;
}

// Returns the bytes of the clear packet, 0 when it is not what its sender made.
size_t open_rtcp(struct client *c, uint8_t *p, size_t length) {
  struct keys *k = &c->open_rtcp;
  uint8_t iv[BLOCK], mac[20];
  int done;
  size_t overhead = 4 + (c->gcm ? GCM_TAG : CM_TAG);
  if (length < 8 + overhead) return 0;
  size_t end = length - overhead;
  const uint8_t *trailer = c->gcm ? p + length - 4 : p + end;
  nonce(k, c->gcm, get32(p + 4), get32(trailer) & 0x7fffffff, iv);
  if (c->gcm) {
    if (!EVP_DecryptInit_ex2(k->cipher, NULL, NULL, iv, NULL) || !EVP_DecryptUpdate(k->cipher, NULL, &done, p, 8) ||
        !EVP_DecryptUpdate(k->cipher, NULL, &done, trailer, 4) ||
        (end > 8 && !EVP_DecryptUpdate(k->cipher, p + 8, &done, p + 8, (int)end - 8)) ||
        !EVP_CIPHER_CTX_ctrl(k->cipher, EVP_CTRL_AEAD_SET_TAG, GCM_TAG, p + end))
      return 0;
    return EVP_DecryptFinal_ex(k->cipher, p + end, &done) ? end : 0;
  }
  if (!hash(k, p, end + 4, NULL, mac) || memcmp(mac, p + end + 4, CM_TAG)) return 0;
  if (!EVP_EncryptInit_ex2(k->cipher, NULL, NULL, iv, NULL)) return 0;
  return EVP_EncryptUpdate(k->cipher, p + 8, &done, p + 8, (int)end - 8) ? end : 0;
}
