#ifndef CKERNELS_STRUCTURALSCAN_H
#define CKERNELS_STRUCTURALSCAN_H

#include <stddef.h>
#include <stdint.h>

/// Where the scan of a delimited text stands between two bytes.
enum {
  SCAN_ROW_START = 0,
  SCAN_FIELD_START = 1,
  SCAN_BARE = 2,
  SCAN_QUOTED = 3,
  /// Behind a quote that closes a field, unless the next byte doubles it.
  SCAN_CLOSED = 4,
};

/// "Nowhere", for the positions below.
#define SCAN_NONE SIZE_MAX

/// What a scan needs to know and what it found; positions count from `bytes`.
typedef struct {
  /// The text; 64 bytes behind the end of every scanned range must be readable.
  const uint8_t *bytes;
  uint8_t delimiter;
  uint8_t quote;
  /// In: the state at the start of the range. Out: at its end.
  uint32_t state;
  /// Out: the delimiters and line ends outside quotes, appended at `endCount`; the caller gives
  /// room for every byte of the range and 64 more.
  uint32_t *ends;
  size_t endCount;
  /// Out: how many of these are line ends.
  size_t rowEndCount;
  /// Out: line ends (LF, CR or CRLF), those inside quotes too.
  size_t lineCount;
  /// Out: quotes inside bare fields, which stand for themselves.
  size_t strayQuoteCount;
  size_t firstStrayQuote;
  /// Out: the byte behind a closing quote that is neither delimiter nor line end; the scan stops.
  size_t errorAt;
  /// Out, of the bytes up to `errorAt`: where blocks of 64 bytes begin that hold a byte of 0x80 or above, appended at
  /// `highCount`; the caller gives room for one in every 64 bytes of the range and one more.
  uint32_t *highs;
  size_t highCount;
  /// Out, of these bytes: whether any is 0.
  uint8_t hasNUL;
} StructuralScan;

/// Scans bytes `from` up to `to`.
void structural_scan(StructuralScan *scan, size_t from, size_t to);

/// The vectors of processors that a scan is written for.
typedef enum { SCAN_BY_ANY, SCAN_BY_AVX2, SCAN_BY_AVX512 } ScanVectors;

/// The same with one kind of vectors; gives 0, with nothing scanned, where the processor has none.
int structural_scan_by(ScanVectors vectors, StructuralScan *scan, size_t from, size_t to);

/// The same without vectors, up to and including the first line end outside quotes; returns the
/// position behind it, or SCAN_NONE where the range ends first.
size_t structural_scan_row(StructuralScan *scan, size_t from, size_t to);

/// Takes the ends of a scan as rows of `columnCount` fields: writes where each row begins behind the
/// first of `rowStarts`, leaves out the return in front of a line feed, and gives the length of the
/// shortest row, or SCAN_NONE, with no end changed, where a row does not end with a line end or with
/// the text at `readEnd`.
size_t structural_rows(const uint8_t *bytes, size_t readEnd, uint32_t *ends, size_t columnCount,
                       size_t rowCount, uint32_t *rowStarts);

/// Whether all of a text is UTF-8 whose only bytes of 0x80 and above lie in blocks of 64 bytes that
/// begin at `blocks`, with 32 readable bytes in front of each and 64 from its start on; 0 where that
/// is not sure, as where a character runs on behind the last of them.
int utf8_is_in_blocks(const uint8_t *bytes, const uint32_t *blocks, size_t count);

/// The first byte of the first sequence that is not UTF-8 in `from` up to `to`, or SCAN_NONE. A
/// sequence that runs past `to` is judged by the bytes there are, and left open when `isOpen`.
size_t utf8_first_error(const uint8_t *bytes, size_t from, size_t to, int isOpen);

#endif
