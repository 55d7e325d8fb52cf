// What the parts of the native media path share: limits, and the state behind one object of TypeScript's.
//
// It protects and sends packets that TypeScript has decided on, takes datagrams in, and decrypts those that TypeScript has
// parsed. It never parses what a stranger sent: the headers it looks into were written by our own down-tracks. One thread
// uses one state; nothing here locks or blocks.
#ifndef RUNDE_FANOUT_H
#define RUNDE_FANOUT_H

#define NAPI_VERSION 9
#include <netinet/in.h>
#include <node_api.h>
#include <openssl/evp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>
#include <uv.h>

enum {
  // Peers of one worker; its index fits the rows' int32 with room to spare.
  MAX_TARGETS = 16384,
  // SSRCs with a rollover counter per target, as in transport/limits.ts.
  MAX_SSRCS = 2048,
  // Bytes of a protected datagram (transport/limits.ts), and what protection adds at most: GCM's tag and the SRTCP index.
  MAX_DATAGRAM = 2048,
  MAX_OVERHEAD = 20,
  // What is collected before it is sent anyway: a burst of 8 packets to 300 viewers is 2,400 rows of about 40 bytes.
  QUEUE_ROWS = 4096,
  QUEUE_HEADER_BYTES = QUEUE_ROWS * 64,
  QUEUE_PAYLOAD_BYTES = 1 << 20,
  // Datagrams are sealed into this much memory before the kernel takes them: it stays in the L1/L2 cache.
  OUT_BYTES = 40 * 1024,
  OUT_MESSAGES = 32,
  // Segments of one UDP GSO message: beyond 16 nothing is gained, and a longer burst would hurt a narrow link.
  MAX_SEGMENTS = 16,
  // Bytes that may wait for a full socket buffer: some 80 ms of a full gigabit.
  MAX_BACKLOG_BYTES = 9 << 20,
  // Linux errno values that are counted one by one; EHWPOISON (133) is the last.
  ERRNO_COUNT = 134,
  // Datagrams taken in with one call, and bytes of each that are kept: longer ones are no media and no handshake.
  SLOTS = 32,
  SLOT_BYTES = MAX_DATAGRAM,
  // Length, family, port, four words of the address, interface number.
  SLOT_FIELDS = 8,
  // Arrivals of one turn whose delay is counted; receive.c takes 128 a turn from each of two sockets.
  MAX_ARRIVALS = 256,
  // Four buckets for each doubling of the microseconds; the last begins at 1.8 s.
  DELAY_BUCKETS = 80,
  GCM_KEY_BYTES = 16 + 12,
  CM_KEY_BYTES = 16 + 20 + 14,
};

union address {
  struct sockaddr any;
  struct sockaddr_in v4;
  struct sockaddr_in6 v6;
};

// One session key (RFC 3711 section 4.3): of RTP or of RTCP.
struct key {
  EVP_CIPHER_CTX *cipher;
  EVP_MD_CTX *inner, *outer; // HMAC's two hashes with the padded key in them; NULL for GCM
  uint8_t salt[14];
};

// The rollover counter of one SSRC (RFC 3711 section 3.3.1).
struct source {
  uint32_t ssrc, roc;
  uint64_t used_at;
  uint16_t newest;
};

struct target {
  struct key rtp, rtcp;
  bool is_gcm;
  uint32_t rtcp_index;
  union address address;
  uint32_t max_segments;
  struct source *sources; // sorted by SSRC
  uint32_t source_count, source_room, last_source;
  int32_t first_row, last_row; // of the queue, -1 for none
};

// The keys of a peer that sends to us.
struct opener {
  struct key rtp, rtcp;
  bool is_gcm;
};

// When the datagrams of this turn came in: the kernel's CLOCK_REALTIME, ns.
struct arrivals {
  int64_t at[MAX_ARRIVALS];
  uint32_t count;
};

// A socket that is being polled, and where its datagrams go.
struct inbox {
  uv_poll_t poll;
  napi_env env;
  napi_ref ring, slots, callback;
  napi_async_cleanup_hook_handle hook;
  struct inbox **owner; // emptied when the box closes
  struct arrivals *arrivals;
  int fd;
  bool closing;
};

struct row {
  uint32_t header, payload;
  uint16_t header_length, payload_length;
  int32_t next;
};

