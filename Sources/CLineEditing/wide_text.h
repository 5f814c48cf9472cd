#ifndef WIDE_TEXT_H
#define WIDE_TEXT_H

#include <stddef.h>
#include <wchar.h>

/// Copies of text between UTF-8 and wide characters, by hand, since the C library's depend on the
/// locale. The caller frees them; NULL without memory. What is not UTF-8, and what
/// would turn the text on the screen around, becomes U+FFFD.
wchar_t *wide_from_utf8(const char *text);
char *utf8_from_wide(const wchar_t *text, size_t count);

/// How many bytes a UTF-8 sequence has that begins with this byte; 0 for none.
size_t utf8_length(unsigned char first);
/// The character of a whole sequence; U+FFFD where it is malformed.
wchar_t utf8_decode(const unsigned char *bytes, size_t length);

#endif
