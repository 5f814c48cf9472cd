#include "MaskKernels.h"
#include <string.h>

/* 64 bytes of 0 or 1 as the bits of a word; the multiplication gathers eight at a time. */
static inline uint64_t pack(const uint8_t *bytes) {
  uint64_t word = 0;
  for (int group = 0; group < 8; group++) {
    uint64_t eight;
    memcpy(&eight, bytes + group * 8, 8);
    word |= ((eight * 0x0102040810204080ULL) >> 56) << (group * 8);
  }
  return word;
}

#define RANGE_MASK(name, type)                                                        \
  void name(const type *values, size_t n, type low, type high, uint64_t *mask) {       \
    size_t row = 0;                                                                    \
    uint8_t bytes[64];                                                                 \
    for (; row + 64 <= n; row += 64) {                                                 \
      for (int i = 0; i < 64; i++)                                                     \
        bytes[i] = (uint8_t)((values[row + i] >= low) & (values[row + i] <= high));     \
      *mask++ = pack(bytes);                                                           \
    }                                                                                  \
    if (row < n) {                                                                     \
      memset(bytes, 0, 64);                                                            \
      for (size_t i = 0; row + i < n; i++)                                             \
        bytes[i] = (uint8_t)((values[row + i] >= low) & (values[row + i] <= high));     \
      *mask = pack(bytes);                                                             \
    }                                                                                  \
  }

RANGE_MASK(dq_range_mask_i8, int8_t)
RANGE_MASK(dq_range_mask_i16, int16_t)
RANGE_MASK(dq_range_mask_i32, int32_t)
RANGE_MASK(dq_range_mask_i64, int64_t)

#define TABLE_MASK(name, type)                                                         \
  void name(const type *codes, size_t n, const uint8_t *table, uint64_t *mask) {        \
    size_t row = 0;                                                                    \
    uint8_t bytes[64];                                                                 \
    for (; row + 64 <= n; row += 64) {                                                 \
      for (int i = 0; i < 64; i++) bytes[i] = table[codes[row + i]];                   \
      *mask++ = pack(bytes);                                                           \
    }                                                                                  \
    if (row < n) {                                                                     \
      memset(bytes, 0, 64);                                                            \
      for (size_t i = 0; row + i < n; i++) bytes[i] = table[codes[row + i]];           \
      *mask = pack(bytes);                                                             \
    }                                                                                  \
  }

TABLE_MASK(dq_table_mask_u8, uint8_t)
TABLE_MASK(dq_table_mask_u16, uint16_t)
TABLE_MASK(dq_table_mask_u32, uint32_t)

size_t dq_positions(const uint64_t *mask, size_t n, uint16_t *positions) {
  size_t count = 0;
  size_t words = (n + 63) / 64;
  for (size_t word = 0; word < words; word++) {
    uint64_t bits = mask[word];
    uint16_t base = (uint16_t)(word * 64);
    while (bits) {
      positions[count++] = (uint16_t)(base + __builtin_ctzll(bits));
      bits &= bits - 1;
    }
  }
  return count;
}
