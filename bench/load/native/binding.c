// The door for JavaScript: checks arguments, keeps the one generator of this process, calls back from inside run().
#include "load.h"

#include <arpa/inet.h>
#include <node_api.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
#include <uv.h>

static struct load *load;
static napi_env current;
static napi_ref callback;

static napi_value complain(napi_env env, const char *what) {
  napi_throw_type_error(env, NULL, what);
  return NULL;
}

#define ARGUMENTS(n) \
  napi_value args[n]; \
  size_t count = n; \
  napi_get_cb_info(env, info, &count, args, NULL, NULL); \
  if (count < n) return complain(env, "too few arguments")

static bool number(napi_env env, napi_value value, double *out) { return napi_get_value_double(env, value, out) == napi_ok; }

static bool text(napi_env env, napi_value value, char *out, size_t room) {
  size_t length;
  return napi_get_value_string_utf8(env, value, out, room, &length) == napi_ok && length < room - 1;
}

static bool bytes(napi_env env, napi_value value, uint8_t **out, size_t *length) {
  bool is_array = false;
  napi_typedarray_type type;
  return napi_is_typedarray(env, value, &is_array) == napi_ok && is_array &&
         napi_get_typedarray_info(env, value, &type, length, (void **)out, NULL, NULL) == napi_ok && type == napi_uint8_array;
}

static double *floats(napi_env env, napi_value value, size_t least) {
  bool is_array = false;
  napi_typedarray_type type;
  size_t length;
  void *data;
  if (napi_is_typedarray(env, value, &is_array) != napi_ok || !is_array) return NULL;
  if (napi_get_typedarray_info(env, value, &type, &length, &data, NULL, NULL) != napi_ok) return NULL;
  return type == napi_float64_array && length >= least ? data : NULL;
}

static struct client *client_at(napi_env env, napi_value value, int *index) {
  double d;
  if (!load || !number(env, value, &d) || d < 0 || d >= load->client_count) return NULL;
  *index = (int)d;
  return load->clients[*index];
}

static void notify(struct load *l, int event, int client, double value, const uint8_t *data, size_t length) {
  napi_env env = current;
  napi_handle_scope scope;
  napi_value function, global, args[4], result;
  void *copy;
  (void)l;
  napi_open_handle_scope(env, &scope);
  napi_get_reference_value(env, callback, &function);
  napi_get_global(env, &global);
  napi_create_int32(env, event, &args[0]);
  napi_create_int32(env, client, &args[1]);
  napi_create_double(env, value, &args[2]);
  napi_create_buffer_copy(env, length, length ? (const void *)data : "", &copy, &args[3]);
  // An exception stays pending and is thrown when run() returns.
  if (napi_call_function(env, global, function, 4, args, &result) != napi_ok) load->stop = true;
  load->stop = true;
  napi_close_handle_scope(env, scope);
}

// open(address, onEvent): the fingerprint of the certificate that all clients show.
static napi_value open_load(napi_env env, napi_callback_info info) {
  ARGUMENTS(2);
  char address[64];
  uv_loop_t *loop;
  napi_value fingerprint;
  void *copy;
  if (load) return complain(env, "open already");
  if (!text(env, args[0], address, sizeof address)) return complain(env, "address");
  load = calloc(1, sizeof *load);
  if (!load || inet_pton(AF_INET, address, &load->bind) != 1) return complain(env, "address");
  if (napi_create_reference(env, args[1], 1, &callback) != napi_ok || napi_get_uv_event_loop(env, &loop) != napi_ok)
    return complain(env, "onEvent");
  load->notify = notify;
  load->uv = uv_backend_fd(loop);
  load->gcm = EVP_CIPHER_fetch(NULL, "AES-128-GCM", NULL);
  load->ctr = EVP_CIPHER_fetch(NULL, "AES-128-CTR", NULL);
  load->ecb = EVP_CIPHER_fetch(NULL, "AES-128-ECB", NULL);
  load->hmac = EVP_MAC_fetch(NULL, "HMAC", NULL);
  if (!load->gcm || !load->ctr || !load->ecb || !load->hmac || !dtls_open(load) || !loop_open(load))
    return complain(env, "no sockets or no cryptography");
  napi_create_buffer_copy(env, sizeof load->fingerprint, load->fingerprint, &copy, &fingerprint);
  return fingerprint;
}

// addClient(ufrag, password): its index.
static napi_value add_client(napi_env env, napi_callback_info info) {
  ARGUMENTS(2);
  napi_value result;
  if (!load) return complain(env, "not open");
  int index = client_add(load);
  if (index < 0) return complain(env, "no socket for one more client");
  struct client *c = load->clients[index];
  if (!text(env, args[0], c->ufrag, sizeof c->ufrag) || !text(env, args[1], c->password, sizeof c->password))
    return complain(env, "ufrag and password");
  napi_create_int32(env, index, &result);
  return result;
}

