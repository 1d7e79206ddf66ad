// What a reader process asks of the kernel through variadic calls, which Swift does not import.
#pragma once
#include <stdint.h>

/// This process is killed when its parent dies. Returns 0, or errno.
int cprocess_die_with_parent(void);

/// Widens the pipe behind a descriptor. Returns its new capacity in bytes, or -1 (no pipe, or not permitted).
int cprocess_widen_pipe(int descriptor, int bytes);
