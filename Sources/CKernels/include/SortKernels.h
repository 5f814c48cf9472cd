#ifndef DESKQL_SORT_KERNELS_H
#define DESKQL_SORT_KERNELS_H

#include <stdint.h>
#include <stddef.h>

/* A row with what it is sorted by, and the number of its key among the distinct ones. */
typedef struct {
  uint64_t key;
  uint32_t row;
  uint32_t number;
} dq_keyed_row;

/* keys[i] = keys[i] << bits | codes[i]; `bits` is below 64. */
void dq_pack_u8(const uint8_t *codes, size_t n, unsigned bits, uint64_t *keys);
void dq_pack_u16(const uint16_t *codes, size_t n, unsigned bits, uint64_t *keys);
void dq_pack_u32(const uint32_t *codes, size_t n, unsigned bits, uint64_t *keys);

/* How many keys have each value of their upper bits: counts[keys[i] >> shift] += 1 */
void dq_count_parts(const uint64_t *keys, size_t n, unsigned shift, size_t *counts);
/* Puts rows first, first + 1, … with their keys where the next one of their part goes. */
void dq_scatter_parts(const uint64_t *keys, size_t n, uint32_t first, unsigned shift,
                      size_t *next, dq_keyed_row *out);

/* Sorts by key; rows of one key keep their order. `scratch` has room for n. */
void dq_sort_keyed(dq_keyed_row *rows, size_t n, dq_keyed_row *scratch);
/* Numbers the keys of sorted rows from 0 and writes the distinct ones; a key that is 0 under one
   of the masks gets UINT32_MAX and is left out. Returns how many there are. */
size_t dq_number_keyed(dq_keyed_row *rows, size_t n, const uint64_t *masks, size_t maskCount,
                       uint64_t *distinct);
/* codes[row] = number + base, or 0 for UINT32_MAX. */
void dq_store_numbers(const dq_keyed_row *rows, size_t n, uint32_t base, uint32_t *codes);

/* Sorts numbers and leaves each once; `scratch` has room for n. Returns how many are left. */
size_t dq_sort_distinct(uint64_t *numbers, size_t n, uint64_t *scratch);
/* Joins two ascending runs without repeats into one; `out` has room for both. Returns its length. */
size_t dq_unite(const uint64_t *a, size_t aCount, const uint64_t *b, size_t bCount, uint64_t *out);
/* groups[i] * domain + codes[positions[i]] for each code that is not 0; positions may be NULL for
   0, 1, 2, … Returns how many there are. */
size_t dq_pair_u8(const uint32_t *groups, const uint8_t *codes, const uint16_t *positions, size_t n,
                  uint64_t domain, uint64_t *out);
size_t dq_pair_u16(const uint32_t *groups, const uint16_t *codes, const uint16_t *positions,
                   size_t n, uint64_t domain, uint64_t *out);
size_t dq_pair_u32(const uint32_t *groups, const uint32_t *codes, const uint16_t *positions,
                   size_t n, uint64_t domain, uint64_t *out);

#endif
