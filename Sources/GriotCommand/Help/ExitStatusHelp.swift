enum ExitStatusHelp {
  static let text: String = {
    var text = "EXIT STATUS\n"
    for status in ExitStatus.allCases {
      let number = String(status.rawValue)
      text += "  " + String(repeating: " ", count: 3 - number.utf8.count) + number + "  " + status.meaning + "\n"
    }
    return text + "\n  A missing memory is an error (3), never an empty result (1).\n"
  }()
}