static napi_value port_of(napi_env env, napi_callback_info info) {
  ARGUMENTS(1);
  int index;
  struct sockaddr_in at;
  socklen_t length = sizeof at;
  napi_value result;
  struct client *c = client_at(env, args[0], &index);
  if (!c || getsockname(c->fd, (struct sockaddr *)&at, &length)) return complain(env, "client");
  napi_create_int32(env, ntohs(at.sin_port), &result);
  return result;
}

// connect(client, ufrag, password, fingerprint, accepts): checks begin with the first candidate.
static napi_value connect_client(napi_env env, napi_callback_info info) {
  ARGUMENTS(5);
  int index;
  uint8_t *fingerprint;
  size_t length;
  struct client *c = client_at(env, args[0], &index);
  if (!c || c->state != NEW) return complain(env, "client");
  if (!text(env, args[1], c->remote_ufrag, sizeof c->remote_ufrag) || !text(env, args[2], c->remote_password, sizeof c->remote_password) ||
      !bytes(env, args[3], &fingerprint, &length) || length != sizeof c->fingerprint ||
      napi_get_value_bool(env, args[4], &c->accepts) != napi_ok)
    return complain(env, "ufrag, password, fingerprint, accepts");
  memcpy(c->fingerprint, fingerprint, length);
  c->state = CHECKING;
  return NULL;
}

