#include "GroupKernels.h"

#include <string.h>

#include "Vectors.h"

#define GROUPS(suffix, type)                                                                  \
  DQ_VECTORS void dq_groups_set_##suffix(const type *codes, size_t n, uint32_t stride,         \
                                         uint32_t *groups) {                                  \
    for (size_t i = 0; i < n; i++) groups[i] = (uint32_t)codes[i] * stride;                   \
  }                                                                                           \
  DQ_VECTORS void dq_groups_add_##suffix(const type *codes, size_t n, uint32_t stride,         \
                                         uint32_t *groups) {                                  \
    for (size_t i = 0; i < n; i++) groups[i] += (uint32_t)codes[i] * stride;                  \
  }

GROUPS(u8, uint8_t)
GROUPS(u16, uint16_t)
GROUPS(u32, uint32_t)

void dq_groups_within(uint32_t *groups, size_t n, uint32_t low, uint32_t span, uint64_t *mask) {
  for (size_t start = 0; start < n; start += 64) {
    size_t count = n - start < 64 ? n - start : 64;
    uint64_t bits = 0;
    for (size_t i = 0; i < count; i++) {
      uint32_t group = groups[start + i] - low;
      groups[start + i] = group;
      bits |= (uint64_t)(group < span) << i;
    }
    mask[start / 64] &= bits;
  }
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

static inline __attribute__((always_inline)) void add_places(const uint32_t *places, uint64_t bits,
                                                             unsigned lanes, int64_t *cells) {
  const unsigned last = (1u << lanes) - 1;
  if (bits == ~0ULL) {
    for (unsigned i = 0; i < 64; i++) cells[((size_t)places[i] << lanes) + (i & last)]++;
    return;
  }
  for (unsigned lane = 0; bits; bits &= bits - 1, lane++)
    cells[((size_t)places[__builtin_ctzll(bits)] << lanes) + (lane & last)]++;
}

static inline void add(const uint32_t *places, uint64_t bits, unsigned lanes, int64_t *cells) {
  if (lanes == 0) {
    add_places(places, bits, 0, cells);
  } else {
    add_places(places, bits, 2, cells);
  }
}

DQ_VECTORS void dq_count_values(const uint32_t *groups, const int8_t *values, size_t n,
                                const uint64_t *mask, int8_t least, uint32_t width, unsigned lanes,
                                int64_t *cells) {
  uint32_t places[64];
  for (size_t start = 0; start < n; start += 64) {
    size_t count = n - start < 64 ? n - start : 64;
    if (mask[start / 64] == 0) continue;
    for (size_t i = 0; i < count; i++)
      places[i] = groups[start + i] * width + (uint32_t)(values[start + i] - least);
    add(places, mask[start / 64], lanes, cells);
  }
}

DQ_VECTORS void dq_count_codes(const uint32_t *groups, size_t n, const uint64_t *mask,
                               const uint64_t *const *masks, size_t count, unsigned lanes,
                               int64_t *cells) {
  uint32_t places[64];
  for (size_t start = 0, word = 0; start < n; start += 64, word++) {
    if (mask[word] == 0) continue;
    if (count == 0) {
      add(groups + start, mask[word], lanes, cells);
      continue;
    }
    uint64_t first = masks[0][word];
    uint64_t second = count > 1 ? masks[1][word] : 0, third = count > 2 ? masks[2][word] : 0;
    size_t rows = n - start < 64 ? n - start : 64;
    for (size_t i = 0; i < rows; i++)
      places[i] = groups[start + i] << count | (uint32_t)(first >> i & 1) |
                  (uint32_t)(second >> i & 1) << 1 | (uint32_t)(third >> i & 1) << 2;
    add(places, mask[word], lanes, cells);
  }
}

DQ_VECTORS uint64_t dq_values_seen(const int8_t *values, size_t n, int8_t least) {
  uint64_t seen = 0;
  for (size_t i = 0; i < n; i++) seen |= (uint64_t)1 << ((uint8_t)(values[i] - least) & 63);
  return seen;
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

void dq_keep_least(const uint32_t *groups, const uint16_t *positions, size_t n,
                   const int64_t *values, uint32_t first, size_t kept, int64_t *least,
                   uint32_t *rows) {
  for (size_t i = 0; i < n; i++) {
    int64_t value = values[positions[i]];
    int64_t *own = least + (size_t)groups[i] * kept;
    uint32_t *ownRows = rows + (size_t)groups[i] * kept;
    size_t place = kept - 1;
    if (ownRows[place] != UINT32_MAX && own[place] <= value) continue;
    while (place > 0 && (ownRows[place - 1] == UINT32_MAX || own[place - 1] > value)) {
      own[place] = own[place - 1];
      ownRows[place] = ownRows[place - 1];
      place--;
    }
    own[place] = value;
    ownRows[place] = first + positions[i];
  }
}

static void add_wide(uint64_t *halves, __int128 value) {
  unsigned __int128 sum = ((unsigned __int128)halves[1] << 64 | halves[0]) + (unsigned __int128)value;
  halves[0] = (uint64_t)sum;
  halves[1] = (uint64_t)(sum >> 64);
}

void dq_moments_add(const uint32_t *groups, const uint16_t *positions, size_t n,
                    const int64_t *values, dq_moments *moments) {
  for (size_t i = 0; i < n; i++) {
    int64_t value = values[positions ? positions[i] : i];
    dq_moments *own = moments + groups[i];
    own->count++;
    add_wide(own->sum, value);
    add_wide(own->squares, (__int128)value * value);
  }
}

void dq_joint_moments_add(const uint32_t *groups, const uint16_t *positions, size_t n,
                          const int64_t *x, const int64_t *y, dq_joint_moments *moments) {
  for (size_t i = 0; i < n; i++) {
    size_t row = positions ? positions[i] : i;
    dq_joint_moments *own = moments + groups[i];
    own->count++;
    own->x += x[row];
    own->y += y[row];
    own->xx += x[row] * x[row];
    own->yy += y[row] * y[row];
    own->xy += x[row] * y[row];
  }
}

/// Counts in four tables, so that rows of one group that follow each other need not wait for each
/// other.
static void count_in_four(const uint8_t *groups, size_t n, int64_t *counts, size_t domain) {
  uint32_t tables[4][256];
  for (size_t k = 0; k < 4; k++) memset(tables[k], 0, domain * sizeof *tables[k]);
  size_t i = 0;
  for (; i + 4 <= n; i += 4)
    for (size_t k = 0; k < 4; k++) tables[k][groups[i + k]]++;
  for (; i < n; i++) tables[0][groups[i]]++;
  for (size_t group = 0; group < domain; group++)
    counts[group] += (int64_t)tables[0][group] + tables[1][group] + tables[2][group] +
                     tables[3][group];
}

DQ_VECTORS static void narrow_groups_8(const uint32_t *groups, size_t n, uint8_t *kept) {
  for (size_t i = 0; i < n; i++) kept[i] = (uint8_t)groups[i];
}

DQ_VECTORS static void narrow_groups_16(const uint32_t *groups, size_t n, uint16_t *kept) {
  for (size_t i = 0; i < n; i++) kept[i] = (uint16_t)groups[i];
}

void dq_keep_groups(const uint32_t *groups, size_t n, size_t domain, int width, void *kept,
                    int64_t *counts) {
  if (width == 1) {
    narrow_groups_8(groups, n, kept);
    count_in_four(kept, n, counts, domain);
    return;
  }
  if (width == 2) narrow_groups_16(groups, n, kept);
  else memcpy(kept, groups, n * 4);
  dq_count(groups, n, counts);
}

#define SCATTER(NAME, GTYPE, TYPE)                                                               \
  static void NAME(const GTYPE *groups, const TYPE *values, size_t n, size_t *next, TYPE *out) { \
    for (size_t i = 0; i < n; i++) out[next[groups[i]]++] = values[i];                           \
  }

SCATTER(scatter_8_32, uint8_t, int32_t)
SCATTER(scatter_16_32, uint16_t, int32_t)
SCATTER(scatter_32_32, uint32_t, int32_t)
SCATTER(scatter_8_64, uint8_t, int64_t)
SCATTER(scatter_16_64, uint16_t, int64_t)
SCATTER(scatter_32_64, uint32_t, int64_t)

void dq_scatter(const void *groups, int groupWidth, const void *values, int valueWidth, size_t n,
                size_t *next, void *out) {
  switch (groupWidth + valueWidth) {
  case 1 + 4: scatter_8_32(groups, values, n, next, out); break;
  case 2 + 4: scatter_16_32(groups, values, n, next, out); break;
  case 4 + 4: scatter_32_32(groups, values, n, next, out); break;
  case 1 + 8: scatter_8_64(groups, values, n, next, out); break;
  case 2 + 8: scatter_16_64(groups, values, n, next, out); break;
  default: scatter_32_64(groups, values, n, next, out); break;
  }
}

// Values in at most this many buckets, and sorted out one by one below this many values.
enum { BUCKETS = 4096, FEW = 256 };

#define VALUES(suffix, type, utype)                                                              \
  DQ_VECTORS void dq_take_##suffix(const int64_t *values, const uint16_t *positions, size_t n,   \
                                   type *out) {                                                  \
    if (positions) {                                                                             \
      for (size_t i = 0; i < n; i++) out[i] = (type)values[positions[i]];                        \
    } else {                                                                                     \
      for (size_t i = 0; i < n; i++) out[i] = (type)values[i];                                   \
    }                                                                                            \
  }                                                                                              \
                                                                                                 \
  static type select_##suffix(type *values, size_t n, size_t index) {                            \
    ptrdiff_t low = 0;                                                                           \
    ptrdiff_t high = (ptrdiff_t)n - 1;                                                           \
    ptrdiff_t wanted = (ptrdiff_t)index;                                                         \
    while (low < high) {                                                                         \
      type a = values[low];                                                                      \
      type b = values[low + (high - low) / 2];                                                   \
      type c = values[high];                                                                     \
      type small = a < b ? a : b;                                                                \
      type large = a < b ? b : a;                                                                \
      type pivot = c < small ? small : c > large ? large : c;                                    \
      ptrdiff_t left = low;                                                                      \
      ptrdiff_t right = high;                                                                    \
      while (left <= right) {                                                                    \
        while (values[left] < pivot) left++;                                                     \
        while (values[right] > pivot) right--;                                                   \
        if (left <= right) {                                                                     \
          type swap = values[left];                                                              \
          values[left++] = values[right];                                                        \
          values[right--] = swap;                                                                \
        }                                                                                        \
      }                                                                                          \
      if (wanted <= right) high = right;                                                         \
      else if (wanted >= left) low = left;                                                       \
      else break;                                                                                \
    }                                                                                            \
    return values[index];                                                                        \
  }                                                                                              \
                                                                                                 \
  DQ_VECTORS static void bounds_##suffix(const type *values, size_t n, type *low, type *high) {  \
    type least = values[0], most = values[0];                                                    \
    for (size_t i = 1; i < n; i++) {                                                             \
      least = values[i] < least ? values[i] : least;                                             \
      most = values[i] > most ? values[i] : most;                                                \
    }                                                                                            \
    *low = least;                                                                                \
    *high = most;                                                                                \
  }                                                                                              \
                                                                                                 \
  void dq_neighbours_##suffix(const type *values, size_t n, size_t index, type *scratch,         \
                              int64_t *lower, int64_t *upper) {                                  \
    const type *from = values;                                                                   \
    int hasUpper = index + 1 >= n;                                                               \
    int64_t above = 0;                                                                           \
    while (n > FEW) {                                                                            \
      type low, high;                                                                            \
      bounds_##suffix(from, n, &low, &high);                                                     \
      utype base = (utype)low;                                                                   \
      utype span = (utype)high - base;                                                           \
      int shift = 0;                                                                             \
      size_t buckets = BUCKETS;                                                                  \
      while (buckets > 64 && buckets * 8 > n) buckets /= 2;                                      \
      while (span >> shift >= buckets) shift++;                                                  \
      uint32_t counts[BUCKETS];                                                                  \
      memset(counts, 0, buckets * sizeof *counts);                                               \
      for (size_t i = 0; i < n; i++) counts[((utype)from[i] - base) >> shift]++;                 \
      size_t before = 0;                                                                         \
      utype bucket = 0;                                                                          \
      while (before + counts[bucket] <= index) before += counts[bucket++];                       \
      size_t inside = counts[bucket];                                                            \
      if (!hasUpper && index + 1 == before + inside) {                                           \
        type next = high;                                                                        \
        for (size_t i = 0; i < n; i++) {                                                         \
          int isAbove = ((utype)from[i] - base) >> shift > bucket;                               \
          next = isAbove && from[i] < next ? from[i] : next;                                     \
        }                                                                                        \
        above = next;                                                                            \
        hasUpper = 1;                                                                            \
      }                                                                                          \
      index -= before;                                                                           \
      if (shift == 0) {                                                                          \
        *lower = (int64_t)(type)(base + bucket);                                                 \
        *upper = index + 1 < inside ? *lower : above;                                            \
        return;                                                                                  \
      }                                                                                          \
      size_t kept = 0;                                                                           \
      for (size_t i = 0; i < n; i++) {                                                           \
        type value = from[i];                                                                    \
        scratch[kept] = value;                                                                   \
        kept += ((utype)value - base) >> shift == bucket;                                        \
      }                                                                                          \
      from = scratch;                                                                            \
      n = kept;                                                                                  \
    }                                                                                            \
    if (from != scratch) memcpy(scratch, from, n * sizeof(type));                                \
    *lower = select_##suffix(scratch, n, index);                                                 \
    if (index + 1 < n) {                                                                         \
      type next = scratch[index + 1];                                                            \
      for (size_t i = index + 2; i < n; i++) next = scratch[i] < next ? scratch[i] : next;       \
      above = next;                                                                              \
    }                                                                                            \
    *upper = above;                                                                              \
  }

