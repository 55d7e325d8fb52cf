// Sends sender and receiver reports once a second, and reads what the server reports and asks for (RFC 3550 section 6, RFC 4585).
#include "load.h"

#include <string.h>

enum { SR = 200, RR = 201, FEEDBACK = 205, PAYLOAD_FEEDBACK = 206, NACK = 1, PLI = 1, FIR = 4 };
// Report blocks that fit the five bits of their count.
enum { MAX_BLOCKS = 31 };
#define SECOND 1000000000LL
// Seconds from 1900 to 1970.
#define NTP_OFFSET 2208988800ULL

static uint64_t ntp(int64_t now) {
  return ((uint64_t)(now / SECOND) + NTP_OFFSET) << 32 | ((uint64_t)(now % SECOND) << 32) / SECOND;
}

static void write_block(struct source *s, uint8_t *p, int64_t now) {
  uint32_t expected = s->newest - s->first + 1, gone = expected - s->received;
  uint32_t expected_since = expected - s->reported, received_since = s->received - s->reported_received;
  int32_t lost_since = (int32_t)(expected_since - received_since);
  uint32_t share = expected_since && lost_since > 0 ? ((uint32_t)lost_since << 8) / expected_since : 0;
  s->reported = expected;
  s->reported_received = s->received;
  put32(p, s->ssrc);
  put32(p + 4, (share > 255 ? 255 : share) << 24 | ((int32_t)gone > 0 ? gone & 0x7fffff : 0));
  put32(p + 8, s->newest);
  put32(p + 12, 0);
  put32(p + 16, s->sender_report);
  put32(p + 20, s->sender_report_at ? (uint32_t)((now - s->sender_report_at) * 65536 / SECOND) : 0);
}

static void send_sender_report(struct load *l, struct stream *s, int64_t now) {
  uint8_t p[64];
  p[0] = 0x80, p[1] = SR;
  put16(p + 2, 6);
  put32(p + 4, s->ssrc);
  put64(p + 8, ntp(now));
  put32(p + 16, s->timestamp);
  put32(p + 20, s->sent);
  put32(p + 24, s->octets);
  struct client *c = l->clients[s->client];
  send_plain(c, p, protect_rtcp(c, p, 28));
}

// Called often; reports when the client's second is over.
void report(struct load *l, int index, int64_t now) {
  struct client *c = l->clients[index];
  if (now < c->next_report) return;
  // Clients report at different moments, as they joined at different ones.
  c->next_report = c->next_report ? c->next_report + SECOND : now + index % 50 * (SECOND / 50);
  if (l->feeding)
    for (int i = 0; i < l->stream_count; i++)
      if (l->streams[i]->client == index) send_sender_report(l, l->streams[i], now);
  if (!c->source_count) return;
  uint8_t p[8 + 24 * MAX_BLOCKS + 32];
  int blocks = c->source_count < MAX_BLOCKS ? c->source_count : MAX_BLOCKS;
  p[0] = (uint8_t)(0x80 | blocks), p[1] = RR;
  put16(p + 2, (uint32_t)(1 + 6 * blocks));
  put32(p + 4, (uint32_t)index + 1);
  for (int i = 0; i < blocks; i++) write_block(&c->sources[i], p + 8 + 24 * i, now);
  send_plain(c, p, protect_rtcp(c, p, 8 + 24 * (size_t)blocks));
}

static struct stream *stream_of(struct load *l, uint32_t ssrc) {
  for (int i = 0; i < l->stream_count; i++)
    if (l->streams[i]->ssrc == ssrc) return l->streams[i];
  return NULL;
}

static void read_nack(struct load *l, const uint8_t *p, size_t length) {
  struct stream *s = stream_of(l, get32(p + 8));
  for (size_t at = 12; s && at + 4 <= length; at += 4) {
    uint16_t first = get16(p + at), more = get16(p + at + 2);
    resend(l, s, first);
    for (int bit = 0; bit < 16; bit++)
      if (more >> bit & 1) resend(l, s, (uint16_t)(first + 1 + bit));
  }
}

static void read_sender_report(struct client *c, const uint8_t *p, int64_t now) {
  for (int i = 0; i < c->source_count; i++) {
    if (c->sources[i].ssrc != get32(p + 4)) continue;
    c->sources[i].sender_report = get32(p + 10);
    c->sources[i].sender_report_at = now;
  }
}

void read_rtcp(struct load *l, int index, const uint8_t *p, size_t length, int64_t now) {
  while (length >= 8) {
    size_t size = 4 + 4 * (size_t)get16(p + 2);
    int count = p[0] & 31;
    if (size > length) return;
    if (p[1] == SR && size >= 28) read_sender_report(l->clients[index], p, now);
    if (p[1] == FEEDBACK && count == NACK) read_nack(l, p, size);
    if (p[1] == PAYLOAD_FEEDBACK && size >= 12 && (count == PLI || count == FIR)) {
      // A FIR names the stream in its entry (RFC 5104 section 4.3.1), a PLI in its header.
      struct stream *s = stream_of(l, get32(p + (count == FIR && size >= 20 ? 12 : 8)));
      if (s) s->keyframe = true;
      l->figures.keyframe_requests++;
    }
    p += size;
    length -= size;
  }
}
