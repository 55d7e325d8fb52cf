// The ruler: forwards each RTP datagram to everybody who ever sent a connectivity check, and does nothing else.
//
// No signalling, no history, no statistics, one thread, one socket: what a forwarded packet costs at least on this machine.
// Modes: 0 copies the datagram; 1 opens it and seals it for each target (AES-128-GCM); 2 as 1, but all packets of one target
// leave as one segmented message (UDP GSO). 0 and 1 send with sendmmsg.
#include <arpa/inet.h>
#include <netinet/udp.h>
#include <node_api.h>
#include <openssl/evp.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>

#ifndef UDP_SEGMENT
#define UDP_SEGMENT 103
#endif
// MANY packets are taken in at once, and fit `out` for one target.
enum { BATCH = 32, MANY = 16, DATAGRAM = 2048, TARGETS = 4096, TAG = 16, HEADER = 12, OUT = 40 * 1024, COPY = 0, SEGMENTED = 2 };

struct target {
  struct sockaddr_in at;
  EVP_CIPHER_CTX *seal;
};

static int udp = -1, target_count;
static struct target targets[TARGETS];
static EVP_CIPHER_CTX *opener;
static EVP_CIPHER *gcm;
static uint8_t key[16], salt[12];

static uint8_t in[BATCH][DATAGRAM], out[OUT];
static size_t length[BATCH], out_length;
static struct mmsghdr messages[BATCH];
static struct iovec parts[BATCH];
static union {
  struct cmsghdr align;
  uint8_t bytes[CMSG_SPACE(sizeof(uint16_t))];
} control[BATCH];
static unsigned int message_count;

static void flush(void) {
  for (unsigned int sent = 0; sent < message_count;) {
    int done = sendmmsg(udp, messages + sent, message_count - sent, 0);
    if (done <= 0) break;
    sent += (unsigned int)done;
  }
  message_count = 0;
  out_length = 0;
}

// One message more: `bytes` that lie at `data`, in segments of `segment` bytes unless that is 0.
static void add(struct target *t, uint8_t *data, size_t bytes, uint16_t segment) {
  unsigned int i = message_count++;
  parts[i] = (struct iovec){data, bytes};
  messages[i].msg_hdr = (struct msghdr){.msg_name = &t->at, .msg_namelen = sizeof t->at, .msg_iov = &parts[i], .msg_iovlen = 1};
  if (segment) {
    messages[i].msg_hdr.msg_control = &control[i];
    messages[i].msg_hdr.msg_controllen = sizeof control[i];
    struct cmsghdr *m = CMSG_FIRSTHDR(&messages[i].msg_hdr);
    m->cmsg_level = IPPROTO_UDP, m->cmsg_type = UDP_SEGMENT, m->cmsg_len = CMSG_LEN(sizeof segment);
    memcpy(CMSG_DATA(m), &segment, sizeof segment);
  }
  if (message_count == BATCH) flush();
}

// The nonce of RFC 7714 section 8.1.
static void nonce(const uint8_t *p, uint32_t roc, uint8_t iv[12]) {
  memset(iv, 0, 12);
  memcpy(iv + 2, p + 8, 4);
  iv[8] = (uint8_t)(roc >> 8), iv[9] = (uint8_t)roc;
  memcpy(iv + 10, p + 2, 2);
  for (int i = 0; i < 12; i++) iv[i] ^= salt[i];
}

static bool open_packet(uint8_t *p, size_t *size, uint32_t roc) {
  uint8_t iv[12];
  int done;
  size_t end = *size - TAG;
  nonce(p, roc, iv);
  *size = end;
  return EVP_DecryptInit_ex2(opener, NULL, NULL, iv, NULL) && EVP_DecryptUpdate(opener, NULL, &done, p, HEADER) &&
         EVP_DecryptUpdate(opener, p + HEADER, &done, p + HEADER, (int)(end - HEADER)) &&
         EVP_CIPHER_CTX_ctrl(opener, EVP_CTRL_AEAD_SET_TAG, TAG, p + end) && EVP_DecryptFinal_ex(opener, p + end, &done);
}

static void seal_packet(struct target *t, uint8_t *to, const uint8_t *p, size_t size, uint32_t roc) {
  uint8_t iv[12];
  int done;
  nonce(p, roc, iv);
  memcpy(to, p, HEADER);
  EVP_EncryptInit_ex2(t->seal, NULL, NULL, iv, NULL);
  EVP_EncryptUpdate(t->seal, NULL, &done, p, HEADER);
  EVP_EncryptUpdate(t->seal, to + HEADER, &done, p + HEADER, (int)(size - HEADER));
  EVP_EncryptFinal_ex(t->seal, to + size, &done);
  EVP_CIPHER_CTX_ctrl(t->seal, EVP_CTRL_AEAD_GET_TAG, TAG, to + size);
}

static void forward(int mode, const int *packets, int count, const uint32_t *roc) {
  for (int i = 0; i < target_count; i++) {
    struct target *t = &targets[i];
    size_t run = 0, from = 0;
    for (int k = 0; k < count; k++) {
      int n = packets[k];
      if (mode == COPY) {
        add(t, in[n], length[n], 0);
        continue;
      }
      size_t size = length[n] + TAG;
      // A run ends where the size changes: all segments but the last have one size.
      if (run && (mode != SEGMENTED || run != size)) add(t, out + from, out_length - from, mode == SEGMENTED ? (uint16_t)run : 0), run = 0;
      if (!run) from = out_length;
      seal_packet(t, out + out_length, in[n], length[n], roc[k]);
      out_length += size;
      run = size;
    }
    if (run) add(t, out + from, out_length - from, mode == SEGMENTED && out_length - from > run ? (uint16_t)run : 0);
    if (out_length + MANY * 1216 > OUT) flush();
  }
  flush();
}

