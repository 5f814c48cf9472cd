#include "ValueTexts.h"

#include "Vectors.h"

int dq_iso_month(IsoMonth *month, uint64_t text) {
  // "0000-00-": digits become their values, and the marks between them 0.
  uint64_t front = text ^ 0x2D30302D30303030u;
  if (dq_no_digits(front) | (front & 0xFF0000FF00000000u)) return 0;
  int64_t year = (int64_t)((front & 0xF) * 1000 + (front >> 8 & 0xF) * 100 +
                           (front >> 16 & 0xF) * 10 + (front >> 24 & 0xF));
  int64_t number = (int64_t)((front >> 40 & 0xF) * 10 + (front >> 48 & 0xF));
  if (number < 1 || number > 12) return 0;
  int isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  uint64_t isShort = 0xA50u >> number & 1;
  month->text = text;
  month->dayCount = number == 2 ? (isLeap ? 29 : 28) : 31 - isShort;
  // Years run from March, so that the leap day is the last of its year (Howard Hinnant,
  // "chrono-compatible algorithms"); 400 more keep them above 0.
  int64_t fromMarch = year + 400 - (number <= 2);
  int64_t dayOfYear = (153 * (number > 2 ? number - 3 : number + 9) + 2) / 5;
  month->dayBefore = fromMarch * 365 + fromMarch / 4 - fromMarch / 100 + fromMarch / 400 +
                     dayOfYear - 146097 - 719469;
  return 1;
}

// Fields are taken in blocks: first the words that hold their characters, one row at a time, then
// what they say, in vectors.
enum { BLOCK = 64 };

/// The bytes of a field, without quotes around it.
static inline const uint8_t *field(const FieldRun *run, size_t row, size_t *length) {
  int isQuoted;
  return dq_bare_field(run, row, length, &isQuoted);
}

static inline void multiply(int64_t *values, int64_t factor) {
  if (factor == 1) return;
  for (size_t i = 0; i < BLOCK; i++) values[i] = (int64_t)((uint64_t)values[i] * (uint64_t)factor);
}

/// A block of numbers: their characters without the point, how many of them stand in front of it,
/// which are all where there is none, and how many there are.
typedef struct {
  uint64_t words[BLOCK], wholeLengths[BLOCK], digitCounts[BLOCK];
} NumberBlock;

/// Takes the points out of numbers with so many decimals.
static inline void join_decimals(NumberBlock *block, uint64_t decimals, uint64_t *hasPoint) {
  for (size_t i = 0; i < BLOCK; i++) {
    uint64_t length = block->digitCounts[i], word = block->words[i];
    uint64_t before = length - 1 - decimals;
    uint64_t fits = (length <= 8) & (length > decimals + 1);
    uint64_t shift = fits ? 8 * before : 0;
    uint64_t isJoined = fits & ((word >> shift & 0xFF) == '.');
    uint64_t low = ((uint64_t)1 << shift) - 1;
    block->words[i] = isJoined ? (word & low) | (word >> 8 & ~low) : word;
    block->wholeLengths[i] = isJoined ? before : length;
    block->digitCounts[i] = length - isJoined;
    hasPoint[i] = isJoined;
  }
}

/// The values of numbers of up to 8 digits, and whether each is something else.
static inline void read_numbers(const NumberBlock *block, int64_t *values, uint64_t *isOther) {
  for (size_t i = 0; i < BLOCK; i++) {
    // Shifting the characters to the top makes leading zeros of the bytes below; a shift by 64 is
    // none, so that it is done in two halves.
    uint64_t count = block->digitCounts[i], half = 32 - 4 * (count & 15);
    uint64_t digits = (block->words[i] ^ 0x3030303030303030u) << (half & 63) << (half & 63);
    uint64_t hasZero = ((block->words[i] & 0xFF) == '0') & (block->wholeLengths[i] > 1);
    isOther[i] = dq_no_digits(digits) | hasZero | (count > 8);
    digits = (digits << 3) + (digits << 1) + (digits >> 8);
    uint64_t even = digits & 0x000000FF000000FFu, odd = digits >> 16 & 0x000000FF000000FFu;
    uint64_t number = (even & 0xFF) * 1000000 + (even >> 32) * 100 + (odd & 0xFF) * 10000 +
                      (odd >> 32);
    values[i] = (int64_t)number;
  }
}

/// Multiplies numbers with one factor where they have a point, else with another.
static inline void multiply_by_point(int64_t *values, int64_t without, int64_t with,
                                     const uint64_t *hasPoint) {
  for (size_t i = 0; i < BLOCK; i++) {
    uint64_t factor = (uint64_t)(hasPoint[i] ? with : without);
    values[i] = (int64_t)((uint64_t)values[i] * factor);
  }
}

/// Whether eight digits times a factor are an integer.
static inline int is_short(int64_t factor) { return factor != 0 && factor < INT64_MAX / 100000000; }

