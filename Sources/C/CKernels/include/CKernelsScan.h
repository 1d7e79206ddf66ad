// Kernels of the analysis of whole documents: runs of letters with their hashes, lengths in words, places where sentences
// may end. The same answers on every machine: AVX2 is taken where the processor has it.
#pragma once
#include <stddef.h>
#include <stdint.h>
#ifdef __cplusplus
extern "C" {
#endif

enum {
  CTEXT_RUN_HAS_DIGITS = 1,    // and nothing above 0x7F
  CTEXT_RUN_HAS_NON_ASCII = 2  // then the hash is 0
};

/// A longest run of ASCII letters, ASCII digits and bytes above 0x7F.
typedef struct {
  uint64_t hash;  // FNV-1a of its bytes, letters in lower case
  uint32_t start;
  uint32_t end;
  uint32_t flags;
} ctext_run;

/// Runs that `ctext_runs` wants room for at least.
enum { CTEXT_LEAST_RUNS = 128 };

/// Finds the runs of `text[from..<count]` in order, as if the text began at `from`; `count` is at most UINT32_MAX.
///
/// Stops when hardly any of `capacity` entries are free. `*next` is where to go on: `count`, or a place such that no run
/// that was found ends behind it, and none that was not begins before it. It is behind `from` if `capacity` is at least
/// CTEXT_LEAST_RUNS and `from` is not `count`.
size_t ctext_runs(const uint8_t *text, size_t from, size_t count, ctext_run *runs, size_t capacity, size_t *next);

/// The same without run-time dispatch, for the tests.
size_t ctext_runs_portable(const uint8_t *text, size_t from, size_t count, ctext_run *runs, size_t capacity,
                           size_t *next);

/// How long a text is in words: runs of bytes above 0x20, and one twelfth of a word
/// - four times for each eight bytes, counted from the start, that are all above 0x20,
/// - six times for each byte from 0xE3 on, and three times for each 0xE0 and 0xE1.
size_t ctext_word_weight(const uint8_t *text, size_t count);
size_t ctext_word_weight_portable(const uint8_t *text, size_t count);

/// The first of `text[from..<end]` that is one of `. ! ?`, a line feed, 0xE3 or 0xEF; `end` where there is none.
size_t ctext_next_stop(const uint8_t *text, size_t from, size_t end);
size_t ctext_next_stop_portable(const uint8_t *text, size_t from, size_t end);

/// The first that is one of `. ! ?`, a line feed, 0x81, 0x82, 0x9F, 0xA4 or 0xA6 (the last bytes of other scripts' stops).
size_t ctext_next_soft_break(const uint8_t *text, size_t from, size_t end);
size_t ctext_next_soft_break_portable(const uint8_t *text, size_t from, size_t end);

#ifdef __cplusplus
}
#endif
