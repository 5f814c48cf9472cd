#ifndef CKERNELS_VALUETEXTS_H
#define CKERNELS_VALUETEXTS_H

#include "FieldText.h"

#include <stddef.h>
#include <stdint.h>

/// How the texts of short numbers become integers.
typedef struct {
  /// What a number is multiplied with, by how many decimals its text has; 0 where that is no
  /// integer.
  int64_t factors[8];
  /// The most decimals that are taken.
  size_t decimals;
} NumberForm;

enum { DQ_LONGEST_NUMBER = 16 };

/// A number of up to 16 digits, or of up to 8 characters with a point; 0 where the text is
/// something else, has zeros in front that say nothing, or gives no integer.
static inline int dq_short_number(const NumberForm *form, const uint8_t *text, size_t length,
                                  int64_t *value) {
  int64_t number;
  size_t decimals = 0;
  uint64_t word = dq_word(text);
  if (length > 8) {
    int64_t last;
    if (length > DQ_LONGEST_NUMBER || (word & 0xFF) == '0') return 0;
    if (!dq_digits(word, length - 8, &number)) return 0;
    if (!dq_digits(dq_word(text + length - 8), 8, &last)) return 0;
    number = number * 100000000 + last;
  } else if (dq_digits(word, length, &number)) {
    if ((word & 0xFF) == '0' && length > 1) return 0;
  } else {
    if (form->decimals == 0) return 0;
    uint64_t hits = dq_hits(word, '.');
    if (hits == 0) return 0;
    size_t point = (size_t)__builtin_ctzll(hits) >> 3;
    if (point == 0 || point + 1 >= length) return 0;
    decimals = length - 1 - point;
    if (decimals > form->decimals || ((word & 0xFF) == '0' && point > 1)) return 0;
    uint64_t low = ((uint64_t)1 << (8 * point)) - 1;
    if (!dq_digits((word & low) | ((word >> 8) & ~low), length - 1, &number)) return 0;
  }
  if (form->factors[decimals] == 0) return 0;
  return !__builtin_mul_overflow(number, form->factors[decimals], value) & (length > 0);
}

/// A month as it is written, such as `2024-03-`, with the day before its first, counted from
/// 1970-01-01, and how many days it has.
typedef struct {
  uint64_t text;
  int64_t dayBefore;
  uint64_t dayCount;
} IsoMonth;

/// Takes a text as a month; 0 where it is none.
int dq_iso_month(IsoMonth *month, uint64_t text);

/// The day number of `2024-03-15`; 0 where it is no day. The month read last is kept, since days
/// that follow each other mostly lie in the same one.
static inline int dq_iso_day(IsoMonth *month, const uint8_t *text, int64_t *day) {
  uint64_t head = dq_word(text);
  uint32_t tens = text[8] - '0', ones = text[9] - '0';
  if (tens > 9 || ones > 9) return 0;
  if (head != month->text && !dq_iso_month(month, head)) return 0;
  uint64_t number = tens * 10 + ones;
  *day = month->dayBefore + (int64_t)number;
  return number - 1 < month->dayCount;
}

/// The seconds of `2024-03-15T10:00:00`, with `Z` behind it where there is one byte more, since
/// 1970 in its own zone; 0 where the text is something else.
static inline int dq_iso_time(IsoMonth *month, const uint8_t *text, size_t length,
                              int64_t *seconds) {
  int64_t day;
  if (length != 19 && (length != 20 || text[19] != 'Z')) return 0;
  if (text[10] != 'T' && text[10] != ' ') return 0;
  if (!dq_iso_day(month, text, &day)) return 0;
  uint64_t clock = dq_word(text + 11) ^ 0x30303A30303A3030u;
  // Colons became 0, digits their values.
  if (dq_no_digits(clock) | (clock & 0x0000FF0000FF0000u)) return 0;
  uint64_t pairs = clock * 10 + (clock >> 8);
  uint64_t hour = pairs & 0xFF, minute = pairs >> 24 & 0xFF, second = pairs >> 48 & 0xFF;
  if (hour > 23 || minute > 59 || second > 59) return 0;
  *seconds = day * 86400 + (int64_t)(hour * 3600 + minute * 60 + second);
  return 1;
}

/// The numbers of the fields that are short ones, `missing` for the empty ones, which are counted.
/// The rows of all others go to `others`; gives how many these are. Quotes around a field are no
/// part of it.
size_t dq_short_numbers(const NumberForm *form, const FieldRun *fields, int64_t missing,
                        int64_t *values, uint32_t *others, size_t *emptyCount);

/// How dates and times become integers.
typedef struct {
  /// What a second becomes.
  int64_t factor;
  /// Whether dates are read rather than times.
  int isDateOnly;
  /// Whether times without a zone are those of UTC.
  int takesLocal;
} IsoTimeForm;

/// The same for dates or times as ISO 8601 writes them; times without a zone are counted.
size_t dq_iso_times(const IsoTimeForm *form, const FieldRun *fields, int64_t missing,
                    int64_t *values, uint32_t *others, size_t *emptyCount, size_t *localCount);

#endif
