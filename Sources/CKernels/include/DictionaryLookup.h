#ifndef CKERNELS_DICTIONARYLOOKUP_H
#define CKERNELS_DICTIONARYLOOKUP_H

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

static inline uint64_t dq_word(const uint8_t *text) {
  uint64_t word;
  memcpy(&word, text, 8);
  return word;
}

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

/// The codes of the fields that a table holds, 0 for the empty ones, which are counted. The rows of
/// all others, and of those that begin with a quote, go to `others`; gives how many these are.
size_t dq_known_codes(const DictionaryTexts *texts, const FieldRun *fields, uint32_t *codes,
                      uint32_t *others, size_t *emptyCount);

#endif
