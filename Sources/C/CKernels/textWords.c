// Words of UAX #29 by bit masks.
//
// Per 64 bytes, one bit a byte: letters, digits, underscores, and the marks that join (`.` `'` between letters or
// digits, `,` `;` between digits). A joining mark counts when its neighbours on both sides do:
//
//   join = (midLetter & prevLetter & nextLetter) | (midNumber & prevDigit & nextDigit)
//   word = letter | digit | underscore | join
//
// and the borders of words are the edges of that mask. Multi-byte characters set the bits of all their bytes after a
// look into the caller's class table; a character that UAX #29 leaves to context or dictionaries stops the kernel.
//
// The rules are those of ICU 72's root locale, which differ from the annex's text for ASCII in two points: `@` is a
// letter and `:` joins nothing. The tests hold this file against ICU.
#include "CKernelsText.h"
#include "inline.h"
#include "textDecode.h"

#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

typedef struct {
  uint64_t letter;  // A-Z a-z @
  uint64_t upper;   // A-Z
  uint64_t digit;
  uint64_t under;   // _
  uint64_t at;      // @
  uint64_t either;  // . '
  uint64_t number;  // , ;
  uint64_t high;    // above 0x7F
} byte_masks;

typedef void (*classify_function)(const uint8_t *block, byte_masks *masks);

#if defined(__x86_64__)

ALWAYS_INLINE void classify16(__m128i bytes, unsigned shift, byte_masks *m) {
  __m128i folded = _mm_or_si128(bytes, _mm_set1_epi8(0x20));
  // x - 'a' <= 25 without sign, as min(x - 'a', 25) == x - 'a'
  __m128i alpha = _mm_sub_epi8(folded, _mm_set1_epi8('a'));
  __m128i letter = _mm_cmpeq_epi8(_mm_min_epu8(alpha, _mm_set1_epi8(25)), alpha);
  __m128i capital = _mm_sub_epi8(bytes, _mm_set1_epi8('A'));
  __m128i upper = _mm_cmpeq_epi8(_mm_min_epu8(capital, _mm_set1_epi8(25)), capital);
  __m128i numeral = _mm_sub_epi8(bytes, _mm_set1_epi8('0'));
  __m128i digit = _mm_cmpeq_epi8(_mm_min_epu8(numeral, _mm_set1_epi8(9)), numeral);
  __m128i under = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('_'));
  __m128i at = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('@'));
  __m128i either =
      _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('.')), _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\'')));
  __m128i number = _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8(',')), _mm_cmpeq_epi8(bytes, _mm_set1_epi8(';')));
#define BITS(x) ((uint64_t)(uint16_t)_mm_movemask_epi8(x) << shift)
  m->letter |= BITS(letter);
  m->upper |= BITS(upper);
  m->digit |= BITS(digit);
  m->under |= BITS(under);
  m->at |= BITS(at);
  m->either |= BITS(either);
  m->number |= BITS(number);
  m->high |= BITS(bytes);
#undef BITS
}

ALWAYS_INLINE void classify_base(const uint8_t *block, byte_masks *m) {
  memset(m, 0, sizeof *m);
  for (unsigned i = 0; i < 4; i++) {
    classify16(_mm_loadu_si128((const __m128i *)(block + 16 * i)), 16 * i, m);
  }
  m->letter |= m->at;
}

__attribute__((target("avx2"))) ALWAYS_INLINE void classify32(__m256i bytes, unsigned shift, byte_masks *m) {
  __m256i folded = _mm256_or_si256(bytes, _mm256_set1_epi8(0x20));
  __m256i alpha = _mm256_sub_epi8(folded, _mm256_set1_epi8('a'));
  __m256i letter = _mm256_cmpeq_epi8(_mm256_min_epu8(alpha, _mm256_set1_epi8(25)), alpha);
  __m256i capital = _mm256_sub_epi8(bytes, _mm256_set1_epi8('A'));
  __m256i upper = _mm256_cmpeq_epi8(_mm256_min_epu8(capital, _mm256_set1_epi8(25)), capital);
  __m256i numeral = _mm256_sub_epi8(bytes, _mm256_set1_epi8('0'));
  __m256i digit = _mm256_cmpeq_epi8(_mm256_min_epu8(numeral, _mm256_set1_epi8(9)), numeral);
  __m256i under = _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8('_'));
  __m256i at = _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8('@'));
  __m256i either = _mm256_or_si256(_mm256_cmpeq_epi8(bytes, _mm256_set1_epi8('.')),
                                   _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8('\'')));
  __m256i number = _mm256_or_si256(_mm256_cmpeq_epi8(bytes, _mm256_set1_epi8(',')),
                                   _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8(';')));
