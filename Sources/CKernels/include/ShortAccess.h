#ifndef CKERNELS_SHORTACCESS_H
#define CKERNELS_SHORTACCESS_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#if defined(__x86_64__)
#include <emmintrin.h>
#endif

/// Copies a text that is mostly shorter than 32 bytes; up to 31 bytes behind its end are read and
/// written too.
static inline void dq_copy_short(uint8_t *target, const uint8_t *source, size_t count) {
  for (size_t at = 0; at < count; at += 32) memcpy(target + at, source + at, 32);
}

/// Where a byte stands first in a short text from a place on, `count` where it does not; up to 15
/// bytes behind the text are read too.
static inline size_t dq_find_short(const uint8_t *text, size_t from, size_t count, uint8_t byte) {
#if defined(__x86_64__)
  __m128i wanted = _mm_set1_epi8((char)byte);
  for (size_t at = from; at < count; at += 16) {
    __m128i bytes = _mm_loadu_si128((const __m128i *)(text + at));
    int hits = _mm_movemask_epi8(_mm_cmpeq_epi8(bytes, wanted));
    if (hits == 0) continue;
    size_t hit = at + (size_t)__builtin_ctz((unsigned)hits);
    return hit < count ? hit : count;
  }
  return count;
#else
  const uint8_t *hit = from < count ? memchr(text + from, byte, count - from) : NULL;
  return hit ? (size_t)(hit - text) : count;
#endif
}

#endif
