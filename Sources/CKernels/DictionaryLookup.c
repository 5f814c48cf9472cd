#include "DictionaryLookup.h"

#include "Vectors.h"

// A table of more slots is not kept close to the processor.
enum { BATCH = 32, CLOSE_SLOTS = 1 << 12 };

// So few texts of two words at most that comparing a field with each costs less than to look for it.
// A table of more slots has more texts, or had.
enum { FEW_TEXTS = 16, FEW_SLOTS = 128, BLOCK = 64 };

/// What a run of fields becomes.
typedef struct {
  int mayBeQuoted;
  uint32_t *codes;
  uint32_t *others;
  size_t otherCount, emptyCount;
} Found;

static inline __attribute__((always_inline)) void
take(const DictionaryTexts *table, const uint8_t *text, size_t length, TextKey key, uint64_t home,
     size_t row, Found *found) {
  if (length == 0) {
    found->codes[row] = 0;
    found->emptyCount++;
    return;
  }
  uint32_t code = 0;
  if (!found->mayBeQuoted || *text != '"')
    code = table->slots[dq_text_slot(table, text, length, key, home)].code;
  found->codes[row] = code;
  if (code == 0) found->others[found->otherCount++] = (uint32_t)row;
}

static void find_in_few(DictionaryTexts table, FieldRun run, Found *found) {
  Found result = *found;
  for (size_t row = 0; row < run.count; row++) {
    size_t length;
    const uint8_t *text = dq_field(&run, row, &length);
    TextKey key = dq_text_key(text, length, table.seed);
    uint64_t home = dq_text_home(key, length, table.seed);
    take(&table, text, length, key, home, row, &result);
  }
  *found = result;
}

/// Begins to fetch the slots of some fields, and what is likely to be their texts, before the first
/// of them is needed.
static void find_in_many(DictionaryTexts table, FieldRun run, Found *found) {
  Found result = *found;
  TextKey keys[BATCH];
  uint64_t homes[BATCH];
  for (size_t from = 0; from < run.count; from += BATCH) {
    size_t to = from + BATCH < run.count ? from + BATCH : run.count;
    for (size_t row = from; row < to; row++) {
      size_t length;
      const uint8_t *text = dq_field(&run, row, &length);
      keys[row - from] = dq_text_key(text, length, table.seed);
      homes[row - from] = dq_text_home(keys[row - from], length, table.seed);
      __builtin_prefetch(table.slots + (homes[row - from] & table.mask));
    }
    for (size_t at = 0; at < to - from; at++) {
      const DictionarySlot *slot = table.slots + (homes[at] & table.mask);
      if (slot->length > 16) __builtin_prefetch(table.bytes + slot->first);
    }
    for (size_t row = from; row < to; row++) {
      size_t length;
      const uint8_t *text = dq_field(&run, row, &length);
      take(&table, text, length, keys[row - from], homes[row - from], row, &result);
    }
  }
  *found = result;
}

/// A few short texts: their first 8 bytes and the 8 behind these, 0 where there are none.
typedef struct {
  size_t count, longest;
  uint64_t first[FEW_TEXTS], second[FEW_TEXTS], codes[FEW_TEXTS];
} FewTexts;

/// Takes the texts of a table where they are few and short and have no quotes in them, which a field
/// would double; gives 0 for others.
static int few_texts(const DictionaryTexts *table, FewTexts *few) {
  if (table->mask >= FEW_SLOTS) return 0;
  for (size_t at = 0; at <= table->mask; at++) {
    const DictionarySlot *slot = table->slots + at;
    if (slot->code == 0) continue;
    size_t length = slot->length, k = few->count++;
    if (k == FEW_TEXTS || length > 16) return 0;
    if (dq_hits(slot->first, '"') | dq_hits(slot->last, '"')) return 0;
    few->first[k] = slot->first;
    few->second[k] = length > 8 ? slot->last >> 8 * (16 - length) : 0;
    few->codes[k] = slot->code;
    if (length > few->longest) few->longest = length;
  }
  return few->count > 0;
}

typedef uint64_t words8 __attribute__((vector_size(64), aligned(8)));

/// Clears all but the low bytes of words, 0 to 8 of each; a shift by 64 is none, so that it is done
/// in two halves.
static inline __attribute__((always_inline)) void keep_low_bytes(words8 *words,
                                                                 const words8 *counts) {
  words8 half = 32 - 4 * *counts;
  *words = *words << half << half >> half >> half;
}

