// Hands sealed datagrams to the kernel, several a call, and keeps what it has no room for. Nothing is lost uncounted.
#include "fanout.h"

#include <errno.h>
#include <netinet/udp.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#ifndef UDP_SEGMENT
#define UDP_SEGMENT 103 // linux/udp.h; missing in older C libraries
#endif

enum {
  // Bytes asked for as receive and send buffer; the kernel caps them at net.core.[rw]mem_max.
  SOCKET_BUFFER_BYTES = 4 << 20,
  // A UDP message holds 65,507 bytes; GSO messages stay below it.
  MAX_MESSAGE_BYTES = 64000,
};

static socklen_t address_length(const union address *a) {
  return a->any.sa_family == AF_INET6 ? sizeof a->v6 : sizeof a->v4;
}

static int socket_index(const union address *a) { return a->any.sa_family == AF_INET6; }

// Opens and binds a media socket; returns the descriptor or a negative errno.
int socket_open(const union address *at) {
  bool v6 = at->any.sa_family == AF_INET6;
  int on = 1, size = SOCKET_BUFFER_BYTES;
  // "Want" sets don't-fragment and lets the kernel fragment only what a known path MTU cannot carry; it is what dgram's
  // sockets have by default.
  int discover = v6 ? IPV6_PMTUDISC_WANT : IP_PMTUDISC_WANT;
  int fd = socket(at->any.sa_family, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (fd < 0) return -errno;
  bool ok = setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof size) == 0 &&
            setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &size, sizeof size) == 0 &&
            setsockopt(fd, SOL_SOCKET, SO_TIMESTAMPNS, &on, sizeof on) == 0 &&
            (v6 ? setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on) == 0 &&
                      setsockopt(fd, IPPROTO_IPV6, IPV6_MTU_DISCOVER, &discover, sizeof discover) == 0
                : setsockopt(fd, IPPROTO_IP, IP_MTU_DISCOVER, &discover, sizeof discover) == 0) &&
            bind(fd, &at->any, address_length(at)) == 0;
  if (ok) return fd;
  int error = errno;
  close(fd);
  return -error;
}

static uint32_t datagrams(uint32_t length, uint16_t segment) { return segment ? (length + segment - 1) / segment : 1; }

static void count_sent(struct fanout *f, uint32_t length, uint16_t segment) {
  uint32_t count = datagrams(length, segment);
  f->counters.sent += count;
  f->counters.bytes += length;
  if (segment) f->counters.segmented += count;
}

static void count_error(struct fanout *f, int error, uint32_t count) {
  f->counters.errors[error > 0 && error < ERRNO_COUNT ? error : 0] += count;
}

// Describes a message to the kernel; `control` has room for the one option it may need.
static void describe(struct msghdr *m, struct iovec *part, uint8_t *control, const union address *to, const uint8_t *data,
                     uint32_t length, uint16_t segment) {
  *part = (struct iovec){.iov_base = (uint8_t *)data, .iov_len = length};
  *m = (struct msghdr){
      .msg_name = (union address *)to,
      .msg_namelen = address_length(to),
      .msg_iov = part,
      .msg_iovlen = 1,
  };
  if (!segment) return;
  m->msg_control = control;
  m->msg_controllen = CMSG_SPACE(sizeof segment);
  struct cmsghdr *c = CMSG_FIRSTHDR(m);
  c->cmsg_level = IPPROTO_UDP;
  c->cmsg_type = UDP_SEGMENT;
  c->cmsg_len = CMSG_LEN(sizeof segment);
  memcpy(CMSG_DATA(c), &segment, sizeof segment);
}

// Keeps a message until the kernel has room, or gives it up and counts it.
static void keep(struct fanout *f, const union address *to, const uint8_t *data, uint32_t length, uint16_t segment) {
  struct waiting *w = f->backlog_bytes + length > MAX_BACKLOG_BYTES ? NULL : malloc(sizeof *w + length);
  if (!w) {
    f->counters.backlogged += datagrams(length, segment);
    return;
  }
  w->next = NULL;
  w->to = *to;
  w->length = length;
  w->segment = segment;
  memcpy(w->data, data, length);
  *f->backlog_end = w;
  f->backlog_end = &w->next;
  f->backlog_bytes += length;
  f->backlog_count += datagrams(length, segment);
}

// One message by itself: 0 or the error.
static int send_one(struct fanout *f, const union address *to, const uint8_t *data, uint32_t length, uint16_t segment) {
  union {
    struct cmsghdr align;
    uint8_t bytes[CMSG_SPACE(sizeof segment)];
  } control = {0};
  struct msghdr message;
  struct iovec part;
  describe(&message, &part, control.bytes, to, data, length, segment);
  int fd = f->sockets[socket_index(to)];
  if (fd < 0) return EAFNOSUPPORT;
  ssize_t done;
  do {
    f->counters.calls++;
    done = sendmsg(fd, &message, MSG_DONTWAIT);
  } while (done < 0 && errno == EINTR);
  if (done < 0) return errno == EWOULDBLOCK ? EAGAIN : errno;
  count_sent(f, length, segment);
  return 0;
}

// Sends what is protected already or needs no protection: STUN, DTLS.
void transmit_plain(struct fanout *f, const union address *to, const uint8_t *data, uint32_t length) {
  int error = f->backlog ? EAGAIN : send_one(f, to, data, length, 0);
  if (error == EAGAIN) keep(f, to, data, length, 0);
  else if (error) count_error(f, error, 1);
}

