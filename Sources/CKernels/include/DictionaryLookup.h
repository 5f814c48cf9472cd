#ifndef CKERNELS_DICTIONARYLOOKUP_H
#define CKERNELS_DICTIONARYLOOKUP_H

#include "FieldText.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/// A place in a table of texts by open addressing.
typedef struct {
  /// The bytes of a text of up to 8, the hash of a longer one.
  uint64_t key;
  uint32_t length;
  /// 0 where the slot is free.
  uint32_t code;
} DictionarySlot;

/// A table of texts to look up in: slots whose number is a power of two, one of them free.
typedef struct {
  const DictionarySlot *slots;
  /// The number of slots, less 1.
  uint64_t mask;
  uint64_t seed;
  /// The texts one behind the other; that of a code ends at its offset and begins at the one before.
  const uint8_t *bytes;
  const int64_t *offsets;
} DictionaryTexts;

static inline uint64_t dq_mixed(uint64_t a, uint64_t b) {
  __uint128_t product = (__uint128_t)a * b;
  return (uint64_t)(product >> 64) ^ (uint64_t)product;
}

/// What tells texts apart; 8 bytes from the start on must be readable.
static inline uint64_t dq_text_key(const uint8_t *text, size_t length, uint64_t seed) {
  uint64_t first = dq_word(text);
  if (length == 0) return 0;
  if (length <= 8) return first & (~(uint64_t)0 >> (64 - 8 * length));
  uint64_t last = dq_word(text + length - 8);
  uint64_t hash = first ^ seed;
  for (size_t at = 8; at + 8 < length; at += 8)
    hash = dq_mixed(hash ^ dq_word(text + at), 0xD6E8FEB86659FD93u);
  return dq_mixed(hash ^ (last << 32 | last >> 32), 0xA0761D6478BD642Fu);
}

/// Where the search for a text begins, before it is cut to the number of slots.
static inline uint64_t dq_text_home(uint64_t key, size_t length, uint64_t seed) {
  return dq_mixed(key ^ seed, 0x9E3779B97F4A7C15u) + length;
}

/// The slot that holds a text, or the free one at which the search for it ends.
static inline size_t dq_text_slot(const DictionaryTexts *texts, const uint8_t *text, size_t length,
                                  uint64_t key, uint64_t home) {
  size_t at = home & texts->mask;
  if (length <= 8) {
    // The key is the text.
    while (texts->slots[at].code != 0 &&
           (texts->slots[at].key != key || texts->slots[at].length != length))
      at = (at + 1) & texts->mask;
    return at;
  }
  for (;; at = (at + 1) & texts->mask) {
    const DictionarySlot *slot = texts->slots + at;
    if (slot->code == 0) return at;
    if (slot->key != key || slot->length != length) continue;
    const uint8_t *known = texts->bytes + texts->offsets[slot->code - 1];
    if (length > 16) {
      if (memcmp(known, text, length) == 0) return at;
    } else if (dq_word(known) == dq_word(text) &&
               dq_word(known + length - 8) == dq_word(text + length - 8)) {
      // Two words that overlap hold all of it.
      return at;
    }
  }
}

/// How texts such as `C785164` are made: up to 8 bytes that are the same in all, and a number.
typedef struct {
  /// The bytes in front, which `prefixMask` keeps of a word.
  uint64_t prefix, prefixMask;
  uint32_t prefixLength;
  /// The digits of every number where some begin with 0, and 0 where none does.
  uint32_t digitCount;
} NumberedForm;

enum { DQ_LARGEST_NUMBER = (1 << 24) - 1 };

/// No number of a text, and the bit that tells the codes of numbered texts from others.
#define DQ_NO_NUMBER UINT32_MAX
#define DQ_NUMBERED 0x80000000u

/// The number of a text, `DQ_NO_NUMBER` where it is not of the form or larger than
/// `DQ_LARGEST_NUMBER`; 8 bytes from the start on and behind the end must be readable.
static inline uint32_t dq_number(const NumberedForm *form, const uint8_t *text, size_t length) {
  size_t digits = length - form->prefixLength;
  if (digits - 1 >= 8) return DQ_NO_NUMBER;
  if ((dq_word(text) ^ form->prefix) & form->prefixMask) return DQ_NO_NUMBER;
  uint64_t word = dq_word(text + form->prefixLength);
  int isPadded = (word & 0xFF) == '0' && digits > 1;
  if (form->digitCount ? digits != form->digitCount : isPadded) return DQ_NO_NUMBER;
  int64_t number;
  if (!dq_digits(word, digits, &number)) return DQ_NO_NUMBER;
  return number <= DQ_LARGEST_NUMBER ? (uint32_t)number : DQ_NO_NUMBER;
}

/// The codes of the fields that a table holds, 0 for the empty ones, which are counted. The rows of
/// all others, and of those that begin with a quote, go to `others`; gives how many these are.
size_t dq_known_codes(const DictionaryTexts *texts, const FieldRun *fields, uint32_t *codes,
                      uint32_t *others, size_t *emptyCount);

/// The numbers of the fields that are of a form, with `DQ_NUMBERED`, and 0 for the empty ones, which
/// are counted; the bit of each number is set. The rows of all others go to `others`; gives how many
/// these are.
size_t dq_numbered_codes(const NumberedForm *form, uint64_t *bits, const FieldRun *fields,
                         uint32_t *codes, uint32_t *others, size_t *emptyCount);

#endif
