// Starting a worker process with two pipes and a shared page: calls (pipe2, memfd_create, prlimit) that Glibc's Swift
// module does not show, and file actions that are clumsy from Swift.
#pragma once
#include <stdint.h>

typedef struct cspawn_child {
  int32_t pid;
  int32_t to;    // write end: the child's standard input
  int32_t from;  // read end: the child's standard output
  void *page;    // shared with the child as descriptor 3, `page_bytes` long
} cspawn_child;

// Starts `path` with `argv` (ends with a null pointer). The child has its own process group, so that an interrupt on
// the terminal reaches the parent alone, default signals, standard error of the parent, and no other descriptor.
// `data_limit`: RLIMIT_DATA of the child in bytes, 0 for none (mapped files do not count).
// Returns 0, or errno.
int cspawn_start(const char *path, char *const *argv, uint64_t page_bytes, uint64_t data_limit, cspawn_child *child);

// Closes the pipes, unmaps the page. The process itself is not touched.
void cspawn_release(cspawn_child *child, uint64_t page_bytes);