// connectBare(client, address, port, material, says): no checks, no handshake; the key goes both ways. `says`: a check tells
// the ruler where the client is.
static napi_value connect_bare(napi_env env, napi_callback_info info) {
  ARGUMENTS(5);
  int index;
  double port;
  char address[64];
  uint8_t *material;
  size_t length;
  bool says;
  struct client *c = client_at(env, args[0], &index);
  if (!c || c->state != NEW || !text(env, args[1], address, sizeof address) || !number(env, args[2], &port) ||
      !bytes(env, args[3], &material, &length) || length != 56 || napi_get_value_bool(env, args[4], &says) != napi_ok)
    return complain(env, "client, address, port, material, says");
  c->remote = (struct sockaddr_in){.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
  if (inet_pton(AF_INET, address, &c->remote.sin_addr) != 1 || connect(c->fd, (struct sockaddr *)&c->remote, sizeof c->remote))
    return complain(env, "address");
  c->gcm = true;
  if (!srtp_keys(load, c, material)) return complain(env, "material");
  c->next_check = says ? 0 : INT64_MAX;
  c->state = UP;
  return NULL;
}

static napi_value add_candidate(napi_env env, napi_callback_info info) {
  ARGUMENTS(3);
  int index;
  double port;
  char address[64];
  struct sockaddr_in at = {.sin_family = AF_INET};
  struct client *c = client_at(env, args[0], &index);
  if (!c || !text(env, args[1], address, sizeof address) || inet_pton(AF_INET, address, &at.sin_addr) != 1 ||
      !number(env, args[2], &port) || port < 1 || port > 65535)
    return complain(env, "client, address, port");
  at.sin_port = htons((uint16_t)port);
  if (c->candidate_count < MAX_CANDIDATES) c->candidates[c->candidate_count++] = at;
  c->next_check = 0;
  return NULL;
}

// addStream(client, ssrc, payloadType, isVideo, framesPerSecond, packets, bytes)
static napi_value add_stream(napi_env env, napi_callback_info info) {
  ARGUMENTS(7);
  int index;
  double v[7];
  bool video;
  struct client *c = client_at(env, args[0], &index);
  for (int i = 1; i < 7; i++)
    if (i != 3 && !number(env, args[i], &v[i])) return complain(env, "numbers");
  if (!c || load->stream_count == MAX_STREAMS || napi_get_value_bool(env, args[3], &video) != napi_ok || v[4] < 1 || v[5] < 1 ||
      v[6] < 32 || v[6] > 1200)
    return complain(env, "client, frames, packets, bytes");
  struct stream *s = calloc(1, sizeof *s);
  if (s) s->history = calloc(HISTORY, sizeof *s->history), s->history_length = calloc(HISTORY, sizeof *s->history_length);
  if (!s || !s->history || !s->history_length) return complain(env, "memory");
  s->client = index, s->video = video, s->ssrc = (uint32_t)v[1], s->payload_type = (uint8_t)v[2];
  s->packets = (int)v[5], s->bytes = (int)v[6];
  s->interval = (int64_t)(1e9 / v[4]), s->step = (uint32_t)((video ? 90000 : 48000) / v[4]);
  s->sequence = (uint16_t)(1000 + 61 * load->stream_count);
  load->streams[load->stream_count++] = s;
  return NULL;
}

static napi_value feed(napi_env env, napi_callback_info info) {
  ARGUMENTS(1);
  if (!load || napi_get_value_bool(env, args[0], &load->feeding) != napi_ok) return complain(env, "feed");
  spread_streams(load, wall_clock());
  return NULL;
}

static void begin_window(void) {
  load->figures = (struct figures){0};
  memset(load->arrival, 0, sizeof load->arrival);
  memset(load->reading, 0, sizeof load->reading);
  memset(load->lateness, 0, sizeof load->lateness);
  for (int i = 0; i < load->client_count; i++) {
    struct client *c = load->clients[i];
    c->window_got = 0;
    c->window_overflow = c->overflow;
    for (int k = 0; k < c->source_count; k++)
      c->sources[k].window_first = c->sources[k].newest, c->sources[k].window_received = c->sources[k].received;
  }
  load->from = wall_clock();
  load->until = INT64_MAX;
}

// measure(true) begins, measure(false) ends; packets sent in between are counted as they arrive, even later.
static napi_value measure(napi_env env, napi_callback_info info) {
  ARGUMENTS(1);
  bool on;
  if (!load || napi_get_value_bool(env, args[0], &on) != napi_ok) return complain(env, "measure");
  if (on) begin_window();
  else load->until = wall_clock();
  return NULL;
}

static napi_value send_data(napi_env env, napi_callback_info info) {
  ARGUMENTS(2);
  int index;
  uint8_t *data;
  size_t length;
  struct client *c = client_at(env, args[0], &index);
  if (!c || !bytes(env, args[1], &data, &length) || length > 1400) return complain(env, "client, bytes");
  dtls_send(c, data, length);
  return NULL;
}

static napi_value run(napi_env env, napi_callback_info info) {
  ARGUMENTS(1);
  double milliseconds;
  if (!load || !number(env, args[0], &milliseconds) || milliseconds < 0 || milliseconds > 1000) return complain(env, "run");
  current = env;
  loop_run(load, (int)milliseconds);
  return NULL;
}

// figures(counters, arrival, reading, lateness): counters are struct figures' numbers in their order.
static napi_value read_figures(napi_env env, napi_callback_info info) {
  ARGUMENTS(4);
  enum { FIELDS = sizeof(struct figures) / sizeof(double) };
  double *counters = floats(env, args[0], FIELDS), *arrival = floats(env, args[1], BUCKETS);
  double *reading = floats(env, args[2], BUCKETS), *lateness = floats(env, args[3], BUCKETS);
  if (!load || !counters || !arrival || !reading || !lateness) return complain(env, "arrays");
  load->figures.lost = load->figures.overflow = 0;
  for (int i = 0; i < load->client_count; i++) {
    struct client *c = load->clients[i];
    load->figures.overflow += c->overflow - c->window_overflow;
    for (int k = 0; k < c->source_count; k++) {
      const struct source *s = &c->sources[k];
      load->figures.lost += (double)(s->newest - s->window_first) - (double)(s->received - s->window_received);
    }
  }
  memcpy(counters, &load->figures, sizeof load->figures);
  memcpy(arrival, load->arrival, sizeof load->arrival);
  memcpy(reading, load->reading, sizeof load->reading);
  memcpy(lateness, load->lateness, sizeof load->lateness);
  return NULL;
}

// clientCounts(out): packets of the measurement that each client received.
static napi_value client_counts(napi_env env, napi_callback_info info) {
  ARGUMENTS(1);
  double *out = load ? floats(env, args[0], (size_t)load->client_count) : NULL;
  if (!out) return complain(env, "array");
  for (int i = 0; i < load->client_count; i++) out[i] = load->clients[i]->window_got;
  return NULL;
}

NAPI_MODULE_INIT() {
  static const struct {
    const char *name;
    napi_callback function;
  } functions[] = {
      {"open", open_load},       {"addClient", add_client},   {"port", port_of}, {"connect", connect_client}, {"connectBare", connect_bare},
      {"candidate", add_candidate}, {"addStream", add_stream}, {"feed", feed},   {"measure", measure},
      {"sendData", send_data},   {"run", run},                {"figures", read_figures}, {"clientCounts", client_counts},
  };
  for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
    napi_value function;
    if (napi_create_function(env, functions[i].name, NAPI_AUTO_LENGTH, functions[i].function, NULL, &function) != napi_ok ||
        napi_set_named_property(env, exports, functions[i].name, function) != napi_ok)
      return NULL;
  }
  return exports;
}
