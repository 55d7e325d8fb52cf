// Takes datagrams in: as many as are there with one call, into a ring that TypeScript reads in place. Looks into none.
#include "fanout.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

// Rounds before other events of the loop get their turn: 128 datagrams are some milliseconds of work.
enum { MAX_ROUNDS = 4 };

// Where the ring and the table of slots are; false when TypeScript has taken them away (which it does not).
static bool find_memory(const struct inbox *b, uint8_t **ring, int32_t **slots) {
  napi_value ring_value, slots_value;
  napi_typedarray_type type;
  size_t ring_length = 0, slots_length = 0;
  return napi_get_reference_value(b->env, b->ring, &ring_value) == napi_ok &&
         napi_get_reference_value(b->env, b->slots, &slots_value) == napi_ok &&
         napi_get_typedarray_info(b->env, ring_value, &type, &ring_length, (void **)ring, NULL, NULL) == napi_ok &&
         type == napi_uint8_array && ring_length == SLOTS * SLOT_BYTES &&
         napi_get_typedarray_info(b->env, slots_value, &type, &slots_length, (void **)slots, NULL, NULL) == napi_ok &&
         type == napi_int32_array && slots_length == SLOTS * SLOT_FIELDS;
}

// Tells TypeScript of a datagram: length (0 for one that was cut off), then the address as add_target takes it.
static void describe_slot(int32_t *slot, const struct mmsghdr *m, const union address *from) {
  memset(slot, 0, SLOT_FIELDS * sizeof *slot);
  slot[0] = m->msg_hdr.msg_flags & MSG_TRUNC ? 0 : (int32_t)m->msg_len;
  if (from->any.sa_family == AF_INET) {
    slot[1] = 4;
    slot[2] = ntohs(from->v4.sin_port);
    slot[3] = (int32_t)ntohl(from->v4.sin_addr.s_addr);
  } else {
    slot[1] = 6;
    slot[2] = ntohs(from->v6.sin6_port);
    for (int i = 0; i < 4; i++) {
      uint32_t word;
      memcpy(&word, from->v6.sin6_addr.s6_addr + 4 * i, sizeof word);
      slot[3 + i] = (int32_t)ntohl(word);
    }
    slot[7] = (int32_t)from->v6.sin6_scope_id;
  }
}

