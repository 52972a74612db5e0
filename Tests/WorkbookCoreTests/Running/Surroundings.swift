import Foundation

@testable import WorkbookConfinement
@testable import WorkbookCore
@testable import WorkbookSystem

/// What a launcher may find itself in.
enum Surroundings: Hashable, Sendable {
  case plain
  /// An older kernel's access control.
  case landlock(Int)
  /// A user without any rights of root's.
  case nobody
  /// A container's filter of system calls, as Docker and Podman put it on all that they run.
  case container

  /// Those that this machine and user can make.
  static let possible: [Surroundings] =
    [.landlock(1), .landlock(4), .container] + (geteuid() == 0 ? [.nobody] : [])

  /// A runner for an executable in the folder of a launch.
  func runner(for executable: inout String, in folder: String) throws -> Runner {
    var runner = Workshop.runner
    switch self {
    case .plain: break
    case .landlock(let version): runner.landlock = version
    case .nobody:
      // On the way to the program and its folder, everybody may pass and look around.
      var parent = folder
      while parent != "/" {
        var status = stat()
        stat(parent, &status)
        chmod(parent, status.st_mode | 0o555)
        parent = WorkbookSystem.folder(of: parent)
      }
      let copy = folder + "/program"
      try Self.run("/bin/cp", [executable, copy])
      executable = copy
      for name in [""] + (names(in: folder) ?? []).map({ "/" + $0 }) {
        chown(folder + name, 65534, 65534)
      }
      runner.launchers = Launchers(
        try Self.script(
          "exec setpriv --reuid 65534 --regid 65534 --clear-groups \"$launcher\" \"$@\""))
    case .container: runner.launchers = Launchers(try Self.containerLauncher.get())
    }
    return runner
  }

  /// The command where there is none of the kernel's files; only root can make that.
  static func launcherWithoutProc() throws -> String {
    try script(
      "exec unshare -m sh -c 'mount -t tmpfs none /proc && exec \"$0\" \"$@\"' \"$launcher\" \"$@\""
    )
  }

  /// Has another process write what is to be run: what one of this process's children still holds to
  /// write cannot be.
  private static func run(_ executable: String, _ arguments: [String]) throws {
    let process = Process()
    process.executableURL = URL(filePath: executable)
    process.arguments = arguments
    try process.run()
    process.waitUntilExit()
  }

  private static func script(_ command: String) throws -> String {
    let path = "\(Workshop.folder)/\(abs(command.hashValue)).sh"
    try run(
      "/bin/sh",
      [
        "-c",
        "printf '#!/bin/sh\\nlauncher=\"%s\"\\n%s\\n' \"$1\" \"$2\" > \"$0.$$\"; chmod 755 \"$0.$$\"; mv \"$0.$$\" \"$0\"",
        path, Workshop.launcher, command,
      ])
    return path
  }

  private static let containerLauncher = Result { try filtered("container") }
  /// In a container whose filter does not know how one process hears of another's end.
  static let launcherWithoutHandles = Result { try filtered("old", refusing: "SYS_pidfd_open") }

  /// The launcher behind a filter that refuses what Docker's default profile refuses to processes without
  /// capabilities, and another call.
  private static func filtered(
    _ name: String, refusing call: String = "SYS_acct"
  ) throws -> String {
    let source = """
      #include <errno.h>
      #include <linux/filter.h>
      #include <linux/seccomp.h>
      #include <stddef.h>
      #include <sys/prctl.h>
      #include <sys/syscall.h>
      #include <unistd.h>
      int main(int count, char **arguments) {
        int refused[] = {
          SYS_acct, SYS_add_key, SYS_bpf, SYS_clock_settime, SYS_delete_module, SYS_fanotify_init,
          SYS_finit_module, SYS_fsconfig, SYS_fsmount, SYS_fsopen, SYS_init_module, SYS_io_uring_enter,
          SYS_io_uring_register, SYS_io_uring_setup, SYS_kcmp, SYS_kexec_load, SYS_keyctl,
          SYS_lookup_dcookie, SYS_mount, SYS_move_mount, SYS_move_pages, SYS_open_by_handle_at,
          SYS_open_tree, SYS_perf_event_open, SYS_pidfd_getfd, SYS_pivot_root, SYS_process_vm_readv,
          SYS_process_vm_writev, SYS_quotactl, SYS_reboot, SYS_request_key, SYS_setdomainname, SYS_setns,
          SYS_settimeofday, SYS_swapoff, SYS_swapon, SYS_syslog, SYS_umount2, SYS_unshare,
          SYS_userfaultfd, SYS_vhangup, REFUSED };
        struct sock_filter code[200];
        int n = 0;
        code[n++] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, 0);
        code[n++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_clone3, 0, 1);
        code[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOSYS);
        for (unsigned i = 0; i < sizeof refused / sizeof *refused; i++) {
          code[n++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, refused[i], 0, 1);
          code[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM);
        }
        code[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
        struct sock_fprog program = {n, code};
        if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) || prctl(PR_SET_SECCOMP, 2, &program)) return 71;
        arguments[0] = LAUNCHER;
        execv(arguments[0], arguments);
        return 72;
      }
      """
    let path = Workshop.folder + "/" + name
    try Workshop.write([name + ".c": source], to: Workshop.folder)
    try run(
      "/usr/bin/env",
      [
        "clang", "-o", path, path + ".c", "-DLAUNCHER=\"\(Workshop.launcher)\"",
        "-DREFUSED=\(call)",
      ])
    return path
  }
}
