#include "CKernels.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

// Vectors compare the first and the last byte of the probe at many positions at once; the few
// positions where both agree are compared byte by byte.

static inline int matches_at(const TextScanProbe *probe, const uint8_t *text) {
  for (size_t i = 0; i < probe->length; i++) {
    if (text[i] != probe->low[i] && text[i] != probe->high[i]) return 0;
  }
  return 1;
}

typedef struct {
  const TextScanProbe *probe;
  const uint8_t *bytes;
  size_t *positions;
  size_t capacity;
  size_t count;
} Search;

/// Notes the positions behind `at` whose bits are set and that match; 0 when there is no more room.
static inline int collect(Search *search, size_t at, uint32_t candidates) {
  while (candidates) {
    size_t position = at + (size_t)__builtin_ctz(candidates);
    candidates &= candidates - 1;
    if (!matches_at(search->probe, search->bytes + position)) continue;
    search->positions[search->count++] = position;
    if (search->count == search->capacity) return 0;
  }
  return 1;
}

/// Looks at the positions from `at` on one by one; `stop` is behind the last one possible.
static void find_scalar(Search *search, size_t at, size_t stop) {
  for (; at < stop; at++) {
    if (!collect(search, at, 1)) return;
  }
}

#if defined(__x86_64__)

__attribute__((target("avx2,bmi"))) static void
find_avx2(Search *search, size_t at, size_t stop) {
  const TextScanProbe *probe = search->probe;
  size_t last = probe->length - 1;
  __m256i firstLow = _mm256_set1_epi8((char)probe->low[0]);
  __m256i firstHigh = _mm256_set1_epi8((char)probe->high[0]);
  __m256i lastLow = _mm256_set1_epi8((char)probe->low[last]);
  __m256i lastHigh = _mm256_set1_epi8((char)probe->high[last]);
  for (; at + 32 <= stop; at += 32) {
    __m256i first = _mm256_loadu_si256((const __m256i *)(search->bytes + at));
    __m256i final = _mm256_loadu_si256((const __m256i *)(search->bytes + at + last));
    __m256i begins =
      _mm256_or_si256(_mm256_cmpeq_epi8(first, firstLow), _mm256_cmpeq_epi8(first, firstHigh));
    __m256i ends =
      _mm256_or_si256(_mm256_cmpeq_epi8(final, lastLow), _mm256_cmpeq_epi8(final, lastHigh));
    uint32_t candidates = (uint32_t)_mm256_movemask_epi8(_mm256_and_si256(begins, ends));
    if (candidates && !collect(search, at, candidates)) return;
  }
  find_scalar(search, at, stop);
}

/// The bit in which two bytes differ, as letters of both cases do; -1 where it is not one at most.
static inline int case_bit(uint8_t low, uint8_t high) {
  uint8_t difference = low ^ high;
  return difference & (difference - 1) ? -1 : difference;
}

/// Sets that bit in the text too, so that one comparison does for both cases; 0 where it cannot.
__attribute__((target("avx512bw,avx512f,bmi"))) static int
find_avx512(Search *search, size_t at, size_t stop) {
  const TextScanProbe *probe = search->probe;
  size_t last = probe->length - 1;
  int firstBit = case_bit(probe->low[0], probe->high[0]);
  int lastBit = case_bit(probe->low[last], probe->high[last]);
  if (firstBit < 0 || lastBit < 0) return 0;
  __m512i firstCase = _mm512_set1_epi8((char)firstBit);
  __m512i lastCase = _mm512_set1_epi8((char)lastBit);
  __m512i firstWanted = _mm512_set1_epi8((char)(probe->low[0] | firstBit));
  __m512i lastWanted = _mm512_set1_epi8((char)(probe->low[last] | lastBit));
  for (; at + 64 <= stop; at += 64) {
    __m512i first = _mm512_or_si512(_mm512_loadu_si512(search->bytes + at), firstCase);
    __m512i final = _mm512_or_si512(_mm512_loadu_si512(search->bytes + at + last), lastCase);
    uint64_t candidates = _mm512_mask_cmpeq_epi8_mask(
        _mm512_cmpeq_epi8_mask(first, firstWanted), final, lastWanted);
    if (!candidates) continue;
    if (!collect(search, at, (uint32_t)candidates)) return 1;
    if (!collect(search, at + 32, (uint32_t)(candidates >> 32))) return 1;
  }
  find_scalar(search, at, stop);
  return 1;
}

static void find_base(Search *search, size_t at, size_t stop) {
  const TextScanProbe *probe = search->probe;
  size_t last = probe->length - 1;
  __m128i firstLow = _mm_set1_epi8((char)probe->low[0]);
  __m128i firstHigh = _mm_set1_epi8((char)probe->high[0]);
  __m128i lastLow = _mm_set1_epi8((char)probe->low[last]);
  __m128i lastHigh = _mm_set1_epi8((char)probe->high[last]);
  for (; at + 16 <= stop; at += 16) {
    __m128i first = _mm_loadu_si128((const __m128i *)(search->bytes + at));
    __m128i final = _mm_loadu_si128((const __m128i *)(search->bytes + at + last));
    __m128i begins =
      _mm_or_si128(_mm_cmpeq_epi8(first, firstLow), _mm_cmpeq_epi8(first, firstHigh));
    __m128i ends =
      _mm_or_si128(_mm_cmpeq_epi8(final, lastLow), _mm_cmpeq_epi8(final, lastHigh));
    uint32_t candidates = (uint32_t)_mm_movemask_epi8(_mm_and_si128(begins, ends));
    if (candidates && !collect(search, at, candidates)) return;
  }
  find_scalar(search, at, stop);
}

#else

static void find_base(Search *search, size_t at, size_t stop) { find_scalar(search, at, stop); }

#endif

size_t text_scan_find(const TextScanProbe *probe, const uint8_t *bytes, size_t from, size_t to,
                      size_t *positions, size_t capacity) {
  if (capacity == 0 || to < from || to - from < probe->length) return 0;
  size_t stop = to - probe->length + 1;
  Search search = {probe, bytes, positions, capacity, 0};
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512bw") && find_avx512(&search, from, stop)) {
    return search.count;
  }
  if (__builtin_cpu_supports("avx2")) {
    find_avx2(&search, from, stop);
    return search.count;
  }
#endif
  find_base(&search, from, stop);
  return search.count;
}
