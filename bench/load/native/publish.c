// Sends frames at their exact time: valid VP8 with key frames when asked for (RFC 7741), or opus-sized packets; a stamp at the end.
#include "load.h"

#include <string.h>
#include <sys/socket.h>

enum { RTP_HEADER = 12, VP8_KEY_EVERY = 300 };

// The payload descriptor with a 15-bit picture id (RFC 7741 section 4.2), and what a decoder looks at first (RFC 6386 section 9.1).
static void write_vp8(const struct stream *s, uint8_t *payload, bool is_first, bool is_key) {
  static const uint8_t key[] = {0x10, 0x02, 0x00, 0x9d, 0x01, 0x2a, 0x00, 0x05, 0xd0, 0x02}; // 1280 x 720
  payload[0] = is_first ? 0x90 : 0x80;
  payload[1] = 0x80;
  put16(payload + 2, s->picture | 0x8000u);
  if (is_first && is_key) memcpy(payload + 4, key, sizeof key);
  else if (is_first) payload[4] = 0x11;
}

static void send_packet(struct load *l, int index, int number, bool is_key) {
  struct stream *s = &l->streams[index][0];
  struct client *c = l->clients[s->client];
  int slot = s->sequence % HISTORY;
  uint8_t *p = s->history[slot], *payload = p + RTP_HEADER;
  p[0] = 0x80;
  p[1] = (uint8_t)(s->payload_type | (s->video && number == s->packets - 1 ? 0x80 : 0));
  put16(p + 2, s->sequence);
  put32(p + 4, s->timestamp);
  put32(p + 8, s->ssrc);
  // Any bytes do for the rest; they differ from packet to packet, as the protected ones do that lie there from last time.
  if (!s->history_length[slot]) memset(payload, 0x5a, (size_t)s->bytes);
  if (s->video) write_vp8(s, payload, number == 0, is_key);
  else payload[0] = 0x78;
  uint8_t *stamp = payload + s->bytes - STAMP;
  int64_t now = wall_clock();
  put32(stamp, STAMP_MAGIC);
  put32(stamp + 4, (uint32_t)index);
  put64(stamp + 8, (uint64_t)now);
  size_t length = RTP_HEADER + (size_t)s->bytes;
  s->history_length[slot] = (uint16_t)protect_rtp(c, p, RTP_HEADER, length, s->roc);
  send_plain(c, p, s->history_length[slot]);
  if (++s->sequence == 0) s->roc++;
  s->sent++;
  s->octets += (uint32_t)s->bytes;
  if (l->from && now >= l->from && now < l->until) s->window_sent++, l->figures.sent++;
}

static void send_frame(struct load *l, int index) {
  struct stream *s = l->streams[index];
  bool is_key = s->video && (s->keyframe || s->frame % VP8_KEY_EVERY == 0);
  s->keyframe = false;
  for (int i = 0; i < s->packets; i++) send_packet(l, index, i, is_key);
  s->timestamp += s->step;
  s->picture = (s->picture + 1) & 0x7fff;
  s->frame++;
}

// Sends all frames that are due; returns when the next one is.
int64_t publish(struct load *l, int64_t now) {
  int64_t next = INT64_MAX;
  if (!l->feeding) return next;
  for (int i = 0; i < l->stream_count; i++) {
    struct stream *s = l->streams[i];
    if (l->clients[s->client]->state != UP) continue;
    if (s->due <= now) {
      if (l->from) count_latency(l->lateness, now - s->due);
      send_frame(l, i);
      s->due += s->interval;
      // A process that was stopped for long does not send all at once what it missed.
      if (now - s->due > 10 * s->interval) s->due = now + s->interval;
    }
    if (s->due < next) next = s->due;
  }
  return next;
}

// Streams of one kind send in turn, not all at the same moment.
void spread_streams(struct load *l, int64_t now) {
  int counts[2] = {0, 0}, at[2] = {0, 0};
  for (int i = 0; i < l->stream_count; i++) counts[l->streams[i]->video]++;
  for (int i = 0; i < l->stream_count; i++) {
    struct stream *s = l->streams[i];
    s->due = now + s->interval * at[s->video]++ / counts[s->video];
  }
}

// Answers a NACK with the very bytes that were sent: no RTX is offered.
void resend(struct load *l, struct stream *s, uint16_t sequence) {
  int slot = sequence % HISTORY;
  if (!s->history_length[slot] || get16(s->history[slot] + 2) != sequence) return;
  send_plain(l->clients[s->client], s->history[slot], s->history_length[slot]);
  l->figures.resent++;
}
