#ifndef CKERNELS_TEXTTEMPLATES_H
#define CKERNELS_TEXTTEMPLATES_H

#include "FieldText.h"

#include <stddef.h>
#include <stdint.h>

/// Where the templates of some fields go: their texts with a 0 in place of each digit.
typedef struct {
  /// One behind the other, with room for 64 bytes more than the fields.
  uint8_t *texts;
  /// Where each begins, and behind the last where it ends.
  uint32_t *starts;
  /// The digits of all of them, with room for 8 bytes more than the fields.
  uint8_t *digits;
} TemplateTexts;

/// Divides fields into templates and digits, and gives how many digits there are. Quotes around a
/// field are no part of it, and those in it are doubled. 64 bytes behind the end of a field must be
/// readable.
size_t dq_divide_texts(const FieldRun *fields, const TemplateTexts *templates);

/// Puts digits back in place of the zeros of a template, and gives how many there were.
size_t dq_restore_digits(uint8_t *text, size_t length, const uint8_t *digits);

/// How many digits a template has.
size_t dq_count_zeros(const uint8_t *text, size_t length);

/// Whether any byte is no digit.
int dq_any_but_digits(const uint8_t *bytes, size_t count);

#endif
