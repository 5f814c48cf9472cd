#include "IntegrityKernels.h"

#include "Vectors.h"

#include <string.h>

/* The polynomial with its bits reversed, as the register holds it. */
#define POLYNOMIAL 0x82f63b78u

static uint32_t crc_base(uint32_t state, const uint8_t *bytes, size_t n) {
  static const uint32_t nibble[16] = {
      0x00000000, 0x105ec76f, 0x20bd8ede, 0x30e349b1, 0x417b1dbc, 0x5125dad3,
      0x61c69362, 0x7198540d, 0x82f63b78, 0x92a8fc17, 0xa24bb5a6, 0xb21572c9,
      0xc38d26c4, 0xd3d3e1ab, 0xe330a81a, 0xf36e6f75};
  for (size_t i = 0; i < n; i++) {
    state ^= bytes[i];
    state = (state >> 4) ^ nibble[state & 15];
    state = (state >> 4) ^ nibble[state & 15];
  }
  return state;
}

#if defined(__x86_64__)
#include <immintrin.h>

#define STRIPE 8192
/* x to the power of the bits of a stripe, modulo the polynomial. */
#define STRIPE_SHIFT 0x28461564u

/* The product of two polynomials modulo the polynomial. */
static uint32_t multiply(uint32_t a, uint32_t b) {
  uint32_t product = 0;
  for (uint32_t bit = 1u << 31; bit; bit >>= 1) {
    if (a & bit) product ^= b;
    b = b & 1 ? (b >> 1) ^ POLYNOMIAL : b >> 1;
  }
  return product;
}

/* The instruction takes three cycles and starts one in each, so three stripes run abreast. */
__attribute__((target("sse4.2"))) static uint32_t crc_sse42(uint32_t state, const uint8_t *bytes,
                                                            size_t n) {
  uint64_t first = state, a, b, c;
  while (n >= 3 * STRIPE) {
    uint64_t second = 0, third = 0;
    for (size_t i = 0; i < STRIPE; i += 8) {
      memcpy(&a, bytes + i, 8);
      memcpy(&b, bytes + STRIPE + i, 8);
      memcpy(&c, bytes + 2 * STRIPE + i, 8);
      first = _mm_crc32_u64(first, a);
      second = _mm_crc32_u64(second, b);
      third = _mm_crc32_u64(third, c);
    }
    first = multiply(STRIPE_SHIFT, (uint32_t)first) ^ second;
    first = multiply(STRIPE_SHIFT, (uint32_t)first) ^ third;
    bytes += 3 * STRIPE;
    n -= 3 * STRIPE;
  }
  for (; n >= 8; bytes += 8, n -= 8) {
    memcpy(&a, bytes, 8);
    first = _mm_crc32_u64(first, a);
  }
  for (; n > 0; bytes++, n--) first = _mm_crc32_u8((uint32_t)first, *bytes);
  return (uint32_t)first;
}
#endif

uint32_t dq_crc32c(const void *bytes, size_t n) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("sse4.2")) return ~crc_sse42(~0u, bytes, n);
#endif
  return ~crc_base(~0u, bytes, n);
}

#define ANY_ABOVE(name, type)                                                          \
  DQ_VECTORS int name(const type *codes, size_t n, type limit) {                       \
    type above = 0;                                                                    \
    for (size_t i = 0; i < n; i++) above |= (type)(codes[i] > limit);                  \
    return above != 0;                                                                 \
  }

ANY_ABOVE(dq_any_above_u8, uint8_t)
ANY_ABOVE(dq_any_above_u16, uint16_t)
ANY_ABOVE(dq_any_above_u32, uint32_t)

#define RISES(name, type)                                                              \
  DQ_VECTORS int name(const type *offsets, size_t n, type step) {                      \
    int wrong = 0;                                                                     \
    for (size_t i = 1; i < n; i++)                                                     \
      wrong |= (offsets[i] < offsets[i - 1]) | (offsets[i] - offsets[i - 1] < step);   \
    return !wrong;                                                                     \
  }

RISES(dq_rises_u32, uint32_t)
RISES(dq_rises_u64, uint64_t)

#define ANY_OUTSIDE(name, type)                                                        \
  DQ_VECTORS int name(const type *values, size_t n, const uint64_t *validity, type low,  \
                      type high) {                                                      \
    type wrong = 0;                                                                    \
    size_t row = 0;                                                                    \
    for (; validity && row + 64 <= n; row += 64) {                                     \
      uint64_t bits = validity[row / 64];                                              \
      if (bits == ~0ULL) {                                                             \
        for (int i = 0; i < 64; i++)                                                   \
          wrong |= (type)((values[row + i] < low) | (values[row + i] > high));         \
      } else {                                                                         \
        for (; bits; bits &= bits - 1) {                                               \
          type value = values[row + __builtin_ctzll(bits)];                            \
          wrong |= (type)((value < low) | (value > high));                             \
        }                                                                              \
      }                                                                                \
    }                                                                                  \
    if (validity) {                                                                    \
      for (; row < n; row++)                                                           \
        if (validity[row / 64] >> (row % 64) & 1)                                      \
          wrong |= (type)((values[row] < low) | (values[row] > high));                 \
    } else {                                                                           \
      for (; row < n; row++)                                                           \
        wrong |= (type)((values[row] < low) | (values[row] > high));                   \
    }                                                                                  \
    return wrong != 0;                                                                 \
  }

ANY_OUTSIDE(dq_any_outside_i8, int8_t)
ANY_OUTSIDE(dq_any_outside_i16, int16_t)
ANY_OUTSIDE(dq_any_outside_i32, int32_t)
ANY_OUTSIDE(dq_any_outside_i64, int64_t)
