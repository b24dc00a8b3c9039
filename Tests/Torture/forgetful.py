#!/usr/bin/env python3
"""A file system that forgets what was not synced: killing this process is the power cut.

forgetful.py BACKING MOUNTPOINT [--early P] [--holes] [--slow MS] [--seed N]   (PyPI fusepy, Debian libfuse2)

Stricter than shared/torture/lazyfs.py, which keeps names, renames and cuts at once: here bytes and lengths are on disk
after fsync or fdatasync of the file, and names, renames and removals after fsync of their folder, and not before. With
--early, parts of what was not synced get there too, as a real kernel writes back when it likes: beginnings of unsynced
bytes, single names, and with --holes also sectors whose predecessors are missing. SIGUSR2 makes the next sync of a file
fail: its bytes never get to the disk, reads go on showing them, and the sync after that succeeds (Linux since 4.13).
With --slow a sync takes so long, so that a power cut falls between a write and its sync more often than not.
"""
import argparse
import errno
import json
import os
import posixpath
import random
import signal
import stat
import time

from fuse import FUSE, FuseOSError, Operations

SECTOR = 512


class Node:
    """One file as the processes see it; what differs from the disk begins at `dirty`."""

    def __init__(self, number, data=b"", mode=stat.S_IFREG | 0o600):
        self.number, self.data, self.mode = number, bytearray(data), mode
        self.dirty = None
        self.times = (time.time_ns(), time.time_ns())

    def touch(self, start=None):
        self.times = (self.times[0], time.time_ns())
        if start is not None:
            self.dirty = start if self.dirty is None else min(self.dirty, start)


class Disk:
    """What survives: the bytes of files by number, and a list of names, both written at once or not at all."""

    def __init__(self, root):
        self.root = root
        self.list = os.path.join(root, "names.json")
        os.makedirs(os.path.join(root, "files"), exist_ok=True)
        self.names = {"/": 0}
        if os.path.exists(self.list):
            with open(self.list) as file:
                self.names = json.load(file)

    def path(self, number):
        return os.path.join(self.root, "files", str(number))

    def load(self, number):
        try:
            with open(self.path(number), "rb") as file:
                return file.read()
        except FileNotFoundError:
            return b""

    def store(self, node, start, end):
        with open(os.open(self.path(node.number), os.O_RDWR | os.O_CREAT, 0o600), "r+b", buffering=0) as file:
            os.pwrite(file.fileno(), bytes(node.data[start:end]), start)
            if end >= len(node.data):
                os.ftruncate(file.fileno(), len(node.data))

    def keep_names(self, names):
        self.names = names
        with open(self.list + ".new", "w") as file:
            json.dump(names, file)
        os.rename(self.list + ".new", self.list)