/// The codes of fields by their first 16 bytes; 0 for those that are none of the texts.
static inline __attribute__((always_inline)) void
compare_with_few(const FewTexts *few, const uint64_t *lengths, const uint64_t *first,
                 const uint64_t *second, uint64_t *codes) {
  for (size_t i = 0; i < BLOCK; i += 8) {
    words8 length = *(const words8 *)(lengths + i), found = {};
    words8 isShort = (words8)(length <= 8), isKnown = (words8)(length <= few->longest);
    words8 head = *(const words8 *)(first + i), tail = *(const words8 *)(second + i);
    words8 headLength = (length & isShort) | (8 & ~isShort);
    words8 tailLength = (length - headLength) & isKnown;
    keep_low_bytes(&head, &headLength);
    if (few->longest <= 8) {
      for (size_t k = 0; k < few->count; k++)
        found |= (words8)(head == few->first[k]) & few->codes[k];
    } else {
      keep_low_bytes(&tail, &tailLength);
      for (size_t k = 0; k < few->count; k++)
        found |= (words8)((head == few->first[k]) & (tail == few->second[k])) & few->codes[k];
    }
    *(words8 *)(codes + i) = found & isKnown;
  }
}

/// Finds texts of a table that are few and short.
DQ_VECTORS static void find_among_few(const FewTexts *given, const FieldRun *fields, Found *found) {
  FewTexts few = *given;
  FieldRun run = *fields;
  Found result = *found;
  uint64_t lengths[BLOCK], first[BLOCK], second[BLOCK], codes[BLOCK];
  for (size_t i = 0; i < BLOCK; i++) lengths[i] = first[i] = second[i] = 0;
  for (size_t from = 0; from < run.count; from += BLOCK) {
    size_t count = run.count - from < BLOCK ? run.count - from : BLOCK;
    for (size_t i = 0; i < count; i++) {
      int isQuoted;
      const uint8_t *text = result.mayBeQuoted
                                ? dq_bare_field(&run, from + i, lengths + i, &isQuoted)
                                : dq_field(&run, from + i, lengths + i);
      first[i] = dq_word(text);
      second[i] = dq_word(text + 8);
    }
    compare_with_few(&few, lengths, first, second, codes);
    size_t unknown = 0;
    for (size_t i = 0; i < count; i++) {
      result.codes[from + i] = (uint32_t)codes[i];
      unknown += codes[i] == 0;
    }
    for (size_t i = 0; unknown > 0 && i < count; i++) {
      if (codes[i] > 0) continue;
      if (lengths[i] == 0) result.emptyCount++;
      else result.others[result.otherCount++] = (uint32_t)(from + i);
    }
  }
  *found = result;
}

size_t dq_known_codes(const DictionaryTexts *texts, const FieldRun *fields, int mayBeQuoted,
                      uint32_t *codes, uint32_t *others, size_t *emptyCount) {
  Found found = {mayBeQuoted, codes, others, 0, 0};
  FewTexts few = {0};
  if (few_texts(texts, &few)) {
    find_among_few(&few, fields, &found);
  } else if (texts->mask < CLOSE_SLOTS) {
    find_in_few(*texts, *fields, &found);
  } else {
    find_in_many(*texts, *fields, &found);
  }
  *emptyCount = found.emptyCount;
  return found.otherCount;
}

size_t dq_numbered_codes(const NumberedForm *given, NumberSet *set, const FieldRun *fields,
                         uint32_t *codes, uint32_t *others, size_t *emptyCount) {
  NumberedForm form = *given;
  uint64_t *bits = set->bits;
  uint32_t largest = set->largest;
  FieldRun run = *fields;
  size_t otherCount = 0, empty = 0;
  for (size_t row = 0; row < run.count; row++) {
    size_t length;
    const uint8_t *text = dq_field(&run, row, &length);
    uint32_t number = dq_number(&form, text, length);
    if (number != DQ_NO_NUMBER) {
      bits[number >> 6] |= (uint64_t)1 << (number & 63);
      largest = number > largest ? number : largest;
      codes[row] = number | DQ_NUMBERED;
    } else {
      codes[row] = 0;
      if (length == 0) {
        empty++;
      } else {
        others[otherCount++] = (uint32_t)row;
      }
    }
  }
  set->largest = largest;
  *emptyCount = empty;
  return otherCount;
}
