#include "NumberKernels.h"

#include "Vectors.h"

DQ_VECTORS void dq_choose(const uint64_t *mask, const int64_t *first, const int64_t *second,
                          size_t n, int64_t *chosen) {
  size_t row = 0;
  for (; row + 64 <= n; row += 64) {
    uint64_t bits = mask[row / 64];
    for (int i = 0; i < 64; i++)
      chosen[row + i] = bits >> i & 1 ? first[row + i] : second[row + i];
  }
  for (; row < n; row++) chosen[row] = mask[row / 64] >> (row % 64) & 1 ? first[row] : second[row];
}

DQ_VECTORS void dq_bits(const uint64_t *mask, size_t n, int64_t *numbers) {
  size_t row = 0;
  for (; row + 64 <= n; row += 64) {
    uint64_t bits = mask[row / 64];
    for (int i = 0; i < 64; i++) numbers[row + i] = (int64_t)(bits >> i & 1);
  }
  for (; row < n; row++) numbers[row] = (int64_t)(mask[row / 64] >> (row % 64) & 1);
}

DQ_VECTORS void dq_not_negative(const int64_t *values, size_t n, int64_t *kept,
                                uint64_t *validity) {
  size_t row = 0;
  for (; row + 64 <= n; row += 64) {
    uint64_t negative = 0;
    for (int i = 0; i < 64; i++) {
      int64_t value = values[row + i];
      negative |= (uint64_t)(value < 0) << i;
      kept[row + i] = value < 0 ? 0 : value;
    }
    validity[row / 64] &= ~negative;
  }
  for (; row < n; row++) {
    if (values[row] < 0) validity[row / 64] &= ~((uint64_t)1 << (row % 64));
    kept[row] = values[row] < 0 ? 0 : values[row];
  }
}

DQ_VECTORS void dq_range(const int64_t *values, size_t n, int64_t missing, int64_t *low,
                         int64_t *high) {
  int64_t least = INT64_MAX, most = INT64_MIN;
  for (size_t row = 0; row < n; row++) {
    int64_t value = values[row];
    int64_t forLeast = value == missing ? INT64_MAX : value;
    int64_t forMost = value == missing ? INT64_MIN : value;
    least = forLeast < least ? forLeast : least;
    most = forMost > most ? forMost : most;
  }
  *low = least;
  *high = most;
}

#define DEFINE_NARROW(NAME, TYPE)                                                                 \
  DQ_VECTORS static void NAME(const int64_t *restrict values, size_t n, int64_t missing,          \
                              TYPE *restrict target) {                                            \
    for (size_t row = 0; row < n; row++)                                                          \
      target[row] = (TYPE)(values[row] == missing ? 0 : values[row]);                             \
  }

DEFINE_NARROW(narrow_8, int8_t)
DEFINE_NARROW(narrow_16, int16_t)
DEFINE_NARROW(narrow_32, int32_t)
DEFINE_NARROW(narrow_64, int64_t)

void dq_narrow(const int64_t *values, size_t n, int64_t missing, int width, void *target) {
  switch (width) {
  case 1: narrow_8(values, n, missing, target); break;
  case 2: narrow_16(values, n, missing, target); break;
  case 4: narrow_32(values, n, missing, target); break;
  default: narrow_64(values, n, missing, target); break;
  }
}

// Words whose bits are all set, which most are, are taken as a whole.
#define DEFINE_STORED_RANGE(NAME, TYPE, LEAST, MOST)                                              \
  DQ_VECTORS static int NAME(const TYPE *values, size_t n, const uint64_t *validity,              \
                             int64_t *low, int64_t *high) {                                       \
    TYPE least = MOST, most = LEAST;                                                              \
    uint64_t any = 0;                                                                             \
    for (size_t row = 0; row < n; row += 64) {                                                    \
      size_t count = n - row < 64 ? n - row : 64;                                                 \
      uint64_t ones = count == 64 ? ~(uint64_t)0 : ((uint64_t)1 << count) - 1;                    \
      uint64_t bits = validity ? validity[row / 64] & ones : ones;                                \
      any |= bits;                                                                                \
      if (bits == ~(uint64_t)0) {                                                                 \
        for (int i = 0; i < 64; i++) {                                                            \
          TYPE value = values[row + i];                                                           \
          least = value < least ? value : least;                                                  \
          most = value > most ? value : most;                                                     \
        }                                                                                         \
      } else {                                                                                    \
        for (; bits; bits &= bits - 1) {                                                          \
          TYPE value = values[row + (size_t)__builtin_ctzll(bits)];                               \
          least = value < least ? value : least;                                                  \
          most = value > most ? value : most;                                                     \
        }                                                                                         \
      }                                                                                           \
    }                                                                                             \
    *low = least;                                                                                 \
    *high = most;                                                                                 \
    return any != 0;                                                                              \
  }

DEFINE_STORED_RANGE(stored_range_8, int8_t, INT8_MIN, INT8_MAX)
DEFINE_STORED_RANGE(stored_range_16, int16_t, INT16_MIN, INT16_MAX)
DEFINE_STORED_RANGE(stored_range_32, int32_t, INT32_MIN, INT32_MAX)
DEFINE_STORED_RANGE(stored_range_64, int64_t, INT64_MIN, INT64_MAX)

void dq_stored_range(const void *values, int width, size_t n, const uint64_t *validity,
                     int64_t *low, int64_t *high) {
  int any;
  switch (width) {
  case 1: any = stored_range_8(values, n, validity, low, high); break;
  case 2: any = stored_range_16(values, n, validity, low, high); break;
  case 4: any = stored_range_32(values, n, validity, low, high); break;
  default: any = stored_range_64(values, n, validity, low, high); break;
  }
  if (any) return;
  *low = INT64_MAX;
  *high = INT64_MIN;
}

double dq_wide_double(uint64_t low, int64_t high) {
  return (double)(__int128)((unsigned __int128)(uint64_t)high << 64 | low);
}
