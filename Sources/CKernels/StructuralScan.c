#include "CKernels.h"

#include "BytePlaces.h"
#include "FieldText.h"

#include <string.h>

// The text is read in blocks of 64 bytes that become bit masks; only the making of the masks
// differs between processors.

typedef struct {
  uint64_t quote, delimiter, lineFeed, carriageReturn;
  /// Whether any byte is 0x80 or above.
  int isHigh;
} BlockMasks;

/// Whether the blocks so far hold a 0, in as many bytes as the processor likes.
typedef uint64_t Seen_base;

#if defined(__x86_64__)

#define AVX2 "avx2,bmi,bmi2,popcnt,lzcnt,pclmul"
#define AVX512 AVX2 ",avx512f,avx512bw,avx512vl,avx512vbmi,avx512vbmi2"

/// The least of the bytes so far at each place.
typedef __m256i Seen_avx2;

__attribute__((target(AVX2), always_inline)) static inline Seen_avx2 nothing_avx2(void) {
  return _mm256_set1_epi8(1);
}

__attribute__((target(AVX2), always_inline)) static inline int any_nul_avx2(Seen_avx2 seen) {
  return _mm256_movemask_epi8(_mm256_cmpeq_epi8(seen, _mm256_setzero_si256())) != 0;
}

/// As `prefix_xor_base`: a product without carries by ones adds up what stands at a bit and below.
__attribute__((target(AVX2), always_inline)) static inline uint64_t
prefix_xor_avx2(uint64_t bits) {
  __m128i product =
      _mm_clmulepi64_si128(_mm_set_epi64x(0, (int64_t)bits), _mm_set1_epi8((char)0xFF), 0);
  return (uint64_t)_mm_cvtsi128_si64(product);
}

__attribute__((target(AVX2), always_inline)) static inline void
classify_avx2(const uint8_t *block, uint8_t quote, uint8_t delimiter, BlockMasks *masks,
              Seen_avx2 *seen) {
  __m256i low = _mm256_loadu_si256((const __m256i *)block);
  __m256i high = _mm256_loadu_si256((const __m256i *)(block + 32));
  masks->quote = byte_places_avx2(low, high, quote);
  masks->delimiter = byte_places_avx2(low, high, delimiter);
  masks->lineFeed = byte_places_avx2(low, high, '\n');
  masks->carriageReturn = byte_places_avx2(low, high, '\r');
  masks->isHigh = _mm256_movemask_epi8(_mm256_or_si256(low, high)) != 0;
  *seen = _mm256_min_epu8(*seen, _mm256_min_epu8(low, high));
}

static inline uint64_t equal_sse2(const __m128i *parts, uint8_t byte) {
  __m128i wanted = _mm_set1_epi8((char)byte);
  uint64_t mask = 0;
  for (int part = 0; part < 4; part++) {
    uint32_t equal = (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(parts[part], wanted));
    mask |= (uint64_t)equal << (16 * part);
  }
  return mask;
}

static inline void
classify_base(const uint8_t *block, uint8_t quote, uint8_t delimiter, BlockMasks *masks,
              Seen_base *seen) {
  __m128i parts[4], all = _mm_setzero_si128();
  for (int part = 0; part < 4; part++) {
    parts[part] = _mm_loadu_si128((const __m128i *)(block + 16 * part));
    all = _mm_or_si128(all, parts[part]);
  }
  masks->quote = equal_sse2(parts, quote);
  masks->delimiter = equal_sse2(parts, delimiter);
  masks->lineFeed = equal_sse2(parts, '\n');
  masks->carriageReturn = equal_sse2(parts, '\r');
  masks->isHigh = _mm_movemask_epi8(all) != 0;
  *seen |= equal_sse2(parts, 0);
}

#else

static inline void
classify_base(const uint8_t *block, uint8_t quote, uint8_t delimiter, BlockMasks *masks,
              Seen_base *seen) {
  memset(masks, 0, sizeof *masks);
  for (int i = 0; i < 64; i++) {
    uint64_t bit = (uint64_t)1 << i;
    if (block[i] == quote) masks->quote |= bit;
    if (block[i] == delimiter) masks->delimiter |= bit;
    if (block[i] == '\n') masks->lineFeed |= bit;
    if (block[i] == '\r') masks->carriageReturn |= bit;
    masks->isHigh |= block[i] >> 7;
    *seen |= block[i] == 0;
  }
}

#endif

