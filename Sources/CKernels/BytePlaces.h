#ifndef CKERNELS_BYTEPLACES_H
#define CKERNELS_BYTEPLACES_H

#if defined(__x86_64__)
#include <immintrin.h>
#include <stdint.h>

/// A bit for each of 64 bytes, in two halves, that is the wanted one.
__attribute__((target("avx2"), always_inline)) static inline uint64_t
byte_places_avx2(__m256i low, __m256i high, uint8_t byte) {
  __m256i wanted = _mm256_set1_epi8((char)byte);
  uint32_t a = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(low, wanted));
  uint32_t b = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(high, wanted));
  return a | (uint64_t)b << 32;
}

#endif

#endif
