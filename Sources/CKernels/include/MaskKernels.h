#ifndef DESKQL_MASK_KERNELS_H
#define DESKQL_MASK_KERNELS_H

#include <stdint.h>
#include <stddef.h>

/* Masks hold one bit per row, 64 to a word; bits behind row n are 0. */

/* Bit i: low <= values[i] <= high. */
void dq_range_mask_i8(const int8_t *values, size_t n, int8_t low, int8_t high, uint64_t *mask);
void dq_range_mask_i16(const int16_t *values, size_t n, int16_t low, int16_t high, uint64_t *mask);
void dq_range_mask_i32(const int32_t *values, size_t n, int32_t low, int32_t high, uint64_t *mask);
void dq_range_mask_i64(const int64_t *values, size_t n, int64_t low, int64_t high, uint64_t *mask);

/* The same for rows whose bit is 1 already; the bits of others stay 0. */
void dq_range_narrow_i8(const int8_t *values, size_t n, int8_t low, int8_t high, uint64_t *mask);
void dq_range_narrow_i16(const int16_t *values, size_t n, int16_t low, int16_t high,
                         uint64_t *mask);
void dq_range_narrow_i32(const int32_t *values, size_t n, int32_t low, int32_t high,
                         uint64_t *mask);
void dq_range_narrow_i64(const int64_t *values, size_t n, int64_t low, int64_t high,
                         uint64_t *mask);

/* Bit i: left[i] > right[i]. */
void dq_greater_mask_i32(const int32_t *left, const int32_t *right, size_t n, uint64_t *mask);

/* Bit i: table[codes[i]] is not 0; the table of bytes has as many entries as given. */
void dq_table_mask_u8(const uint8_t *codes, size_t n, const uint8_t *table, size_t entries,
                      uint64_t *mask);
void dq_table_mask_u16(const uint16_t *codes, size_t n, const uint8_t *table, uint64_t *mask);
void dq_table_mask_u32(const uint32_t *codes, size_t n, const uint8_t *table, uint64_t *mask);

/* How many bits of so many words are 1. */
size_t dq_count_bits(const uint64_t *words, size_t count);

/* The positions of the 1 bits of the first n rows, ascending; returns how many there are. */
size_t dq_positions(const uint64_t *mask, size_t n, uint16_t *positions);

/* The group numbers of the rows whose bit is 1, one behind the other. */
void dq_pack_groups(const uint32_t *groups, const uint64_t *mask, size_t n, uint32_t *packed);

#endif