static void greet(const struct sockaddr_in *from) {
  for (int i = 0; i < target_count; i++)
    if (!memcmp(&targets[i].at, from, sizeof *from)) return;
  if (target_count == TARGETS) return;
  targets[target_count] = (struct target){*from, EVP_CIPHER_CTX_new()};
  EVP_EncryptInit_ex2(targets[target_count++].seal, gcm, key, NULL, NULL);
}

static void serve(int mode) {
  static struct sockaddr_in from[BATCH];
  static struct mmsghdr incoming[BATCH];
  static struct iovec room[BATCH];
  static struct {
    uint32_t ssrc, roc;
    uint16_t last;
  } sources[64];
  int packets[BATCH];
  uint32_t roc[BATCH];
  for (;;) {
    for (int i = 0; i < BATCH; i++) {
      room[i] = (struct iovec){in[i], DATAGRAM};
      incoming[i].msg_hdr = (struct msghdr){.msg_name = &from[i], .msg_namelen = sizeof from[i], .msg_iov = &room[i], .msg_iovlen = 1};
    }
    int got = recvmmsg(udp, incoming, MANY, MSG_WAITFORONE, NULL), count = 0;
    for (int i = 0; i < got; i++) {
      uint8_t *p = in[i];
      length[i] = incoming[i].msg_len;
      if (p[0] < 4) greet(&from[i]);
      if (length[i] < HEADER + TAG || p[0] < 128 || (p[1] >= 192 && p[1] <= 223)) continue;
      uint32_t ssrc;
      memcpy(&ssrc, p + 8, 4);
      int slot = 0;
      while (slot < 63 && sources[slot].ssrc && sources[slot].ssrc != ssrc) slot++;
      uint16_t sequence = (uint16_t)(p[2] << 8 | p[3]);
      if (sources[slot].ssrc == ssrc && sequence < 1000 && sources[slot].last > 64000) sources[slot].roc++;
      sources[slot].ssrc = ssrc, sources[slot].last = sequence;
      if (mode != COPY && !open_packet(p, &length[i], sources[slot].roc)) continue;
      roc[count] = sources[slot].roc;
      packets[count++] = i;
    }
    if (count) forward(mode, packets, count, roc);
  }
}

// open(address, material): the port. material: key, key, salt, salt as DTLS exports them; session keys are given, not derived.
static napi_value open_ruler(napi_env env, napi_callback_info info) {
  napi_value args[2], result;
  size_t count = 2, size;
  char address[64];
  uint8_t *keys;
  napi_typedarray_type type;
  struct sockaddr_in at = {.sin_family = AF_INET};
  socklen_t room = sizeof at;
  int buffer = 4 << 20;
  napi_get_cb_info(env, info, &count, args, NULL, NULL);
  if (count < 2 || napi_get_value_string_utf8(env, args[0], address, sizeof address, &size) != napi_ok ||
      inet_pton(AF_INET, address, &at.sin_addr) != 1 ||
      napi_get_typedarray_info(env, args[1], &type, &size, (void **)&keys, NULL, NULL) != napi_ok || size != 28) {
    napi_throw_type_error(env, NULL, "address, keys");
    return NULL;
  }
  memcpy(key, keys, sizeof key);
  memcpy(salt, keys + sizeof key, sizeof salt);
  gcm = EVP_CIPHER_fetch(NULL, "AES-128-GCM", NULL);
  opener = EVP_CIPHER_CTX_new();
  udp = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (udp < 0 || bind(udp, (struct sockaddr *)&at, sizeof at) || getsockname(udp, (struct sockaddr *)&at, &room) || !gcm ||
      !EVP_DecryptInit_ex2(opener, gcm, key, NULL, NULL)) {
    napi_throw_error(env, NULL, "no socket or no cipher");
    return NULL;
  }
  setsockopt(udp, SOL_SOCKET, SO_RCVBUF, &buffer, sizeof buffer);
  setsockopt(udp, SOL_SOCKET, SO_SNDBUF, &buffer, sizeof buffer);
  napi_create_int32(env, ntohs(at.sin_port), &result);
  return result;
}

// serve(mode): never returns; a signal ends the process.
static napi_value serve_ruler(napi_env env, napi_callback_info info) {
  napi_value args[1];
  size_t count = 1;
  int32_t mode;
  napi_get_cb_info(env, info, &count, args, NULL, NULL);
  if (count == 1 && napi_get_value_int32(env, args[0], &mode) == napi_ok && udp >= 0) serve(mode);
  napi_throw_type_error(env, NULL, "mode");
  return NULL;
}

NAPI_MODULE_INIT() {
  napi_value function;
  napi_create_function(env, "open", NAPI_AUTO_LENGTH, open_ruler, NULL, &function);
  napi_set_named_property(env, exports, "open", function);
  napi_create_function(env, "serve", NAPI_AUTO_LENGTH, serve_ruler, NULL, &function);
  napi_set_named_property(env, exports, "serve", function);
  return exports;
}
