// What a sanitizer that is built in is to do. A process of the product leaves its memory to the kernel when it ends, and
// a reader may not look at its own threads: leaks are not looked for. Said here, as readers inherit no environment.
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
__attribute__((used, visibility("default"))) const char *__asan_default_options(void) {
  return "detect_leaks=0:abort_on_error=1";
}
#endif
#if __has_feature(thread_sanitizer)
__attribute__((used, visibility("default"))) const char *__tsan_default_options(void) {
  return "halt_on_error=0:exitcode=66";
}

// The standard library's Mutex is not instrumented (its lock and unlock on Linux are futexes inside the library), so
// that the sanitizer sees no order between those who hold it. Only what is reached under one and by several threads.
__attribute__((used, visibility("default"))) const char *__tsan_default_suppressions(void) {
  return "race:MappedPages\n";
}
#endif
#endif
