#ifndef CKERNELS_TEXTLISTS_H
#define CKERNELS_TEXTLISTS_H

#include "FieldText.h"

#include <stddef.h>
#include <stdint.h>

/// Where the words of some lists stand, counted from `FieldRun.bytes`.
typedef struct {
  /// Where each word begins and ends: room for one in every two bytes of the fields, one for each
  /// field and 4 more.
  uint32_t *starts, *ends;
  size_t count;
  /// How many fields are empty.
  size_t emptyCount;
} ListWords;

/// Splits a text at a separator and appends its words, which have no blanks around them and a byte at
/// least; `origin` is where the text begins for them.
void dq_split_list(const uint8_t *text, size_t length, uint8_t separator, size_t origin,
                   ListWords *words);

/// Splits the lists of fields from a row on and writes how many words there are behind each row.
///
/// Quotes around a field are no part of it. Stops at a list that has quotes in it and gives its row,
/// or the number of rows. 64 bytes behind the end of a field must be readable.
size_t dq_split_lists(const FieldRun *fields, size_t from, uint8_t separator, ListWords *words,
                      uint32_t *counts);

/// Lists of codes, one behind the other: where each ends, and the codes.
typedef struct {
  const uint32_t *ends;
  const uint8_t *codes;
  size_t count;
} CodeLists;

/// Writes the codes of each list ascending and once, as those below 64 that `renamed` has for them,
/// from `at` on into a target with room for `room` codes. `ends` gets where each list ends there;
/// gives where the last one does.
size_t dq_sort_lists(const CodeLists *lists, const uint32_t *renamed, uint8_t *target, size_t at,
                     size_t room, uint32_t *ends);

#endif
