#ifndef CKERNELS_VECTORS_H
#define CKERNELS_VECTORS_H

/* Put before a function whose loops the compiler turns into vectors: it is made once for any
   processor of the kind, and once for those with wider vectors, chosen when the program starts. */
#if defined(__x86_64__) && defined(__linux__)
#define DQ_VECTORS __attribute__((target_clones("avx2", "default")))
#else
#define DQ_VECTORS
#endif

#endif
