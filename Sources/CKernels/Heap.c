#include "Heap.h"

#include <stdlib.h>

#if defined(__GLIBC__)
#include <malloc.h>

void dq_return_free_pages(void) { malloc_trim(0); }
#else
void dq_return_free_pages(void) {}
#endif
