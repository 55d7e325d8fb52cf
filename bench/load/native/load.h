// What the parts of the load generator share. One thread, one process: JavaScript calls run(), which serves all sockets
// and calls back when something happened that signalling has to know.
#ifndef RUNDE_LOAD_H
#define RUNDE_LOAD_H

#include <netinet/in.h>
#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
  MAX_CLIENTS = 4096,
  MAX_STREAMS = 1024,
  MAX_CANDIDATES = 8,
  // SSRCs that one client follows: an 8 x 8 meeting has 14.
  MAX_SOURCES = 64,
  MAX_DATAGRAM = 2048,
  // Datagrams taken in with one call; 16 of 2 KB stay in the L1/L2 cache.
  BATCH = 16,
  // Packets a publisher can send again: two seconds of 240 packets/s.
  HISTORY = 512,
  // Octaves of microseconds up to 16 s, 64 steps each: latencies are exact to 1.6 %.
  STEPS = 64,
  OCTAVES = 19,
  BUCKETS = STEPS * OCTAVES,
  // At the end of each payload: magic, number of the stream, nanoseconds (CLOCK_REALTIME).
  STAMP = 16,
  // One packet in this many is opened in full and its tag checked.
  CHECKED_SHARE = 256,
};
#define STAMP_MAGIC 0x72756e64u

// Session keys of one direction, RTP or RTCP (RFC 3711 section 4.3).
struct keys {
  EVP_CIPHER_CTX *cipher; // GCM or CTR
  EVP_CIPHER_CTX *block;  // the bare block cipher: reads a stamp without opening the packet
  EVP_MAC_CTX *mac;       // HMAC-SHA1; NULL for GCM
  uint8_t salt[14];
};

// One SSRC that comes in (RFC 3550 appendix A.1).
struct source {
  uint32_t ssrc, first, newest; // extended sequence numbers
  uint32_t received, reported, reported_received;
  uint32_t window_first, window_received; // as they were when the measurement began
  uint32_t sender_report;                 // middle 32 bits of the last one
  int64_t sender_report_at;
};

// One SSRC that is sent.
struct stream {
  int client;
  bool video, keyframe;
  uint8_t payload_type;
  uint16_t sequence, picture;
  uint32_t ssrc, timestamp, step, roc;
  int packets, bytes, frame; // of a frame; bytes of a payload
  int64_t interval, due;     // ns
  uint32_t sent, octets, window_sent;
  uint8_t (*history)[MAX_DATAGRAM];
  uint16_t *history_length;
};

enum state { NEW, CHECKING, SHAKING, UP, FAILED };

struct client {
  int fd;
  enum state state;
  char ufrag[64], password[128], remote_ufrag[256], remote_password[256];
  struct sockaddr_in candidates[MAX_CANDIDATES], remote;
  int candidate_count;
  uint8_t transaction[12];
  int64_t next_check, next_report;
  SSL *ssl;
  BIO *in, *out;
  bool nominates, accepts, gcm; // accepts: the server is the DTLS client
  uint8_t fingerprint[32];
  struct keys send_rtp, send_rtcp, open_rtp, open_rtcp;
  uint32_t rtcp_index, overflow, window_overflow;
  struct source sources[MAX_SOURCES];
  int source_count, last_source;
  double window_got;
};

enum event { CONNECTED = 1, REFUSED, DATA, FIRST_PACKET };

struct figures {
  double sent, got, bytes, repeated, lost, padding, unstamped, checked, rejected, overflow, keyframe_requests, resent;
};

struct load {
  int epoll, timer, uv;
  struct in_addr bind;
  SSL_CTX *tls;
  EVP_CIPHER *gcm, *ctr, *ecb;
  EVP_MAC *hmac;
  uint8_t fingerprint[32];
  struct client *clients[MAX_CLIENTS];
  int client_count;
  struct stream *streams[MAX_STREAMS];
  int stream_count;
  bool feeding, stop;
  int64_t from, until; // send times that are measured; 0: none
  int64_t next_scan;
  struct figures figures;
  double arrival[BUCKETS], reading[BUCKETS], lateness[BUCKETS];
  void (*notify)(struct load *l, int event, int client, double value, const uint8_t *data, size_t length);
};

static inline uint16_t get16(const uint8_t *p) { return (uint16_t)(p[0] << 8 | p[1]); }
static inline uint32_t get32(const uint8_t *p) { return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3]; }
static inline void put16(uint8_t *p, uint32_t v) { p[0] = (uint8_t)(v >> 8), p[1] = (uint8_t)v; }
static inline void put32(uint8_t *p, uint32_t v) { put16(p, v >> 16), put16(p + 2, v); }
static inline void put64(uint8_t *p, uint64_t v) { put32(p, (uint32_t)(v >> 32)), put32(p + 4, (uint32_t)v); }
static inline uint64_t get64(const uint8_t *p) { return (uint64_t)get32(p) << 32 | get32(p + 4); }

// loop.c
int64_t wall_clock(void);
void fail(struct load *l, int client, const char *why);
bool loop_open(struct load *l);
void loop_run(struct load *l, int milliseconds);
int client_add(struct load *l);
void client_free(struct client *c);
void send_plain(struct client *c, const uint8_t *data, size_t length);
void count_latency(double *buckets, int64_t nanoseconds);

// ice.c
void ice_check(struct load *l, struct client *c, int64_t now);
void ice_read(struct load *l, int index, const uint8_t *p, size_t length, const struct sockaddr_in *from);

// dtls.c
bool dtls_open(struct load *l);
bool dtls_start(struct load *l, struct client *c);
void dtls_read(struct load *l, int index, const uint8_t *p, size_t length);
void dtls_timeout(struct load *l, int index);
void dtls_send(struct client *c, const uint8_t *p, size_t length);

// srtp.c
bool srtp_keys(struct load *l, struct client *c, const uint8_t *material);
void srtp_free(struct keys *k);
size_t protect_rtp(struct client *c, uint8_t *p, size_t header, size_t length, uint32_t roc);
size_t protect_rtcp(struct client *c, uint8_t *p, size_t length);
size_t open_rtcp(struct client *c, uint8_t *p, size_t length);
bool open_rtp(struct client *c, uint8_t *p, size_t header, size_t length, uint32_t roc);
bool peek(struct client *c, const uint8_t *p, size_t header, size_t length, uint32_t roc, uint8_t out[STAMP]);

// publish.c
int64_t publish(struct load *l, int64_t now);
void resend(struct load *l, struct stream *s, uint16_t sequence);
void spread_streams(struct load *l, int64_t now);

// receive.c
void receive(struct load *l, int index);

// report.c
void report(struct load *l, int index, int64_t now);
void read_rtcp(struct load *l, int index, const uint8_t *p, size_t length, int64_t now);

#endif