// A sealed datagram (or several segments) that waits for room in the socket's buffer.
struct waiting {
  struct waiting *next;
  union address to;
  uint32_t length;
  uint16_t segment;
  uint8_t data[];
};

struct counters {
  double sent, bytes, refused, backlogged;
  double calls, segmented; // send calls to the kernel; datagrams that left as segments of a larger message
  double errors[ERRNO_COUNT];
  // From a datagram's arrival in the kernel until all packets of its turn were handed back to it, of turns that sent media.
  double delays[DELAY_BUCKETS];
};

struct fanout {
  int sockets[2]; // IPv4, IPv6; -1 for none
  struct inbox *inboxes[2];
  bool no_segmentation;
  EVP_CIPHER *ctr, *gcm;
  EVP_MD *sha1;
  EVP_MD_CTX *hash; // scratch
  struct target *targets[MAX_TARGETS];
  struct opener *openers[MAX_TARGETS];
  uint64_t clock;       // counts packets, which is time enough to tell which SSRC was silent longest
  struct counters counters;
  struct arrivals arrivals;

  struct row rows[QUEUE_ROWS];
  uint32_t row_count, header_bytes, payload_bytes;
  uint32_t pending[QUEUE_ROWS], pending_count; // targets that have rows, in the order of their first
  uint8_t headers[QUEUE_HEADER_BYTES];
  uint8_t payloads[QUEUE_PAYLOAD_BYTES];

  struct mmsghdr messages[OUT_MESSAGES];
  struct iovec parts[OUT_MESSAGES];
  uint16_t segment[OUT_MESSAGES]; // bytes of each datagram but the last, 0 for a message of one
  union {
    struct cmsghdr align;
    uint8_t bytes[CMSG_SPACE(sizeof(uint16_t))];
  } control[OUT_MESSAGES];
  uint32_t message_count, out_bytes;
  const struct target *open_target; // whose segments the last message may still take
  uint32_t open_segments, open_size;
  int out_socket; // index in `sockets`
  uint8_t out[OUT_BYTES];

  struct waiting *backlog, **backlog_end;
  uint32_t backlog_bytes;
  uint32_t backlog_count;
};

// protect.c
bool key_init(struct fanout *f, struct key *key, bool is_gcm, bool opens, const uint8_t *bytes);
void key_free(struct key *key);
int seal_rtp(struct fanout *f, struct target *t, uint8_t *out, const uint8_t *header, size_t header_length,
             const uint8_t *tail, size_t tail_length);
int seal_rtcp(struct fanout *f, struct target *t, uint8_t *out, const uint8_t *packet, size_t length);

int open_rtp(struct fanout *f, struct opener *o, uint8_t *packet, uint32_t payload, uint32_t end, uint32_t roc);
int open_rtcp(struct fanout *f, struct opener *o, uint8_t *packet, uint32_t end);
struct opener *opener_new(struct fanout *f, bool is_gcm, const uint8_t *keys);
void opener_free(struct opener *o);

// queue.c
uint32_t queue_payload(struct fanout *f, const uint8_t *payload, uint32_t length);
bool queue_has_room(const struct fanout *f, uint32_t header_length);
void queue_row(struct fanout *f, uint32_t target, const uint8_t *header, uint32_t header_length, uint32_t payload,
               uint32_t payload_length);
void queue_flush(struct fanout *f);
struct target *target_new(struct fanout *f, bool is_gcm, const uint8_t *keys);
void target_free(struct target *t);
void target_remove(struct fanout *f, uint32_t index);

// transmit.c
int socket_open(const union address *at);
uint8_t *transmit_room(struct fanout *f, const struct target *t, uint32_t bytes);
void transmit_add(struct fanout *f, const struct target *t, uint32_t length);
void transmit(struct fanout *f);
void transmit_backlog(struct fanout *f);
void transmit_forget(struct fanout *f);
void count_delays(struct fanout *f);
void transmit_plain(struct fanout *f, const union address *to, const uint8_t *data, uint32_t length);

// receive.c
bool inbox_open(napi_env env, int fd, napi_value ring, napi_value slots, napi_value callback, struct inbox **owner,
                struct arrivals *arrivals);
void inbox_close(struct inbox *b);

#endif
