#include "SortKernels.h"

#include <string.h>

#include "Vectors.h"

#define PACK(suffix, type)                                                                      \
  DQ_VECTORS void dq_pack_##suffix(const type *codes, size_t n, unsigned bits, uint64_t *keys) { \
    for (size_t i = 0; i < n; i++) keys[i] = keys[i] << bits | codes[i];                         \
  }

PACK(u8, uint8_t)
PACK(u16, uint16_t)
PACK(u32, uint32_t)

void dq_count_parts(const uint64_t *keys, size_t n, unsigned shift, size_t *counts) {
  for (size_t i = 0; i < n; i++) counts[keys[i] >> shift]++;
}

void dq_scatter_parts(const uint64_t *keys, size_t n, uint32_t first, unsigned shift,
                      size_t *next, dq_keyed_row *out) {
  for (size_t i = 0; i < n; i++) {
    dq_keyed_row *target = out + next[keys[i] >> shift]++;
    target->key = keys[i];
    target->row = first + (uint32_t)i;
  }
}

enum { DIGITS = 8, DIGIT_VALUES = 256, FEW_ROWS = 48 };

static void insertion_sort(dq_keyed_row *rows, size_t n) {
  for (size_t i = 1; i < n; i++) {
    dq_keyed_row own = rows[i];
    size_t k = i;
    while (k > 0 && rows[k - 1].key > own.key) {
      rows[k] = rows[k - 1];
      k--;
    }
    rows[k] = own;
  }
}

// By one byte after the other from the lowest; bytes in which no two keys differ are left out.
void dq_sort_keyed(dq_keyed_row *rows, size_t n, dq_keyed_row *scratch) {
  if (n <= FEW_ROWS) {
    insertion_sort(rows, n);
    return;
  }
  uint64_t varying = 0;
  for (size_t i = 1; i < n; i++) varying |= rows[i].key ^ rows[0].key;
  dq_keyed_row *from = rows;
  dq_keyed_row *to = scratch;
  for (unsigned shift = 0; shift < 64; shift += DIGITS) {
    if ((varying >> shift & (DIGIT_VALUES - 1)) == 0) continue;
    size_t next[DIGIT_VALUES] = {0};
    for (size_t i = 0; i < n; i++) next[from[i].key >> shift & (DIGIT_VALUES - 1)]++;
    size_t start = 0;
    for (size_t digit = 0; digit < DIGIT_VALUES; digit++) {
      size_t count = next[digit];
      next[digit] = start;
      start += count;
    }
    for (size_t i = 0; i < n; i++) {
      to[next[from[i].key >> shift & (DIGIT_VALUES - 1)]++] = from[i];
    }
    dq_keyed_row *swap = from;
    from = to;
    to = swap;
  }
  if (from != rows) memcpy(rows, from, n * sizeof(dq_keyed_row));
}

size_t dq_number_keyed(dq_keyed_row *rows, size_t n, const uint64_t *masks, size_t maskCount,
                       uint64_t *distinct) {
  size_t count = 0;
  uint32_t number = UINT32_MAX;
  for (size_t i = 0; i < n; i++) {
    if (i == 0 || rows[i].key != rows[i - 1].key) {
      int isWhole = 1;
      for (size_t k = 0; k < maskCount; k++) isWhole &= (rows[i].key & masks[k]) != 0;
      number = isWhole ? (uint32_t)count : UINT32_MAX;
      if (isWhole) distinct[count++] = rows[i].key;
    }
    rows[i].number = number;
  }
  return count;
}

void dq_store_numbers(const dq_keyed_row *rows, size_t n, uint32_t base, uint32_t *codes) {
  for (size_t i = 0; i < n; i++) {
    codes[rows[i].row] = rows[i].number == UINT32_MAX ? 0 : rows[i].number + base;
  }
}
