"""Every call of the append path fails in turn: with EIO, ENOSPC, EINTR, by a short write; once, three times, until mended."""
import json
import os
import re
import shutil
import subprocess

import pytest
from disks import KINDS, Shim
from heed import BINARY
from torture import (IS_LONG, SERVE, Browser, Ledger, Server, Store, Visitor, check_given_back, ended_by_itself,
                     inspect_and_restart, make_folder)

FOR_EVER = 2**32 - 1


class Turns:
    """A fresh copy of a folder for every turn, and the shim that fails its calls."""

    def __init__(self, place):
        self.place = place
        self.template = make_folder(place, "template")
        (place / "turns").mkdir()
        self.shim = Shim(place, place / "turns")
        self.number = 0

    def fresh(self):
        self.number += 1
        folder = type(self.template)(self.place / "turns" / str(self.number), self.template.surveys)
        shutil.copytree(self.template.path, folder.path)
        return folder


@pytest.fixture
def turns(place):
    return Turns(place)


def answer(server, ledger, shim):
    """A customer of each survey to the end, patient with refusals; gives what was heard."""
    browser, heard = Browser(server.port), []
    for survey in ("one", "two"):
        visitor = Visitor(browser, ledger, survey)
        while not visitor.is_done:
            status, headers, text = visitor.send()
            heard.append(status)
            if status == 503:
                assert int(headers["retry-after"]) > 0
                check_given_back(visitor, text)
                if heard[-3:] == [503] * 3:
                    # Whatever it was is mended, and it goes on without a restart.
                    shim.disarm()
                assert heard[-6:] != [503] * 6, f"no recovery: {heard}; {server.said()[-500:]}"
    browser.close()
    return heard


def take_turn(turns, error, first, times, kinds=KINDS):
    """One turn; gives the kind of call that failed first, or None when there was no such call any more."""
    folder, shim, ledger = turns.fresh(), turns.shim, Ledger()
    store = Store(folder.path)
    shim.disarm()
    with Server(folder, *SERVE, env=shim.env) as server:
        shim.arm(error, first, times, kinds)
        heard = answer(server, ledger, shim)
        hits, kind = shim.hits, shim.kind
        shim.disarm()
        if hits and error in ("EINTR", None):
            assert 503 not in heard, f"{error or 'a short write'} at {kind} was not taken in stride: {heard}"
        if 503 in heard:
            assert re.search(r"error storage message=Cannot .*: .*\.", server.said()), server.said()
        # The next one finds nothing of it.
        assert 503 not in answer(server, ledger, shim)
        store.read().check(ledger, refused_stay_out=True)
        assert not store.tails, f"a torn line stands before the next append: {store.tails}"
        server.kill()
        inspect_and_restart(server, store, ledger)
        assert server.stop() == 0
    shutil.rmtree(folder.path)
    return kind if hits else None


PLANS = {
    "EIO once": ("EIO", 1, KINDS), "ENOSPC once": ("ENOSPC", 1, KINDS), "EIO three times": ("EIO", 3, KINDS),
    "ENOSPC until mended": ("ENOSPC", FOR_EVER, KINDS), "EROFS until mended": ("EROFS", FOR_EVER, KINDS),
    "EINTR three times": ("EINTR", 3, KINDS), "short write once": (None, 1, ("write",)),
    "short writes throughout": (None, FOR_EVER, ("write",)),
}


@pytest.mark.parametrize("plan", PLANS)
def test_each_call_of_the_append_path_fails_in_turn(turns, plan, dice, count):
    error, times, kinds = PLANS[plan]
    failed, first = [], 1
    while (kind := take_turn(turns, error, first, times, kinds)) is not None:
        failed.append(kind)
        # The short version starts at a random call of the first few and takes every few.
        first += 1 if IS_LONG else dice.randint(1, 3) if plan == "EIO once" else dice.randint(8, 14)
        assert first < 300, "the calls have no end"
    assert failed, "nothing could be made to fail"
    if IS_LONG and len(kinds) > 1:
        assert {"open", "write", "sync", "folder sync", "mkdir", "lock"} <= set(failed), failed
    count("calls of the append path made to fail in turn", len(failed))


def turns_of(plan, dice, most=300):
    """Every call in turn; the short version begins somewhere among the first and leaves some out."""
    first = 1 if IS_LONG else dice.randint(1, 4)
    while first < most:
        yield first
        first += 1 if IS_LONG else dice.randint(9, 16)
    raise AssertionError(f"the calls of {plan} have no end")


@pytest.mark.parametrize("error", ["EIO", "ENOSPC"])
def test_each_call_of_a_start_fails_in_turn(turns, error, dice, count):
    """It serves, or it ends and says why; the start after that is as if nothing had been."""
    shim, failed = turns.shim, 0
    for first in turns_of("a start", dice):
        folder, ledger = turns.fresh(), Ledger()
        shim.disarm()
        with Server(folder, *SERVE, env=shim.env) as server:
            answer(server, ledger, shim)
            server.kill()
            shim.arm(error, first)
            server.spawn()
            if ended_by_itself(server):
                assert server.process.returncode in (73, 74, 77) and "Cannot " in server.said(), server.said()
            hits = shim.hits
            shim.disarm()
            server.kill()
            store = Store(folder.path).read()
            store.check(ledger)
            server.start()
            answer(server, ledger, shim)
            store.read().check(ledger, refused_stay_out=True)
            assert server.stop() == 0
        shutil.rmtree(folder.path)
        if not hits:
            break
        failed += 1
    assert failed
    count("calls of a start made to fail in turn", failed)


@pytest.mark.parametrize("error", ["EIO", "ENOSPC"])
def test_each_call_of_a_command_fails_in_turn(turns, error, dice, count):
    """It says so, and nothing of it is there by half; the same command again does the rest."""
    shim, failed = turns.shim, 0
    file = turns.place / "accounts.csv"
    file.write_text("id,name\n" + "".join(f"a{n},Account {n}\n" for n in range(500)))
    for first in turns_of("a command", dice):
        folder = turns.fresh()
        words = [BINARY, "--data", folder.path, "import", "accounts", file]
        shim.arm(error, first)
        result = subprocess.run(words, env={**os.environ, **shim.env}, capture_output=True, text=True, timeout=60)
        hits = shim.hits
        shim.disarm()
        journal = folder.path / "accounts.jsonl"
        if result.returncode:
            assert result.returncode in (73, 74, 77), result
            assert re.search(r"Cannot .*: .*\.", result.stderr), result
            assert not journal.exists() or not journal.read_bytes(), "a batch that failed was left standing"
        assert subprocess.run(words, capture_output=True).returncode == 0
        ids = [json.loads(line)["id"] for line in journal.read_bytes().splitlines()]
        assert ids == [f"a{n}" for n in range(500)]
        shutil.rmtree(folder.path)
        if not hits:
            break
        failed += 1
    assert failed
    count("calls of a command made to fail in turn", failed)
