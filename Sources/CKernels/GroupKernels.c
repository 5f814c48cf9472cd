#include "GroupKernels.h"

#define GROUPS(suffix, type)                                                                  \
  void dq_groups_set_##suffix(const type *codes, size_t n, uint32_t stride, uint32_t *groups) { \
    for (size_t i = 0; i < n; i++) groups[i] = (uint32_t)codes[i] * stride;                   \
  }                                                                                           \
  void dq_groups_add_##suffix(const type *codes, size_t n, uint32_t stride, uint32_t *groups) { \
    for (size_t i = 0; i < n; i++) groups[i] += (uint32_t)codes[i] * stride;                  \
  }

GROUPS(u8, uint8_t)
GROUPS(u16, uint16_t)
GROUPS(u32, uint32_t)

void dq_groups_gather(const uint32_t *groups, const uint16_t *positions, size_t n,
                      uint32_t *packed) {
  for (size_t i = 0; i < n; i++) packed[i] = groups[positions[i]];
}

void dq_count(const uint32_t *groups, size_t n, int64_t *counts) {
  for (size_t i = 0; i < n; i++) counts[groups[i]]++;
}

void dq_count_masked(const uint32_t *groups, size_t n, const uint64_t *mask, int64_t *counts) {
  size_t words = (n + 63) / 64;
  for (size_t word = 0; word < words; word++) {
    uint64_t bits = mask[word];
    const uint32_t *base = groups + word * 64;
    if (bits == ~0ULL) {
      for (int i = 0; i < 64; i++) counts[base[i]]++;
      continue;
    }
    while (bits) {
      counts[base[__builtin_ctzll(bits)]]++;
      bits &= bits - 1;
    }
  }
}

void dq_sum(const uint32_t *groups, const uint16_t *positions, size_t n, const int64_t *values,
            int64_t *sums) {
  if (positions) {
    for (size_t i = 0; i < n; i++) sums[groups[i]] += values[positions[i]];
  } else {
    for (size_t i = 0; i < n; i++) sums[groups[i]] += values[i];
  }
}

void dq_count_sum(const uint32_t *groups, const uint16_t *positions, size_t n,
                  const int64_t *values, int64_t *counts_and_sums) {
  for (size_t i = 0; i < n; i++) {
    int64_t *pair = counts_and_sums + 2 * (size_t)groups[i];
    pair[0]++;
    pair[1] += values[positions ? positions[i] : i];
  }
}

void dq_sum_double(const uint32_t *groups, const uint16_t *positions, size_t n,
                   const double *values, double *sums) {
  for (size_t i = 0; i < n; i++) {
    double *pair = sums + 2 * (size_t)groups[i];
    double value = values[positions ? positions[i] : i];
    double sum = pair[0];
    double total = sum + value;
    double big = __builtin_fabs(sum) >= __builtin_fabs(value) ? sum : value;
    double small = big == sum ? value : sum;
    pair[1] += (big - total) + small;
    pair[0] = total;
  }
}

void dq_min(const uint32_t *groups, const uint16_t *positions, size_t n, const int64_t *values,
            int64_t *minima) {
  for (size_t i = 0; i < n; i++) {
    int64_t value = values[positions ? positions[i] : i];
    if (value < minima[groups[i]]) minima[groups[i]] = value;
  }
}

void dq_max(const uint32_t *groups, const uint16_t *positions, size_t n, const int64_t *values,
            int64_t *maxima) {
  for (size_t i = 0; i < n; i++) {
    int64_t value = values[positions ? positions[i] : i];
    if (value > maxima[groups[i]]) maxima[groups[i]] = value;
  }
}

void dq_scatter(const uint32_t *groups, const int64_t *values, size_t n, size_t *next,
                int64_t *out) {
  for (size_t i = 0; i < n; i++) out[next[groups[i]]++] = values[i];
}

int64_t dq_select(int64_t *values, size_t n, size_t index) {
  ptrdiff_t low = 0;
  ptrdiff_t high = (ptrdiff_t)n - 1;
  ptrdiff_t wanted = (ptrdiff_t)index;
  while (low < high) {
    int64_t a = values[low];
    int64_t b = values[low + (high - low) / 2];
    int64_t c = values[high];
    int64_t small = a < b ? a : b;
    int64_t large = a < b ? b : a;
    int64_t pivot = c < small ? small : c > large ? large : c;
    ptrdiff_t left = low;
    ptrdiff_t right = high;
    while (left <= right) {
      while (values[left] < pivot) left++;
      while (values[right] > pivot) right--;
      if (left <= right) {
        int64_t swap = values[left];
        values[left++] = values[right];
        values[right--] = swap;
      }
    }
    if (wanted <= right) high = right;
    else if (wanted >= left) low = left;
    else break;
  }
  return values[index];
}

int64_t dq_minimum(const int64_t *values, size_t n) {
  int64_t least = values[0];
  for (size_t i = 1; i < n; i++) least = values[i] < least ? values[i] : least;
  return least;
}

#define MARK(suffix, type)                                                                       \
  void dq_mark_##suffix(const type *codes, const uint32_t *groups, const uint16_t *positions,     \
                        size_t n, size_t words, uint64_t *bits) {                                \
    for (size_t i = 0; i < n; i++) {                                                             \
      size_t code = codes[positions ? positions[i] : i];                                         \
      if (code) bits[groups[i] * words + code / 64] |= 1ULL << (code % 64);                      \
    }                                                                                            \
  }

MARK(u8, uint8_t)
MARK(u16, uint16_t)
MARK(u32, uint32_t)

#define WIDEN(name, type)                                            \
  void name(const type *values, size_t n, int64_t *wide) {           \
    for (size_t i = 0; i < n; i++) wide[i] = values[i];              \
  }

WIDEN(dq_widen_i8, int8_t)
WIDEN(dq_widen_i16, int16_t)
WIDEN(dq_widen_i32, int32_t)
