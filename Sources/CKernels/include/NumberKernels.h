#ifndef DESKQL_NUMBER_KERNELS_H
#define DESKQL_NUMBER_KERNELS_H

#include <stdint.h>
#include <stddef.h>

/* chosen[i] = first[i] where bit i of the mask is 1, else second[i]. */
void dq_choose(const uint64_t *mask, const int64_t *first, const int64_t *second, size_t n,
               int64_t *chosen);

/* numbers[i] = bit i of the mask. */
void dq_bits(const uint64_t *mask, size_t n, int64_t *numbers);

/* Values below 0 become 0 and lose their bit of the validity. */
void dq_not_negative(const int64_t *values, size_t n, int64_t *kept, uint64_t *validity);

#endif
