// The door to TypeScript (Node-API): checks every argument, then calls the parts. What is wrong with an argument throws a
// TypeError; a row that cannot be sent is counted as refused.
#include "fanout.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { ROW_FIELDS = 3, MOST_ARGUMENTS = 8 };

// A call's arguments, read one after the other; `ok` falls at the first that is not what it should be.
struct call {
  napi_env env;
  struct fanout *f;
  napi_value values[MOST_ARGUMENTS];
  size_t count, next;
  bool ok;
};

static struct call call_begin(napi_env env, napi_callback_info info) {
  struct call c = {.env = env, .count = MOST_ARGUMENTS};
  void *data = NULL;
  c.ok = napi_get_cb_info(env, info, &c.count, c.values, NULL, &data) == napi_ok;
  if (c.count > MOST_ARGUMENTS) c.count = MOST_ARGUMENTS;
  c.f = data;
  return c;
}

// A whole number from 0 to `most`.
static uint32_t get_number(struct call *c, uint32_t most) {
  double value = -1;
  if (!c->ok || c->next >= c->count || napi_get_value_double(c->env, c->values[c->next++], &value) != napi_ok ||
      !(value >= 0 && value <= most) || value != (double)(uint32_t)value) {
    c->ok = false;
    return 0;
  }
  return (uint32_t)value;
}

// The elements of a typed array of this type, valid until the call returns.
static void *get_array(struct call *c, napi_typedarray_type wanted, size_t *length) {
  static uint8_t none[8];
  napi_typedarray_type type;
  void *data = NULL;
  *length = 0;
  if (!c->ok || c->next >= c->count ||
      napi_get_typedarray_info(c->env, c->values[c->next++], &type, length, &data, NULL, NULL) != napi_ok || type != wanted) {
    c->ok = false;
    *length = 0;
  }
  return data ? data : none;
}

static const uint8_t *get_bytes(struct call *c, size_t *length) { return get_array(c, napi_uint8_array, length); }

// Address bytes (4 or 16), port, and the interface number of a link-local IPv6 address.
static union address get_address(struct call *c) {
  union address a;
  memset(&a, 0, sizeof a);
  size_t length = 0;
  const uint8_t *bytes = get_bytes(c, &length);
  uint32_t port = get_number(c, UINT16_MAX), scope = get_number(c, UINT32_MAX);
  if (length == sizeof a.v4.sin_addr) {
    a.v4.sin_family = AF_INET;
    a.v4.sin_port = htons((uint16_t)port);
    memcpy(&a.v4.sin_addr, bytes, length);
  } else if (length == sizeof a.v6.sin6_addr) {
    a.v6.sin6_family = AF_INET6;
    a.v6.sin6_port = htons((uint16_t)port);
    a.v6.sin6_scope_id = scope;
    memcpy(&a.v6.sin6_addr, bytes, length);
  } else c->ok = false;
  return a;
}

// The index of a target that exists.
static uint32_t get_target(struct call *c) {
  uint32_t index = get_number(c, MAX_TARGETS - 1);
  if (c->ok && !c->f->targets[index]) c->ok = false;
  return index;
}

static napi_value number(napi_env env, double value) {
  napi_value result = NULL;
  napi_create_double(env, value, &result);
  return result;
}

static napi_value wrong(napi_env env) {
  napi_throw_type_error(env, "ERR_RUNDE_FANOUT", "an argument of the native fan-out is out of range");
  return NULL;
}

// Takes the next argument as it is.
static napi_value get_value(struct call *c) {
  if (c->next < c->count) return c->values[c->next++];
  c->ok = false;
  return NULL;
}

// Takes the two session keys of a peer: whether they are for GCM, then their bytes.
static const uint8_t *get_keys(struct call *c, bool *is_gcm) {
  *is_gcm = get_number(c, 1) == 1;
  size_t length = 0;
  const uint8_t *keys = get_bytes(c, &length);
  if (length != 2 * (size_t)(*is_gcm ? GCM_KEY_BYTES : CM_KEY_BYTES)) c->ok = false;
  return keys;
}

static napi_value full(napi_env env) {
  napi_throw_range_error(env, "ERR_RUNDE_FANOUT_FULL", "the native fan-out has no room for another peer");
  return NULL;
}

