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
