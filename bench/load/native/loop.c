// Waits for sockets, frames that are due, and JavaScript's own events, in one thread.
#include "load.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

#ifndef SO_RXQ_OVFL
#define SO_RXQ_OVFL 40
#endif

enum { EVENTS = 256 };
// Marks of epoll beside the clients' numbers.
enum { TIMER = MAX_CLIENTS, UV };
#define MS 1000000LL
// How often checks, handshakes and reports are looked after.
#define SCAN_EVERY (10 * MS)
// Bytes a client's socket may hold: some 15 ms of a gigabit for one of them.
#define RECEIVE_BUFFER (2 << 20)

int64_t wall_clock(void) {
  struct timespec time;
  clock_gettime(CLOCK_REALTIME, &time);
  return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

// Buckets of microseconds: exact below 128, then 64 to an octave.
void count_latency(double *buckets, int64_t nanoseconds) {
  uint64_t micros = nanoseconds < 0 ? 0 : (uint64_t)nanoseconds / 1000;
  int shift = micros < 2 * STEPS ? 0 : 63 - __builtin_clzll(micros) - 6;
  uint64_t bucket = (uint64_t)shift * STEPS + (micros >> shift);
  buckets[bucket < BUCKETS ? bucket : BUCKETS - 1]++;
}

void send_plain(struct client *c, const uint8_t *data, size_t length) {
  if (length) (void)!send(c->fd, data, length, MSG_DONTWAIT);
}

void fail(struct load *l, int index, const char *why) {
  l->clients[index]->state = FAILED;
  l->notify(l, REFUSED, index, 0, (const uint8_t *)why, strlen(why));
}

static bool watch(struct load *l, int fd, uint32_t mark) {
  struct epoll_event event = {.events = EPOLLIN, .data.u32 = mark};
  return !epoll_ctl(l->epoll, EPOLL_CTL_ADD, fd, &event);
}

bool loop_open(struct load *l) {
  l->epoll = epoll_create1(EPOLL_CLOEXEC);
  l->timer = timerfd_create(CLOCK_REALTIME, TFD_CLOEXEC | TFD_NONBLOCK);
  return l->epoll >= 0 && l->timer >= 0 && watch(l, l->timer, TIMER) && watch(l, l->uv, UV);
}

// A socket of its own for each client, because servers tell clients apart by address and port. -1: none left.
int client_add(struct load *l) {
  if (l->client_count == MAX_CLIENTS) return -1;
  struct client *c = calloc(1, sizeof *c);
  if (!c) return -1;
  int on = 1, room = RECEIVE_BUFFER;
  struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr = l->bind};
  c->fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (c->fd < 0 || bind(c->fd, (struct sockaddr *)&at, sizeof at) || !watch(l, c->fd, (uint32_t)l->client_count)) {
    client_free(c);
    return -1;
  }
  setsockopt(c->fd, SOL_SOCKET, SO_RCVBUF, &room, sizeof room);
  setsockopt(c->fd, SOL_SOCKET, SO_TIMESTAMPNS, &on, sizeof on);
  setsockopt(c->fd, SOL_SOCKET, SO_RXQ_OVFL, &on, sizeof on);
  l->clients[l->client_count] = c;
  return l->client_count++;
}

void client_free(struct client *c) {
  if (c->fd >= 0) close(c->fd);
  SSL_free(c->ssl);
  srtp_free(&c->send_rtp);
  srtp_free(&c->send_rtcp);
  srtp_free(&c->open_rtp);
  srtp_free(&c->open_rtcp);
  free(c);
}

static void scan(struct load *l, int64_t now) {
  for (int i = 0; i < l->client_count; i++) {
    struct client *c = l->clients[i];
    if (c->state == CHECKING || c->state == UP) ice_check(l, c, now);
    if (c->state == SHAKING) dtls_timeout(l, i);
    if (c->state == UP) report(l, i, now);
  }
}

static void arm(struct load *l, int64_t at) {
  struct itimerspec when = {.it_value = {at / 1000000000, at % 1000000000}};
  timerfd_settime(l->timer, TFD_TIMER_ABSTIME, &when, NULL);
}

// Serves everything for so long, or until JavaScript has something to do.
void loop_run(struct load *l, int milliseconds) {
  struct epoll_event events[EVENTS];
  int64_t now = wall_clock(), end = now + milliseconds * MS, armed = 0;
  l->stop = false;
  do {
    int64_t next = publish(l, now);
    if (now >= l->next_scan) {
      scan(l, now);
      l->next_scan = now + SCAN_EVERY;
    }
    if (l->next_scan < next) next = l->next_scan;
    if (end < next) next = end;
    if (next != armed) arm(l, armed = next);
    int count = epoll_wait(l->epoll, events, EVENTS, -1);
    if (count < 0 && errno != EINTR) return;
    for (int i = 0; i < count; i++) {
      uint32_t mark = events[i].data.u32;
      uint64_t expired;
      if (mark == UV) l->stop = true;
      else if (mark == TIMER) {
        (void)!read(l->timer, &expired, sizeof expired);
        armed = 0;
      } else receive(l, (int)mark);
      // Frames keep their time even when hundreds of sockets are waiting to be read.
      if (l->feeding && i % 16 == 15) publish(l, wall_clock());
    }
    now = wall_clock();
  } while (now < end && !l->stop);
}