// open(address, port, scope, ring, slots, callback): opens and binds a socket, and calls back with the number of datagrams
// in the ring and whether they are the last that came together. The socket's port, or a negative errno.
static napi_value open_socket(napi_env env, napi_callback_info info) {
  struct call c = call_begin(env, info);
  union address at = get_address(&c);
  napi_value ring = get_value(&c), slots = get_value(&c), callback = get_value(&c);
  if (!c.ok) return wrong(env);
  int index = at.any.sa_family == AF_INET6;
  if (c.f->sockets[index] >= 0) return number(env, -EALREADY);
  int fd = socket_open(&at);
  if (fd < 0) return number(env, fd);
  socklen_t length = sizeof at;
  if (getsockname(fd, &at.any, &length) != 0 || 
      !inbox_open(env, fd, ring, slots, callback, c.f->inboxes + index, &c.f->arrivals)) {
    close(fd);
    return wrong(env);
  }
  c.f->sockets[index] = fd;
  return number(env, ntohs(index ? at.v6.sin6_port : at.v4.sin_port));
}

// addTarget(isGcm, keys, address, port, scope): index. `keys`: RTP key, RTCP key, each as key_init takes them.
static napi_value add_target(napi_env env, napi_callback_info info) {
  struct call c = call_begin(env, info);
  bool is_gcm;
  const uint8_t *keys = get_keys(&c, &is_gcm);
  union address at = get_address(&c);
  if (!c.ok) return wrong(env);
  uint32_t index = 0;
  while (index < MAX_TARGETS && c.f->targets[index]) index++;
  struct target *t = index < MAX_TARGETS ? target_new(c.f, is_gcm, keys) : NULL;
  if (!t) return full(env);
  t->address = at;
  c.f->targets[index] = t;
  return number(env, index);
}

// rekeyTarget(target, isGcm, keys): other keys from now on, which includes what is collected; counters begin anew.
static napi_value rekey_target(napi_env env, napi_callback_info info) {
  struct call c = call_begin(env, info);
  uint32_t index = get_target(&c);
  bool is_gcm;
  const uint8_t *keys = get_keys(&c, &is_gcm);
  if (!c.ok) return wrong(env);
  struct target *old = c.f->targets[index], *t = target_new(c.f, is_gcm, keys);
  if (!t) return full(env);
  t->address = old->address;
  t->max_segments = old->max_segments;
  t->first_row = old->first_row;
  t->last_row = old->last_row;
  c.f->targets[index] = t;
  target_free(old);
  return NULL;
}

// addOpener(isGcm, keys): index of a peer that sends to us.
static napi_value add_opener(napi_env env, napi_callback_info info) {
  struct call c = call_begin(env, info);
  bool is_gcm;
  const uint8_t *keys = get_keys(&c, &is_gcm);
  if (!c.ok) return wrong(env);
  uint32_t index = 0;
  while (index < MAX_TARGETS && c.f->openers[index]) index++;
  struct opener *o = index < MAX_TARGETS ? opener_new(c.f, is_gcm, keys) : NULL;
  if (!o) return full(env);
  c.f->openers[index] = o;
  return number(env, index);
}

static uint32_t get_opener(struct call *c) {
  uint32_t index = get_number(c, MAX_TARGETS - 1);
  if (c->ok && !c->f->openers[index]) c->ok = false;
  return index;
}

// removeOpener(opener)
static napi_value remove_opener(napi_env env, napi_callback_info info) {
  struct call c = call_begin(env, info);
  uint32_t index = get_opener(&c);
  if (!c.ok) return wrong(env);
  opener_free(c.f->openers[index]);
  c.f->openers[index] = NULL;
  return NULL;
}

// openRtp(opener, bytes, start, payload, end, roc): offset behind the clear payload, or -1.
static napi_value open_rtp_packet(napi_env env, napi_callback_info info) {
  struct call c = call_begin(env, info);
  uint32_t index = get_opener(&c);
  size_t room = 0;
  uint8_t *bytes = get_array(&c, napi_uint8_array, &room);
  uint32_t start = get_number(&c, UINT32_MAX), payload = get_number(&c, UINT32_MAX), end = get_number(&c, UINT32_MAX);
  uint32_t roc = get_number(&c, UINT32_MAX);
  if (!c.ok || start > payload || payload > end || end > room || end - start > MAX_DATAGRAM) return wrong(env);
  int clear = open_rtp(c.f, c.f->openers[index], bytes + start, payload - start, end - start, roc);
  return number(env, clear < 0 ? -1 : (double)start + clear);
}

