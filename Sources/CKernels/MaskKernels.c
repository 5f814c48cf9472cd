#include "MaskKernels.h"

#include <string.h>

#include "Vectors.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

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

#if defined(__x86_64__)
#define AVX2 __attribute__((target("avx2")))

/* The same, by the bits that a vector's bytes begin with. */
AVX2 static inline uint64_t pack_avx2(const uint8_t *bytes) {
  __m256i low = _mm256_loadu_si256((const __m256i *)bytes);
  __m256i high = _mm256_loadu_si256((const __m256i *)(bytes + 32));
  uint32_t lower = (uint32_t)_mm256_movemask_epi8(_mm256_slli_epi16(low, 7));
  uint32_t upper = (uint32_t)_mm256_movemask_epi8(_mm256_slli_epi16(high, 7));
  return (uint64_t)upper << 32 | lower;
}

#define HAS_AVX2 __builtin_cpu_supports("avx2")
#else
#define AVX2
#define pack_avx2 pack
#define HAS_AVX2 0
#endif

#define RANGE_LOOP(name, type, pack)                                                      \
  static void name(const type *values, size_t n, type low, type high, uint64_t *mask) {     \
    size_t row = 0;                                                                          \
    uint8_t bytes[64];                                                                       \
    for (; row + 64 <= n; row += 64) {                                                       \
      for (int i = 0; i < 64; i++)                                                           \
        bytes[i] = (uint8_t)((values[row + i] >= low) & (values[row + i] <= high));           \
      *mask++ = pack(bytes);                                                                 \
    }                                                                                        \
    if (row < n) {                                                                           \
      memset(bytes, 0, 64);                                                                  \
      for (size_t i = 0; row + i < n; i++)                                                   \
        bytes[i] = (uint8_t)((values[row + i] >= low) & (values[row + i] <= high));           \
      *mask = pack(bytes);                                                                   \
    }                                                                                        \
  }

RANGE_LOOP(range_mask_i8, int8_t, pack)
RANGE_LOOP(range_mask_i16, int16_t, pack)
RANGE_LOOP(range_mask_i32, int32_t, pack)
RANGE_LOOP(range_mask_i64, int64_t, pack)
AVX2 RANGE_LOOP(range_mask_avx2_i8, int8_t, pack_avx2)
AVX2 RANGE_LOOP(range_mask_avx2_i32, int32_t, pack_avx2)
AVX2 RANGE_LOOP(range_mask_avx2_i64, int64_t, pack_avx2)

#if defined(__x86_64__)

/* The compiler narrows 16 bits to 8 in many steps. */
AVX2 static void range_mask_avx2_i16(const int16_t *values, size_t n, int16_t low, int16_t high,
                                     uint64_t *mask) {
  __m256i least = _mm256_set1_epi16(low);
  __m256i most = _mm256_set1_epi16(high);
  size_t row = 0;
  for (; row + 64 <= n; row += 64) {
    uint64_t outside = 0;
    for (int half = 0; half < 2; half++) {
      __m256i parts[2];
      for (int part = 0; part < 2; part++) {
        const int16_t *from = values + row + 32 * half + 16 * part;
        __m256i own = _mm256_loadu_si256((const __m256i *)from);
        parts[part] =
            _mm256_or_si256(_mm256_cmpgt_epi16(least, own), _mm256_cmpgt_epi16(own, most));
      }
      // Packing works in each half of the vectors.
      __m256i bytes =
          _mm256_permute4x64_epi64(_mm256_packs_epi16(parts[0], parts[1]), 0xD8);
      outside |= (uint64_t)(uint32_t)_mm256_movemask_epi8(bytes) << (32 * half);
    }
    *mask++ = ~outside;
  }
  range_mask_i16(values + row, n - row, low, high, mask);
}

#else
RANGE_LOOP(range_mask_avx2_i16, int16_t, pack_avx2)
#endif

#define RANGE_MASK(suffix, type)                                                             \
  void dq_range_mask_##suffix(const type *values, size_t n, type low, type high,              \
                              uint64_t *mask) {                                              \
    if (HAS_AVX2) {                                                                          \
      range_mask_avx2_##suffix(values, n, low, high, mask);                                  \
    } else {                                                                                 \
      range_mask_##suffix(values, n, low, high, mask);                                       \
    }                                                                                        \
  }

