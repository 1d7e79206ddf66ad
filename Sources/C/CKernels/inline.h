// Functions that are small parts of loops, and whose vectors must not cross a call.
#ifndef CKERNELS_INLINE_H
#define CKERNELS_INLINE_H

#define ALWAYS_INLINE static inline __attribute__((always_inline))

#endif
