// Collects rows until the end of a loop turn, one list a target, and seals them target by target.
#include "fanout.h"

#include <openssl/crypto.h>
#include <stdlib.h>
#include <string.h>

// Copies a payload in, which many rows share; returns where it is. `length` is below MAX_DATAGRAM.
uint32_t queue_payload(struct fanout *f, const uint8_t *payload, uint32_t length) {
  if (f->payload_bytes + length > QUEUE_PAYLOAD_BYTES) queue_flush(f);
  uint32_t at = f->payload_bytes;
  memcpy(f->payloads + at, payload, length);
  f->payload_bytes += length;
  return at;
}

bool queue_has_room(const struct fanout *f, uint32_t header_length) {
  return f->row_count < QUEUE_ROWS && f->header_bytes + header_length <= QUEUE_HEADER_BYTES;
}

// Adds a packet for a target that exists; there is room.
void queue_row(struct fanout *f, uint32_t target, const uint8_t *header, uint32_t header_length, uint32_t payload,
               uint32_t payload_length) {
  struct target *t = f->targets[target];
  int32_t row = (int32_t)f->row_count++;
  f->rows[row] = (struct row){
      .header = f->header_bytes,
      .payload = payload,
      .header_length = (uint16_t)header_length,
      .payload_length = (uint16_t)payload_length,
      .next = -1,
  };
  memcpy(f->headers + f->header_bytes, header, header_length);
  f->header_bytes += header_length;
  if (t->first_row < 0) {
    t->first_row = row;
    f->pending[f->pending_count++] = target;
  } else f->rows[t->last_row].next = row;
  t->last_row = row;
}

// Bytes that the next rows of a target may take in the out buffer, so that a burst is not cut in two by its end.
static uint32_t burst_bytes(const struct fanout *f, const struct target *t, int32_t row) {
  uint32_t bytes = 0;
  for (uint32_t count = 0; row >= 0 && count < t->max_segments; count++) {
    const struct row *r = f->rows + row;
    uint32_t more = r->header_length + r->payload_length + MAX_OVERHEAD;
    if (bytes + more > OUT_BYTES) break;
    bytes += more;
    row = r->next;
  }
  return bytes;
}

static void send_rows(struct fanout *f, struct target *t) {
  uint32_t in_burst = 0;
  for (int32_t row = t->first_row; row >= 0; row = f->rows[row].next) {
    const struct row *r = f->rows + row;
    uint32_t bytes = r->header_length + r->payload_length + MAX_OVERHEAD;
    uint8_t *out = transmit_room(f, t, in_burst++ % t->max_segments == 0 ? burst_bytes(f, t, row) : bytes);
    int length = seal_rtp(f, t, out, f->headers + r->header, r->header_length, f->payloads + r->payload, r->payload_length);
    if (length < 0) f->counters.refused++;
    else transmit_add(f, t, (uint32_t)length);
  }
  t->first_row = -1;
}

// Seals and sends everything that is collected, after what still waits for the kernel.
void queue_flush(struct fanout *f) {
  transmit_backlog(f);
  for (uint32_t i = 0; i < f->pending_count; i++) {
    struct target *t = f->targets[f->pending[i]];
    if (t) send_rows(f, t);
  }
  transmit(f);
  f->row_count = f->header_bytes = f->payload_bytes = f->pending_count = 0;
}

// Makes a target of its two session keys; NULL when memory is short.
struct target *target_new(struct fanout *f, bool is_gcm, const uint8_t *keys) {
  struct target *t = calloc(1, sizeof *t);
  if (!t) return NULL;
  t->is_gcm = is_gcm;
  t->first_row = -1;
  t->max_segments = MAX_SEGMENTS;
  if (key_init(f, &t->rtp, is_gcm, false, keys) &&
      key_init(f, &t->rtcp, is_gcm, false, keys + (is_gcm ? GCM_KEY_BYTES : CM_KEY_BYTES)))
    return t;
  target_free(t);
  return NULL;
}

void target_free(struct target *t) {
  key_free(&t->rtp);
  key_free(&t->rtcp);
  free(t->sources);
  OPENSSL_cleanse(t, sizeof *t);
  free(t);
}

// Forgets a target; its rows are not sent, and so do not reach the index's next owner either.
void target_remove(struct fanout *f, uint32_t index) {
  struct target *t = f->targets[index];
  f->targets[index] = NULL;
  queue_flush(f);
  target_free(t);
  OPENSSL_cleanse(f->out, sizeof f->out);
}
