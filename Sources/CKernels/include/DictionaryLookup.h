#ifndef CKERNELS_DICTIONARYLOOKUP_H
#define CKERNELS_DICTIONARYLOOKUP_H

#include "FieldText.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/// A place in a table of texts by open addressing.
typedef struct {
  /// The first 8 bytes of a text of up to 16; where a longer one begins among the bytes.
  uint64_t first;
  /// The last 8 bytes of a text of up to 16, the hash of a longer one.
  uint64_t last;
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
  /// The texts one behind the other.
  const uint8_t *bytes;
} DictionaryTexts;

/// What tells texts of the same length apart: all of those of up to 16 bytes, the hash of longer
/// ones, whose `first` is 0.
typedef struct {
  uint64_t first, last;
} TextKey;

static inline uint64_t dq_mixed(uint64_t a, uint64_t b) {
  __uint128_t product = (__uint128_t)a * b;
  return (uint64_t)(product >> 64) ^ (uint64_t)product;
}

/// The words of a text of 8 to 64 bytes, the last of them over and over: what is to be done does not
/// depend on the length, which no processor could foresee.
static inline void dq_eight_words(const uint8_t *text, size_t length, uint64_t words[8]) {
  for (size_t at = 0; at < 64; at += 8) {
    words[at / 8] = dq_word(text + (at < length - 8 ? at : length - 8));
  }
}

/// The hash of a text of at least 8 bytes. A function of its own, as the next: what short texts need
/// stays in registers.
static inline __attribute__((noinline)) uint64_t
dq_text_hash(const uint8_t *text, size_t length, uint64_t seed) {
  if (length <= 64) {
    uint64_t words[8], hash = 0, other = seed + 0xA0761D6478BD642Fu;
    dq_eight_words(text, length, words);
    for (size_t at = 0; at < 8; at += 2) {
      hash ^= dq_mixed(words[at] ^ seed, words[at + 1] ^ other);
      other += 0xE7037ED1A0B428DBu;
    }
    return hash;
  }
  uint64_t hash = seed;
  for (size_t at = 0; at + 8 < length; at += 8)
    hash = dq_mixed(hash ^ dq_word(text + at), 0xD6E8FEB86659FD93u);
  return dq_mixed(hash ^ dq_word(text + length - 8), 0xA0761D6478BD642Fu);
}

/// The key of a text, which does not branch over the length of a short one; 8 bytes from the start
/// on must be readable.
static inline TextKey dq_text_key(const uint8_t *text, size_t length, uint64_t seed) {
  if (length > 16) return (TextKey){0, dq_text_hash(text, length, seed)};
  uint64_t mask = length < 8 ? ((uint64_t)1 << 8 * length) - 1 : ~(uint64_t)0;
  size_t tail = length > 8 ? length - 8 : 0;
  return (TextKey){dq_word(text) & mask, dq_word(text + tail) & mask};
}

/// Whether texts of at least 8 bytes are the same.
static inline __attribute__((noinline)) int
dq_are_same(const uint8_t *a, const uint8_t *b, size_t length) {
  if (length > 64) return memcmp(a, b, length) == 0;
  uint64_t first[8], second[8], difference = 0;
  dq_eight_words(a, length, first);
  dq_eight_words(b, length, second);
  for (size_t at = 0; at < 8; at++) difference |= first[at] ^ second[at];
  return difference == 0;
}

/// Where the search for a text begins, before it is cut to the number of slots. Both factors hold
/// the seed: one that a file could choose might take the other out of the product. One product alone
/// would crowd the texts of a column together under one seed in a thousand; the second spreads all
/// its 128 bits, as wyhash does.
static inline uint64_t dq_text_home(TextKey key, size_t length, uint64_t seed) {
  uint64_t other = seed * 0xD6E8FEB86659FD93u + 0x9E3779B97F4A7C15u;
  __uint128_t product = (__uint128_t)(key.first ^ seed) * (key.last ^ other);
  return dq_mixed((uint64_t)product ^ 0xA0761D6478BD642Fu ^ length,
                  (uint64_t)(product >> 64) ^ 0xE7037ED1A0B428DBu);
}

/// Where the search for the text of a slot begins.
static inline uint64_t dq_slot_home(const DictionarySlot *slot, uint64_t seed) {
  TextKey key = {slot->length > 16 ? 0 : slot->first, slot->last};
  return dq_text_home(key, slot->length, seed);
}

/// The slot that holds a text, or the free one at which the search for it ends.
static inline size_t dq_text_slot(const DictionaryTexts *texts, const uint8_t *text, size_t length,
                                  TextKey key, uint64_t home) {
  for (size_t at = home & texts->mask;; at = (at + 1) & texts->mask) {
    const DictionarySlot *slot = texts->slots + at;
    if (slot->code == 0) return at;
    if (slot->last != key.last || slot->length != length) continue;
    if (length <= 16 ? slot->first == key.first
                     : dq_are_same(texts->bytes + slot->first, text, length))
      return at;
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
/// all others go to `others`; gives how many these are.
///
/// Where quotes may stand around a field, it is found without them or is one of the others. 17 bytes
/// from the start of a field on must be readable.
size_t dq_known_codes(const DictionaryTexts *texts, const FieldRun *fields, int mayBeQuoted,
                      uint32_t *codes, uint32_t *others, size_t *emptyCount);

/// Numbers up to `DQ_LARGEST_NUMBER`: a bit for each, and the largest of them.
typedef struct {
  uint64_t *bits;
  uint32_t largest;
} NumberSet;

/// The numbers of the fields that are of a form, with `DQ_NUMBERED`, and 0 for the empty ones, which
/// are counted; each number is added to the set. The rows of all others go to `others`; gives how
/// many these are.
size_t dq_numbered_codes(const NumberedForm *form, NumberSet *set, const FieldRun *fields,
                         uint32_t *codes, uint32_t *others, size_t *emptyCount);

#endif
