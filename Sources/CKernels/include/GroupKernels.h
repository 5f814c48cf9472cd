#ifndef DESKQL_GROUP_KERNELS_H
#define DESKQL_GROUP_KERNELS_H

#include <stdint.h>
#include <stddef.h>

/* Group numbers of a block of rows. `groups[i] = codes[i] * stride`, or added to what is there. */
void dq_groups_set_u8(const uint8_t *codes, size_t n, uint32_t stride, uint32_t *groups);
void dq_groups_set_u16(const uint16_t *codes, size_t n, uint32_t stride, uint32_t *groups);
void dq_groups_set_u32(const uint32_t *codes, size_t n, uint32_t stride, uint32_t *groups);
void dq_groups_add_u8(const uint8_t *codes, size_t n, uint32_t stride, uint32_t *groups);
void dq_groups_add_u16(const uint16_t *codes, size_t n, uint32_t stride, uint32_t *groups);
void dq_groups_add_u32(const uint32_t *codes, size_t n, uint32_t stride, uint32_t *groups);

/* groups[i] -= low; clears the bits of mask where that is not below span. */
void dq_groups_within(uint32_t *groups, size_t n, uint32_t low, uint32_t span, uint64_t *mask);

/* counts[groups[i]] += 1 */
void dq_count(const uint32_t *groups, size_t n, int64_t *counts);
/* The same for rows whose bit in mask is 1. */
void dq_count_masked(const uint32_t *groups, size_t n, const uint64_t *mask, int64_t *counts);

/* Counts by place, each in 1 << lanes cells next to each other, which rows take in turn; lanes is 0
   or 2. A processor stalls where it adds to a cell to which it has just added.

   For rows whose bit in mask is 1, the place is groups[i] * width + values[i] - least, and the values
   lie within width of least. */
void dq_count_values(const uint32_t *groups, const int8_t *values, size_t n, const uint64_t *mask,
                     int8_t least, uint32_t width, unsigned lanes, int64_t *cells);
/* The place is groups[i] << count | code, and the code has the row's bit of each of up to 3 other
   masks, the first lowest. */
void dq_count_codes(const uint32_t *groups, size_t n, const uint64_t *mask,
                    const uint64_t *const *masks, size_t count, unsigned lanes, int64_t *cells);
/* The values in a block, a bit for each from least on; values far from it may set any bit. */
uint64_t dq_values_seen(const int8_t *values, size_t n, int8_t least);

/* sums[groups[i]] += values[positions[i]]; positions may be NULL for 0, 1, 2, … The caller knows
   that no sum leaves 64 bits. */
void dq_sum(const uint32_t *groups, const uint16_t *positions, size_t n, const int64_t *values,
            int64_t *sums);
/* counts and sums at once, as pairs. */
void dq_count_sum(const uint32_t *groups, const uint16_t *positions, size_t n,
                  const int64_t *values, int64_t *counts_and_sums);
/* Neumaier's compensated sums: pairs of sum and compensation. */
void dq_sum_double(const uint32_t *groups, const uint16_t *positions, size_t n,
                   const double *values, double *sums);
void dq_min(const uint32_t *groups, const uint16_t *positions, size_t n, const int64_t *values,
            int64_t *minima);
void dq_max(const uint32_t *groups, const uint16_t *positions, size_t n, const int64_t *values,
            int64_t *maxima);

/* For each group the least `kept` values with their rows, ascending; of equal ones the earlier row.
   Row `first + positions[i]` has values[positions[i]]; rows are UINT32_MAX where there is none. */
void dq_keep_least(const uint32_t *groups, const uint16_t *positions, size_t n,
                   const int64_t *values, uint32_t first, size_t kept, int64_t *least,
                   uint32_t *rows);

/* Count, and sum and sum of squares in 128 bits, the low half first. */
typedef struct {
  int64_t count;
  uint64_t sum[2];
  uint64_t squares[2];
} dq_moments;
/* The caller knows that no value exceeds 2^40. */
void dq_moments_add(const uint32_t *groups, const uint16_t *positions, size_t n,
                    const int64_t *values, dq_moments *moments);

/* Count, sums, sums of squares and sum of products of pairs of values. */
typedef struct {
  int64_t count, x, y, xx, yy, xy;
} dq_joint_moments;
/* The caller knows that nothing leaves 64 bits. */
void dq_joint_moments_add(const uint32_t *groups, const uint16_t *positions, size_t n,
                          const int64_t *x, const int64_t *y, dq_joint_moments *moments);

/* The values at some positions (NULL for 0, 1, 2, …), as narrow as the caller knows they are. */
void dq_take_i32(const int64_t *values, const uint16_t *positions, size_t n, int32_t *out);
void dq_take_i64(const int64_t *values, const uint16_t *positions, size_t n, int64_t *out);
/* The groups in 1, 2 or 4 bytes each, which all below the domain fit in; counts[groups[i]]++. */
void dq_keep_groups(const uint32_t *groups, size_t n, size_t domain, int width, void *kept,
                    int64_t *counts);
/* out[next[groups[i]]++] = values[i]: brings the values of each group together. Groups take 1, 2
   or 4 bytes each, values 4 or 8. */
void dq_scatter(const void *groups, int groupWidth, const void *values, int valueWidth, size_t n,
                size_t *next, void *out);
/* The values that would stand at an index and behind it if all n > index were sorted; `upper` is
   meaningless for the last. `scratch` has room for n values. */
void dq_neighbours_i32(const int32_t *values, size_t n, size_t index, int32_t *scratch,
                       int64_t *lower, int64_t *upper);
void dq_neighbours_i64(const int64_t *values, size_t n, size_t index, int64_t *scratch,
                       int64_t *lower, int64_t *upper);

/* Marks code codes[positions[i]] of group groups[i] in bitmaps of `words` words a group; code 0 is
   left out. positions may be NULL. */
void dq_mark_u8(const uint8_t *codes, const uint32_t *groups, const uint16_t *positions, size_t n,
                size_t words, uint64_t *bits);
void dq_mark_u16(const uint16_t *codes, const uint32_t *groups, const uint16_t *positions,
                 size_t n, size_t words, uint64_t *bits);
void dq_mark_u32(const uint32_t *codes, const uint32_t *groups, const uint16_t *positions,
                 size_t n, size_t words, uint64_t *bits);

/* For each code codes[starts[row]] up to codes[starts[row + 1]] of rows[i] its row, and groups[i]
   + code * stride; a row without codes stands for itself once, as with code 0. Three codes
   behind the last must be readable, and the outputs have room for three entries more than there
   are. Returns how many there are. */
size_t dq_expand_u8(const uint16_t *rows, const uint32_t *groups, size_t n, const uint32_t *starts,
                    const uint8_t *codes, uint32_t stride, uint16_t *wideRows,
                    uint32_t *wideGroups);
size_t dq_expand_u16(const uint16_t *rows, const uint32_t *groups, size_t n,
                     const uint32_t *starts, const uint16_t *codes, uint32_t stride,
                     uint16_t *wideRows, uint32_t *wideGroups);
size_t dq_expand_u32(const uint16_t *rows, const uint32_t *groups, size_t n,
                     const uint32_t *starts, const uint32_t *codes, uint32_t stride,
                     uint16_t *wideRows, uint32_t *wideGroups);

/* Narrow integers widened to 64 bits. */
void dq_widen_i8(const int8_t *values, size_t n, int64_t *wide);
void dq_widen_i16(const int16_t *values, size_t n, int64_t *wide);
void dq_widen_i32(const int32_t *values, size_t n, int64_t *wide);

#endif
