#include "CZstd.h"
#include <pthread.h>
#include <stdlib.h>
#include <zstd.h>

struct czstd_compressor {
  ZSTD_CCtx *context;
};

czstd_compressor *czstd_compressor_open(int level) {
  czstd_compressor *c = malloc(sizeof *c);
  if (!c) abort();
  c->context = ZSTD_createCCtx();
  if (!c->context) abort();
  ZSTD_CCtx_setParameter(c->context, ZSTD_c_compressionLevel, level);
  ZSTD_CCtx_setParameter(c->context, ZSTD_c_contentSizeFlag, 0);
  ZSTD_CCtx_setParameter(c->context, ZSTD_c_dictIDFlag, 0);
  return c;
}

void czstd_compressor_close(czstd_compressor *c) {
  if (!c) return;
  ZSTD_freeCCtx(c->context);
  free(c);
}

size_t czstd_bound(size_t n) { return ZSTD_compressBound(n); }

size_t czstd_compress(czstd_compressor *c, void *out, size_t capacity, const void *in, size_t n) {
  size_t size = ZSTD_compress2(c->context, out, capacity, in, n);
  return ZSTD_isError(size) ? 0 : size;
}

// A context costs more to make than a block to decompress; each thread keeps one until it ends.
static pthread_key_t contexts;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void free_context(void *context) { ZSTD_freeDCtx(context); }
static void make_key(void) {
  if (pthread_key_create(&contexts, free_context) != 0) abort();
}

int czstd_decompress(void *out, size_t n, const void *in, size_t size) {
  pthread_once(&once, make_key);
  ZSTD_DCtx *context = pthread_getspecific(contexts);
  if (!context) {
    context = ZSTD_createDCtx();
    if (!context || pthread_setspecific(contexts, context) != 0) abort();
  }
  size_t found = ZSTD_decompressDCtx(context, out, n, in, size);
  return !ZSTD_isError(found) && found == n;
}
