"""The same faults from below the C library, and proof that the shim of test_calls.py meets every call there is."""
import contextlib
import re
import subprocess

import pytest
from disks import need
from torture import IS_LONG, SERVE, Browser, Ledger, Server, Store, Visitor

# What changes or locks files, all of which test_calls.py makes fail; and what only looks.
CHANGING = {"openat", "write", "fdatasync", "fsync", "ftruncate", "rename", "unlink", "mkdir", "flock", "fcntl"}
LOOKING = {"read", "pread64", "newfstatat", "fstat", "stat", "lstat", "statx", "close", "lseek", "getdents64", "access", "readlink"}


@pytest.fixture
def strace():
    program = need("strace", "strace")
    tried = subprocess.run([program, "-f", "-o", "/dev/null", "true"], capture_output=True, text=True)
    if tried.returncode:
        pytest.skip(f"tracing is forbidden here: {tried.stderr.strip()}")
    # As a grandchild, so that heed keeps the process id that the test ends.
    return [program, "-D", "-f"]


def submit(server, ledger, survey="one"):
    browser = Browser(server.port)
    visitor = Visitor(browser, ledger, survey)
    heard = []
    while not visitor.is_done:
        heard.append(visitor.send()[0])
        assert len(heard) < 10, heard
    browser.close()
    return heard


def test_the_append_path_makes_no_call_that_is_never_made_to_fail(folder, place, strace):
    trace = place / "trace"
    with Server(folder, *SERVE, under=[*strace, "-y", "-s", "24", "-o", trace]) as server:
        for survey in ("one", "two", "one"):
            assert set(submit(server, Ledger(), survey)) == {303}
        server.stop()
    lines = trace.read_text().splitlines()
    own = [re.match(r"\d+ +(\w+)\(", line) for line in lines if str(folder.path) in line and "execve(" not in line]
    calls = {found[1] for found in own if found}
    assert {"openat", "write", "fdatasync", "fsync", "flock"} <= calls
    assert calls <= CHANGING | LOOKING, f"not made to fail anywhere: {calls - CHANGING - LOOKING}"


def test_the_answer_leaves_only_after_its_line_is_on_disk(folder, place, strace):
    trace = place / "trace"
    with Server(folder, *SERVE, under=[*strace, "-y", "-s", "24", "-o", trace]) as server:
        ledger = Ledger()
        for _ in range(5):
            submit(server, ledger)
        server.stop()
    steps = []
    for line in trace.read_text().splitlines():
        if re.search(r"\bwrite\(\d+<[^>]*/responses/one/[^>]*\.jsonl>", line):
            steps.append("line")
        elif re.search(r"\bfdatasync\(\d+<[^>]*/responses/one/[^>]*\.jsonl>\) += 0|fdatasync resumed>\) += 0", line):
            steps.append("synced")
        elif "HTTP/1.1 303" in line and "resumed" not in line:
            steps.append("answer")
    assert steps == ["line", "synced", "answer"] * 5, steps


@contextlib.contextmanager
def attached(server, *words):
    """Traces a server that runs already: its start would meet the faults first, and say so, and end."""
    tracer = subprocess.Popen(["strace", "-f", "-p", str(server.process.pid), *map(str, words)], stderr=subprocess.PIPE, text=True)
    said = tracer.stderr.readline()
    if "attached" not in said:
        pytest.skip(f"a running process may not be traced here: {said.strip()}")
    try:
        yield
    finally:
        tracer.terminate()
        tracer.wait()
        tracer.stderr.close()


# Calls and errors that come together; those on the segment alone are matched by its path.
FAULTS = {
    "sync": (("fdatasync", "EIO"),), "write, full": (("write", "ENOSPC"),), "write": (("write", "EIO"),),
    "sync and cut": (("fdatasync", "EIO"), ("ftruncate", "EIO")), "folder sync": (("fsync", "EIO"),), "lock": (("flock", "EIO"),),
    "open": (("openat", "EMFILE"),), "sync interrupted": (("fdatasync", "EINTR"),), "write interrupted": (("write", "EINTR"),),
}
SHORT = ("sync", "write, full")


@pytest.mark.parametrize("fault", FAULTS if IS_LONG else SHORT)
def test_a_call_fails_below_the_c_library(folder, place, strace, count, fault):
    ledger = Ledger()
    with Server(folder, *SERVE) as server:
        assert submit(server, ledger) == [303]
        server.stop()
    calls = FAULTS[fault]
    onto = [["-P", path] for path in (folder.path / "responses/one").glob("*.jsonl")]
    paths = sum(onto, []) if calls[0][0] in ("write", "fdatasync") else []
    for turn in range(1, 6 if IS_LONG else 2):
        trace, store = place / f"trace-{turn}", Store(folder.path)
        rules = [word for call, error in calls for word in ("-e", f"inject={call}:error={error}:when={turn}")]
        names = "trace=" + ",".join(call for call, _ in calls)
        with Server(folder, *SERVE) as server, attached(server, "-e", names, *rules, *paths, "-o", trace):
            heard = [status for survey in ("one", "two") * 3 for status in submit(server, ledger, survey)]
            assert heard[-1] == 303
            server.kill()
        injected = trace.read_text().count("(INJECTED)")
        count("calls made to fail by strace", injected)
        if calls[0][1] == "EINTR":
            assert 503 not in heard
        elif paths and turn == 1:
            assert 503 in heard, trace.read_text()
        assert injected or turn > 1, trace.read_text()
        store.read().check(ledger, refused_stay_out=True)
        with Server(folder, *SERVE) as server:
            assert submit(server, ledger) == [303]
            assert server.stop() == 0
        store.read().check(ledger, refused_stay_out=True)