// openRtcp(opener, bytes, start, end): offset behind the clear packet, or -1.
static napi_value open_rtcp_packet(napi_env env, napi_callback_info info) {
  struct call c = call_begin(env, info);
  uint32_t index = get_opener(&c);
  size_t room = 0;
  uint8_t *bytes = get_array(&c, napi_uint8_array, &room);
  uint32_t start = get_number(&c, UINT32_MAX), end = get_number(&c, UINT32_MAX);
  if (!c.ok || start > end || end > room || end - start > MAX_DATAGRAM) return wrong(env);
  int clear = open_rtcp(c.f, c.f->openers[index], bytes + start, end - start);
  return number(env, clear < 0 ? -1 : (double)start + clear);
}

// moveTarget(target, address, port, scope)
static napi_value move_target(napi_env env, napi_callback_info info) {
  struct call c = call_begin(env, info);
  uint32_t index = get_target(&c);
  union address at = get_address(&c);
  if (!c.ok) return wrong(env);
  c.f->targets[index]->address = at;
  return NULL;
}

// limitBurst(target, datagrams): at most so many leave as one message.
static napi_value limit_burst(napi_env env, napi_callback_info info) {
  struct call c = call_begin(env, info);
  uint32_t index = get_target(&c), segments = get_number(&c, MAX_SEGMENTS);
  if (!c.ok || segments == 0) return wrong(env);
  c.f->targets[index]->max_segments = segments;
  return NULL;
}

// removeTarget(target)
static napi_value remove_target(napi_env env, napi_callback_info info) {
  struct call c = call_begin(env, info);
  uint32_t index = get_target(&c);
  if (!c.ok) return wrong(env);
  target_remove(c.f, index);
  return NULL;
}

// send(payload, tailOffset, tailEnd, arena, rows, rowCount), see media/fanout.ts; everything is copied.
static napi_value send_rows(napi_env env, napi_callback_info info) {
  struct call c = call_begin(env, info);
  size_t payload_length = 0, arena_length = 0, row_values = 0;
  const uint8_t *payload = get_bytes(&c, &payload_length);
  uint32_t from = get_number(&c, UINT32_MAX), to = get_number(&c, UINT32_MAX);
  const uint8_t *arena = get_bytes(&c, &arena_length);
  const int32_t *row = get_array(&c, napi_int32_array, &row_values);
  uint32_t row_count = get_number(&c, UINT32_MAX);
  if (!c.ok || from > to || to > payload_length || row_count > row_values / ROW_FIELDS) return wrong(env);
  struct fanout *f = c.f;
  uint32_t tail = to - from, most = MAX_DATAGRAM - MAX_OVERHEAD;
  if (tail > most) {
    f->counters.refused += row_count;
    return NULL;
  }
  uint32_t stored = queue_payload(f, payload + from, tail);
  for (uint32_t i = 0; i < row_count; i++, row += ROW_FIELDS) {
    int64_t target = row[0], header = row[1], length = row[2];
    if (target < 0 || target >= MAX_TARGETS || !f->targets[target] || header < 0 || length < 0 || length + tail > most ||
        (uint64_t)(header + length) > arena_length) {
      f->counters.refused++;
      continue;
    }
    if (!queue_has_room(f, (uint32_t)length)) {
      queue_flush(f);
      stored = queue_payload(f, payload + from, tail);
    }
    queue_row(f, (uint32_t)target, arena + header, (uint32_t)length, stored, tail);
  }
  return NULL;
}

// sendRtcp(target, packet, length): at once.
static napi_value send_rtcp(napi_env env, napi_callback_info info) {
  struct call c = call_begin(env, info);
  uint32_t index = get_number(&c, MAX_TARGETS - 1);
  size_t room = 0;
  const uint8_t *packet = get_bytes(&c, &room);
  uint32_t length = get_number(&c, UINT32_MAX);
  if (!c.ok || length > room) return wrong(env);
  struct fanout *f = c.f;
  struct target *t = f->targets[index];
  int sealed = -1;
  if (t && length <= MAX_DATAGRAM - MAX_OVERHEAD) {
    uint8_t *out = transmit_room(f, t, length + MAX_OVERHEAD);
    sealed = seal_rtcp(f, t, out, packet, length);
  }
  if (sealed < 0) f->counters.refused++;
  else transmit_add(f, t, (uint32_t)sealed);
  transmit(f);
  return NULL;
}

// sendPlain(bytes, address, port, scope): one datagram as it is.
static napi_value send_plain(napi_env env, napi_callback_info info) {
  struct call c = call_begin(env, info);
  size_t length = 0;
  const uint8_t *bytes = get_bytes(&c, &length);
  union address to = get_address(&c);
  if (!c.ok) return wrong(env);
  if (length > MAX_DATAGRAM) c.f->counters.refused++;
  else transmit_plain(c.f, &to, bytes, (uint32_t)length);
  return NULL;
}