static inline Seen_base nothing_base(void) { return 0; }
static inline int any_nul_base(Seen_base seen) { return seen != 0; }

/// For each bit, whether the number of ones up to and including it is odd.
static inline uint64_t prefix_xor_base(uint64_t bits) {
  for (int shift = 1; shift < 64; shift <<= 1) bits ^= bits << shift;
  return bits;
}

/// The first of some positions whose byte means something outside quotes, `to` where there is none.
static inline size_t plain_end(const StructuralScan *scan, size_t from, size_t to) {
  for (size_t at = from; at < to; at += 8) {
    uint64_t word = dq_word(scan->bytes + at);
    uint64_t hits = dq_hits(word, scan->delimiter) | dq_hits(word, scan->quote) |
                    dq_hits(word, '\n') | dq_hits(word, '\r');
    if (hits) {
      size_t found = at + (size_t)__builtin_ctzll(hits) / 8;
      return found < to ? found : to;
    }
  }
  return to;
}

/// The state machine that the masks stand in for; returns the position behind the first line end
/// outside quotes when `isOneRow`, else SCAN_NONE.
static size_t scan_bytes(StructuralScan *scan, size_t from, size_t to, int isOneRow) {
  const uint8_t *bytes = scan->bytes;
  uint32_t state = scan->state;
  for (size_t at = from; at < to; at++) {
    uint8_t byte = bytes[at];
    if (state == SCAN_QUOTED) {
      if (byte == scan->quote) state = SCAN_CLOSED;
      continue;
    }
    if (byte == scan->delimiter) {
      scan->ends[scan->endCount++] = (uint32_t)at;
      state = SCAN_FIELD_START;
    } else if (byte == '\n' || (byte == '\r' && bytes[at + 1] != '\n')) {
      scan->ends[scan->endCount++] = (uint32_t)at;
      scan->rowEndCount++;
      state = SCAN_ROW_START;
      if (isOneRow) {
        scan->state = state;
        return at + 1;
      }
    } else if (byte == '\r') {
      state = SCAN_BARE;
    } else if (byte == scan->quote) {
      if (state == SCAN_BARE) {
        if (scan->strayQuoteCount++ == 0) scan->firstStrayQuote = at;
      } else {
        state = SCAN_QUOTED;
      }
    } else if (state == SCAN_CLOSED) {
      scan->errorAt = at;
      break;
    } else {
      state = SCAN_BARE;
      at = plain_end(scan, at + 1, to) - 1;
    }
  }
  scan->state = state;
  return SCAN_NONE;
}

size_t structural_scan_row(StructuralScan *scan, size_t from, size_t to) {
  return scan_bytes(scan, from, to, 1);
}

/// The masks of a block that decide in which state it ends.
typedef struct {
  uint64_t inside, quote, delimiter, line;
} BlockEdge;

static inline BlockEdge edge_of(uint32_t state) {
  uint64_t last = (uint64_t)1 << 63;
  return (BlockEdge){
      .inside = state == SCAN_QUOTED ? last : 0,
      .quote = state == SCAN_CLOSED ? last : 0,
      .delimiter = state == SCAN_FIELD_START ? last : 0,
      .line = state == SCAN_ROW_START ? last : 0,
  };
}

/// The state behind the last byte of a block that the masks could handle.
static inline uint32_t state_behind(BlockEdge edge) {
  if (edge.inside >> 63) return SCAN_QUOTED;
  if (edge.quote >> 63) return SCAN_CLOSED;
  if (edge.delimiter >> 63) return SCAN_FIELD_START;
  if (edge.line >> 63) return SCAN_ROW_START;
  return SCAN_BARE;
}

/// Writes the positions of the ones of a mask; up to 64 places behind them may be written too.
static inline void store_ends(uint32_t *out, uint32_t at, uint64_t ends) {
  while (ends) {
    for (int k = 0; k < 4; k++) {
      out[k] = at + (uint32_t)__builtin_ctzll(ends | (uint64_t)1 << 63);
      ends &= ends - 1;
    }
    out += 4;
  }
}

#if defined(__x86_64__)

__attribute__((target(AVX2), always_inline)) static inline void
store_ends_avx2(uint32_t *out, uint32_t at, uint64_t ends) {
  store_ends(out, at, ends);
}

typedef __m512i Seen_avx512;

__attribute__((target(AVX512), always_inline)) static inline Seen_avx512 nothing_avx512(void) {
  return _mm512_set1_epi8(1);
}