// What became of a message the kernel refused for another reason than a full buffer.
static void refused(struct fanout *f, int error, const union address *to, const uint8_t *data, uint32_t length,
                    uint16_t segment) {
  if (!segment) {
    count_error(f, error, 1);
    return;
  }
  // A device without checksum offload cannot segment (EIO), and never will; a segment longer than the path's MTU must go
  // by itself to be fragmented (EMSGSIZE, EINVAL in older kernels).
  if (error == EIO) f->no_segmentation = true;
  for (uint32_t at = 0; at < length; at += segment) {
    uint32_t size = length - at < segment ? length - at : segment;
    transmit_plain(f, to, data + at, size);
  }
}

// Sends what waits, in order, until the kernel is full again.
void transmit_backlog(struct fanout *f) {
  while (f->backlog) {
    struct waiting *w = f->backlog;
    int error = send_one(f, &w->to, w->data, w->length, w->segment);
    if (error == EAGAIN) return;
    // What is left of a refused message goes before what came later.
    struct waiting *later = w->next, **end = f->backlog_end;
    f->backlog = NULL;
    f->backlog_end = &f->backlog;
    f->backlog_bytes -= w->length;
    f->backlog_count -= datagrams(w->length, w->segment);
    if (error) refused(f, error, &w->to, w->data, w->length, w->segment);
    free(w);
    *f->backlog_end = later;
    if (later) f->backlog_end = end;
  }
}

void transmit_forget(struct fanout *f) {
  while (f->backlog) {
    struct waiting *w = f->backlog;
    f->backlog = w->next;
    free(w);
  }
  f->backlog_end = &f->backlog;
  f->backlog_bytes = f->backlog_count = 0;
}

// Memory for `bytes` (at most OUT_BYTES) of a target's next packets; what is in the way is sent.
uint8_t *transmit_room(struct fanout *f, const struct target *t, uint32_t bytes) {
  int index = socket_index(&t->address);
  bool appends = f->open_target == t;
  if (index != f->out_socket || f->out_bytes + bytes > OUT_BYTES || (!appends && f->message_count == OUT_MESSAGES))
    transmit(f);
  f->out_socket = index;
  return f->out + f->out_bytes;
}

// Takes the packet just written to `transmit_room`: as a further segment of the last message, or as a new one.
void transmit_add(struct fanout *f, const struct target *t, uint32_t length) {
  uint32_t last = f->message_count - 1;
  const uint8_t *data = f->out + f->out_bytes;
  if (f->open_target == t && length <= f->open_size && f->open_segments < t->max_segments &&
      f->parts[last].iov_len + length <= MAX_MESSAGE_BYTES) {
    uint32_t whole = (uint32_t)f->parts[last].iov_len + length;
    f->segment[last] = (uint16_t)f->open_size;
    describe(&f->messages[last].msg_hdr, f->parts + last, f->control[last].bytes, &t->address, f->parts[last].iov_base,
             whole, f->segment[last]);
    f->open_segments++;
    // Only the last segment may be shorter.
    if (length < f->open_size) f->open_target = NULL;
    f->out_bytes += length;
    return;
  }
  if (f->message_count == OUT_MESSAGES) {
    // The packet is at the end of the memory already, so it moves to its beginning.
    transmit(f);
    memmove(f->out, data, length);
    data = f->out;
  }
  last = f->message_count++;
  f->segment[last] = 0;
  describe(&f->messages[last].msg_hdr, f->parts + last, f->control[last].bytes, &t->address, data, length, 0);
  f->out_bytes += length;
  f->open_target = f->no_segmentation || t->max_segments < 2 ? NULL : t;
  f->open_segments = 1;
  f->open_size = length;
}

// Sends all messages in `out`.
void transmit(struct fanout *f) {
  uint32_t next = 0, count = f->message_count;
  while (next < count) {
    const struct msghdr *m = &f->messages[next].msg_hdr;
    const union address *to = m->msg_name;
    const uint8_t *data = m->msg_iov->iov_base;
    uint32_t length = (uint32_t)m->msg_iov->iov_len;
    int done = -1, error = EAGAIN; // what waits goes first
    int fd = f->sockets[f->out_socket];
    if (fd < 0) error = EAFNOSUPPORT;
    else if (!f->backlog) {
      f->counters.calls++;
      done = sendmmsg(fd, f->messages + next, count - next, MSG_DONTWAIT);
      error = done < 0 ? errno : 0;
    }
    if (done > 0)
      for (; done > 0; done--, next++) count_sent(f, (uint32_t)f->parts[next].iov_len, f->segment[next]);
    else if (error != EINTR) {
      if (error == EAGAIN || error == EWOULDBLOCK) keep(f, to, data, length, f->segment[next]);
      else refused(f, error, to, data, length, f->segment[next]);
      next++;
    }
  }
  f->message_count = f->out_bytes = 0;
  f->open_target = NULL;
}

// The bucket of a delay: 0, 1, 2, 3 microseconds, then four for each doubling.
static uint32_t delay_bucket(uint64_t micros) {
  if (micros < 4) return (uint32_t)micros;
  uint32_t log2 = 63 - (uint32_t)__builtin_clzll(micros);
  uint32_t bucket = 4 * (log2 - 1) + (uint32_t)(micros >> (log2 - 2) & 3);
  return bucket < DELAY_BUCKETS ? bucket : DELAY_BUCKETS - 1;
}

// Counts how long ago the turn's datagrams came in.
void count_delays(struct fanout *f) {
  struct timespec time;
  clock_gettime(CLOCK_REALTIME, &time);
  int64_t now = (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
  for (uint32_t i = 0; i < f->arrivals.count; i++) {
    // The clock may have been set meanwhile.
    int64_t delay = now - f->arrivals.at[i];
    f->counters.delays[delay_bucket(delay > 0 ? (uint64_t)delay / 1000 : 0)]++;
  }
}
