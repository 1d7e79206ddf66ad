// CRC32C (Castagnoli polynomial 0x1EDC6F41, reflected; RFC 3720 appendix B.4): the checksum of index pages.
#pragma once
#include <stddef.h>
#include <stdint.h>
#ifdef __cplusplus
extern "C" {
#endif
uint32_t ck_crc32c(uint32_t crc, const void *bytes, size_t n);
// The same without the processor's instruction, for tests and other processors.
uint32_t ck_crc32c_plain(uint32_t crc, const void *bytes, size_t n);
#ifdef __cplusplus
}
#endif