__attribute__((target(AVX512), always_inline)) static inline int
any_nul_avx512(Seen_avx512 seen) {
  return _mm512_testn_epi8_mask(seen, seen) != 0;
}

__attribute__((target(AVX512), always_inline)) static inline uint64_t
prefix_xor_avx512(uint64_t bits) {
  return prefix_xor_avx2(bits);
}

__attribute__((target(AVX512), always_inline)) static inline void
classify_avx512(const uint8_t *block, uint8_t quote, uint8_t delimiter, BlockMasks *masks,
                Seen_avx512 *seen) {
  __m512i bytes = _mm512_loadu_si512(block);
  masks->quote = _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8((char)quote));
  masks->delimiter = _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8((char)delimiter));
  masks->lineFeed = _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8('\n'));
  masks->carriageReturn = _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8('\r'));
  masks->isHigh = _mm512_movepi8_mask(bytes) != 0;
  *seen = _mm512_min_epu8(*seen, bytes);
}

/// Packs the places 0 to 63 whose bit is set, and widens 16 of them at a time: no branch hangs on
/// how many there are, unless fields are shorter than 4 bytes.
__attribute__((target(AVX512), always_inline)) static inline void
store_ends_avx512(uint32_t *out, uint32_t at, uint64_t ends) {
  const __m512i places = _mm512_set_epi8(
      63, 62, 61, 60, 59, 58, 57, 56, 55, 54, 53, 52, 51, 50, 49, 48, 47, 46, 45, 44, 43, 42, 41,
      40, 39, 38, 37, 36, 35, 34, 33, 32, 31, 30, 29, 28, 27, 26, 25, 24, 23, 22, 21, 20, 19, 18,
      17, 16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
  __m512i packed = _mm512_maskz_compress_epi8(ends, places);
  __m512i base = _mm512_set1_epi32((int)at);
  size_t count = (size_t)__builtin_popcountll(ends);
  for (size_t k = 0;; k += 16) {
    __m512i wide = _mm512_cvtepu8_epi32(_mm512_castsi512_si128(packed));
    _mm512_storeu_si512(out + k, _mm512_add_epi32(base, wide));
    if (k + 16 >= count) return;
    packed = _mm512_alignr_epi64(packed, packed, 2);
  }
}

#endif

// Written once as a macro, since an inlined function cannot take the target of its caller and
// call intrinsics that need it.
#define DEFINE_SCAN(KIND, STORE_ENDS, ATTRIBUTES)                                                 \
  ATTRIBUTES static void scan_##KIND(StructuralScan *scan, size_t from, size_t to) {              \
    const uint8_t *bytes = scan->bytes;                                                           \
    const uint8_t quote = scan->quote, delimiter = scan->delimiter;                               \
    uint32_t *out = scan->ends + scan->endCount;                                                  \
    BlockEdge edge = edge_of(scan->state);                                                        \
    Seen_##KIND seen = nothing_##KIND();                                                          \
    size_t plainLineCount = 0, lineCount = 0, rowEndCount = 0;                                    \
    uint32_t *high = scan->highs + scan->highCount;                                               \
    size_t at = from;                                                                             \
    for (; at + 64 <= to; at += 64) {                                                             \
      BlockMasks masks;                                                                           \
      classify_##KIND(bytes + at, quote, delimiter, &masks, &seen);                               \
      *high = (uint32_t)at;                                                                       \
      high += masks.isHigh;                                                                       \
      uint64_t line = masks.lineFeed;                                                             \
      int isPlain = (masks.quote | masks.carriageReturn | (edge.inside | edge.quote) >> 63) == 0; \
      if (__builtin_expect(isPlain, 1)) {                                                         \
        uint64_t ends = masks.delimiter | line;                                                   \
        STORE_ENDS(out, (uint32_t)at, ends);                                                      \
        out += __builtin_popcountll(ends);                                                        \
        plainLineCount += (size_t)__builtin_popcountll(line);                                     \
        edge.delimiter = masks.delimiter;                                                         \
        edge.line = line;                                                                         \
        continue;                                                                                 \
      }                                                                                           \
      uint64_t beforeFeed = 0;                                                                    \
      if (masks.carriageReturn) {                                                                 \
        uint64_t next = masks.lineFeed >> 1 | (uint64_t)(bytes[at + 64] == '\n') << 63;           \
        beforeFeed = masks.carriageReturn & next;                                                 \
        line |= masks.carriageReturn & ~next;                                                     \
      }                                                                                           \
      lineCount += (size_t)__builtin_popcountll(line);                                            \
      uint64_t inside = (uint64_t)((int64_t)edge.inside >> 63);                                   \
      uint64_t closed = ~inside & edge.quote >> 63;                                               \
      if (masks.quote | closed) {                                                                 \
        inside ^= prefix_xor_##KIND(masks.quote);                                                 \
        uint64_t opening = masks.quote & inside;                                                  \
        uint64_t closing = masks.quote & ~inside;                                                 \
        uint64_t edges = masks.delimiter | line;                                                  \
        uint64_t mayOpen = (edges | closing) << 1 | (uint64_t)(state_behind(edge) != SCAN_BARE);  \
        uint64_t behindClosing = closing << 1 | closed;                                           \
        if ((opening & ~mayOpen) | (behindClosing & ~(edges | masks.quote | beforeFeed))) {       \
          scan->state = state_behind(edge);                                                       \
          scan->endCount = (size_t)(out - scan->ends);                                            \
          scan_bytes(scan, at, at + 64, 0);                                                       \
          out = scan->ends + scan->endCount;                                                      \
          edge = edge_of(scan->state);                                                            \
          if (scan->errorAt != SCAN_NONE) break;                                                  \
          continue;                                                                               \
        }                                                                                         \
      }                                                                                           \
      uint64_t ends = (masks.delimiter | line) & ~inside;                                         \
      STORE_ENDS(out, (uint32_t)at, ends);                                                        \
      out += __builtin_popcountll(ends);                                                          \
      rowEndCount += (size_t)__builtin_popcountll(line & ~inside);                                \
      edge = (BlockEdge){inside, masks.quote, masks.delimiter, line};                             \
    }                                                                                             \
    scan->state = state_behind(edge);                                                             \
    scan->endCount = (size_t)(out - scan->ends);                                                  \
    scan->rowEndCount += plainLineCount + rowEndCount;                                            \
    scan->highCount = (size_t)(high - scan->highs);                                               \
    scan->hasNUL |= any_nul_##KIND(seen);                                                         \
    if (scan->errorAt == SCAN_NONE && at < to) {                                                  \
      scan_bytes(scan, at, to, 0);                                                                \
      scan->highs[scan->highCount] = (uint32_t)at;                                                \
      uint8_t all = 0;                                                                            \
      for (; at < to; at++) {                                                                     \
        all |= bytes[at];                                                                         \
        scan->hasNUL |= bytes[at] == 0;                                                           \
        lineCount += bytes[at] == '\n' || (bytes[at] == '\r' && bytes[at + 1] != '\n');           \
      }                                                                                           \
      scan->highCount += all >> 7;                                                                \
    }                                                                                             \
    scan->lineCount += plainLineCount + lineCount;                                                \
  }

