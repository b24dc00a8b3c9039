"""Disks that fail on command: a preloaded shim, file systems that forget, small ones, and what this machine allows."""
import contextlib
import ctypes.util
import errno
import mmap
import os
import shutil
import signal
import struct
import subprocess
import sys
import time
from pathlib import Path

import pytest
from heed import SHARED

HERE = Path(__file__).parent
KINDS = ("open", "write", "sync", "folder sync", "truncate", "rename", "unlink", "mkdir", "lock")


def need(program, package):
    """The program's path; without it the test is skipped with the reason."""
    found = shutil.which(program)
    if not found:
        pytest.skip(f"{program} is not installed (Debian package {package})")
    return found


def preload(package, *names):
    """The path of a library to be preloaded."""
    for pattern in names:
        for path in sorted(Path("/usr/lib").glob(pattern)):
            return str(path)
    pytest.skip(f"{names[0]} is not installed (Debian package {package})")


def without_syncs():
    """The environment of a server whose syncs do nothing, by eatmydata."""
    return {"LD_PRELOAD": preload("libeatmydata1", "*/libeatmydata.so*", "libeatmydata.so*")}


class Shim:
    """faulty.c, compiled and preloaded: says which call on the data folder's files fails, and counts them."""

    LAYOUT = struct.Struct("=IIiIIIIII")

    def __init__(self, place, root):
        compiler = os.environ.get("CC") or shutil.which("cc") or shutil.which("clang") or need("gcc", "gcc")
        library = Path(place) / "faulty.so"
        subprocess.run([compiler, "-O1", "-Wall", "-Werror", "-shared", "-fPIC", "-o", library, HERE / "faulty.c", "-ldl"], check=True)
        path = Path(place) / "fault-page"
        path.write_bytes(bytes(4096))
        self.file = path.open("r+b")
        self.page = mmap.mmap(self.file.fileno(), 4096)
        self.delay = 0
        self.env = {"LD_PRELOAD": str(library), "HEED_FAULT_PAGE": str(path), "HEED_FAULT_ROOT": str(root)}

    def arm(self, error, first=1, times=1, kinds=KINDS):
        """From the first-th call on that is of these kinds, so many fail with the error; 0 makes writes fall short."""
        bits = sum(1 << KINDS.index(kind) for kind in kinds)
        code = getattr(errno, error) if error else 0
        self.LAYOUT.pack_into(self.page, 0, 0, bits, code, first, min(times, 2**32 - 1), 0, 0, 0, self.delay)
        self.page[0:4] = struct.pack("=I", 1)

    def disarm(self):
        self.page[0:4] = struct.pack("=I", 0)

    def slow(self, microseconds):
        """Makes every sync take so much longer."""
        self.delay = microseconds
        self.page[32:36] = struct.pack("=I", microseconds)

    @property
    def calls(self):
        """How many calls were counted since it was armed."""
        return struct.unpack_from("=I", self.page, 20)[0]

    @property
    def hits(self):
        return struct.unpack_from("=I", self.page, 24)[0]

    @property
    def kind(self):
        """The kind of the first call that failed."""
        return KINDS[struct.unpack_from("=I", self.page, 28)[0]]

    @property
    def seen(self):
        """All calls so far, by kind."""
        return dict(zip(KINDS, struct.unpack_from(f"={len(KINDS)}I", self.page, 36)))


def need_mounts():
    if os.geteuid() != 0:
        pytest.skip("mounting needs root")


def need_fuse():
    if not os.path.exists("/dev/fuse"):
        pytest.skip("this machine has no /dev/fuse")
    if not os.access("/dev/fuse", os.R_OK | os.W_OK):
        pytest.skip("/dev/fuse may not be opened here")
    if os.geteuid() != 0:
        need("fusermount", "fuse3")
    if not ctypes.util.find_library("fuse"):
        pytest.skip("libfuse 2 is not installed (Debian package libfuse2)")
    if subprocess.run([sys.executable, "-c", "import fuse"], capture_output=True).returncode:
        pytest.skip("fusepy is not installed (PyPI package fusepy)")


class Forgetting:
    """A mounted file system that loses what was not synced: ours, or the one given in shared/torture/lazyfs.py."""

    def __init__(self, place, dice, given=False, early=0.0, holes=False, slow=0):
        need_fuse()
        self.program = SHARED / "torture/lazyfs.py" if given else HERE / "forgetful.py"
        if not self.program.exists():
            pytest.skip(f"{self.program} does not stand beside the checkout")
        self.backing, self.mount = Path(place) / "backing", Path(place) / "mount"
        self.backing.mkdir()
        self.mount.mkdir()
        self.given, self.dice = given, dice
        self.words = [] if given else ["--early", early, "--slow", slow] + ["--holes"] * holes
        self.process = None
        self.log = open(Path(place) / "disk.log", "ab")

    def start(self):
        words = [] if self.given else [*map(str, self.words), "--seed", str(self.dice.random())]
        self.process = subprocess.Popen(
            [sys.executable, self.program, self.backing, self.mount, *words], stdout=self.log, stderr=self.log)
        deadline = time.time() + 20
        while not os.path.ismount(self.mount):
            if self.process.poll() is not None:
                pytest.skip(f"{self.program.name} cannot be mounted here: {Path(self.log.name).read_text()[-300:]}")
            assert time.time() < deadline, "the file system is not there after 20 s"
            time.sleep(0.02)

    def cut(self, server):
        """The power goes for the server and the disk, and what was not synced is gone; then the disk is there again."""
        if self.given:
            # Its own signal for it; it writes nothing back by itself, so the moment that counts is the server's end.
            server.kill()
            self.process.send_signal(signal.SIGUSR1)
            os.listdir(self.mount)
            self.stop()
        else:
            # Without its process the disk is gone at once, while the server still tries to write.
            self.process.kill()
            server.kill()
            self.process.wait()
            unmount(self.mount)
        self.start()

    def fail_next_sync(self):
        self.process.send_signal(signal.SIGUSR2)

    def stop(self):
        unmount(self.mount)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            # Something still has a file open there.
            self.process.kill()
            self.process.wait()


def unmount(path):
    """Takes a mount away at once; who has a file open there keeps only that."""
    words = ["umount", "-l"] if os.geteuid() == 0 else [shutil.which("fusermount") or "fusermount3", "-u", "-z"]
    subprocess.run([*words, path], check=True)


@contextlib.contextmanager
def unmounting(path):
    """Undoes every mount below a folder when the test is over, however it ended."""
    try:
        yield
    finally:
        with open("/proc/self/mounts") as mounts:
            below = [line.split()[1] for line in mounts if line.split()[1].startswith(str(path) + "/")]
        for mount in reversed(below):
            unmount(mount)


def small_disk(path, size):
    """Mounts a file system of so many bytes that is gone with the test; needs root."""
    need_mounts()
    path.mkdir(exist_ok=True)
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", path], capture_output=True, text=True)
    if made.returncode:
        pytest.skip(f"a small file system cannot be mounted here: {made.stderr.strip()}")


def fill(path):
    """Writes a file until not one more byte fits."""
    with open(path, "ab", buffering=0) as file:
        for size in (1 << 16, 1 << 12, 1):
            try:
                while True:
                    file.write(b"x" * size)
            except OSError as error:
                assert error.errno == errno.ENOSPC, error
