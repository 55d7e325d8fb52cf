// Takes datagrams in: counts RTP by SSRC, reads the stamps of those of the measurement, hands the rest on (RFC 7983).
#include "load.h"

#include <string.h>
#include <sys/socket.h>
#include <time.h>

#ifndef SO_RXQ_OVFL
#define SO_RXQ_OVFL 40
#endif

static struct source *find_source(struct client *c, uint32_t ssrc) {
  if (c->last_source < c->source_count && c->sources[c->last_source].ssrc == ssrc) return &c->sources[c->last_source];
  for (int i = 0; i < c->source_count; i++)
    if (c->sources[i].ssrc == ssrc) return &c->sources[c->last_source = i];
  return NULL;
}

// The extended sequence number nearest to the newest one: its upper half is the rollover counter (RFC 3711 section 3.3.1).
static uint32_t extend(const struct source *s, uint16_t sequence) {
  return s->newest + (uint32_t)(int16_t)(sequence - (uint16_t)s->newest);
}

static struct source *add_source(struct load *l, int index, uint32_t ssrc, uint16_t sequence) {
  struct client *c = l->clients[index];
  if (c->source_count == MAX_SOURCES) return NULL;
  struct source *s = &c->sources[c->source_count++];
  memset(s, 0, sizeof *s);
  s->ssrc = ssrc;
  s->first = s->newest = s->window_first = sequence;
  if (c->source_count == 1) l->notify(l, FIRST_PACKET, index, 0, NULL, 0);
  return s;
}

static void read_stamp(struct load *l, struct client *c, const uint8_t *stamp, size_t bytes, int64_t arrived, int64_t read) {
  if (get32(stamp) != STAMP_MAGIC) {
    l->figures.unstamped++;
    return;
  }
  int64_t sent = (int64_t)get64(stamp + 8);
  if (sent < l->from || sent >= l->until) return;
  l->figures.got++;
  l->figures.bytes += (double)bytes;
  c->window_got++;
  count_latency(l->arrival, arrived - sent);
  count_latency(l->reading, read - sent);
}

static void read_rtp(struct load *l, int index, uint8_t *p, size_t length, int64_t arrived, int64_t read) {
  struct client *c = l->clients[index];
  size_t header = 12 + 4 * (size_t)(p[0] & 15);
  if (c->state != UP || length < header + 4) return;
  if (p[0] & 0x10) header += 4 + 4 * (size_t)get16(p + header + 2);
  uint32_t ssrc = get32(p + 8);
  struct source *s = find_source(c, ssrc);
  if (!s && !(s = add_source(l, index, ssrc, get16(p + 2)))) return;
  uint32_t sequence = extend(s, get16(p + 2));
  if ((int32_t)(sequence - s->newest) > 0) s->newest = sequence;
  else if (s->received) l->figures.repeated += l->from && l->until == INT64_MAX;
  s->received++;
  if (!l->from) return;
  if (p[0] & 0x20) l->figures.padding++;
  uint8_t stamp[STAMP];
  if (!(p[0] & 0x20) && peek(c, p, header, length, sequence >> 16, stamp)) read_stamp(l, c, stamp, length, arrived, read);
  if (s->received % CHECKED_SHARE) return;
  l->figures.checked++;
  if (!open_rtp(c, p, header, length, sequence >> 16)) l->figures.rejected++;
}

static void read_control(struct msghdr *message, struct client *c, int64_t *arrived) {
  for (struct cmsghdr *m = CMSG_FIRSTHDR(message); m; m = CMSG_NXTHDR(message, m)) {
    if (m->cmsg_level != SOL_SOCKET) continue;
    struct timespec time;
    if (m->cmsg_type == SO_TIMESTAMPNS) {
      memcpy(&time, CMSG_DATA(m), sizeof time);
      *arrived = (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
    } else if (m->cmsg_type == SO_RXQ_OVFL) memcpy(&c->overflow, CMSG_DATA(m), sizeof c->overflow);
  }
}

static void dispatch(struct load *l, int index, uint8_t *p, size_t length, const struct sockaddr_in *from, int64_t arrived, int64_t read) {
  if (length < 12) return;
  if (p[0] < 4) ice_read(l, index, p, length, from);
  else if (p[0] >= 20 && p[0] < 64) dtls_read(l, index, p, length);
  else if (p[0] < 128 || p[0] > 191) return;
  else if (p[1] >= 192 && p[1] <= 223) {
    if (l->clients[index]->state != UP) return;
    size_t clear = open_rtcp(l->clients[index], p, length);
    if (clear) read_rtcp(l, index, p, clear, read);
    else l->figures.rejected++;
  } else read_rtp(l, index, p, length, arrived, read);
}

// Reads what lies in one client's socket.
void receive(struct load *l, int index) {
  static uint8_t data[BATCH][MAX_DATAGRAM];
  static struct sockaddr_in from[BATCH];
  static union {
    struct cmsghdr align;
    uint8_t bytes[CMSG_SPACE(sizeof(struct timespec)) + CMSG_SPACE(sizeof(uint32_t))];
  } control[BATCH];
  static struct iovec parts[BATCH];
  static struct mmsghdr messages[BATCH];
  struct client *c = l->clients[index];
  for (int got = BATCH; got == BATCH;) {
    for (int i = 0; i < BATCH; i++) {
      parts[i] = (struct iovec){data[i], MAX_DATAGRAM};
      messages[i].msg_hdr = (struct msghdr){.msg_name = &from[i],
                                            .msg_namelen = sizeof from[i],
                                            .msg_iov = &parts[i],
                                            .msg_iovlen = 1,
                                            .msg_control = &control[i],
                                            .msg_controllen = sizeof control[i]};
    }
    got = recvmmsg(c->fd, messages, BATCH, MSG_DONTWAIT, NULL);
    int64_t read = wall_clock();
    for (int i = 0; i < got; i++) {
      int64_t arrived = read;
      read_control(&messages[i].msg_hdr, c, &arrived);
      dispatch(l, index, data[i], messages[i].msg_len, &from[i], arrived, read);
    }
  }
}
