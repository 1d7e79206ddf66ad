import Glibc

/// Whether the tests run under a sanitizer (`.ci/sanitize` says so): limits on memory do not hold then, because the
/// shadow counts as memory, too.
public enum Sanitizer {
  public static var isOn: Bool { getenv("GRIOT_SANITIZED") != nil }
}
