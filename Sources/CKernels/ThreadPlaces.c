#define _GNU_SOURCE
#include "ThreadPlaces.h"

#include <sched.h>
#include <string.h>

_Static_assert(sizeof(ProcessorSet) == sizeof(cpu_set_t), "a set of processors is the system's");

/// The processors that the calling thread may use, which stand for what the process may: they change
/// while it runs; and the same without its own. Gives its own, -1 where there is no other.
static int other_processors(cpu_set_t *all, cpu_set_t *others) {
  int own = sched_getcpu();
  if (own < 0 || sched_getaffinity(0, sizeof *all, all) != 0) return -1;
  *others = *all;
  CPU_CLR(own, others);
  return CPU_COUNT(others) > 0 ? own : -1;
}

int dq_begin_elsewhere(pthread_attr_t *attributes, ProcessorSet *all) {
  cpu_set_t places, others;
  if (other_processors(&places, &others) < 0) return 0;
  memcpy(all, &places, sizeof places);
  return pthread_attr_setaffinity_np(attributes, sizeof others, &others) == 0;
}

void dq_use_processors(const ProcessorSet *processors) {
  cpu_set_t places;
  memcpy(&places, processors, sizeof places);
  // Where this fails, the thread stays on those it began with.
  sched_setaffinity(0, sizeof places, &places);
}

int dq_keep_apart(pthread_t thread, int avoided) {
  if (sched_getcpu() == avoided) return avoided;
  cpu_set_t all, others;
  int own = other_processors(&all, &others);
  if (own < 0) return avoided;
  return pthread_setaffinity_np(thread, sizeof others, &others) == 0 ? own : avoided;
}
