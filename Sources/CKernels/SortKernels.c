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

size_t dq_sort_distinct(uint64_t *numbers, size_t n, uint64_t *scratch) {
  size_t counts[8][256];
  memset(counts, 0, sizeof counts);
  for (size_t i = 0; i < n; i++)
    for (int byte = 0; byte < 8; byte++) counts[byte][numbers[i] >> 8 * byte & 0xFF]++;
  uint64_t *from = numbers, *to = scratch;
  for (int byte = 0; byte < 8; byte++) {
    size_t next = 0;
    int isSame = 0;
    for (int value = 0; value < 256; value++) {
      size_t count = counts[byte][value];
      isSame |= count == n;
      counts[byte][value] = next;
      next += count;
    }
    if (isSame) continue;
    for (size_t i = 0; i < n; i++) to[counts[byte][from[i] >> 8 * byte & 0xFF]++] = from[i];
    uint64_t *swap = from;
    from = to;
    to = swap;
  }
  size_t kept = 0;
  for (size_t i = 0; i < n; i++) {
    uint64_t number = from[i];
    if (kept == 0 || numbers[kept - 1] != number) numbers[kept++] = number;
  }
  return kept;
}

size_t dq_unite(const uint64_t *a, size_t aCount, const uint64_t *b, size_t bCount, uint64_t *out) {
  uint64_t *start = out;
  const uint64_t *aEnd = a + aCount, *bEnd = b + bCount;
  while (a < aEnd && b < bEnd) {
    uint64_t left = *a, right = *b;
    *out++ = left < right ? left : right;
    a += left <= right;
    b += right <= left;
  }
  while (a < aEnd) *out++ = *a++;
  while (b < bEnd) *out++ = *b++;
  return (size_t)(out - start);
}

#define PAIR(suffix, type)                                                                      \
  size_t dq_pair_##suffix(const uint32_t *groups, const type *codes, const uint16_t *positions, \
                          size_t n, uint64_t domain, uint64_t *out) {                           \
    size_t count = 0;                                                                           \
    for (size_t i = 0; i < n; i++) {                                                            \
      uint64_t code = codes[positions ? positions[i] : i];                                      \
      out[count] = groups[i] * domain + code;                                                   \
      count += code != 0;                                                                       \
    }                                                                                           \
    return count;                                                                               \
  }

PAIR(u8, uint8_t)
PAIR(u16, uint16_t)
PAIR(u32, uint32_t)
