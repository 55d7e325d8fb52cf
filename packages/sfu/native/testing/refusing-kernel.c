// For tests, loaded before the C library: a kernel that refuses to send, by a plan. REFUSALS holds one number for each call with
// an address, over and over: 0 lets it through, an errno refuses it, -n lets at most n messages through. REFUSE_SEGMENTED is an
// errno for every message that asks for segmentation.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/socket.h>

static long next_of_plan(void) {
  static const char *at;
  const char *plan = getenv("REFUSALS");
  if (!plan || !*plan) return 0;
  if (!at || !*at) at = plan;
  char *end;
  long value = strtol(at, &end, 10);
  at = *end == ',' ? end + 1 : end;
  return value;
}

// The errno that a message gets, 0 for none; `most` sinks to what may pass.
static int refusal(const struct msghdr *m, unsigned *most) {
  const char *segmented = getenv("REFUSE_SEGMENTED");
  if (segmented && m->msg_controllen) return atoi(segmented);
  long planned = next_of_plan();
  if (planned < 0 && *most > (unsigned)-planned) *most = (unsigned)-planned;
  return planned > 0 ? (int)planned : 0;
}

ssize_t sendmsg(int fd, const struct msghdr *message, int flags) {
  ssize_t (*real)(int, const struct msghdr *, int) = (ssize_t (*)(int, const struct msghdr *, int))dlsym(RTLD_NEXT, "sendmsg");
  unsigned most = 1;
  int error = message->msg_name ? refusal(message, &most) : 0;
  if (!error) return real(fd, message, flags);
  errno = error;
  return -1;
}

int sendmmsg(int fd, struct mmsghdr *messages, unsigned count, int flags) {
  int (*real)(int, struct mmsghdr *, unsigned, int) =
      (int (*)(int, struct mmsghdr *, unsigned, int))dlsym(RTLD_NEXT, "sendmmsg");
  int error = refusal(&messages[0].msg_hdr, &count);
  // As the kernel does: what goes before the refused message has gone.
  for (unsigned i = 1; i < count && getenv("REFUSE_SEGMENTED"); i++)
    if (messages[i].msg_hdr.msg_controllen) count = i;
  if (!error) return real(fd, messages, count, flags);
  errno = error;
  return -1;
}
