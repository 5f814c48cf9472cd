// Which processors threads run on.
#ifndef THREAD_PLACES_H
#define THREAD_PLACES_H

#include <pthread.h>

// Keeps a thread off the processor that the calling one runs on, where there is another; `avoided`
// is what the thread was kept off before, -1 for nothing. Gives what it is kept off now.
int dq_keep_apart(pthread_t thread, int avoided);

#endif
