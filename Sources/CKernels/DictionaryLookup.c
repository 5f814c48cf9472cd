#include "DictionaryLookup.h"

// A table of more slots is not kept close to the processor.
enum { BATCH = 32, FEW_SLOTS = 1 << 12 };

/// What a run of fields becomes.
typedef struct {
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
  if (*text != '"') code = table->slots[dq_text_slot(table, text, length, key, home)].code;
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

size_t dq_known_codes(const DictionaryTexts *texts, const FieldRun *fields, uint32_t *codes,
                      uint32_t *others, size_t *emptyCount) {
  Found found = {codes, others, 0, 0};
  if (texts->mask < FEW_SLOTS) {
    find_in_few(*texts, *fields, &found);
  } else {
    find_in_many(*texts, *fields, &found);
  }
  *emptyCount = found.emptyCount;
  return found.otherCount;
}

size_t dq_numbered_codes(const NumberedForm *given, uint64_t *bits, const FieldRun *fields,
                         uint32_t *codes, uint32_t *others, size_t *emptyCount) {
  NumberedForm form = *given;
  FieldRun run = *fields;
  size_t otherCount = 0, empty = 0;
  for (size_t row = 0; row < run.count; row++) {
    size_t length;
    const uint8_t *text = dq_field(&run, row, &length);
    uint32_t number = dq_number(&form, text, length);
    if (number != DQ_NO_NUMBER) {
      bits[number >> 6] |= (uint64_t)1 << (number & 63);
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
  *emptyCount = empty;
  return otherCount;
}
