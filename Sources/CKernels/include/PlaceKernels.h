#ifndef DESKQL_PLACE_KERNELS_H
#define DESKQL_PLACE_KERNELS_H

#include <stddef.h>
#include <stdint.h>

/* Rows of a block by place, a byte for each, where the block has few places. DQ_NO_PLACE is the
   place of rows that are not counted; the others are below it. */
#define DQ_NO_PLACE 255

/* Up to this many places, each is compared with all rows, 32 of them at once, which takes less than
   half of the time that a table of counts does. */
#define DQ_FEW_PLACES 48

/* The least and the largest code of at least one row. */
void dq_code_bounds_u8(const uint8_t *codes, size_t n, uint32_t *low, uint32_t *high);
void dq_code_bounds_u16(const uint16_t *codes, size_t n, uint32_t *low, uint32_t *high);
void dq_code_bounds_u32(const uint32_t *codes, size_t n, uint32_t *low, uint32_t *high);

/* places[i] = places[i] * count + codes[i] - low; the codes lie within count of low. Signed bytes are
   as good as codes, given with their bits as they are. */
void dq_places_codes_u8(const uint8_t *codes, size_t n, uint32_t low, uint32_t count,
                        uint8_t *places);
void dq_places_codes_u16(const uint16_t *codes, size_t n, uint32_t low, uint32_t count,
                         uint8_t *places);
void dq_places_codes_u32(const uint32_t *codes, size_t n, uint32_t low, uint32_t count,
                         uint8_t *places);

/* places[i] = places[i] * 2 + the row's bit. */
void dq_places_bits(const uint64_t *bits, size_t n, uint8_t *places);
/* Rows whose bit in mask is 0 have no place. */
void dq_places_within(const uint64_t *mask, size_t n, uint8_t *places);

/* counts[places[i]] += 1 for the first `count` places. */
void dq_count_places(const uint8_t *places, size_t n, size_t count, uint32_t *counts);

#endif
