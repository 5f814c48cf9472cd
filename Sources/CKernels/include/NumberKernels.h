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

/// The smallest and the largest of `n` numbers that are not `missing`; `INT64_MAX` and `INT64_MIN`
/// where there are none.
void dq_range(const int64_t *values, size_t n, int64_t missing, int64_t *low, int64_t *high);

/// The numbers in `width` bytes each, which must hold them; `missing` becomes 0.
void dq_narrow(const int64_t *values, size_t n, int64_t missing, int width, void *target);

/// The smallest and the largest of `n` stored integers of `width` bytes whose bit is set, all where
/// `validity` is null; `INT64_MAX` and `INT64_MIN` where there are none. The first bit is the
/// lowest of the first word.
void dq_stored_range(const void *values, int width, size_t n, const uint64_t *validity,
                     int64_t *low, int64_t *high);

/* high * 2^64 + low as a double, rounded once. */
double dq_wide_double(uint64_t low, int64_t high);

#endif
