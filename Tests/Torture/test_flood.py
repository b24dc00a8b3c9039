"""A flood on a disk that takes 5 ms a sync: memory stays bounded, what cannot wait is turned away, and every 303 is a line."""
import re
import resource
import subprocess
import threading
import time

import pytest
from disks import Shim, need
from torture import IS_LONG, Ledger, Server, refused, wait_until

SCRIPT = """wrk.method = "POST"
wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
wrk.body = "recommend=9&reason=" .. string.rep("great+", {words})
"""
MIB = 1 << 20


@pytest.fixture
def slow(folder, place):
    shim = Shim(place, folder.path)
    shim.slow(5000)
    return shim


class Memory:
    """What a server has in memory, looked at twice a second."""

    def __init__(self, server):
        self.process, self.seen = server.process, []
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def _watch(self):
        started = time.time()
        while not self._stop.wait(0.5):
            self.seen.append((time.time() - started, self.now()))

    def now(self, what="VmRSS"):
        with open(f"/proc/{self.process.pid}/status") as status:
            return next(int(line.split()[1]) * 1024 for line in status if line.startswith(what))

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._stop.set()
        self._thread.join()

    def most(self, start, end=float("inf")):
        return max(bytes for at, bytes in self.seen if start <= at <= end)


def flood(server, place, connections, seconds, words=20):
    """Sends as fast as so many connections can; gives how many answers there were, and how many were refusals or worse."""
    script = place / "flood.lua"
    script.write_text(SCRIPT.format(words=words))
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    result = subprocess.run(
        [need("wrk", "wrk"), "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "60s", "--latency", "-s", script,
         server.url + "/s/one"], capture_output=True, text=True, check=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (most, most)))
    answers = int(re.search(r"(\d+) requests in", result.stdout)[1])
    others = re.search(r"Non-2xx or 3xx responses: (\d+)", result.stdout)
    slowest = re.search(r"99%\s+(\S+)", result.stdout)
    return answers, int(others[1]) if others else 0, slowest[1] if slowest else "?"


def stored(folder):
    """How many lines there are, when no more come."""
    lines = -1
    while lines != (lines := sum(count_lines(path) for path in (folder.path / "responses/one").glob("*.jsonl"))):
        time.sleep(0.3)
    return lines


def count_lines(path):
    with path.open("rb") as file:
        return sum(block.count(b"\n") for block in iter(lambda: file.read(MIB), b""))


def test_memory_stays_bounded_on_a_slow_disk(folder, place, slow, count):
    """Once at its working size a server does not grow with what it has taken."""
    seconds = 600 if IS_LONG else 20
    with Server(folder, "--rate-limit", "off", env=slow.env) as server:
        flood(server, place, 256, 2)
        before = stored(folder)
        with Memory(server) as memory:
            answers, refusals, p99 = flood(server, place, 256, seconds)
        accepted, lines = answers - refusals, stored(folder) - before
        # What was on its way when the load stopped was stored too.
        assert accepted <= lines <= accepted + 256, f"{accepted} acknowledged, {lines} stored"
        assert refusals == 0, f"{refusals} of {answers} refused, though no more than 256 waited"
        early, late = memory.most(0, seconds / 3), memory.most(seconds / 3)
        count(f"seconds of flood at 5 ms a sync: {accepted} answers, all {lines} of them lines on disk, p99 {p99}, "
              f"memory {early // MIB} MiB in the first third and {late // MIB} MiB after it, peak "
              f"{memory.now('VmHWM') // MIB} MiB; {slow.seen['sync']} syncs", seconds)
        assert late < 128 * MIB, f"{late // MIB} MiB"
        assert late < early + 32 * MIB, f"grew from {early // MIB} to {late // MIB} MiB"
        assert server.stop() == 0


@pytest.mark.skipif(not IS_LONG, reason="needs 6,000 connections; part of `make torture`")
def test_what_cannot_wait_is_turned_away(folder, place, slow, count):
    """With more waiting than may wait, the others hear so at once, with their answers; memory holds, and it passes."""
    connections = 6000
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    if most < connections + 200:
        pytest.skip(f"a process may open {most} files here, and {connections} connections are needed")
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    slow.slow(2_000_000)
    ledger = Ledger()
    with Server(folder, "--rate-limit", "off", env=slow.env) as server:
        with Memory(server) as memory:
            sending = threading.Thread(target=flood, args=(server, place, connections, 4, 300))
            sending.start()
            time.sleep(3)
            waiting = refused(server, ledger)
            sending.join()
        slow.slow(0)
        wait_until(lambda: waiting.send()[0] == 303, lambda: f"no recovery: {server.said()[-300:]}")
        assert "Too much is waiting to be written" in server.said()
        peak = memory.now("VmHWM")
        count(f"connections at once at 2 s a sync: some turned away, peak memory {peak // MIB} MiB", connections)
        assert peak < 320 * MIB, f"{peak // MIB} MiB"
        assert server.stop() == 0
