#ifndef CKERNELS_VECTORS_H
#define CKERNELS_VECTORS_H

#ifdef __has_feature
/* What chooses a function runs before the thread sanitizer does, and cannot be watched by it. */
#define DQ_WATCHES_THREADS __has_feature(thread_sanitizer)
#else
#define DQ_WATCHES_THREADS 0
#endif

/* Put before a function whose loops the compiler turns into vectors: it is made once for any
   processor of the kind, and once for those with wider vectors, chosen when the program starts. */
#if defined(__x86_64__) && defined(__linux__) && !DQ_WATCHES_THREADS
#define DQ_VECTORS __attribute__((target_clones("avx2", "default")))
#else
#define DQ_VECTORS
#endif

#endif
