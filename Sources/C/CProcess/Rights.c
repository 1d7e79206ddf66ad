#define _GNU_SOURCE
#include "CProcess.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__x86_64__)
#define ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#endif

// Landlock by its numbers: Debian 12's headers may be older than its kernel.
#ifndef SYS_landlock_create_ruleset
#define SYS_landlock_create_ruleset 444
#define SYS_landlock_restrict_self 446
#endif
struct ruleset {
  unsigned long long handled_access_fs;
};
// Everything that changes the file system, of the first version: write_file (1 << 1), remove_dir … make_sym (4 … 12).
// Reading and executing are not handled, so no rule is needed for what stays allowed.
static const unsigned long long changes = (1ull << 1) | (0x1FFull << 4);

static int landlock_changes(void) {
  struct ruleset rules = {changes};
  int descriptor = (int)syscall(SYS_landlock_create_ruleset, &rules, sizeof rules, 0);
  if (descriptor < 0) return errno;
  int code = syscall(SYS_landlock_restrict_self, descriptor, 0) == 0 ? 0 : errno;
  close(descriptor);
  return code;
}

#ifdef ARCHITECTURE
#define LOAD(field) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, field))
// The low half of an argument: flags fit into it on little-endian machines.
#define ARGUMENT(n) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args[n]))
#define DENY BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM)
#define ALLOW BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)
#define FORBID(call) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_##call, 0, 1), DENY

static int filter_calls(int programs) {
  const unsigned int writing = O_WRONLY | O_RDWR | O_CREAT | O_TRUNC;
  struct sock_filter code[] = {
    // Calls in another architecture's numbers (32-bit, x32) would pass a filter by number.
    LOAD(arch), BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ARCHITECTURE, 1, 0), BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
    LOAD(nr),
#if defined(__x86_64__)
    BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 0x40000000, 0, 1), DENY,
    // open(path, flags)
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_open, 0, 4), ARGUMENT(1), BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, writing, 0, 1),
    DENY, ALLOW, FORBID(creat), FORBID(unlink), FORBID(rename), FORBID(mkdir), FORBID(rmdir), FORBID(link),
    FORBID(symlink), FORBID(chmod), FORBID(chown), FORBID(lchown), FORBID(mknod), FORBID(utime), FORBID(utimes),
    FORBID(futimesat),
#endif
    // openat(directory, path, flags)
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_openat, 0, 4), ARGUMENT(2), BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, writing, 0, 1),
    DENY, ALLOW,
    // Its flags lie in memory, where a filter cannot look; callers fall back to openat.
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_openat2, 0, 1), BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOSYS),
    FORBID(truncate), FORBID(unlinkat), FORBID(renameat), FORBID(renameat2), FORBID(mkdirat), FORBID(linkat),
    FORBID(symlinkat), FORBID(fchmod), FORBID(fchmodat), FORBID(fchown), FORBID(fchownat), FORBID(mknodat),
    FORBID(utimensat), FORBID(setxattr), FORBID(lsetxattr), FORBID(removexattr), FORBID(mount), FORBID(umount2),
    FORBID(socket), FORBID(connect), FORBID(bind), FORBID(listen), FORBID(accept), FORBID(accept4), FORBID(ptrace),
    FORBID(process_vm_readv), FORBID(process_vm_writev), FORBID(io_uring_setup), FORBID(bpf), FORBID(keyctl),
    FORBID(perf_event_open), FORBID(unshare), FORBID(setns),
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_execve, 0, 1),
    BPF_STMT(BPF_RET | BPF_K, programs ? SECCOMP_RET_ALLOW : (SECCOMP_RET_ERRNO | EPERM)),
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_execveat, 0, 1),
    BPF_STMT(BPF_RET | BPF_K, programs ? SECCOMP_RET_ALLOW : (SECCOMP_RET_ERRNO | EPERM)),
    ALLOW,
  };
  struct sock_fprog program = {sizeof code / sizeof code[0], code};
  return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0) == 0 ? 0 : errno;
}
#else
static int filter_calls(int programs) { return ENOSYS; }
#endif

int cprocess_give_up_rights(int programs) {
  // Both want it: no program started from here gains rights by its owner.
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return errno;
  // First Landlock: its own calls are not to be thought about in the filter.
  int files = landlock_changes(), calls = filter_calls(programs);
  return files == 0 || calls == 0 ? 0 : calls;
}