#define BITS(x) ((uint64_t)(uint32_t)_mm256_movemask_epi8(x) << shift)
  m->letter |= BITS(letter);
  m->upper |= BITS(upper);
  m->digit |= BITS(digit);
  m->under |= BITS(under);
  m->at |= BITS(at);
  m->either |= BITS(either);
  m->number |= BITS(number);
  m->high |= BITS(bytes);
#undef BITS
}

__attribute__((target("avx2"))) ALWAYS_INLINE void classify_avx2(const uint8_t *block, byte_masks *m) {
  memset(m, 0, sizeof *m);
  classify32(_mm256_loadu_si256((const __m256i *)block), 0, m);
  classify32(_mm256_loadu_si256((const __m256i *)(block + 32)), 32, m);
  m->letter |= m->at;
}

#else

ALWAYS_INLINE void classify_base(const uint8_t *block, byte_masks *m) {
  memset(m, 0, sizeof *m);
  for (unsigned i = 0; i < 64; i++) {
    uint8_t c = block[i];
    uint64_t bit = (uint64_t)1 << i;
    if ((uint8_t)((c | 0x20) - 'a') < 26 || c == '@') m->letter |= bit;
    if ((uint8_t)(c - 'A') < 26) m->upper |= bit;
    if ((uint8_t)(c - '0') < 10) m->digit |= bit;
    if (c == '_') m->under |= bit;
    if (c == '@') m->at |= bit;
    if (c == '.' || c == '\'') m->either |= bit;
    if (c == ',' || c == ';') m->number |= bit;
    if (c >= 0x80) m->high |= bit;
  }
}

#endif

ALWAYS_INLINE int is_space(uint8_t byte) { return byte == 0x20 || (byte >= 0x09 && byte <= 0x0D); }

/// The class of the character at `at`, ASCII included; CTEXT_OTHER at the end and for ill-formed bytes.
static uint32_t class_at(const uint8_t *text, size_t at, size_t count, const uint8_t *classes) {
  if (at >= count) return CTEXT_OTHER;
  int32_t scalar;
  decode_scalar(text, at, count, &scalar);
  if (scalar < 0) return CTEXT_OTHER;
  if (scalar >= 0x10000) return CTEXT_HARD;
  if (scalar >= 0x80) return classes[scalar];
  uint8_t c = (uint8_t)scalar;
  if ((uint8_t)((c | 0x20) - 'a') < 26 || c == '@') return CTEXT_LETTER;
  if ((uint8_t)(c - '0') < 10) return CTEXT_NUMERIC;
  if (c == '.' || c == '\'') return CTEXT_MIDNUMLET;
  if (c == ',' || c == ';') return CTEXT_MIDNUM;
  return CTEXT_OTHER;
}

ALWAYS_INLINE int is_letter_class(uint32_t class) { return class == CTEXT_LETTER || class == CTEXT_LETTER_APOSTROPHE; }

/// Whether the Hangul syllable at `at` stands in a run of syllables that nothing else could join: neither letters,
/// digits and marks beside it, nor a joining mark with something joinable behind it.
static int hangul_is_plain(const uint8_t *text, size_t at, size_t length, size_t count, const uint8_t *classes,
                           int afterWord, int afterHangul) {
  if (!afterHangul) {
    if (afterWord) return 0;
    if (at > 0) {
      uint8_t before = text[at - 1];
      if (before == '.' || before == '\'' || before == ',' || before == ';' || before == '_') return 0;
      if (before >= 0x80) {
        // The character before, if it is one: back to its first byte.
        size_t lead = at - 1;
        while (lead > 0 && at - lead < 4 && (text[lead] & 0xC0) == 0x80) lead--;
        if (class_at(text, lead, at, classes) != CTEXT_OTHER) return 0;
      }
    }
  }
  uint32_t next = class_at(text, at + length, count, classes);
  if (at + length < count && text[at + length] == '_') return 0;
  if (next == CTEXT_MIDLETTER || next == CTEXT_MIDNUMLET || next == CTEXT_MIDNUM) {
    int32_t scalar;
    size_t behind = at + length + decode_scalar(text, at + length, count, &scalar);
    return class_at(text, behind, count, classes) == CTEXT_OTHER && !(behind < count && text[behind] == '_');
  }
  return next == CTEXT_HANGUL || next == CTEXT_OTHER;
}

