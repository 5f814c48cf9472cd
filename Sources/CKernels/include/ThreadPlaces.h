// Which processors threads run on.
#ifndef THREAD_PLACES_H
#define THREAD_PLACES_H

#include <pthread.h>

// The processors that a thread may use, a bit for each.
typedef struct {
  unsigned long words[16];
} ProcessorSet;

// Lets a thread with these attributes begin on another processor than the calling one runs on. Gives
// 0 where there is none, and what the thread should give to `dq_use_processors` when it runs.
int dq_begin_elsewhere(pthread_attr_t *attributes, ProcessorSet *all);

// Lets the calling thread use these processors.
void dq_use_processors(const ProcessorSet *processors);

// Keeps a thread off the processor that the calling one runs on, where there is another; `avoided`
// is what the thread was kept off before, -1 for nothing. Gives what it is kept off now.
int dq_keep_apart(pthread_t thread, int avoided);

#endif