DQ_VECTORS size_t dq_short_numbers(const NumberForm *given, const FieldRun *fields,
                                   int64_t missing, int64_t *values, uint32_t *others,
                                   size_t *emptyCount) {
  NumberForm form = *given;
  FieldRun run = *fields;
  size_t otherCount = 0, empty = 0;
  NumberBlock block;
  uint64_t lengths[BLOCK], hasPoint[BLOCK], isOther[BLOCK];
  int64_t found[BLOCK];
  int isPlain = is_short(form.factors[0]);
  // Numbers of a column mostly have all of its decimals, or none.
  int hasDecimals = isPlain && form.decimals > 0 && is_short(form.factors[form.decimals]);
  for (size_t from = 0; from < run.count; from += BLOCK) {
    size_t count = run.count - from < BLOCK ? run.count - from : BLOCK;
    for (size_t i = 0; i < count; i++) {
      size_t length;
      block.words[i] = dq_word(field(&run, from + i, &length));
      lengths[i] = block.wholeLengths[i] = block.digitCounts[i] = length;
    }
    for (size_t i = count; i < BLOCK; i++)
      block.words[i] = lengths[i] = block.wholeLengths[i] = block.digitCounts[i] = 0;
    if (hasDecimals) join_decimals(&block, form.decimals, hasPoint);
    read_numbers(&block, found, isOther);
    if (hasDecimals) {
      multiply_by_point(found, form.factors[0], form.factors[form.decimals], hasPoint);
    } else {
      multiply(found, form.factors[0]);
    }
    uint64_t any = 0;
    for (size_t i = 0; i < count; i++) {
      values[from + i] = lengths[i] == 0 ? missing : found[i];
      empty += lengths[i] == 0;
      any |= isOther[i];
    }
    if (!any && isPlain) continue;
    for (size_t i = 0; i < count; i++) {
      if ((!isOther[i] && isPlain) || lengths[i] == 0) continue;
      size_t length;
      const uint8_t *text = field(&run, from + i, &length);
      if (!dq_short_number(&form, text, length, values + from + i))
        others[otherCount++] = (uint32_t)(from + i);
    }
  }
  *emptyCount = empty;
  return otherCount;
}

/// Months by their text, so that each is worked out once.
enum { MONTHS = 128 };

static inline const IsoMonth *month_of(IsoMonth *months, uint64_t text) {
  // The last digit of the year, and both of the month.
  IsoMonth *month = months + ((text >> 24 & 3) | (text >> 40 & 1) << 2 | (text >> 48 & 15) << 3);
  if (month->text != text && !dq_iso_month(month, text)) *month = (IsoMonth){0, 0, 0};
  return month;
}

/// What a block of times is made of.
typedef struct {
  uint64_t lengths[BLOCK];
  /// `15T10:30` and `:00Z`.
  uint64_t front[BLOCK], back[BLOCK];
  int64_t secondsBefore[BLOCK];
  uint64_t dayCount[BLOCK];
  uint64_t isOther[BLOCK];
} TimeBlock;

/// The values of times whose text is of the usual length, and whether each is something else.
static inline void read_times(TimeBlock *block, size_t length, int64_t *values) {
  uint64_t backMask = length == 20 ? 0xFFFFFFFFu : 0xFFFFFFu;
  for (size_t i = 0; i < BLOCK; i++) {
    // What stands between digits becomes 0, and digits their values; `T` may be a blank.
    uint64_t front = block->front[i] ^ 0x30303A3030543030u;
    uint64_t back = (block->back[i] ^ 0x5A30303Au) & backMask;
    uint64_t isBlank = (front & 0xFF0000) == 0x740000;
    front ^= isBlank * 0x740000;
    uint64_t wrong = (dq_no_digits(front) | (front & 0x0000FF0000FF0000u)) |
                     (dq_no_digits(back) | (back & 0xFF0000FF));
    uint64_t pairs = (front << 3) + (front << 1) + (front >> 8);
    uint64_t last = (back << 3) + (back << 1) + (back >> 8);
    uint64_t day = (pairs & 0xFF) - 1, hour = pairs >> 24 & 0xFF, minute = pairs >> 48 & 0xFF;
    uint64_t second = last >> 8 & 0xFF;
    // The highest bit of a difference tells that it is below 0.
    uint64_t below = day | (block->dayCount[i] - 1 - day) | (23 - hour) | (59 - minute) |
                     (59 - second);
    uint64_t seconds = (day & 0xFF) * 86400 + hour * 3600 + minute * 60 + second;
    block->isOther[i] = wrong | below >> 63 | (block->lengths[i] ^ length);
    values[i] = block->secondsBefore[i] + (int64_t)seconds;
  }
}

static inline void put_month(TimeBlock *block, size_t i, const IsoMonth *month) {
  block->secondsBefore[i] = (month->dayBefore + 1) * 86400;
  block->dayCount[i] = month->dayCount;
}