/// What flows from one block of 64 bytes to the next.
typedef struct {
  uint64_t letter, digit, word, lower, upper1, upper2;  // bit 0: the byte before this block (upper2: two before)
  uint64_t spillLetter, spillDigit, spillJoin, spillHangul;  // bits of a character that began in the block before
  unsigned spill;                                       // how many bytes of it stand here
  size_t lastMidEnd;                                    // where the last multi-byte joining mark ended
  size_t lastHangulEnd;                                 // where the last Hangul syllable ended
} carry_state;

/// Looks up the multi-byte characters of a block and sets their bits. Returns CTEXT_DONE, or why the kernel stops, with
/// the character's place in `*at`.
static uint32_t add_multibyte(const uint8_t *text, size_t base, size_t count, const uint8_t *classes, byte_masks *m,
                              carry_state *carry, uint64_t *join, uint64_t *hangul, size_t *at) {
  uint64_t high = m->high;
  if (carry->spill) high &= ~(uint64_t)0 << carry->spill;
  uint64_t letters = m->letter | carry->spillLetter, digits = m->digit | carry->spillDigit;
  uint64_t joined = carry->spillJoin;
  *hangul = carry->spillHangul;
  carry->spillLetter = carry->spillDigit = carry->spillJoin = carry->spillHangul = 0;
  carry->spill = 0;
  while (high) {
    unsigned i = (unsigned)__builtin_ctzll(high);
    int32_t scalar;
    unsigned length = (unsigned)decode_scalar(text, base + i, count, &scalar);
    uint32_t class = scalar < 0 ? CTEXT_OTHER : scalar < 0x10000 ? classes[scalar] : CTEXT_HARD;
    uint64_t span = (((uint64_t)1 << length) - 1) << i;
    unsigned over = i + length > 64 ? i + length - 64 : 0;
    uint64_t overSpan = ((uint64_t)1 << over) - 1;
    high &= i + length >= 64 ? 0 : ~(uint64_t)0 << (i + length);
    if (over) carry->spill = over;
    int afterLetter = i ? (int)(letters >> (i - 1) & 1) : (int)carry->letter;
    int afterDigit = i ? (int)(digits >> (i - 1) & 1) : (int)carry->digit;
    switch (class) {
      case CTEXT_OTHER: break;
      case CTEXT_LETTER:
        letters |= span;
        carry->spillLetter = overSpan;
        break;
      case CTEXT_LETTER_APOSTROPHE:
        letters |= span;
        joined |= span;
        carry->spillLetter = carry->spillJoin = overSpan;
        break;
      case CTEXT_HANGUL: {
        int afterHangul = carry->lastHangulEnd == base + i;
        if (!hangul_is_plain(text, base + i, length, count, classes, afterLetter || afterDigit, afterHangul)) {
          *at = base + i;
          return CTEXT_STOP_HARD;
        }
        letters |= span;
        *hangul |= span;
        carry->spillLetter = carry->spillHangul = overSpan;
        carry->lastHangulEnd = base + i + length;
        break;
      }
      case CTEXT_NUMERIC:
        digits |= span;
        carry->spillDigit = overSpan;
        break;
      case CTEXT_EXTEND:
        if (afterLetter) {
          letters |= span;
          carry->spillLetter = overSpan;
        } else if (afterDigit) {
          digits |= span;
          carry->spillDigit = overSpan;
        } else if (base + i > 0) {
          // After a mark that may join, or an underscore, the rules look through it: leave that to ICU.
          uint8_t before = text[base + i - 1];
          if (before == '.' || before == '\'' || before == ',' || before == ';' || before == '_' ||
              carry->lastMidEnd == base + i) {
            *at = base + i;
            return CTEXT_STOP_HARD;
          }
        }
        break;
      case CTEXT_MIDLETTER:
      case CTEXT_MIDNUM:
      case CTEXT_MIDNUMLET: {
        carry->lastMidEnd = base + i + length;
        uint32_t next = class_at(text, base + i + length, count, classes);
        int joins = (class != CTEXT_MIDNUM && afterLetter && is_letter_class(next)) ||
                    (class != CTEXT_MIDLETTER && afterDigit && next == CTEXT_NUMERIC);
        if (joins) {
          joined |= span;
          carry->spillJoin = overSpan;
        }
        break;
      }
      default:
        *at = base + i;
        return class == CTEXT_UNBUILT ? CTEXT_STOP_UNBUILT : CTEXT_STOP_HARD;
    }
  }
  m->letter = letters;
  m->digit = digits;
  *join = joined;
  return 0;
}

