/// Subtitles and transcripts.
extension TextSniffer {
  /// An arrow line with a comma or dot in its clocks among the first lines.
  var hasSubRipTiming: Bool { lines(12).contains { CueTiming($0) != nil } }

  /// The same, for a VTT whose header is missing.
  var hasWebVTTTiming: Bool { lines(40).contains { CueTiming($0) != nil } }

  /// Turns of named speakers make up the text (user-needs R23).
  var hasSpeakerLabels: Bool { SpeakerLabels.fit(lines(400)) }
}
