import Glibc
import Ingest

@main struct Main {
  static func main() { exit(ReaderProcess.main(CommandLine.arguments.dropFirst())) }
}