/// The flags of a word from the masks, restricted to its bits.
ALWAYS_INLINE uint32_t flags_of(uint64_t bits, uint64_t punctuation, uint64_t change, uint64_t asciiDigit,
                                uint64_t asciiLetter, uint64_t high, uint64_t hangul, uint32_t *digitSeen,
                                uint32_t *letterSeen) {
  if (asciiDigit & bits) *digitSeen = 1;
  if (asciiLetter & bits) *letterSeen = 1;
  return (punctuation & bits ? CTEXT_HAS_PUNCTUATION : 0) | (change & bits ? CTEXT_HAS_CASE_CHANGE : 0) |
         (high & bits ? CTEXT_HAS_NON_ASCII : 0) | (hangul & bits ? CTEXT_HAS_CJK : 0);
}

ALWAYS_INLINE int32_t words(const uint8_t *text, size_t from, size_t count, const uint8_t *classes,
                            ctext_segment *segments, size_t *segmentCount, size_t *stop, size_t *at,
                            classify_function classify) {
  ctext_segment *out = segments + *segmentCount;
  carry_state carry;
  memset(&carry, 0, sizeof carry);
  carry.lastMidEnd = carry.lastHangulEnd = SIZE_MAX;
  int32_t result = CTEXT_DONE;
  size_t limit = count;
  *stop = *at = count;
  size_t wordStart = 0;                          // of the word that is open at a block's border,
  uint32_t flags = 0, digitSeen = 0, letterSeen = 0;  // and what it holds so far
  for (size_t base = from; base < limit; base += 64) {
    uint8_t tail[64];
    const uint8_t *block = text + base;
    if (limit - base < 64) {
      memset(tail, 0, 64);
      memcpy(tail, block, limit - base);
      block = tail;
    }
    byte_masks m;
    classify(block, &m);
    const uint64_t asciiLetter = m.letter, asciiDigit = m.digit;
    uint64_t join = 0, hangul = 0;
    if (m.high) {
      carry_state before = carry;
      uint32_t class = add_multibyte(text, base, limit, classes, &m, &carry, &join, &hangul, at);
      if (class != CTEXT_DONE) {
        // Give back the white-space-free run that holds the character. What stands before it in this block is still
        // to be emitted: take the block again, as if the text ended where the run begins.
        result = (int32_t)class;
        size_t run = *at;
        while (run > from && !is_space(text[run - 1])) run--;
        *stop = run;
        if (run <= base) {
          while (out > segments && out[-1].end > run) out--;
          carry.word = 0;
          break;
        }
        limit = run;
        carry = before;
        base -= 64;
        continue;
      }
    }
    const uint64_t letter = m.letter, digit = m.digit;
    uint64_t nextLetter = letter >> 1, nextDigit = digit >> 1;
    if ((m.either | m.number) >> 63) {
      uint32_t next = class_at(text, base + 64, limit, classes);
      nextLetter |= (uint64_t)is_letter_class(next) << 63;
      nextDigit |= (uint64_t)(next == CTEXT_NUMERIC) << 63;
    }
    const uint64_t prevLetter = letter << 1 | carry.letter, prevDigit = digit << 1 | carry.digit;
    join |= (m.either & prevLetter & nextLetter) | ((m.either | m.number) & prevDigit & nextDigit);
    const uint64_t word = letter | digit | m.under | join;
    const uint64_t punctuation = join | m.under | m.at;
    const uint64_t lower = asciiLetter & ~m.upper & ~m.at;
    const uint64_t upper1 = m.upper << 1 | carry.upper1;
    const uint64_t upper2 = m.upper << 2 | carry.upper1 << 1 | carry.upper2;
    const uint64_t change = (m.upper & (lower << 1 | carry.lower)) | (lower & upper1 & upper2);
    const uint64_t special = punctuation | change | asciiDigit | m.high;
    const uint64_t shifted = word << 1 | carry.word;
    uint64_t starts = word & ~shifted, ends = ~word & shifted;

    if (carry.word) {
      unsigned end = ends ? (unsigned)__builtin_ctzll(ends) : 64;
      uint64_t bits = end == 64 ? ~(uint64_t)0 : ((uint64_t)1 << end) - 1;
      flags |= flags_of(bits, punctuation, change, asciiDigit, asciiLetter, m.high, hangul, &digitSeen,
                        &letterSeen);
      if (end < 64) {
        size_t wordEnd = base + end;
        if (wordEnd - wordStart > 1 || text[wordStart] != '_') {
          out->start = (uint32_t)wordStart;
          out->end = (uint32_t)wordEnd;
          out->flags = flags | (digitSeen & letterSeen ? CTEXT_HAS_MIXED_DIGITS : 0);
          out++;
        }
        ends &= ends - 1;
      }
    }
    while (ends) {
      unsigned start = (unsigned)__builtin_ctzll(starts), end = (unsigned)__builtin_ctzll(ends);
      starts &= starts - 1;
      ends &= ends - 1;
      uint64_t bits = (((uint64_t)1 << end) - 1) & (~(uint64_t)0 << start);
      uint32_t wordFlags = 0;
      if (special & bits) {
        uint32_t digits = 0, letters = 0;
        wordFlags = flags_of(bits, punctuation, change, asciiDigit, asciiLetter, m.high, hangul, &digits, &letters);
        if (digits & letters) wordFlags |= CTEXT_HAS_MIXED_DIGITS;
        if (end - start == 1 && (m.under >> start & 1)) continue;  // `_` alone is no word
      }
      out->start = (uint32_t)(base + start);
      out->end = (uint32_t)(base + end);
      out->flags = wordFlags;
      out++;
    }
    if (starts) {
      unsigned start = (unsigned)__builtin_ctzll(starts);
      wordStart = base + start;
      digitSeen = letterSeen = 0;
      flags = flags_of(~(uint64_t)0 << start, punctuation, change, asciiDigit, asciiLetter, m.high, hangul, &digitSeen,
                       &letterSeen);
    }
    carry.letter = letter >> 63;
    carry.digit = digit >> 63;
    carry.word = word >> 63;
    carry.lower = lower >> 63;
    carry.upper1 = m.upper >> 63;
    carry.upper2 = m.upper >> 62 & 1;
  }
  if (carry.word && (limit - wordStart > 1 || text[wordStart] != '_')) {
    out->start = (uint32_t)wordStart;
    out->end = (uint32_t)limit;
    out->flags = flags | (digitSeen & letterSeen ? CTEXT_HAS_MIXED_DIGITS : 0);
    out++;
  }
  *segmentCount = (size_t)(out - segments);
  return result;
}

