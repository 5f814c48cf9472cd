#include "TextLists.h"

#include "BytePlaces.h"

void dq_split_list(const uint8_t *text, size_t length, uint8_t separator, size_t origin,
                   ListWords *words) {
  for (size_t start = 0; start < length;) {
    const uint8_t *hit = memchr(text + start, separator, length - start);
    size_t stop = hit ? (size_t)(hit - text) : length, first = start, last = stop;
    while (first < last && text[first] == ' ') first++;
    while (last > first && text[last - 1] == ' ') last--;
    if (last > first) {
      words->starts[words->count] = (uint32_t)(origin + first);
      words->ends[words->count++] = (uint32_t)(origin + last);
    }
    start = stop + 1;
  }
}

static size_t split_all(const FieldRun *given, size_t from, uint8_t separator, ListWords *words,
                        uint32_t *counts) {
  FieldRun run = *given;
  for (size_t row = from; row < run.count; row++) {
    size_t length;
    int isQuoted;
    const uint8_t *text = dq_bare_field(&run, row, &length, &isQuoted);
    if (memchr(text, '"', length)) return row;
    dq_split_list(text, length, separator, (size_t)(text - run.bytes), words);
    words->emptyCount += length == 0;
    counts[row] = (uint32_t)words->count;
  }
  return run.count;
}

#if defined(__x86_64__)

/// Takes 64 bytes of every list that is shorter, and four words whether there are as many, so that
/// what is to be done hardly depends on the list.
__attribute__((target("avx2,bmi,bmi2,popcnt"))) static size_t
split_all_avx2(const FieldRun *given, size_t from, uint8_t separator, ListWords *words,
               uint32_t *counts) {
  FieldRun run = *given;
  ListWords to = *words;
  size_t row = from;
  for (; row < run.count; row++) {
    size_t length;
    int isQuoted;
    const uint8_t *text = dq_bare_field(&run, row, &length, &isQuoted);
    __m256i low = _mm256_loadu_si256((const __m256i *)text);
    __m256i high = _mm256_loadu_si256((const __m256i *)(text + 32));
    uint64_t own = length < 64 ? ((uint64_t)1 << length) - 1 : ~(uint64_t)0;
    uint64_t separators = byte_places_avx2(low, high, separator) & own;
    uint64_t blanks = byte_places_avx2(low, high, ' ') & own;
    uint64_t quotes = byte_places_avx2(low, high, '"') & own;
    // A word begins at the start and behind separators, or behind one blank there.
    uint64_t ends = separators | (own + 1), starts = separators << 1 | 1;
    uint64_t blanksAtStart = starts & blanks;
    starts += blanksAtStart;
    uint64_t isOdd = (starts & blanks) | (ends >> 1 & blanks) | (starts & ends);
    if (length >= 64 || ((quotes | isOdd) && length > 0)) {
      if (memchr(text, '"', length)) break;
      dq_split_list(text, length, separator, (size_t)(text - run.bytes), &to);
      counts[row] = (uint32_t)to.count;
      continue;
    }
    uint32_t base = (uint32_t)(text - run.bytes);
    size_t count = length > 0 ? (size_t)_mm_popcnt_u64(ends) : 0;
    for (size_t at = to.count;;) {
      for (size_t k = 0; k < 4; k++) {
        to.starts[at + k] = base + (uint32_t)_tzcnt_u64(starts);
        to.ends[at + k] = base + (uint32_t)_tzcnt_u64(ends);
        starts = _blsr_u64(starts);
        ends = _blsr_u64(ends);
      }
      at += 4;
      if (at >= to.count + count) break;
    }
    to.count += count;
    to.emptyCount += length == 0;
    counts[row] = (uint32_t)to.count;
  }
  *words = to;
  return row;
}

#endif

size_t dq_split_lists(const FieldRun *fields, size_t from, uint8_t separator, ListWords *words,
                      uint32_t *counts) {
#if defined(__x86_64__)
  // A blank that separates words is not one that may stand behind a separator.
  if (separator != ' ' && __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2"))
    return split_all_avx2(fields, from, separator, words, counts);
#endif
  return split_all(fields, from, separator, words, counts);
}

/// The bits of some codes' new names.
static inline uint64_t bits_of(const uint8_t *codes, size_t from, size_t to,
                               const uint32_t *renamed) {
  uint64_t bits = 0;
  for (size_t at = from; at < to; at++) bits |= (uint64_t)1 << renamed[codes[at]];
  return bits;
}

enum { USUAL_LENGTH = 4 };

size_t dq_sort_lists(const CodeLists *given, const uint32_t *renamed, uint8_t *target, size_t at,
                     size_t room, uint32_t *ends) {
  CodeLists lists = *given;
  size_t from = 0;
  for (size_t row = 0; row < lists.count; row++) {
    size_t to = lists.ends[row], length = to - from;
    // The length of a list cannot be foreseen, so that those of the usual ones all take the same
    // steps: a code that is there twice has a single bit.
    if (length - 1 < USUAL_LENGTH && at + USUAL_LENGTH <= room) {
      uint64_t bits = 0;
      for (size_t k = 0; k < USUAL_LENGTH; k++)
        bits |= (uint64_t)1 << renamed[lists.codes[from + (k < length ? k : 0)]];
      size_t count = (size_t)__builtin_popcountll(bits);
      for (size_t k = 0; k < USUAL_LENGTH; k++) {
        target[at + k] = (uint8_t)__builtin_ctzll(bits | (uint64_t)1 << 63);
        bits &= bits - 1;
      }
      at += count;
    } else {
      for (uint64_t bits = bits_of(lists.codes, from, to, renamed); bits; bits &= bits - 1)
        target[at++] = (uint8_t)__builtin_ctzll(bits);
    }
    from = to;
    ends[row] = (uint32_t)at;
  }
  return at;
}
