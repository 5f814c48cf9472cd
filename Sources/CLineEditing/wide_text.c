#include "wide_text.h"

#include <stdlib.h>
#include <string.h>

static const wchar_t replacement = 0xFFFD;

/// Whether a character turns the order of text around, or ends a line, instead of being seen.
static int is_hidden(unsigned value) {
  return value == 0x61C || value == 0x200E || value == 0x200F || value == 0xFEFF ||
         (value >= 0x2028 && value <= 0x202E) || (value >= 0x2066 && value <= 0x206F);
}

size_t utf8_length(unsigned char first) {
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first < 0xE0) return 2;
  if (first >= 0xE0 && first < 0xF0) return 3;
  if (first >= 0xF0 && first < 0xF5) return 4;
  return 0;
}

wchar_t utf8_decode(const unsigned char *bytes, size_t length) {
  if (length == 1) return bytes[0];
  unsigned value = bytes[0] & (0x7Fu >> length);
  for (size_t index = 1; index < length; index++) {
    if ((bytes[index] & 0xC0) != 0x80) return replacement;
    value = value << 6 | (bytes[index] & 0x3Fu);
  }
  static const unsigned smallest[] = {0, 0, 0x80, 0x800, 0x10000};
  int is_surrogate = value >= 0xD800 && value < 0xE000;
  if (value < smallest[length] || value > 0x10FFFF || is_surrogate) return replacement;
  if (is_hidden(value)) return replacement;
  return (wchar_t)value;
}

wchar_t *wide_from_utf8(const char *text) {
  size_t size = strlen(text);
  wchar_t *wide = malloc((size + 1) * sizeof *wide);
  if (!wide) return NULL;
  const unsigned char *bytes = (const unsigned char *)text;
  size_t count = 0;
  for (size_t offset = 0; offset < size;) {
    size_t length = utf8_length(bytes[offset]);
    if (length == 0 || offset + length > size) {
      wide[count++] = replacement;
      offset += 1;
    } else {
      wide[count++] = utf8_decode(bytes + offset, length);
      offset += length;
    }
  }
  wide[count] = 0;
  return wide;
}

char *utf8_from_wide(const wchar_t *text, size_t count) {
  char *bytes = malloc(count * 4 + 1);
  if (!bytes) return NULL;
  char *end = bytes;
  for (size_t index = 0; index < count; index++) {
    unsigned value = (unsigned)text[index];
    if (value > 0x10FFFF || (value >= 0xD800 && value < 0xE000)) value = (unsigned)replacement;
    if (value < 0x80) {
      *end++ = (char)value;
    } else if (value < 0x800) {
      *end++ = (char)(0xC0 | value >> 6);
      *end++ = (char)(0x80 | (value & 0x3F));
    } else if (value < 0x10000) {
      *end++ = (char)(0xE0 | value >> 12);
      *end++ = (char)(0x80 | (value >> 6 & 0x3F));
      *end++ = (char)(0x80 | (value & 0x3F));
    } else {
      *end++ = (char)(0xF0 | value >> 18);
      *end++ = (char)(0x80 | (value >> 12 & 0x3F));
      *end++ = (char)(0x80 | (value >> 6 & 0x3F));
      *end++ = (char)(0x80 | (value & 0x3F));
    }
  }
  *end = 0;
  return bytes;
}