static int32_t words_base(const uint8_t *text, size_t from, size_t count, const uint8_t *classes,
                          ctext_segment *segments, size_t *segmentCount, size_t *stop, size_t *at) {
  return words(text, from, count, classes, segments, segmentCount, stop, at, classify_base);
}

#if defined(__x86_64__)
__attribute__((target("avx2,bmi"))) static int32_t words_avx2(const uint8_t *text, size_t from, size_t count,
                                                              const uint8_t *classes, ctext_segment *segments,
                                                              size_t *segmentCount, size_t *stop, size_t *at) {
  return words(text, from, count, classes, segments, segmentCount, stop, at, classify_avx2);
}
#endif

int32_t ctext_words(const uint8_t *text, size_t from, size_t count, const uint8_t *classes, ctext_segment *segments,
                    size_t *segmentCount, size_t *stop, size_t *at) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi")) {
    return words_avx2(text, from, count, classes, segments, segmentCount, stop, at);
  }
#endif
  return words_base(text, from, count, classes, segments, segmentCount, stop, at);
}

int32_t ctext_words_portable(const uint8_t *text, size_t from, size_t count, const uint8_t *classes,
                             ctext_segment *segments, size_t *segmentCount, size_t *stop, size_t *at) {
  return words_base(text, from, count, classes, segments, segmentCount, stop, at);
}

size_t ctext_hard_window_end(const uint8_t *text, size_t at, size_t count, const uint8_t *classes) {
  size_t end = at;
  while (end < count && !is_space(text[end])) end++;
  while (end < count) {
    size_t next = end;
    while (next < count && is_space(text[next])) next++;
    int hard = 0;
    while (next < count && !is_space(text[next])) {
      if (text[next] < 0x80) {
        next++;
        continue;
      }
      int32_t scalar;
      next += decode_scalar(text, next, count, &scalar);
      if (scalar >= 0x10000 || (scalar >= 0 && classes[scalar] >= CTEXT_HARD)) hard = 1;
    }
    if (!hard) break;
    end = next;
  }
  return end;
}

