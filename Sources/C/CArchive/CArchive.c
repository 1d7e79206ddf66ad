#define _GNU_SOURCE
#include "CArchive.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// What is handed to libarchive at once: enough for its speed, little enough that a mapped file is given back behind it.
enum { pieceBytes = 256 << 10, retries = 8, blocks = 1 << 22 };

struct carchive {
  struct archive *archive;
  carchive_pull pull;
  void *context;
  uint64_t position;
  int64_t size;
  int isDamaged; // something between members could not be read
};

static _Thread_local char whyNot[256];

// libarchive turns names into the charset of the locale; ours is UTF-8, for the time of a call only: GMime and others
// ask the locale too, and must not be answered by what was read before.
static locale_t utf8(void) {
  static _Thread_local locale_t locale;
  if (locale == (locale_t)0) locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
  return locale;
}

static locale_t enter(void) {
  locale_t own = utf8();
  return own == (locale_t)0 ? (locale_t)0 : uselocale(own);
}

static void leave(locale_t before) {
  if (before != (locale_t)0) uselocale(before);
}

static la_ssize_t readPiece(struct archive *archive, void *context, const void **buffer) {
  carchive *self = context;
  const uint8_t *bytes = NULL;
  ptrdiff_t count = self->pull(self->context, self->position, &bytes);
  if (count < 0) {
    archive_set_error(archive, EIO, "the bytes of the archive cannot be read");
    return -1;
  }
  if (count > pieceBytes) count = pieceBytes;
  self->position += (uint64_t)count;
  *buffer = bytes;
  return count;
}

static la_int64_t skipBytes(struct archive *archive, void *context, la_int64_t request) {
  (void)archive;
  carchive *self = context;
  if (self->size < 0 || request <= 0) return 0;
  int64_t rest = self->size - (int64_t)self->position;
  if (request > rest) request = rest > 0 ? rest : 0;
  self->position += (uint64_t)request;
  return request;
}

static la_int64_t seekBytes(struct archive *archive, void *context, la_int64_t offset, int whence) {
  (void)archive;
  carchive *self = context;
  int64_t base = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? (int64_t)self->position : self->size;
  int64_t target;
  if (__builtin_add_overflow(base, offset, &target) || target < 0 || target > self->size) return ARCHIVE_FATAL;
  self->position = (uint64_t)target;
  return target;
}

carchive *carchive_open(carchive_pull pull, void *context, int64_t size) {
  carchive *self = calloc(1, sizeof *self);
  struct archive *archive = archive_read_new();
  if (self == NULL || archive == NULL) {
    strcpy(whyNot, "not enough memory");
    free(self);
    if (archive != NULL) archive_read_free(archive);
    return NULL;
  }
  *self = (carchive){archive, pull, context, 0, size, 0};
  // Filters and formats one by one: some of libarchive's own would start programs.
  archive_read_support_filter_gzip(archive);
  archive_read_support_filter_bzip2(archive);
  archive_read_support_filter_xz(archive);
  archive_read_support_filter_lzma(archive);
  archive_read_support_filter_lzip(archive);
  archive_read_support_filter_lz4(archive);
  archive_read_support_filter_zstd(archive);
  archive_read_support_filter_compress(archive);
  archive_read_support_format_tar(archive);
  archive_read_support_format_zip(archive);
  archive_read_support_format_7zip(archive);
  archive_read_support_format_rar(archive);
  archive_read_support_format_rar5(archive);
  archive_read_support_format_empty(archive);
  archive_read_support_format_raw(archive);
  archive_read_set_callback_data(archive, self);
  archive_read_set_read_callback(archive, readPiece);
  archive_read_set_skip_callback(archive, skipBytes);
  if (size >= 0) archive_read_set_seek_callback(archive, seekBytes);
  locale_t before = enter();
  int result = archive_read_open1(archive);
  leave(before);
  if (result < ARCHIVE_WARN) {
    const char *message = archive_error_string(archive);
    strncpy(whyNot, message == NULL ? "no known format" : message, sizeof whyNot - 1);
    carchive_close(self);
    return NULL;
  }
  return self;
}

void carchive_close(carchive *self) {
  if (self == NULL) return;
  archive_read_free(self->archive);
  free(self);
}

const char *carchive_why_not(void) { return whyNot; }

int carchive_next(carchive *self, carchive_member *member) {
  struct archive_entry *entry = NULL;
  locale_t before = enter();
  int result = ARCHIVE_RETRY;
  // Behind a damaged header of a tar file the next good one is looked for, block by block.
  for (int i = 0; i < blocks && result == ARCHIVE_RETRY; i++) {
    result = archive_read_next_header(self->archive, &entry);
    if (result == ARCHIVE_RETRY) self->isDamaged = 1;
  }
  memset(member, 0, sizeof *member);
  int answer = result == ARCHIVE_EOF ? 0 : result < ARCHIVE_WARN || result == ARCHIVE_RETRY ? -1 : 1;
  if (answer == 1) {
    member->path = archive_entry_pathname(entry);
    member->size = archive_entry_size_is_set(entry) ? archive_entry_size(entry) : -1;
    member->isEncrypted = archive_entry_is_data_encrypted(entry) == 1;
    const char *target = archive_entry_symlink(entry);
    if (target == NULL) target = archive_entry_hardlink(entry);
    member->target = target;
    if (target != NULL) {
      member->kind = carchive_link;
    } else {
      switch (archive_entry_filetype(entry)) {
        case AE_IFDIR: member->kind = carchive_directory; break;
        case AE_IFLNK: member->kind = carchive_link; break;
        case AE_IFREG: case 0: member->kind = carchive_file; break;
        default: member->kind = carchive_other;
      }
    }
  }
  leave(before);
  return answer;
}

ptrdiff_t carchive_read(carchive *self, uint8_t *buffer, size_t capacity) {
  for (int i = 0; i < retries; i++) {
    la_ssize_t count = archive_read_data(self->archive, buffer, capacity);
    if (count == ARCHIVE_RETRY) continue;
    return count < 0 ? -1 : (ptrdiff_t)count;
  }
  return -1;
}

const char *carchive_error(carchive *self) {
  const char *message = archive_error_string(self->archive);
  return message == NULL ? "damaged" : message;
}

int carchive_is_damaged(carchive *self) { return self->isDamaged; }

int carchive_is_bare(carchive *self) {
  return (archive_format(self->archive) & ARCHIVE_FORMAT_BASE_MASK) == ARCHIVE_FORMAT_RAW;
}

int carchive_is_filtered(carchive *self) {
  for (int i = 0; i < archive_filter_count(self->archive); i++) {
    if (archive_filter_code(self->archive, i) != ARCHIVE_FILTER_NONE) return 1;
  }
  return 0;
}

int carchive_is_zip(carchive *self) {
  return (archive_format(self->archive) & ARCHIVE_FORMAT_BASE_MASK) == ARCHIVE_FORMAT_ZIP;
}