class Forgetful(Operations):
    def __init__(self, disk, dice, early, holes, slow):
        self.disk, self.dice, self.early, self.holes, self.slow = disk, dice, early, holes, slow
        self.names, self.nodes, self.fails = {}, {}, False
        for path in sorted(disk.names, key=lambda p: (p.count("/"), p)):
            number = disk.names[path]
            # A name whose folder did not survive is lost with it.
            if path == "/" or posixpath.dirname(path) in self.names:
                self.names[path] = number
                if path == "/" or number < 0:
                    self.nodes[number] = Node(number, mode=stat.S_IFDIR | 0o700)
                else:
                    self.nodes[number] = Node(number, disk.load(number))
        disk.keep_names(dict(self.names))
        # Numbers of files that lost their name are not given out again.
        used = [abs(n) for n in self.nodes] + [int(n) for n in os.listdir(os.path.join(disk.root, "files"))]
        self.last = max(used, default=0)

    def node(self, path):
        if path not in self.names:
            raise FuseOSError(errno.ENOENT)
        return self.nodes[self.names[path]]

    def begin(self, path, mode, sign):
        self.last += 1
        self.nodes[sign * self.last] = Node(sign * self.last, mode=mode)
        self.names[path] = sign * self.last
        self.changed(path)
        return sign * self.last

    def changed(self, path):
        """A name changed; sometimes it gets to the disk by itself."""
        self.node(posixpath.dirname(path)).touch()
        if self.dice.random() < self.early:
            names = dict(self.disk.names)
            names.pop(path, None)
            if path in self.names:
                names[path] = self.names[path]
            self.disk.keep_names(names)

    def getattr(self, path, fh=None):
        node = self.nodes[fh] if fh in self.nodes else self.node(path)
        return {"st_mode": node.mode, "st_size": len(node.data), "st_ino": abs(node.number) + 2, "st_nlink": 1,
                "st_uid": os.getuid(), "st_gid": os.getgid(), "st_atime": node.times[0], "st_mtime": node.times[1],
                "st_ctime": node.times[1]}

    def readdir(self, path, fh):
        return [".", ".."] + [posixpath.basename(p) for p in self.names if p != "/" and posixpath.dirname(p) == path]

    def create(self, path, mode, fi=None):
        return self.begin(path, stat.S_IFREG | mode & 0o777, 1)

    def open(self, path, flags):
        return self.node(path).number

    def mkdir(self, path, mode):
        self.begin(path, stat.S_IFDIR | mode & 0o777, -1)

    def remove(self, path):
        self.node(path)
        del self.names[path]
        self.changed(path)

    unlink = rmdir = remove

    def rename(self, old, new):
        number = self.node(old).number
        for path in [p for p in self.names if p.startswith(old + "/")]:
            self.names[new + path[len(old):]] = self.names.pop(path)
        del self.names[old]
        self.names[new] = number
        # One step for who looks, and one on the disk.
        self.node(posixpath.dirname(old)).touch()
        self.node(posixpath.dirname(new)).touch()
        # libfuse keeps a name for a file that is open and gets replaced; that is no step of its own.
        if ".fuse_hidden" not in new and self.dice.random() < self.early:
            names = {p: n for p, n in self.disk.names.items() if p != old}
            names[new] = number
            self.disk.keep_names(names)

    def read(self, path, size, offset, fh):
        return bytes(self.nodes[fh].data[offset:offset + size])

    def write(self, path, data, offset, fh):
        node = self.nodes[fh]
        if offset > len(node.data):
            node.data.extend(bytes(offset - len(node.data)))
        node.data[offset:offset + len(data)] = data
        node.touch(offset)
        if self.dice.random() < self.early:
            self.write_back(node)
        return len(data)

    def write_back(self, node):
        """What a kernel may do at any time: some of what is dirty gets to the disk."""
        end = self.dice.randint(node.dirty, len(node.data))
        start = node.dirty
        if self.holes and self.dice.random() < 0.5:
            start = min(end, (start // SECTOR + self.dice.randint(1, 3)) * SECTOR)
        self.disk.store(node, start, end)

    def truncate(self, path, length, fh=None):
        node = self.nodes[fh] if fh in self.nodes else self.node(path)
        old = len(node.data)
        del node.data[length:]
        node.data.extend(bytes(length - len(node.data)))
        node.touch(min(old, length))

    def fsync(self, path, datasync, fh):
        node = self.nodes[fh]
        time.sleep(self.slow / 1000)
        if self.fails:
            self.fails = False
            node.dirty = None
            raise FuseOSError(errno.EIO)
        if node.dirty is not None:
            self.disk.store(node, node.dirty, len(node.data))
            node.dirty = None
        return 0

    def fsyncdir(self, path, datasync, fh):
        names = {p: n for p, n in self.disk.names.items() if p == "/" or posixpath.dirname(p) != path}
        names.update({p: n for p, n in self.names.items() if p != "/" and posixpath.dirname(p) == path})
        self.disk.keep_names(names)
        return 0

    def utimens(self, path, times=None):
        node = self.node(path)
        node.times = times or (time.time_ns(), time.time_ns())

    def chmod(self, path, mode):
        node = self.node(path)
        node.mode = stat.S_IFMT(node.mode) | mode & 0o777

    def chown(self, path, uid, gid):
        pass

    def statfs(self, path):
        return {"f_bsize": 4096, "f_blocks": 1 << 20, "f_bavail": 1 << 20, "f_bfree": 1 << 20, "f_namemax": 255}

    def flush(self, path, fh):
        return 0

    def release(self, path, fh):
        return 0

    use_ns = True


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("backing")
    parser.add_argument("mountpoint")
    parser.add_argument("--early", type=float, default=0)
    parser.add_argument("--holes", action="store_true")
    parser.add_argument("--slow", type=float, default=0)
    parser.add_argument("--seed", default="")
    given = parser.parse_args()
    files = Forgetful(Disk(given.backing), random.Random(given.seed), given.early, given.holes, given.slow)

    def fail(*_):
        files.fails = True

    signal.signal(signal.SIGUSR2, fail)
    FUSE(files, given.mountpoint, foreground=True, nothreads=True, use_ino=True, big_writes=True, attr_timeout=0,
         entry_timeout=0, default_permissions=True)


if __name__ == "__main__":
    main()