// Notes when a datagram came in, if the kernel says so.
static void note_arrival(struct arrivals *a, struct msghdr *m) {
  struct cmsghdr *c = CMSG_FIRSTHDR(m);
  if (a->count == MAX_ARRIVALS || !c || c->cmsg_level != SOL_SOCKET || c->cmsg_type != SCM_TIMESTAMPNS) return;
  struct timespec time;
  memcpy(&time, CMSG_DATA(c), sizeof time);
  a->at[a->count++] = (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

// Fills the ring once; the number of datagrams.
static int fill(struct inbox *b) {
  struct mmsghdr messages[SLOTS];
  struct iovec parts[SLOTS];
  union address from[SLOTS];
  union {
    struct cmsghdr align;
    uint8_t bytes[CMSG_SPACE(sizeof(struct timespec))];
  } control[SLOTS];
  uint8_t *ring = NULL;
  int32_t *slots = NULL;
  if (!find_memory(b, &ring, &slots)) return 0;
  memset(messages, 0, sizeof messages);
  for (int i = 0; i < SLOTS; i++) {
    parts[i] = (struct iovec){.iov_base = ring + i * SLOT_BYTES, .iov_len = SLOT_BYTES};
    messages[i].msg_hdr.msg_name = from + i;
    messages[i].msg_hdr.msg_namelen = sizeof from[i];
    messages[i].msg_hdr.msg_iov = parts + i;
    messages[i].msg_hdr.msg_iovlen = 1;
    messages[i].msg_hdr.msg_control = control + i;
    messages[i].msg_hdr.msg_controllen = sizeof control[i];
  }
  int count = recvmmsg(b->fd, messages, SLOTS, MSG_DONTWAIT, NULL);
  for (int i = 0; i < count; i++) {
    describe_slot(slots + i * SLOT_FIELDS, messages + i, from + i);
    note_arrival(b->arrivals, &messages[i].msg_hdr);
  }
  return count < 0 ? 0 : count;
}

// Tells TypeScript how many datagrams are in the ring, and whether they are the last that came together.
static void tell(struct inbox *b, int count, bool is_last) {
  napi_value callback, global, arguments[2], result;
  if (napi_get_reference_value(b->env, b->callback, &callback) != napi_ok || napi_get_global(b->env, &global) != napi_ok ||
      napi_create_int32(b->env, count, arguments) != napi_ok || napi_get_boolean(b->env, is_last, arguments + 1) != napi_ok)
    return;
  if (napi_make_callback(b->env, NULL, global, callback, 2, arguments, &result) != napi_pending_exception) return;
  napi_value error;
  if (napi_get_and_clear_last_exception(b->env, &error) == napi_ok) napi_fatal_exception(b->env, error);
}

static void on_readable(uv_poll_t *poll, int status, int events) {
  struct inbox *b = poll->data;
  if (status != 0 || !(events & UV_READABLE)) return;
  napi_handle_scope scope;
  if (napi_open_handle_scope(b->env, &scope) != napi_ok) return;
  int count = SLOTS;
  for (int round = 1; !b->closing && count == SLOTS && round <= MAX_ROUNDS; round++) {
    count = fill(b);
    if (count > 0 || round > 1) tell(b, count, count < SLOTS || round == MAX_ROUNDS);
  }
  napi_close_handle_scope(b->env, scope);
}

static void on_closed(uv_handle_t *handle) {
  struct inbox *b = handle->data;
  napi_delete_reference(b->env, b->ring);
  napi_delete_reference(b->env, b->slots);
  napi_delete_reference(b->env, b->callback);
  if (b->hook) napi_remove_async_cleanup_hook(b->hook);
  free(b);
}

// Ends the polling at once; the rest goes when the loop comes round.
void inbox_close(struct inbox *b) {
  if (b->closing) return;
  b->closing = true;
  *b->owner = NULL;
  uv_close((uv_handle_t *)&b->poll, on_closed);
}

static void on_teardown(napi_async_cleanup_hook_handle hook, void *data) {
  (void)hook;
  inbox_close(data);
}

// Polls `fd`, which stays the caller's; the box is kept at `owner`. False when something is not what it should be.
bool inbox_open(napi_env env, int fd, napi_value ring, napi_value slots, napi_value callback, struct inbox **owner,
                struct arrivals *arrivals) {
  uv_loop_t *loop;
  struct inbox *b = calloc(1, sizeof *b);
  if (!b || napi_get_uv_event_loop(env, &loop) != napi_ok || uv_poll_init(loop, &b->poll, fd) != 0) {
    free(b);
    return false;
  }
  b->env = env;
  b->fd = fd;
  b->owner = owner;
  b->arrivals = arrivals;
  b->poll.data = b;
  *owner = b;
  uint8_t *ring_memory;
  int32_t *slots_memory;
  napi_valuetype type = napi_undefined;
  bool ok = napi_create_reference(env, ring, 1, &b->ring) == napi_ok &&
            napi_create_reference(env, slots, 1, &b->slots) == napi_ok &&
            napi_create_reference(env, callback, 1, &b->callback) == napi_ok &&
            napi_typeof(env, callback, &type) == napi_ok && type == napi_function &&
            find_memory(b, &ring_memory, &slots_memory) &&
            napi_add_async_cleanup_hook(env, on_teardown, b, &b->hook) == napi_ok &&
            uv_poll_start(&b->poll, UV_READABLE, on_readable) == 0;
  if (!ok) inbox_close(b);
  return ok;
}