RANGE_MASK(i8, int8_t)
RANGE_MASK(i16, int16_t)
RANGE_MASK(i32, int32_t)
RANGE_MASK(i64, int64_t)

#define GREATER_LOOP(name, pack)                                                             \
  static void name(const int32_t *left, const int32_t *right, size_t n, uint64_t *mask) {     \
    uint8_t bytes[64];                                                                       \
    size_t row = 0;                                                                          \
    for (; row + 64 <= n; row += 64) {                                                       \
      for (int i = 0; i < 64; i++) bytes[i] = left[row + i] > right[row + i];                \
      *mask++ = pack(bytes);                                                                 \
    }                                                                                        \
    if (row < n) {                                                                           \
      memset(bytes, 0, 64);                                                                  \
      for (size_t i = 0; row + i < n; i++) bytes[i] = left[row + i] > right[row + i];        \
      *mask = pack(bytes);                                                                   \
    }                                                                                        \
  }

GREATER_LOOP(greater_mask_i32, pack)
AVX2 GREATER_LOOP(greater_mask_avx2_i32, pack_avx2)

void dq_greater_mask_i32(const int32_t *left, const int32_t *right, size_t n, uint64_t *mask) {
  if (HAS_AVX2) {
    greater_mask_avx2_i32(left, right, n, mask);
  } else {
    greater_mask_i32(left, right, n, mask);
  }
}

#define RANGE_NARROW(suffix, type)                                                           \
  void dq_range_narrow_##suffix(const type *values, size_t n, type low, type high,            \
                                uint64_t *mask) {                                            \
    for (size_t start = 0; start < n; start += 64, mask++) {                                 \
      uint64_t kept = 0;                                                                     \
      for (uint64_t bits = *mask; bits; bits &= bits - 1) {                                  \
        type value = values[start + (size_t)__builtin_ctzll(bits)];                          \
        kept |= (value >= low && value <= high) ? bits & -bits : 0;                          \
      }                                                                                      \
      *mask = kept;                                                                          \
    }                                                                                        \
  }

RANGE_NARROW(i8, int8_t)
RANGE_NARROW(i16, int16_t)
RANGE_NARROW(i32, int32_t)
RANGE_NARROW(i64, int64_t)

#define TABLE_MASK(name, type)                                                         \
  LINKAGE void name(const type *codes, size_t n, const uint8_t *table, uint64_t *mask) {        \
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

#define LINKAGE static
TABLE_MASK(table_mask_u8, uint8_t)
#undef LINKAGE
#define LINKAGE
TABLE_MASK(dq_table_mask_u16, uint16_t)
TABLE_MASK(dq_table_mask_u32, uint32_t)

#if defined(__x86_64__)

/// Of few codes, one shuffle looks up all.
AVX2 static size_t
few_codes_mask_avx2(const uint8_t *codes, size_t n, const uint8_t *table, size_t entries,
                    uint64_t *mask) {
  uint8_t hits[16] = {0};
  for (size_t code = 0; code < entries; code++) hits[code] = table[code] ? 0xFF : 0;
  __m256i found = _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)hits));
  size_t row = 0;
  for (; row + 64 <= n; row += 64) {
    uint64_t word = 0;
    for (int half = 0; half < 2; half++) {
      __m256i code = _mm256_loadu_si256((const __m256i *)(codes + row + 32 * half));
      uint32_t bits = (uint32_t)_mm256_movemask_epi8(_mm256_shuffle_epi8(found, code));
      word |= (uint64_t)bits << (32 * half);
    }
    *mask++ = word;
  }
  return row;
}