// flush(): sends what is collected; returns how many datagrams wait for the kernel.
static napi_value flush(napi_env env, napi_callback_info info) {
  struct call c = call_begin(env, info);
  if (!c.ok) return wrong(env);
  bool has_media = c.f->row_count > 0;
  queue_flush(c.f);
  if (has_media) count_delays(c.f);
  c.f->arrivals.count = 0;
  return number(env, c.f->backlog_count);
}

// readCounters(Float64Array): fills it with the counters in the order of struct counters.
static napi_value read_counters(napi_env env, napi_callback_info info) {
  struct call c = call_begin(env, info);
  size_t length = 0;
  void *values = get_array(&c, napi_float64_array, &length);
  if (!c.ok || length != sizeof c.f->counters / sizeof(double)) return wrong(env);
  memcpy(values, &c.f->counters, sizeof c.f->counters);
  return NULL;
}

// Gives everything up but the memory of the state itself, which functions may still be called with.
static void release(struct fanout *f) {
  for (uint32_t i = 0; i < MAX_TARGETS; i++) {
    if (f->targets[i]) target_free(f->targets[i]);
    if (f->openers[i]) opener_free(f->openers[i]);
    f->targets[i] = NULL;
    f->openers[i] = NULL;
  }
  f->row_count = f->header_bytes = f->payload_bytes = f->pending_count = 0;
  transmit_forget(f);
  for (int i = 0; i < 2; i++) {
    if (f->inboxes[i]) inbox_close(f->inboxes[i]);
    if (f->sockets[i] >= 0) close(f->sockets[i]);
    f->sockets[i] = -1;
  }
}

// close(): forgets all targets and closes the sockets; later sends are refused.
static napi_value close_fanout(napi_env env, napi_callback_info info) {
  struct call c = call_begin(env, info);
  if (!c.ok) return wrong(env);
  release(c.f);
  return NULL;
}

static void destroy(void *data) {
  struct fanout *f = data;
  release(f);
  EVP_CIPHER_free(f->ctr);
  EVP_CIPHER_free(f->gcm);
  EVP_MD_free(f->sha1);
  EVP_MD_CTX_free(f->hash);
  free(f);
}

static const struct {
  const char *name;
  napi_callback callback;
} METHODS[] = {
    {"open", open_socket},        {"addTarget", add_target},         {"rekeyTarget", rekey_target},
    {"moveTarget", move_target},  {"removeTarget", remove_target},   {"limitBurst", limit_burst},
    {"send", send_rows},          {"sendRtcp", send_rtcp},           {"sendPlain", send_plain},
    {"flush", flush},             {"readCounters", read_counters},   {"addOpener", add_opener},
    {"openRtp", open_rtp_packet}, {"openRtcp", open_rtcp_packet},    {"removeOpener", remove_opener},
    {"close", close_fanout},
};

// create(): an object whose functions work on one fan-out, which lives as long as the thread's environment.
static napi_value create(napi_env env, napi_callback_info info) {
  (void)info;
  struct fanout *f = calloc(1, sizeof *f);
  if (!f) return wrong(env);
  f->sockets[0] = f->sockets[1] = -1;
  f->backlog_end = &f->backlog;
  f->ctr = EVP_CIPHER_fetch(NULL, "AES-128-CTR", NULL);
  f->gcm = EVP_CIPHER_fetch(NULL, "AES-128-GCM", NULL);
  f->sha1 = EVP_MD_fetch(NULL, "SHA1", NULL);
  f->hash = EVP_MD_CTX_new();
  napi_value object = NULL;
  bool ok = f->ctr && f->gcm && f->sha1 && f->hash && napi_create_object(env, &object) == napi_ok;
  for (size_t i = 0; ok && i < sizeof METHODS / sizeof *METHODS; i++) {
    napi_value function;
    ok = napi_create_function(env, METHODS[i].name, NAPI_AUTO_LENGTH, METHODS[i].callback, f, &function) == napi_ok &&
         napi_set_named_property(env, object, METHODS[i].name, function) == napi_ok;
  }
  if (ok && napi_add_env_cleanup_hook(env, destroy, f) == napi_ok) return object;
  destroy(f);
  return wrong(env);
}

NAPI_MODULE_INIT() {
  napi_value function;
  if (napi_create_function(env, "create", NAPI_AUTO_LENGTH, create, NULL, &function) != napi_ok ||
      napi_set_named_property(env, exports, "create", function) != napi_ok)
    return NULL;
  return exports;
}
