#ifndef CKERNELS_HEAP_H
#define CKERNELS_HEAP_H

/// Gives the pages of freed memory back to the system, which allocators that keep them do not do
/// of themselves.
void dq_return_free_pages(void);

#endif
