"""Child processes that never outlive their parent.

Every server and worker of an installation on one machine is a direct child of the command that started it.
Each runs in a process group of its own, so that Ctrl-C reaches the command alone, which then stops its
children in order; and on Linux the kernel signals a child when its parent dies without having had the time.
"""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_PR_SET_PDEATHSIG = 1
# Loaded before any fork: between fork and exec only the bare call may happen.
_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


@dataclass(frozen=True)
class SystemUser:
    """A user of the operating system whom a child runs as."""

    uid: int
    gid: int


def start(
    command: Sequence[str | Path],
    *,
    log: Path | None = None,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    as_user: SystemUser | None = None,
    orphan_signal: signal.Signals = signal.SIGTERM,
    pass_fds: Sequence[int] = (),
) -> subprocess.Popen[bytes]:
    """Start a command as a direct child; its output is appended to `log`, or shown where there is none.

    `orphan_signal` is what the child gets when this process dies. The caller must be the main thread: the
    kernel watches the thread that forked.
    """
    parent = os.getpid()

    def arm_death_signal() -> None:
        # Runs in the child after the change of user, which would disarm it.
        die_with(parent, orphan_signal)

    output = log.open("ab") if log else None
    try:
        return subprocess.Popen(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT if output else None,
            env=dict(env) if env is not None else None,
            cwd=cwd,
            user=as_user.uid if as_user else None,
            group=as_user.gid if as_user else None,
            extra_groups=[] if as_user else None,
            preexec_fn=arm_death_signal,  # noqa: PLW1509 — this process starts no threads
            start_new_session=True,
            pass_fds=pass_fds,
        )
    finally:
        if output:
            output.close()


def die_with(parent: int, orphan_signal: signal.Signals = signal.SIGKILL) -> None:
    """Let the kernel signal this process when its parent, whose number is given, dies; at once if it has died already.

    Does nothing where the kernel cannot.
    """
    if _libc is not None:
        _libc.prctl(_PR_SET_PDEATHSIG, int(orphan_signal))
        if os.getppid() != parent:
            os.kill(os.getpid(), signal.SIGKILL)


def stop(child: subprocess.Popen[bytes], *steps: tuple[signal.Signals, float]) -> None:
    """Send each signal in turn, waiting its seconds for the end; then kill the child and all it started."""
    for number, seconds in steps:
        if child.poll() is not None:
            break
        child.send_signal(number)
        try:
            child.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            continue
    kill_group(child)


def kill_group(child: subprocess.Popen[bytes]) -> None:
    """Kill whatever is left of a child's process group, the child included, and reap the child."""
    # "No such process": nothing is left. macOS answers "not permitted" when only zombies are.
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()


def is_alive(pid: int) -> bool:
    """Whether a process with this number exists; it may be another than the one that had it before."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass  # somebody else's
    return True