VALUES(i32, int32_t, uint32_t)
VALUES(i64, int64_t, uint64_t)

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
  DQ_VECTORS void name(const type *values, size_t n, int64_t *wide) { \
    for (size_t i = 0; i < n; i++) wide[i] = values[i];              \
  }

WIDEN(dq_widen_i8, int8_t)
WIDEN(dq_widen_i16, int16_t)
WIDEN(dq_widen_i32, int32_t)

// Most rows have few codes, and how many cannot be foreseen: four are written whatever there are.
#define EXPAND(suffix, type)                                                                      \
  size_t dq_expand_##suffix(const uint16_t *rows, const uint32_t *groups, size_t n,                \
                            const uint32_t *starts, const type *codes, uint32_t stride,           \
                            uint16_t *wideRows, uint32_t *wideGroups) {                           \
    size_t count = 0;                                                                             \
    for (size_t i = 0; i < n; i++) {                                                              \
      uint16_t row = rows[i];                                                                     \
      uint32_t group = groups[i];                                                                 \
      const type *own = codes + starts[row];                                                      \
      size_t found = starts[row + 1] - starts[row];                                               \
      uint16_t *outRows = wideRows + count;                                                       \
      uint32_t *outGroups = wideGroups + count;                                                   \
      for (size_t k = 0; k < 4; k++) {                                                            \
        outRows[k] = row;                                                                         \
        outGroups[k] = group + (uint32_t)own[k] * stride;                                         \
      }                                                                                           \
      outGroups[0] = found ? outGroups[0] : group;                                                \
      for (size_t k = 4; k < found; k++) {                                                        \
        outRows[k] = row;                                                                         \
        outGroups[k] = group + (uint32_t)own[k] * stride;                                         \
      }                                                                                           \
      count += found ? found : 1;                                                                 \
    }                                                                                             \
    return count;                                                                                 \
  }

EXPAND(u8, uint8_t)
EXPAND(u16, uint16_t)
EXPAND(u32, uint32_t)