size_t ctext_first_unbuilt(const uint8_t *text, size_t from, size_t to, const uint8_t *classes, int32_t *scalar) {
  while (from < to) {
    if (text[from] < 0x80) {
      from++;
      continue;
    }
    size_t length = decode_scalar(text, from, to, scalar);
    if (*scalar >= 0 && *scalar < 0x10000 && classes[*scalar] == CTEXT_UNBUILT) return from;
    from += length;
  }
  return to;
}

/// Han, Kana and other ideographs beyond the BMP. Tangut, Kana's supplements and Nushu, planes 2 and 3.
static int is_supplementary_cjk(int32_t scalar) {
  return (scalar >= 0x20000 && scalar < 0x40000) || (scalar >= 0x16FE0 && scalar < 0x18E00) ||
         (scalar >= 0x1AFF0 && scalar < 0x1B300);
}

size_t ctext_cjk_unit(const uint8_t *text, size_t at, size_t end, const uint8_t *classes, int32_t *isCharacter) {
  size_t from = at;
  *isCharacter = 0;
  while (at < end) {
    int32_t scalar = text[at];
    size_t length = scalar < 0x80 ? 1 : decode_scalar(text, at, end, &scalar);
    int isMark, isCJK;
    if (scalar >= 0x10000) {
      isMark = scalar >= 0xE0000 && scalar < 0xE0200;  // variation selectors and tags
      isCJK = is_supplementary_cjk(scalar);
    } else {
      uint32_t class = scalar < 0x80 ? CTEXT_OTHER : classes[scalar];
      isMark = class == CTEXT_EXTEND || class == CTEXT_HARD_MARK;
      isCJK = class == CTEXT_HANGUL || class == CTEXT_HARD_CJK;
    }
    if (!isMark) {
      if (at > from && (isCJK || *isCharacter)) break;
      *isCharacter = isCJK;
    }
    at += length;
  }
  return at;
}

uint32_t ctext_segment_flags(const uint8_t *text, size_t start, size_t end, const uint8_t *classes) {
  uint32_t flags = 0, digits = 0, letters = 0;
  for (size_t i = start; i < end;) {
    uint8_t c = text[i];
    if (c >= 0x80) {
      int32_t scalar;
      i += decode_scalar(text, i, end, &scalar);
      flags |= CTEXT_HAS_NON_ASCII;
      uint32_t class = scalar >= 0 && scalar < 0x10000 ? classes[scalar] : CTEXT_OTHER;
      if (is_supplementary_cjk(scalar)) flags |= CTEXT_HAS_CJK;
      if (class >= CTEXT_MIDLETTER && class <= CTEXT_LETTER_APOSTROPHE) flags |= CTEXT_HAS_PUNCTUATION;
      if (class == CTEXT_HANGUL || class == CTEXT_HARD_CJK) flags |= CTEXT_HAS_CJK;
      continue;
    }
    int lower = c >= 'a' && c <= 'z', upper = c >= 'A' && c <= 'Z';
    if (lower | upper) {
      letters = 1;
    } else if (c >= '0' && c <= '9') {
      digits = 1;
    } else if (c == '@') {
      letters = 1;
      flags |= CTEXT_HAS_PUNCTUATION;
    } else if (c == '_' || c == '.' || c == '\'' || c == ',' || c == ';' || c == ':') {  // `:` joins in other ICUs
      flags |= CTEXT_HAS_PUNCTUATION;
    }
    if (i > start) {
      uint8_t b = text[i - 1];
      int upperBefore = b >= 'A' && b <= 'Z';
      if (upper && b >= 'a' && b <= 'z') flags |= CTEXT_HAS_CASE_CHANGE;
      if (lower && upperBefore && i - start >= 2 && text[i - 2] >= 'A' && text[i - 2] <= 'Z') {
        flags |= CTEXT_HAS_CASE_CHANGE;
      }
    }
    i++;
  }
  return flags | (digits & letters ? CTEXT_HAS_MIXED_DIGITS : 0);
}

const uint8_t *ctext_no_classes(void) {
  static uint8_t none[0x10000];  // zeros that no file holds
  return none;
}

size_t ctext_decode(const uint8_t *text, size_t at, size_t count, int32_t *scalar) {
  return decode_scalar(text, at, count, scalar);
}
