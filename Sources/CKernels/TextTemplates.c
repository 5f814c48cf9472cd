#include "TextTemplates.h"

#include "ShortAccess.h"
#include "Vectors.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

/// Where the next template and the next digits go.
typedef struct {
  uint8_t *text, *digits;
} Targets;

/// Divides a text byte by byte; where it stands in quotes, those in it are doubled.
static inline void divide(const uint8_t *text, size_t length, int isQuoted, Targets *targets) {
  Targets to = *targets;
  for (size_t at = 0; at < length; at++) {
    int isDigit = (uint8_t)(text[at] - '0') < 10;
    *to.text++ = isDigit ? '0' : text[at];
    *to.digits = text[at];
    to.digits += isDigit;
    at += isQuoted && text[at] == '"';
  }
  *targets = to;
}

/// The field of a row without the quotes around it, and whether there are others in it.
static inline const uint8_t *field(const FieldRun *run, size_t row, size_t *length,
                                   int *hasQuotes) {
  const uint8_t *text = dq_bare_field(run, row, length, hasQuotes);
  if (*hasQuotes) *hasQuotes = dq_find_short(text, 0, *length, '"') != *length;
  return text;
}

static size_t divide_all(FieldRun run, TemplateTexts templates) {
  Targets to = {templates.texts, templates.digits};
  for (size_t row = 0; row < run.count; row++) {
    size_t length;
    int hasQuotes;
    const uint8_t *text = field(&run, row, &length, &hasQuotes);
    divide(text, length, hasQuotes, &to);
    templates.starts[row + 1] = (uint32_t)(to.text - templates.texts);
  }
  return (size_t)(to.digits - templates.digits);
}

#if defined(__x86_64__)

/// The bits of the digits among 32 bytes, which become 0 in the template.
__attribute__((target("avx2"))) static inline uint32_t
divide_32(const uint8_t *text, uint8_t *template) {
  __m256i bytes = _mm256_loadu_si256((const __m256i *)text);
  __m256i zero = _mm256_set1_epi8('0');
  __m256i values = _mm256_sub_epi8(bytes, zero);
  __m256i areDigits = _mm256_cmpeq_epi8(_mm256_min_epu8(values, _mm256_set1_epi8(9)), values);
  _mm256_storeu_si256((__m256i *)template, _mm256_blendv_epi8(bytes, zero, areDigits));
  return (uint32_t)_mm256_movemask_epi8(areDigits);
}

/// Takes 64 bytes of every text that is not longer, with what stands behind it, so that what is to
/// be done does not depend on its length.
__attribute__((target("avx2,bmi,bmi2"))) static size_t
divide_all_avx2(FieldRun run, TemplateTexts templates) {
  Targets to = {templates.texts, templates.digits};
  for (size_t row = 0; row < run.count; row++) {
    size_t length;
    int hasQuotes;
    const uint8_t *text = field(&run, row, &length, &hasQuotes);
    if (length <= 64 && !hasQuotes) {
      uint64_t found = divide_32(text, to.text);
      found |= (uint64_t)divide_32(text + 32, to.text + 32) << 32;
      if (length < 64) found = _bzhi_u64(found, (unsigned)length);
      // Digits mostly stand side by side; where there are none, nothing of what is copied counts.
      do {
        uint64_t first = _tzcnt_u64(found) & 63;
        uint64_t count = _tzcnt_u64(~(found >> first));
        memcpy(to.digits, text + first, 8);
        if (count > 8) memcpy(to.digits + 8, text + first + 8, count - 8);
        to.digits += count;
        // The lowest run of ones goes.
        found &= found + (found & -found);
      } while (found);
      to.text += length;
    } else {
      divide(text, length, hasQuotes, &to);
    }
    templates.starts[row + 1] = (uint32_t)(to.text - templates.texts);
  }
  return (size_t)(to.digits - templates.digits);
}

#endif

size_t dq_divide_texts(const FieldRun *fields, const TemplateTexts *templates) {
  templates->starts[0] = 0;
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2")) {
    return divide_all_avx2(*fields, *templates);
  }
#endif
  return divide_all(*fields, *templates);
}

size_t dq_restore_digits(uint8_t *text, size_t length, const uint8_t *digits) {
  size_t count = 0;
  for (size_t at = 0; at < length; at++) {
    if (text[at] == '0') text[at] = digits[count++];
  }
  return count;
}

DQ_VECTORS size_t dq_count_zeros(const uint8_t *text, size_t length) {
  size_t count = 0;
  for (size_t at = 0; at < length; at++) count += text[at] == '0';
  return count;
}

DQ_VECTORS int dq_any_but_digits(const uint8_t *bytes, size_t count) {
  uint8_t any = 0;
  for (size_t at = 0; at < count; at++) any |= (uint8_t)(bytes[at] - '0') > 9;
  return any;
}