DEFINE_SCAN(base, store_ends, )
#if defined(__x86_64__)
DEFINE_SCAN(avx2, store_ends_avx2, __attribute__((target(AVX2))))
DEFINE_SCAN(avx512, store_ends_avx512, __attribute__((target(AVX512))))
#endif

int structural_scan_by(ScanVectors vectors, StructuralScan *scan, size_t from, size_t to) {
#if defined(__x86_64__)
  if (vectors == SCAN_BY_AVX512) {
    if (!__builtin_cpu_supports("avx512vbmi2") || !__builtin_cpu_supports("avx512bw") ||
        !__builtin_cpu_supports("pclmul"))
      return 0;
    scan_avx512(scan, from, to);
    return 1;
  }
  if (vectors == SCAN_BY_AVX2) {
    if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("bmi2") ||
        !__builtin_cpu_supports("pclmul"))
      return 0;
    scan_avx2(scan, from, to);
    return 1;
  }
#endif
  if (vectors != SCAN_BY_ANY) return 0;
  scan_base(scan, from, to);
  return 1;
}

void structural_scan(StructuralScan *scan, size_t from, size_t to) {
  if (structural_scan_by(SCAN_BY_AVX512, scan, from, to)) return;
  if (structural_scan_by(SCAN_BY_AVX2, scan, from, to)) return;
  structural_scan_by(SCAN_BY_ANY, scan, from, to);
}