/// The table as bits: of all codes with one low half, a bit for each high half; a shuffle finds
/// the bits of a code's low half, another the bit of its high half.
AVX2 static size_t
table_mask_avx2(const uint8_t *codes, size_t n, const uint8_t *table, size_t entries,
                uint64_t *mask) {
  uint8_t rows[2][16] = {{0}};
  for (size_t code = 0; code < entries && code < 256; code++)
    if (table[code]) rows[code >> 7][code & 15] |= (uint8_t)(1 << (code >> 4 & 7));
  __m256i lower = _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)rows[0]));
  __m256i upper = _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)rows[1]));
  __m256i bits = _mm256_broadcastsi128_si256(
      _mm_setr_epi8(1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128));
  __m256i low4 = _mm256_set1_epi8(0x0F);
  size_t row = 0;
  for (; row + 64 <= n; row += 64) {
    uint64_t word = 0;
    for (int half = 0; half < 2; half++) {
      __m256i code = _mm256_loadu_si256((const __m256i *)(codes + row + 32 * half));
      __m256i low = _mm256_and_si256(code, low4);
      __m256i high = _mm256_and_si256(_mm256_srli_epi16(code, 4), low4);
      __m256i found = _mm256_blendv_epi8(_mm256_shuffle_epi8(lower, low),
                                         _mm256_shuffle_epi8(upper, low), code);
      __m256i hit = _mm256_and_si256(found, _mm256_shuffle_epi8(bits, high));
      __m256i miss = _mm256_cmpeq_epi8(hit, _mm256_setzero_si256());
      word |= (uint64_t)(uint32_t)~_mm256_movemask_epi8(miss) << (32 * half);
    }
    *mask++ = word;
  }
  return row;
}

#endif

void dq_table_mask_u8(const uint8_t *codes, size_t n, const uint8_t *table, size_t entries,
                      uint64_t *mask) {
  size_t row = 0;
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2")) {
    row = entries <= 16 ? few_codes_mask_avx2(codes, n, table, entries, mask)
                        : table_mask_avx2(codes, n, table, entries, mask);
  }
#else
  (void)entries;
#endif
  if (row < n) table_mask_u8(codes + row, n - row, table, mask + row / 64);
}

DQ_VECTORS size_t dq_count_bits(const uint64_t *words, size_t count) {
  size_t total = 0;
  for (size_t word = 0; word < count; word++) total += (size_t)__builtin_popcountll(words[word]);
  return total;
}

#if defined(__x86_64__)
#define AVX512 __attribute__((target("avx512f,avx512bw,avx512vbmi2,bmi2,popcnt")))

AVX512 static size_t positions_avx512(const uint64_t *mask, size_t n, uint16_t *positions) {
  static const uint16_t ascending[32] = {0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10,
                                         11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21,
                                         22, 23, 24, 25, 26, 27, 28, 29, 30, 31};
  __m512i first = _mm512_loadu_si512(ascending);
  size_t count = 0;
  for (size_t row = 0; row < n; row += 32) {
    uint32_t bits = (uint32_t)(mask[row / 64] >> (row & 32));
    __m512i own = _mm512_add_epi16(first, _mm512_set1_epi16((short)row));
    unsigned taken = (unsigned)__builtin_popcount(bits);
    _mm512_mask_storeu_epi16(positions + count, _bzhi_u32(UINT32_MAX, taken),
                             _mm512_maskz_compress_epi16(bits, own));
    count += taken;
  }
  return count;
}

AVX512 static void pack_groups_avx512(const uint32_t *groups, const uint64_t *mask, size_t n,
                                      uint32_t *packed) {
  for (size_t row = 0; row < n; row += 16) {
    __mmask16 bits = (__mmask16)(mask[row / 64] >> (row & 48));
    unsigned taken = (unsigned)__builtin_popcount(bits);
    _mm512_mask_storeu_epi32(
        packed, (__mmask16)_bzhi_u32(0xFFFF, taken),
        _mm512_maskz_compress_epi32(bits, _mm512_maskz_loadu_epi32(bits, groups + row)));
    packed += taken;
  }
}
#endif

static int compresses(void) {
#if defined(__x86_64__)
  return __builtin_cpu_supports("avx512vbmi2") && __builtin_cpu_supports("avx512bw");
#else
  return 0;
#endif
}

size_t dq_positions(const uint64_t *mask, size_t n, uint16_t *positions) {
#if defined(__x86_64__)
  if (compresses()) return positions_avx512(mask, n, positions);
#endif
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

void dq_pack_groups(const uint32_t *groups, const uint64_t *mask, size_t n, uint32_t *packed) {
#if defined(__x86_64__)
  if (compresses()) return pack_groups_avx512(groups, mask, n, packed);
#endif
  for (size_t start = 0; start < n; start += 64) {
    for (uint64_t bits = mask[start / 64]; bits; bits &= bits - 1)
      *packed++ = groups[start + (size_t)__builtin_ctzll(bits)];
  }
}
