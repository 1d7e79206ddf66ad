// libarchive behind a handful of calls: an archive or compressed file as a row of members, read front to back. Where
// the bytes come from is the caller's business; nothing is ever written to a disk.
#pragma once
#include <stddef.h>
#include <stdint.h>
#ifdef __cplusplus
extern "C" {
#endif

typedef struct carchive carchive;

// Gives bytes from `offset` on: sets `bytes` and returns how many there are, valid until the next call; 0 at the end,
// below 0 if they cannot be had.
typedef ptrdiff_t (*carchive_pull)(void *context, uint64_t offset, const uint8_t **bytes);

enum carchive_kind { carchive_file = 0, carchive_directory = 1, carchive_link = 2, carchive_other = 3 };

typedef struct {
  const char *path;    // as the archive has it, valid until the next member; NULL if it has none
  const char *target;  // of a link, else NULL
  int64_t size;        // -1: unknown
  uint8_t kind;        // enum carchive_kind
  uint8_t isEncrypted;
} carchive_member;

// `size`: bytes of the whole, if any of them can be asked for at any time (zip and 7z have their index at the end);
// -1: they come front to back only. NULL if memory is short or the format is none that is known: `carchive_why_not`.
carchive *carchive_open(carchive_pull pull, void *context, int64_t size);
void carchive_close(carchive *archive);
const char *carchive_why_not(void);

// 1: there is a member; 0: the end; -1: the rest cannot be read, carchive_error says why.
int carchive_next(carchive *archive, carchive_member *member);
// Bytes of the member: how many, 0 at its end, -1 if it is damaged.
ptrdiff_t carchive_read(carchive *archive, uint8_t *buffer, size_t capacity);
const char *carchive_error(carchive *archive);

// Members were lost: their headers could not be read.
int carchive_is_damaged(carchive *archive);

// At the end: what is wrong with the compression although all members could be read (a check sum that does not fit); NULL
// if nothing is.
const char *carchive_doubt(carchive *archive);

// A single compressed file, not an archive of members.
int carchive_is_bare(carchive *archive);
// Compression around the whole (`.tar.gz`): to pass over a member costs as much as to read it.
int carchive_is_filtered(carchive *archive);
int carchive_is_zip(carchive *archive);

#ifdef __cplusplus
}
#endif