size_t structural_rows(const uint8_t *bytes, size_t readEnd, uint32_t *ends, size_t columnCount,
                       size_t rowCount, uint32_t *rowStarts) {
  uint32_t *lasts = ends + columnCount - 1;
  uint32_t start = rowStarts[0], shortest = UINT32_MAX;
  int hasReturn = 0;
  for (size_t row = 0; row < rowCount; row++) {
    uint32_t end = lasts[row * columnCount];
    uint8_t byte = bytes[end];
    if (byte != '\n' && byte != '\r' && end != readEnd) return SCAN_NONE;
    hasReturn |= byte == '\n' && bytes[end - 1] == '\r';
    shortest = end - start < shortest ? end - start : shortest;
    start = end + 1;
    rowStarts[row + 1] = start;
  }
  for (size_t row = 0; hasReturn && row < rowCount; row++) {
    uint32_t end = lasts[row * columnCount];
    if (bytes[end] == '\n' && bytes[end - 1] == '\r') lasts[row * columnCount] = end - 1;
  }
  return shortest;
}

#if defined(__x86_64__)

// Keiser and Lemire, "Validating UTF-8 in less than one instruction per byte", 2020: three tables
// by halves of a byte and its predecessor tell every wrong pair of bytes.
enum {
  TOO_SHORT = 1 << 0,
  TOO_LONG = 1 << 1,
  OVERLONG_3 = 1 << 2,
  TOO_LARGE = 1 << 3,
  SURROGATE = 1 << 4,
  OVERLONG_2 = 1 << 5,
  TOO_LARGE_1000 = 1 << 6,
  OVERLONG_4 = 1 << 6,
  TWO_CONTINUATIONS = 1 << 7,
  ANYWHERE = TOO_SHORT | TOO_LONG | TWO_CONTINUATIONS,
};

#define BOTH_LANES(...) _mm256_setr_epi8(__VA_ARGS__, __VA_ARGS__)

/// What is wrong so far, the vector before, and which of its bytes wait for more.
typedef struct {
  __m256i error, previous, open;
} UTF8Check;

__attribute__((target("avx2"), always_inline)) static inline void
utf8_check(UTF8Check *check, __m256i input) {
  const __m256i highOfFirst = BOTH_LANES(
      TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG,
      (char)TWO_CONTINUATIONS, (char)TWO_CONTINUATIONS, (char)TWO_CONTINUATIONS,
      (char)TWO_CONTINUATIONS, TOO_SHORT | OVERLONG_2, TOO_SHORT,
      TOO_SHORT | OVERLONG_3 | SURROGATE, TOO_SHORT | TOO_LARGE | TOO_LARGE_1000 | OVERLONG_4);
  const char large = (char)(ANYWHERE | TOO_LARGE | TOO_LARGE_1000);
  const __m256i lowOfFirst = BOTH_LANES(
      (char)(ANYWHERE | OVERLONG_3 | OVERLONG_2 | OVERLONG_4), (char)(ANYWHERE | OVERLONG_2),
      (char)ANYWHERE, (char)ANYWHERE, (char)(ANYWHERE | TOO_LARGE), large, large, large, large,
      large, large, large, large, (char)(large | SURROGATE), large, large);
  const char second = (char)(TOO_LONG | OVERLONG_2 | TWO_CONTINUATIONS);
  const __m256i highOfSecond = BOTH_LANES(
      TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT,
      (char)(second | OVERLONG_3 | TOO_LARGE_1000 | OVERLONG_4),
      (char)(second | OVERLONG_3 | TOO_LARGE), (char)(second | SURROGATE | TOO_LARGE),
      (char)(second | SURROGATE | TOO_LARGE), TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT);
  const __m256i low4 = _mm256_set1_epi8(0x0F);
  // What the last bytes of a vector may be at most, if no character runs on behind them.
  const __m256i complete = _mm256_setr_epi8(
      -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
      -1, -1, -1, -1, -1, -1, (char)0xEF, (char)0xDF, (char)0xBF);
  __m256i shifted = _mm256_permute2x128_si256(check->previous, input, 0x21);
  __m256i one = _mm256_alignr_epi8(input, shifted, 15);
  __m256i two = _mm256_alignr_epi8(input, shifted, 14);
  __m256i three = _mm256_alignr_epi8(input, shifted, 13);
  __m256i oneHigh = _mm256_and_si256(_mm256_srli_epi16(one, 4), low4);
  __m256i inputHigh = _mm256_and_si256(_mm256_srli_epi16(input, 4), low4);
  __m256i wrong = _mm256_and_si256(
      _mm256_and_si256(_mm256_shuffle_epi8(highOfFirst, oneHigh),
                       _mm256_shuffle_epi8(lowOfFirst, _mm256_and_si256(one, low4))),
      _mm256_shuffle_epi8(highOfSecond, inputHigh));
  // Third and fourth bytes must be continuations behind continuations, and only they may be.
  __m256i third = _mm256_subs_epu8(two, _mm256_set1_epi8((char)(0xE0 - 0x80)));
  __m256i fourth = _mm256_subs_epu8(three, _mm256_set1_epi8((char)(0xF0 - 0x80)));
  __m256i continues =
      _mm256_and_si256(_mm256_or_si256(third, fourth), _mm256_set1_epi8((char)0x80));
  check->error = _mm256_or_si256(check->error, _mm256_xor_si256(continues, wrong));
  check->open = _mm256_subs_epu8(input, complete);
  check->previous = input;
}

