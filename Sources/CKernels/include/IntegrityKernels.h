#ifndef DESKQL_INTEGRITY_KERNELS_H
#define DESKQL_INTEGRITY_KERNELS_H

#include <stdint.h>
#include <stddef.h>

/* The CRC-32C (Castagnoli) of n bytes, as iSCSI and ext4 have it. */
uint32_t dq_crc32c(const void *bytes, size_t n);

/* Whether a code is larger than the limit. */
int dq_any_above_u8(const uint8_t *codes, size_t n, uint8_t limit);
int dq_any_above_u16(const uint16_t *codes, size_t n, uint16_t limit);
int dq_any_above_u32(const uint32_t *codes, size_t n, uint32_t limit);

/* Whether each of n offsets is at least `step` larger than the one before. */
int dq_rises_u32(const uint32_t *offsets, size_t n, uint32_t step);
int dq_rises_u64(const uint64_t *offsets, size_t n, uint64_t step);

/* Whether a value lies outside low...high; with a validity, only rows whose bit is 1 count. */
int dq_any_outside_i8(const int8_t *values, size_t n, const uint64_t *validity, int8_t low,
                      int8_t high);
int dq_any_outside_i16(const int16_t *values, size_t n, const uint64_t *validity, int16_t low,
                       int16_t high);
int dq_any_outside_i32(const int32_t *values, size_t n, const uint64_t *validity, int32_t low,
                       int32_t high);
int dq_any_outside_i64(const int64_t *values, size_t n, const uint64_t *validity, int64_t low,
                       int64_t high);

#endif
