// Protects packets by AEAD_AES_128_GCM (RFC 7714) and AES_CM_128_HMAC_SHA1_80 (RFC 3711) with Node's own OpenSSL.
#include "fanout.h"

#include <openssl/crypto.h>
#include <stdlib.h>
#include <string.h>

enum {
  AES_KEY = 16,
  AUTH_KEY = 20,
  CM_SALT = 14,
  GCM_SALT = 12,
  CM_TAG = 10,
  GCM_TAG = 16,
  SHA1_BLOCK = 64,
  SHA1_DIGEST = 20,
  RTCP_CLEAR = 8,
  RTCP_INDEX = 4,
  HALF = 0x8000,
};
// Bit in front of the SRTCP index: this packet is encrypted.
#define RTCP_ENCRYPTED 0x80000000u

static uint32_t get32(const uint8_t *p) {
  return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static void put32(uint8_t *p, uint32_t value) {
  p[0] = (uint8_t)(value >> 24);
  p[1] = (uint8_t)(value >> 16);
  p[2] = (uint8_t)(value >> 8);
  p[3] = (uint8_t)value;
}

static void xor32(uint8_t *p, uint32_t value) { put32(p, get32(p) ^ value); }

// Feeds the key, padded with `pad`, to a fresh hash (RFC 2104).
static EVP_MD_CTX *padded_hash(const EVP_MD *sha1, const uint8_t *auth, uint8_t pad) {
  uint8_t block[SHA1_BLOCK];
  for (int i = 0; i < SHA1_BLOCK; i++) block[i] = (uint8_t)((i < AUTH_KEY ? auth[i] : 0) ^ pad);
  EVP_MD_CTX *hash = EVP_MD_CTX_new();
  bool ok = hash && EVP_DigestInit_ex2(hash, sha1, NULL) && EVP_DigestUpdate(hash, block, sizeof block);
  OPENSSL_cleanse(block, sizeof block);
  if (ok) return hash;
  EVP_MD_CTX_free(hash);
  return NULL;
}

// Takes a session key apart: cipher key, authentication key (not for GCM), salt. False when memory is short.
bool key_init(struct fanout *f, struct key *key, bool is_gcm, bool opens, const uint8_t *bytes) {
  memset(key, 0, sizeof *key);
  key->cipher = EVP_CIPHER_CTX_new();
  if (!key->cipher || !EVP_CipherInit_ex2(key->cipher, is_gcm ? f->gcm : f->ctr, bytes, NULL, !opens, NULL)) return false;
  if (is_gcm) {
    memcpy(key->salt, bytes + AES_KEY, GCM_SALT);
    return true;
  }
  key->inner = padded_hash(f->sha1, bytes + AES_KEY, 0x36);
  key->outer = padded_hash(f->sha1, bytes + AES_KEY, 0x5c);
  memcpy(key->salt, bytes + AES_KEY + AUTH_KEY, CM_SALT);
  return key->inner && key->outer;
}

// OpenSSL zeroes what its contexts hold.
void key_free(struct key *key) {
  EVP_CIPHER_CTX_free(key->cipher);
  EVP_MD_CTX_free(key->inner);
  EVP_MD_CTX_free(key->outer);
  OPENSSL_cleanse(key, sizeof *key);
}

// HMAC-SHA1 of data, truncated to 80 bits.
static bool sign(struct fanout *f, const struct key *key, const uint8_t *data, size_t length, uint8_t *tag) {
  uint8_t digest[EVP_MAX_MD_SIZE];
  unsigned size = 0;
  bool ok = EVP_MD_CTX_copy_ex(f->hash, key->inner) && EVP_DigestUpdate(f->hash, data, length) &&
            EVP_DigestFinal_ex(f->hash, digest, &size) && size == SHA1_DIGEST &&
            EVP_MD_CTX_copy_ex(f->hash, key->outer) && EVP_DigestUpdate(f->hash, digest, SHA1_DIGEST) &&
            EVP_DigestFinal_ex(f->hash, digest, &size);
  if (ok) memcpy(tag, digest, CM_TAG);
  return ok;
}

// RFC 3711 section 4.1.1 for RTP and RTCP: salt, SSRC and 48-bit index, and the block counter in the last two bytes.
static bool start_cm(const struct key *key, uint32_t ssrc, uint32_t index_high, uint16_t index_low) {
  uint8_t iv[16] = {0};
  memcpy(iv, key->salt, CM_SALT);
  xor32(iv + 4, ssrc);
  xor32(iv + 8, index_high);
  iv[12] ^= (uint8_t)(index_low >> 8);
  iv[13] ^= (uint8_t)index_low;
  return EVP_CipherInit_ex2(key->cipher, NULL, NULL, iv, -1, NULL) == 1; // -1: direction as it is
}

// RFC 7714 sections 8.1 and 9.1: two zero bytes, SSRC and 48-bit index, under the salt.
static bool start_gcm(const struct key *key, uint32_t ssrc, uint32_t index_high, uint16_t index_low) {
  uint8_t iv[GCM_SALT];
  memcpy(iv, key->salt, sizeof iv);
  xor32(iv + 2, ssrc);
  xor32(iv + 6, index_high);
  iv[10] ^= (uint8_t)(index_low >> 8);
  iv[11] ^= (uint8_t)index_low;
  return EVP_CipherInit_ex2(key->cipher, NULL, NULL, iv, -1, NULL) == 1; // -1: direction as it is
}

// Encrypts or decrypts, as the key was made for.
static bool cipher(const struct key *key, uint8_t *out, const uint8_t *in, size_t length) {
  int done = 0;
  return length == 0 || EVP_CipherUpdate(key->cipher, out, &done, in, (int)length) == 1;
}

static bool authenticate(const struct key *key, const uint8_t *aad, size_t length) {
  int done = 0;
  return EVP_CipherUpdate(key->cipher, NULL, &done, aad, (int)length) == 1;
}

static bool finish_gcm(const struct key *key, uint8_t *tag) {
  int done = 0;
  return EVP_EncryptFinal_ex(key->cipher, tag, &done) == 1 &&
         EVP_CIPHER_CTX_ctrl(key->cipher, EVP_CTRL_AEAD_GET_TAG, GCM_TAG, tag) == 1;
}

// Where the encrypted part of an RTP packet begins (RFC 3550 section 5.1), or -1 when the header is not whole.
static int rtp_payload_offset(const uint8_t *header, size_t length) {
  if (length < 12 || header[0] >> 6 != 2) return -1;
  size_t offset = 12 + 4 * (size_t)(header[0] & 0xf);
  if (header[0] & 0x10) {
    if (offset + 4 > length) return -1;
    offset += 4 + 4 * ((size_t)header[offset + 2] << 8 | header[offset + 3]);
  }
  return offset <= length ? (int)offset : -1;
}

// The place of an SSRC in the target's sorted sources, or where it belongs.
static uint32_t find_source(const struct target *t, uint32_t ssrc) {
  uint32_t low = 0, high = t->source_count;
  while (low < high) {
    uint32_t middle = (low + high) / 2;
    if (t->sources[middle].ssrc < ssrc) low = middle + 1;
    else high = middle;
  }
  return low;
}

static void forget_quietest(struct target *t) {
  uint32_t quietest = 0;
  for (uint32_t i = 1; i < t->source_count; i++)
    if (t->sources[i].used_at < t->sources[quietest].used_at) quietest = i;
  t->source_count--;
  memmove(t->sources + quietest, t->sources + quietest + 1, (t->source_count - quietest) * sizeof *t->sources);
}

// The source of an SSRC, made anew with this sequence number if there is none; NULL when memory is short.
static struct source *source_of(struct target *t, uint32_t ssrc, uint16_t sequence) {
  if (t->last_source < t->source_count && t->sources[t->last_source].ssrc == ssrc) return t->sources + t->last_source;
  uint32_t at = find_source(t, ssrc);
  if (at == t->source_count || t->sources[at].ssrc != ssrc) {
    if (t->source_count == MAX_SSRCS) {
      forget_quietest(t);
      at = find_source(t, ssrc);
    }
    if (t->source_count == t->source_room) {
      uint32_t room = t->source_room ? 2 * t->source_room : 8;
      struct source *sources = realloc(t->sources, room * sizeof *sources);
      if (!sources) return NULL;
      t->sources = sources;
      t->source_room = room;
    }
    memmove(t->sources + at + 1, t->sources + at, (t->source_count - at) * sizeof *t->sources);
    t->source_count++;
    t->sources[at] = (struct source){.ssrc = ssrc, .newest = sequence};
  }
  t->last_source = at;
  return t->sources + at;
}

// The rollover counter a packet is sent with (RFC 3711 section 3.3.1); -1 before the first turn and after the last.
static int64_t rollover(struct source *s, uint16_t sequence) {
  int64_t roc = s->roc;
  if (s->newest < HALF) {
    if (sequence - s->newest > HALF) roc--;
  } else if (s->newest - HALF > sequence) roc++;
  if (roc < 0 || roc > UINT32_MAX) return -1;
  if (roc > s->roc || (roc == s->roc && sequence > s->newest)) {
    s->roc = (uint32_t)roc;
    s->newest = sequence;
  }
  return roc;
}

// Writes the protected packet of header and tail to `out`, MAX_OVERHEAD more than both; returns its length or -1.
int seal_rtp(struct fanout *f, struct target *t, uint8_t *out, const uint8_t *header, size_t header_length,
             const uint8_t *tail, size_t tail_length) {
  int clear = rtp_payload_offset(header, header_length);
  if (clear < 0) return -1;
  uint16_t sequence = (uint16_t)(header[2] << 8 | header[3]);
  uint32_t ssrc = get32(header + 8);
  struct source *source = source_of(t, ssrc, sequence);
  int64_t roc = source ? rollover(source, sequence) : -1;
  if (roc < 0) return -1;
  source->used_at = ++f->clock;
  const struct key *key = &t->rtp;
  size_t end = header_length + tail_length;
  memcpy(out, header, header_length);
  if (t->is_gcm) {
    bool ok = start_gcm(key, ssrc, (uint32_t)roc, sequence) && authenticate(key, out, (size_t)clear) &&
              cipher(key, out + clear, out + clear, header_length - (size_t)clear) &&
              cipher(key, out + header_length, tail, tail_length) && finish_gcm(key, out + end);
    return ok ? (int)end + GCM_TAG : -1;
  }
  bool ok = start_cm(key, ssrc, (uint32_t)roc, sequence) &&
            cipher(key, out + clear, out + clear, header_length - (size_t)clear) &&
            cipher(key, out + header_length, tail, tail_length);
  put32(out + end, (uint32_t)roc); // signed along, then overwritten by the tag
  return ok && sign(f, key, out, end + 4, out + end) ? (int)end + CM_TAG : -1;
}

// Writes the protected RTCP packet to `out`, MAX_OVERHEAD more than `length`; returns its length or -1.
int seal_rtcp(struct fanout *f, struct target *t, uint8_t *out, const uint8_t *packet, size_t length) {
  if (length < RTCP_CLEAR || t->rtcp_index >= RTCP_ENCRYPTED) return -1;
  // One index for all SSRCs: each of them sees it grow, which is all that receivers and the IV ask for.
  uint32_t index = t->rtcp_index++;
  uint32_t ssrc = get32(packet + 4);
  uint8_t trailer[RTCP_INDEX];
  put32(trailer, RTCP_ENCRYPTED | index);
  const struct key *key = &t->rtcp;
  memcpy(out, packet, RTCP_CLEAR);
  uint16_t low = (uint16_t)index;
  if (t->is_gcm) {
    bool ok = start_gcm(key, ssrc, index >> 16, low) && authenticate(key, out, RTCP_CLEAR) &&
              authenticate(key, trailer, RTCP_INDEX) &&
              cipher(key, out + RTCP_CLEAR, packet + RTCP_CLEAR, length - RTCP_CLEAR) && finish_gcm(key, out + length);
    memcpy(out + length + GCM_TAG, trailer, RTCP_INDEX);
    return ok ? (int)length + GCM_TAG + RTCP_INDEX : -1;
  }
  bool ok = start_cm(key, ssrc, index >> 16, low) &&
            cipher(key, out + RTCP_CLEAR, packet + RTCP_CLEAR, length - RTCP_CLEAR);
  memcpy(out + length, trailer, RTCP_INDEX);
  ok = ok && sign(f, key, out, length + RTCP_INDEX, out + length + RTCP_INDEX);
  return ok ? (int)length + RTCP_INDEX + CM_TAG : -1;
}

// Checks the tag at `end` and ends the decryption.
static bool check_gcm(const struct key *key, uint8_t *tag) {
  int done = 0;
  uint8_t rest[16];
  return EVP_CIPHER_CTX_ctrl(key->cipher, EVP_CTRL_AEAD_SET_TAG, GCM_TAG, tag) == 1 &&
         EVP_CipherFinal_ex(key->cipher, rest, &done) == 1;
}

// Opens an RTP packet in place whose encrypted part TypeScript found at `payload`: where its payload ends, or -1, and then
// nothing of it may be used.
int open_rtp(struct fanout *f, struct opener *o, uint8_t *packet, uint32_t payload, uint32_t end, uint32_t roc) {
  uint32_t tag_length = o->is_gcm ? GCM_TAG : CM_TAG;
  if (payload < 12 || payload + tag_length > end) return -1;
  uint32_t tag = end - tag_length, ssrc = get32(packet + 8);
  uint16_t sequence = (uint16_t)(packet[2] << 8 | packet[3]);
  const struct key *key = &o->rtp;
  if (o->is_gcm) {
    bool ok = start_gcm(key, ssrc, roc, sequence) && authenticate(key, packet, payload) &&
              cipher(key, packet + payload, packet + payload, tag - payload) && check_gcm(key, packet + tag);
    return ok ? (int)tag : -1;
  }
  uint8_t theirs[CM_TAG], ours[CM_TAG];
  memcpy(theirs, packet + tag, CM_TAG);
  put32(packet + tag, roc); // signed along in the tag's place
  bool ok = sign(f, key, packet, tag + 4, ours) && CRYPTO_memcmp(theirs, ours, CM_TAG) == 0 &&
            start_cm(key, ssrc, roc, sequence) && cipher(key, packet + payload, packet + payload, tag - payload);
  return ok ? (int)tag : -1;
}

// The same for RTCP, whose index is in the packet.
int open_rtcp(struct fanout *f, struct opener *o, uint8_t *packet, uint32_t end) {
  uint32_t trailer_length = RTCP_INDEX + (o->is_gcm ? GCM_TAG : CM_TAG);
  if (RTCP_CLEAR + trailer_length > end) return -1;
  const struct key *key = &o->rtcp;
  uint32_t clear = end - trailer_length, ssrc = get32(packet + 4);
  uint8_t *trailer = packet + (o->is_gcm ? end - RTCP_INDEX : clear);
  uint32_t index = get32(trailer);
  uint16_t low = (uint16_t)index;
  if (o->is_gcm) {
    // Authenticated but clear RTCP (RFC 7714 section 9.3) is not made by WebRTC's sides.
    if (!(index & RTCP_ENCRYPTED)) return -1;
    bool ok = start_gcm(key, ssrc, (index & ~RTCP_ENCRYPTED) >> 16, low) && authenticate(key, packet, RTCP_CLEAR) &&
              authenticate(key, trailer, RTCP_INDEX) &&
              cipher(key, packet + RTCP_CLEAR, packet + RTCP_CLEAR, clear - RTCP_CLEAR) && check_gcm(key, packet + clear);
    return ok ? (int)clear : -1;
  }
  uint8_t ours[CM_TAG];
  uint32_t tag = clear + RTCP_INDEX;
  if (!sign(f, key, packet, tag, ours) || CRYPTO_memcmp(packet + tag, ours, CM_TAG) != 0) return -1;
  if (!(index & RTCP_ENCRYPTED)) return (int)clear;
  bool ok = start_cm(key, ssrc, (index & ~RTCP_ENCRYPTED) >> 16, low) &&
            cipher(key, packet + RTCP_CLEAR, packet + RTCP_CLEAR, clear - RTCP_CLEAR);
  return ok ? (int)clear : -1;
}

// Makes an opener of a peer's two session keys; NULL when memory is short.
struct opener *opener_new(struct fanout *f, bool is_gcm, const uint8_t *keys) {
  struct opener *o = calloc(1, sizeof *o);
  if (!o) return NULL;
  o->is_gcm = is_gcm;
  if (key_init(f, &o->rtp, is_gcm, true, keys) &&
      key_init(f, &o->rtcp, is_gcm, true, keys + (is_gcm ? GCM_KEY_BYTES : CM_KEY_BYTES)))
    return o;
  opener_free(o);
  return NULL;
}

void opener_free(struct opener *o) {
  key_free(&o->rtp);
  key_free(&o->rtcp);
  free(o);
}
