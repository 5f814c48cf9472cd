#ifndef CKERNELS_TEXTSCAN_H
#define CKERNELS_TEXTSCAN_H

#include <stddef.h>
#include <stdint.h>

/// A run of bytes to look for, each of which may take two forms, such as the two cases of a letter.
typedef struct {
  const uint8_t *low;
  const uint8_t *high;
  /// At least 1.
  size_t length;
} TextScanProbe;

/// Finds where the probe occurs wholly inside bytes `from` up to `to`, in ascending order.
///
/// Writes at most `capacity` positions, and returns how many; when that is `capacity`, the search
/// goes on from the last position and 1. Reads nothing outside the range.
size_t text_scan_find(const TextScanProbe *probe, const uint8_t *bytes, size_t from, size_t to,
                      size_t *positions, size_t capacity);

#endif