/// Validates whole blocks from `from` on; returns where it stopped, at the start of a character,
/// or `from` where something is wrong.
__attribute__((target("avx2"))) static size_t
utf8_skip_valid(const uint8_t *bytes, size_t from, size_t to) {
  const __m256i zero = _mm256_setzero_si256();
  UTF8Check check = {zero, zero, zero};
  size_t at = from;
  for (; at + 64 <= to; at += 64) {
    __m256i low = _mm256_loadu_si256((const __m256i *)(bytes + at));
    __m256i high = _mm256_loadu_si256((const __m256i *)(bytes + at + 32));
    if (_mm256_movemask_epi8(_mm256_or_si256(low, high)) == 0) {
      check.error = _mm256_or_si256(check.error, check.open);
      check.open = zero;
      check.previous = high;
    } else {
      utf8_check(&check, low);
      utf8_check(&check, high);
    }
  }
  if (!_mm256_testz_si256(check.error, check.error)) return from;
  // The last character may run on behind the vectors.
  for (size_t back = 1; back <= 3 && back <= at - from; back++) {
    if (bytes[at - back] >= 0xC0) return at - back;
    if (bytes[at - back] < 0x80) break;
  }
  return at;
}

/// As the function without `_avx2`.
__attribute__((target("avx2"))) static int
utf8_is_in_blocks_avx2(const uint8_t *bytes, const uint32_t *blocks, size_t count) {
  const __m256i zero = _mm256_setzero_si256();
  UTF8Check check = {zero, zero, zero};
  for (size_t k = 0; k < count; k++) {
    const uint8_t *block = bytes + blocks[k];
    check.previous = _mm256_loadu_si256((const __m256i *)(block - 32));
    utf8_check(&check, _mm256_loadu_si256((const __m256i *)block));
    utf8_check(&check, _mm256_loadu_si256((const __m256i *)(block + 32)));
    int isContinued = k + 1 < count && blocks[k + 1] - blocks[k] <= 64;
    if (!isContinued) check.error = _mm256_or_si256(check.error, check.open);
  }
  return _mm256_testz_si256(check.error, check.error);
}

#endif

int utf8_is_in_blocks(const uint8_t *bytes, const uint32_t *blocks, size_t count) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2")) return utf8_is_in_blocks_avx2(bytes, blocks, count);
#endif
  return count == 0;
}

size_t utf8_first_error(const uint8_t *bytes, size_t from, size_t to, int isOpen) {
  size_t at = from;
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2")) at = utf8_skip_valid(bytes, from, to);
#endif
  while (at < to) {
    uint64_t word;
    for (; at + 8 <= to; at += 8) {
      memcpy(&word, bytes + at, 8);
      if (word & 0x8080808080808080u) break;
    }
    if (at >= to) break;
    uint8_t lead = bytes[at];
    if (lead < 0x80) {
      at += 1;
      continue;
    }
    // The second byte's range keeps out overlong forms, surrogates and what is past U+10FFFF.
    size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    uint8_t low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    uint8_t high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    if (lead < 0xC2 || lead > 0xF4) return at;
    for (size_t k = 1; k < length; k++) {
      if (at + k >= to) return isOpen ? SCAN_NONE : at;
      uint8_t byte = bytes[at + k];
      if (byte < low || byte > high) return at;
      low = 0x80;
      high = 0xBF;
    }
    at += length;
  }
  return SCAN_NONE;
}
