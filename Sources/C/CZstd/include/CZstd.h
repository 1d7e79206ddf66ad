// The plain C face of zstd for Swift: one-shot compression with contexts that are kept between calls.
#pragma once
#include <stddef.h>
#include <stdint.h>
#ifdef __cplusplus
extern "C" {
#endif

typedef struct czstd_compressor czstd_compressor;

czstd_compressor *czstd_compressor_open(int level);
void czstd_compressor_close(czstd_compressor *c);
// The greatest size that n bytes can have when compressed.
size_t czstd_bound(size_t n);
// Answers the size of the frame, or 0 where it fails. The frame carries no checksum (pages of the index do).
size_t czstd_compress(czstd_compressor *c, void *out, size_t capacity, const void *in, size_t n);
// Decompresses one frame into exactly n bytes; answers 1, or 0 where the bytes are no such frame.
int czstd_decompress(void *out, size_t n, const void *in, size_t size);

#ifdef __cplusplus
}
#endif
