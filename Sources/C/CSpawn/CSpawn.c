#define _GNU_SOURCE
#include "CSpawn.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

// The shadow of a sanitizer is data, too: terabytes of it, of which few are touched.
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
enum { isSanitized = 1 };
#else
enum { isSanitized = 0 };
#endif

extern char **environ;

static void close_pair(int pair[2]) {
  if (pair[0] >= 0) close(pair[0]);
  if (pair[1] >= 0) close(pair[1]);
}

int cspawn_start(const char *path, char *const *argv, uint64_t page_bytes, uint64_t data_limit, cspawn_child *child) {
  int input[2] = {-1, -1}, output[2] = {-1, -1}, memory = -1, code = 0;
  void *page = MAP_FAILED;
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  posix_spawn_file_actions_init(&actions);
  posix_spawnattr_init(&attributes);

  if (pipe2(input, O_CLOEXEC) != 0 || pipe2(output, O_CLOEXEC) != 0) goto failed;
  memory = memfd_create("griot-reader progress", MFD_CLOEXEC);
  if (memory < 0 || ftruncate(memory, (off_t)page_bytes) != 0) goto failed;
  page = mmap(NULL, page_bytes, PROT_READ | PROT_WRITE, MAP_SHARED, memory, 0);
  if (page == MAP_FAILED) goto failed;

  // The descriptors of the pipes may themselves be 0, 1 or 3 if the parent runs with those closed: move all of them
  // out of the way first. A descriptor duplicated onto itself would keep its close-on-exec flag.
  int in = fcntl(input[0], F_DUPFD_CLOEXEC, 16), out = fcntl(output[1], F_DUPFD_CLOEXEC, 16);
  int mem = fcntl(memory, F_DUPFD_CLOEXEC, 16);
  if (in < 0 || out < 0 || mem < 0) {
    code = errno;
  } else {
    posix_spawn_file_actions_adddup2(&actions, in, 0);
    posix_spawn_file_actions_adddup2(&actions, out, 1);
    posix_spawn_file_actions_adddup2(&actions, mem, 3);
    sigset_t none, defaults;
    sigemptyset(&none);
    sigemptyset(&defaults);
    sigaddset(&defaults, SIGINT);
    sigaddset(&defaults, SIGTERM);
    sigaddset(&defaults, SIGPIPE);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &defaults);
    posix_spawnattr_setpgroup(&attributes, 0);
    posix_spawnattr_setflags(
      &attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
    pid_t pid = 0;
    code = posix_spawn(&pid, path, &actions, &attributes, argv, environ);
    if (code == 0) {
      if (data_limit > 0 && !isSanitized) {
        struct rlimit limit = {data_limit, data_limit};
        prlimit(pid, RLIMIT_DATA, &limit, NULL);
      }
      child->pid = pid;
      child->to = input[1];
      child->from = output[0];
      child->page = page;
      input[1] = output[0] = -1;
      page = MAP_FAILED;
    }
  }
  if (in >= 0) close(in);
  if (out >= 0) close(out);
  if (mem >= 0) close(mem);
  goto done;

failed:
  code = errno;
done:
  close_pair(input);
  close_pair(output);
  if (memory >= 0) close(memory);
  if (page != MAP_FAILED) munmap(page, page_bytes);
  posix_spawn_file_actions_destroy(&actions);
  posix_spawnattr_destroy(&attributes);
  return code;
}

void cspawn_release(cspawn_child *child, uint64_t page_bytes) {
  if (child->to >= 0) close(child->to);
  if (child->from >= 0) close(child->from);
  if (child->page) munmap(child->page, page_bytes);
  child->to = child->from = -1;
  child->page = NULL;
}
