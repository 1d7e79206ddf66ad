import Glibc

extension DocumentModel {
  /// Writes a document as one line of JSON. All bytes are letters, digits, blanks and marks that JSON does not escape,
  /// but for the line ends between paragraphs; names are UTF-8.
  func write(_ document: borrowing Document, to output: inout Output) {
    let person = people.all[document.person]
    output.put("{\"id\":\"g")
    output.put(document.index, width: 8)
    output.put("\",\"title\":\"")
    write(document.title, to: &output, capital: true)
    output.put("\",\"text\":\"")
    write(document.text, to: &output, capital: true)
    output.put("\",\"author\":\"")
    output.put(person.name)
    output.put("\",\"author_email\":\"")
    output.put(document.year >= person.moved ? person.newAddress : person.address)
    output.put("\",\"date\":\"")
    output.put(Topics.firstYear + document.year)
    output.put("-")
    output.put(document.month, width: 2)
    output.put("-")
    output.put(document.day, width: 2)
    output.put("\",\"kind\":\"")
    output.put(document.kind.name)
    output.put("\"}\n")
  }

  /// Words with one blank between them, marks set close, a capital after each stop.
  func write(_ tokens: [Document.Token], to output: inout Output, capital: Bool) {
    var capital = capital
    var blank = false
    tokens.withUnsafeBufferPointer { tokens in
      var end = output.cursor
      for token in tokens {
        switch token.kind {
        case 3:
          blank = true
          if token == .comma {
            end[0] = UInt8(ascii: ",")
            end += 1
          } else if token == .stop {
            end[0] = UInt8(ascii: ".")
            end += 1
            capital = true
          } else {
            for byte in [UInt8(ascii: "\\"), UInt8(ascii: "n"), UInt8(ascii: "\\"), UInt8(ascii: "n")] {
              end[0] = byte
              end += 1
            }
            blank = false
          }
        default:
          if blank {
            end[0] = UInt8(ascii: " ")
            end += 1
          }
          let start = end
          end = word(token, to: end)
          // Small letters differ from capitals in one bit; a digit is left alone.
          if capital, start[0] >= UInt8(ascii: "a") { start[0] &= 0xDF }
          capital = false
          blank = true
        }
        output.advance(to: end)
        end = output.cursor
      }
    }
  }

  @inline(__always)
  private func word(
    _ token: Document.Token, to out: UnsafeMutablePointer<UInt8>
  ) -> UnsafeMutablePointer<UInt8> {
    switch token.kind {
    case 0: return vocabulary.write(rank: token.rank, form: token.form, to: out)
    case 1:
      let text = FunctionWords.words[token.payload]
      memcpy(out, text.utf8Start, text.utf8CodeUnitCount)
      return out + text.utf8CodeUnitCount
    default:
      var end = out
      var divisor = 1
      while token.payload / divisor >= 10 { divisor *= 10 }
      while divisor > 0 {
        end[0] = UInt8(48 + token.payload / divisor % 10)
        end += 1
        divisor /= 10
      }
      return end
    }
  }
}
