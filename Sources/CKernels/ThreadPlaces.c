#define _GNU_SOURCE
#include "ThreadPlaces.h"

#include <sched.h>

int dq_keep_apart(pthread_t thread, int avoided) {
  int own = sched_getcpu();
  if (own < 0 || own == avoided) return avoided;
  // What the calling thread may use stands for what the process may: it changes while it runs.
  cpu_set_t places;
  if (sched_getaffinity(0, sizeof places, &places) != 0) return avoided;
  CPU_CLR(own, &places);
  if (CPU_COUNT(&places) == 0) return avoided;
  return pthread_setaffinity_np(thread, sizeof places, &places) == 0 ? own : avoided;
}
