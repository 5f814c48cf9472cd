#include "PlaceKernels.h"

#include <string.h>

#include "Vectors.h"

/* Bits become bytes in one instruction where vectors have masks. */
#if defined(__x86_64__) && defined(__linux__) && !DQ_WATCHES_THREADS
#define PLACES __attribute__((target_clones("avx512bw", "avx2", "default")))
#else
#define PLACES
#endif

#define CODES(suffix, type)                                                                       \
  DQ_VECTORS void dq_code_bounds_##suffix(const type *codes, size_t n, uint32_t *low,              \
                                          uint32_t *high) {                                       \
    type least = codes[0], most = codes[0];                                                       \
    for (size_t i = 1; i < n; i++) {                                                              \
      least = codes[i] < least ? codes[i] : least;                                                \
      most = codes[i] > most ? codes[i] : most;                                                   \
    }                                                                                             \
    *low = least;                                                                                 \
    *high = most;                                                                                 \
  }                                                                                               \
                                                                                                  \
  DQ_VECTORS void dq_places_codes_##suffix(const type *codes, size_t n, uint32_t low,              \
                                           uint32_t count, uint8_t *places) {                     \
    for (size_t i = 0; i < n; i++)                                                                \
      places[i] = (uint8_t)(places[i] * count + (uint8_t)(codes[i] - (type)low));                 \
  }

CODES(u8, uint8_t)
CODES(u16, uint16_t)
CODES(u32, uint32_t)

typedef uint8_t bytes64 __attribute__((vector_size(64), aligned(1)));
typedef _Bool bits64 __attribute__((ext_vector_type(64)));

/* The bits of 64 rows as bytes that are 0 or 1. */
static inline __attribute__((always_inline)) void spread(uint64_t word, bytes64 *bytes) {
  bits64 bits;
  memcpy(&bits, &word, sizeof word);
  *bytes = __builtin_convertvector(bits, bytes64);
}

/* Changes the places of each 64 rows: body sets own from the row's bits as bytes. */
#define CHANGE_PLACES(bits, body)                  \
  do {                                             \
    for (size_t start = 0; start < n; start += 64) { \
      size_t count = n - start < 64 ? n - start : 64; \
      bytes64 own = {0}, ones;                       \
      spread((bits)[start / 64], &ones);           \
      if (count == 64) own = *(const bytes64 *)(places + start); \
      else memcpy(&own, places + start, count);    \
      body;                                        \
      if (count == 64) *(bytes64 *)(places + start) = own; \
      else memcpy(places + start, &own, count);    \
    }                                              \
  } while (0)

PLACES void dq_places_bits(const uint64_t *bits, size_t n, uint8_t *places) {
  CHANGE_PLACES(bits, own += own + ones);
}

PLACES void dq_places_within(const uint64_t *mask, size_t n, uint8_t *places) {
  CHANGE_PLACES(mask, own |= ones - 1);
}

/* How many places are counted in one pass, and up to how many passes are faster than a table. */
enum { TOGETHER = 8, MOST_COMPARED = 56 };

typedef uint8_t bytes32 __attribute__((vector_size(32), aligned(1)));
typedef uint16_t pairs16 __attribute__((vector_size(32)));
typedef uint32_t fours8 __attribute__((vector_size(32)));
typedef uint64_t eights4 __attribute__((vector_size(32)));

/* The sum of 32 bytes, by halves: the compiler adds up single bytes slowly. */
static inline __attribute__((always_inline)) uint32_t sum_of(const bytes32 *bytes) {
  pairs16 pairs;
  memcpy(&pairs, bytes, sizeof pairs);
  pairs = (pairs & 0xFF) + (pairs >> 8);
  fours8 fours = (fours8)pairs;
  fours = (fours & 0xFFFF) + (fours >> 16);
  eights4 eights = (eights4)fours;
  eights = (eights & 0xFFFFFFFF) + (eights >> 32);
  return (uint32_t)(eights[0] + eights[1] + eights[2] + eights[3]);
}

/* Counts eight places in whole vectors of rows; none of their counts in a byte overflows. */
static inline __attribute__((always_inline)) void compare(const uint8_t *places, size_t vectors,
                                                          uint8_t first, uint32_t *counts) {
  bytes32 sums[TOGETHER];
  memset(sums, 0, sizeof sums);
  for (size_t i = 0; i < vectors; i++) {
    const bytes32 own = *(const bytes32 *)(places + sizeof(bytes32) * i);
    for (int k = 0; k < TOGETHER; k++) sums[k] -= (bytes32)(own == (uint8_t)(first + k));
  }
  for (int k = 0; k < TOGETHER; k++) counts[k] += sum_of(&sums[k]);
}

DQ_VECTORS static size_t compared(const uint8_t *places, size_t n, size_t count,
                                  uint32_t *counts) {
  size_t done = 0;
  while (n - done >= sizeof(bytes32)) {
    size_t vectors = (n - done) / sizeof(bytes32);
    if (vectors > 255) vectors = 255;
    for (size_t first = 0; first < count; first += TOGETHER) {
      uint32_t own[TOGETHER] = {0};
      compare(places + done, vectors, (uint8_t)first, own);
      for (size_t k = 0; k < TOGETHER && first + k < count; k++) counts[first + k] += own[k];
    }
    done += vectors * sizeof(bytes32);
  }
  return done;
}

void dq_count_places(const uint8_t *places, size_t n, size_t count, uint32_t *counts) {
  size_t done = count <= MOST_COMPARED ? compared(places, n, count, counts) : 0;
  if (done < n) {
    // A processor stalls where it adds to a cell to which it has just added.
    uint32_t cells[8][256] = {{0}};
    for (; n - done >= 8; done += 8) {
      for (size_t lane = 0; lane < 8; lane++) cells[lane][places[done + lane]]++;
    }
    for (; done < n; done++) cells[0][places[done]]++;
    for (size_t lane = 0; lane < 8; lane++) {
      for (size_t place = 0; place < count; place++) counts[place] += cells[lane][place];
    }
  }
}
