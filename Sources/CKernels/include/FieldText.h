#ifndef CKERNELS_FIELDTEXT_H
#define CKERNELS_FIELDTEXT_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/// Fields of a column, one for each row: the field of row r begins `skip` bytes behind
/// `before[r * beforeStep]` and ends at `ends[r * step]`.
typedef struct {
  const uint8_t *bytes;
  const uint32_t *before;
  size_t beforeStep;
  uint32_t skip;
  const uint32_t *ends;
  size_t step;
  size_t count;
} FieldRun;

/// Where a field begins, with the quotes around it.
static inline const uint8_t *dq_field(const FieldRun *run, size_t row, size_t *length) {
  uint32_t start = run->before[row * run->beforeStep] + run->skip;
  *length = run->ends[row * run->step] - start;
  return run->bytes + start;
}

/// Where a field begins without the quotes around it, which `isQuoted` tells of.
static inline const uint8_t *dq_bare_field(const FieldRun *run, size_t row, size_t *length,
                                           int *isQuoted) {
  const uint8_t *text = dq_field(run, row, length);
  *isQuoted = *text == '"' && *length >= 2;
  if (!*isQuoted) return text;
  *length -= 2;
  return text + 1;
}

/// 8 bytes as a little-endian word.
static inline uint64_t dq_word(const uint8_t *text) {
  uint64_t word;
  memcpy(&word, text, 8);
  return word;
}

/// Where a byte stands in a word: the highest bit of its first place, perhaps of later bytes too; 0
/// where it does not.
static inline uint64_t dq_hits(uint64_t word, uint8_t byte) {
  uint64_t differences = word ^ 0x0101010101010101u * byte;
  return (differences - 0x0101010101010101u) & ~differences & 0x8080808080808080u;
}

/// 0 where each byte of a word is the value of a digit, as characters less '0' are.
static inline uint64_t dq_no_digits(uint64_t word) {
  return ((word + 0x7676767676767676u) | word) & 0x8080808080808080u;
}

/// The number in a word whose `count` low bytes are its digits, 0 to 8; 0 where there is another
/// character.
static inline int dq_digits(uint64_t word, size_t count, int64_t *number) {
  // Shifting the characters to the top makes leading zeros of the bytes below; a shift by 64 is
  // none, so that it is done in two halves.
  size_t half = 32 - 4 * count;
  uint64_t digits = (word ^ 0x3030303030303030u) << half << half;
  int isNumber = dq_no_digits(digits) == 0;
  digits = digits * 10 + (digits >> 8);
  digits = ((digits & 0x000000FF000000FFu) * 0x000F424000000064u +
            ((digits >> 16) & 0x000000FF000000FFu) * 0x0000271000000001u) >> 32;
  *number = (int64_t)digits;
  return isNumber;
}

#endif
