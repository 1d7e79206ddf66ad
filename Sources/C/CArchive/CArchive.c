#define _GNU_SOURCE
#include "CArchive.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

// What is handed to libarchive at once: enough for its speed, little enough that a mapped file is given back behind it.
enum { pieceBytes = 256 << 10, retries = 8, blocks = 1 << 22, mostPadding = 16 << 20 };

// gzip is undone here: libarchive does not look at its check sums, and gives nothing of a piece that is cut off.
typedef struct {
  z_stream stream;
  uint8_t *out;
  const char *trouble; // what is wrong behind the bytes that were given
  int isOver;          // nothing of gzip follows
  int isOpen;          // inside of a member: the end would come too early
} gunzip;

struct carchive {
  struct archive *archive;
  carchive_pull pull;
  void *context;
  uint64_t position;
  int64_t size;
  int isDamaged; // something between members could not be read
  gunzip *gzip;
  int isUnsound; // behind the last member
  // What libarchive gave of the member and nobody has taken yet.
  const uint8_t *block;
  size_t blockCount;
  int64_t blockOffset, memberPosition;
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

static ptrdiff_t pullPiece(carchive *self, const uint8_t **bytes) {
  ptrdiff_t count = self->pull(self->context, self->position, bytes);
  if (count > pieceBytes) count = pieceBytes;
  if (count > 0) self->position += (uint64_t)count;
  return count;
}

static int isGzip(carchive *self) {
  const uint8_t *bytes = NULL;
  ptrdiff_t count = self->pull(self->context, self->position, &bytes);
  return count > 2 && bytes[0] == 0x1F && bytes[1] == 0x8B && bytes[2] == 8;
}

// Inflates on: how many bytes, 0 at the end, -1 if the source failed. Members follow each other (RFC 1952, 2.2); what is
// behind them and no gzip is padding.
static ptrdiff_t inflatePiece(carchive *self) {
  gunzip *gzip = self->gzip;
  z_stream *stream = &gzip->stream;
  stream->next_out = gzip->out;
  stream->avail_out = pieceBytes;
  while (stream->avail_out == pieceBytes && !gzip->isOver && gzip->trouble == NULL) {
    if (!gzip->isOpen) {
      self->position -= stream->avail_in;
      stream->avail_in = 0;
      if (!isGzip(self)) {
        gzip->isOver = 1;
        break;
      }
      inflateReset(stream);
      gzip->isOpen = 1;
    }
    const uint8_t *bytes = NULL;
    // The bytes of the last call are gone: what was not used is asked for again.
    self->position -= stream->avail_in;
    ptrdiff_t count = pullPiece(self, &bytes);
    if (count < 0) return -1;
    if (count == 0) gzip->trouble = "cut off";
    stream->next_in = (Bytef *)bytes;
    stream->avail_in = (uInt)count;
    int result = inflate(stream, Z_NO_FLUSH);
    if (result == Z_STREAM_END) {
      gzip->isOpen = 0;
    } else if (result != Z_OK && result != Z_BUF_ERROR) {
      gzip->trouble = stream->msg == NULL ? "gzip decompression failed" : stream->msg;
    }
  }
  return (ptrdiff_t)(pieceBytes - stream->avail_out);
}

static la_ssize_t readPiece(struct archive *archive, void *context, const void **buffer) {
  carchive *self = context;
  ptrdiff_t count;
  if (self->gzip != NULL) {
    count = inflatePiece(self);
    *buffer = self->gzip->out;
    if (count == 0 && self->gzip->trouble != NULL) {
      archive_set_error(archive, EILSEQ, "gzip: %s", self->gzip->trouble);
      return -1;
    }
  } else {
    const uint8_t *bytes = NULL;
    count = pullPiece(self, &bytes);
    *buffer = bytes;
  }
  if (count < 0) archive_set_error(archive, EIO, "the bytes of the archive cannot be read");
  return count < 0 ? -1 : count;
}

static int openGzip(carchive *self) {
  self->gzip = calloc(1, sizeof *self->gzip);
  if (self->gzip == NULL) return 0;
  self->gzip->out = malloc(pieceBytes);
  // 15 bits of window, with the header and the check sums of gzip.
  if (self->gzip->out == NULL || inflateInit2(&self->gzip->stream, 15 + 16) != Z_OK) {
    free(self->gzip->out);
    free(self->gzip);
    self->gzip = NULL;
    return 0;
  }
  self->size = -1;
  return 1;
}

// Whether what follows the last member is as it should be. Behind the end of a tar there is padding: what has much more
// than that to unpack is left alone.
static int isSound(carchive *self) {
  if (self->gzip == NULL || carchive_is_bare(self)) return 1;
  ptrdiff_t rest = mostPadding;
  while (rest > 0) {
    ptrdiff_t count = inflatePiece(self);
    if (count <= 0) return count == 0 && self->gzip->trouble == NULL;
    rest -= count;
  }
  return 1;
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
  self->archive = archive;
  self->pull = pull;
  self->context = context;
  self->size = size;
  if (isGzip(self) && !openGzip(self)) {
    strcpy(whyNot, "not enough memory");
    carchive_close(self);
    return NULL;
  }
  size = self->size;
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
  if (self->gzip != NULL) {
    inflateEnd(&self->gzip->stream);
    free(self->gzip->out);
    free(self->gzip);
  }
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
  if (result == ARCHIVE_EOF && !isSound(self)) self->isUnsound = 1;
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

// By blocks, because archive_read_data drops what it has when an error follows.
ptrdiff_t carchive_read(carchive *self, uint8_t *buffer, size_t capacity) {
  // Blocks may be empty, but not for ever.
  for (int i = 0, again = 0; i < 4096 && again < retries && self->blockCount == 0; i++) {
    const void *block = NULL;
    size_t count = 0;
    la_int64_t offset = 0;
    int result = archive_read_data_block(self->archive, &block, &count, &offset);
    if (result == ARCHIVE_EOF) return 0;
    if (result == ARCHIVE_RETRY) {
      again++;
      continue;
    }
    if (result < ARCHIVE_WARN) return -1;
    self->block = block;
    self->blockCount = count;
    self->blockOffset = offset;
  }
  if (self->blockCount == 0) return -1;
  size_t count = capacity;
  if (self->blockOffset > self->memberPosition) {
    // A hole of a sparse file.
    if ((uint64_t)(self->blockOffset - self->memberPosition) < count) {
      count = (size_t)(self->blockOffset - self->memberPosition);
    }
    memset(buffer, 0, count);
  } else {
    if (self->blockCount < count) count = self->blockCount;
    memcpy(buffer, self->block, count);
    self->block += count;
    self->blockCount -= count;
    self->blockOffset += (int64_t)count;
  }
  self->memberPosition += (int64_t)count;
  return (ptrdiff_t)count;
}

const char *carchive_error(carchive *self) {
  const char *message = archive_error_string(self->archive);
  return message == NULL ? "damaged" : message;
}

int carchive_is_damaged(carchive *self) { return self->isDamaged; }

const char *carchive_doubt(carchive *self) {
  if (!self->isUnsound) return NULL;
  return self->gzip->trouble == NULL ? "the bytes cannot be read" : self->gzip->trouble;
}

int carchive_is_bare(carchive *self) {
  return (archive_format(self->archive) & ARCHIVE_FORMAT_BASE_MASK) == ARCHIVE_FORMAT_RAW;
}

int carchive_is_filtered(carchive *self) {
  if (self->gzip != NULL) return 1;
  for (int i = 0; i < archive_filter_count(self->archive); i++) {
    if (archive_filter_code(self->archive, i) != ARCHIVE_FILTER_NONE) return 1;
  }
  return 0;
}

int carchive_is_zip(carchive *self) {
  return (archive_format(self->archive) & ARCHIVE_FORMAT_BASE_MASK) == ARCHIVE_FORMAT_ZIP;
}