/// Puts the words of some times into a block; those of another length are of no use.
static inline void put_times(TimeBlock *block, const FieldRun *run, size_t from, size_t count,
                             size_t usualLength, IsoMonth *months, IsoMonth *last) {
  uint64_t differs = 0;
  for (size_t i = 0; i < count; i++) {
    size_t length;
    const uint8_t *text = field(run, from + i, &length);
    block->lengths[i] = length;
    block->front[i] = dq_word(text + 8);
    uint32_t back;
    memcpy(&back, text + 16, 4);
    block->back[i] = back;
    uint64_t month = dq_word(text) ^ last->text;
    differs |= length == usualLength ? month : 0;
  }
  // The times of most blocks lie in one month.
  if (differs == 0) return;
  for (size_t i = 0; i < count; i++) {
    size_t length;
    const uint8_t *text = field(run, from + i, &length);
    if (length == usualLength) *last = *month_of(months, dq_word(text));
    put_month(block, i, last);
  }
  int isSame = 1;
  for (size_t i = 0; i < count; i++) isSame &= block->secondsBefore[i] == block->secondsBefore[0];
  if (!isSame) last->text = 0;
  for (size_t i = count; isSame && i < BLOCK; i++) put_month(block, i, last);
}

/// Leaves all fields but the empty ones to be looked at.
static size_t leave_all(const FieldRun *run, int64_t missing, int64_t *values, uint32_t *others,
                        size_t *emptyCount) {
  size_t otherCount = 0;
  for (size_t row = 0; row < run->count; row++) {
    size_t length;
    field(run, row, &length);
    if (length == 0) values[row] = missing;
    else others[otherCount++] = (uint32_t)row;
  }
  *emptyCount = run->count - otherCount;
  return otherCount;
}

DQ_VECTORS static size_t read_iso_times(const IsoTimeForm *form, const FieldRun *fields,
                                        int64_t missing, int64_t *values, uint32_t *others,
                                        size_t *emptyCount, size_t *localCount) {
  FieldRun run = *fields;
  size_t otherCount = 0, empty = 0, local = 0;
  IsoMonth months[MONTHS] = {{0, 0, 0}};
  TimeBlock block;
  memset(&block, 0, sizeof block);
  // Most times of a column are as long as its first; others are not for vectors.
  size_t first = 0;
  for (size_t row = 0; row < run.count && first == 0; row++) field(&run, row, &first);
  size_t usual = first == 19 && form->takesLocal ? 19 : 20;
  if (first != usual) return leave_all(&run, missing, values, others, emptyCount);
  IsoMonth last = {0, 0, 0};
  int64_t found[BLOCK];
  for (size_t from = 0; from < run.count; from += BLOCK) {
    size_t count = run.count - from < BLOCK ? run.count - from : BLOCK;
    put_times(&block, &run, from, count, usual, months, &last);
    read_times(&block, usual, found);
    multiply(found, form->factor);
    uint64_t any = 0;
    for (size_t i = 0; i < count; i++) {
      values[from + i] = block.lengths[i] == 0 ? missing : found[i];
      empty += block.lengths[i] == 0;
      any |= block.lengths[i] == 0 ? 0 : block.isOther[i];
      local += usual == 19 && !block.isOther[i];
    }
    if (!any) continue;
    for (size_t i = 0; i < count; i++) {
      if (!block.isOther[i] || block.lengths[i] == 0) continue;
      size_t length;
      const uint8_t *text = field(&run, from + i, &length);
      IsoMonth month = *month_of(months, dq_word(text));
      int64_t seconds;
      if ((length == 20 || form->takesLocal) && dq_iso_time(&month, text, length, &seconds)) {
        values[from + i] = seconds * form->factor;
        local += length == 19;
      } else {
        others[otherCount++] = (uint32_t)(from + i);
      }
    }
  }
  *emptyCount = empty;
  *localCount = local;
  return otherCount;
}

static size_t read_iso_days(const FieldRun *fields, int64_t missing, int64_t *values,
                            uint32_t *others, size_t *emptyCount) {
  size_t otherCount = 0, empty = 0;
  IsoMonth month = {0, 0, 0};
  for (size_t row = 0; row < fields->count; row++) {
    size_t length;
    const uint8_t *text = field(fields, row, &length);
    int64_t day;
    if (length == 10 && dq_iso_day(&month, text, &day)) {
      values[row] = day * 86400;
    } else if (length == 0) {
      values[row] = missing;
      empty++;
    } else {
      others[otherCount++] = (uint32_t)row;
    }
  }
  *emptyCount = empty;
  return otherCount;
}

size_t dq_iso_times(const IsoTimeForm *form, const FieldRun *fields, int64_t missing,
                    int64_t *values, uint32_t *others, size_t *emptyCount, size_t *localCount) {
  *localCount = 0;
  if (form->isDateOnly) return read_iso_days(fields, missing, values, others, emptyCount);
  return read_iso_times(form, fields, missing, values, others, emptyCount, localCount);
}
