// What a reader process asks of the kernel through variadic calls, which Swift does not import.
#pragma once
#include <stdint.h>

/// This process is killed when its parent dies. Returns 0, or errno.
int cprocess_die_with_parent(void);

/// Gives up, for good, what a reader of files has no use for: to write, make, remove or rename files, to open
/// connections, to start programs, to look into other processes. Such calls fail with EPERM from then on; what is open
/// stays open. `programs` leaves starting programs allowed. A system-call filter (seccomp), and Landlock's rules on files
/// where the kernel has them. Returns 0, or errno where the kernel knows neither.
int cprocess_give_up_rights(int programs);

/// Widens the pipe behind a descriptor. Returns its new capacity in bytes, or -1 (no pipe, or not permitted).
int cprocess_widen_pipe(int descriptor, int bytes);

/// Lets the heap keep some megabytes that were freed: page after page allocates the same again, and asking the kernel for
/// them each time costs more than parsing a small page.
void cprocess_keep_heap(void);

/// The opposite, for a process that works on batches of many megabytes: blocks from a megabyte on go back to the kernel
/// when they are freed. (Left alone, the heap learns from the first of them to keep all that come after, of any size, and
/// is full of holes: an ingest took a third more memory, and no less time.)
void cprocess_return_heap(void);
