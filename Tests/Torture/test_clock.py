"""The clock steps back, jumps, and a month turns while answers come in; by libfaketime, without touching the machine's clock."""
import json
import time

from torture import SERVE, Ledger, Load, Server, Store, check_by_heed, wait_until


def recorded(line):
    return line.get("recorded") or line["submitted"]


def check_order(folder, store):
    """Within a journal recorded never decreases, and a segment of a later month begins after all of an earlier one."""
    for kind in ("responses/one", "drafts"):
        last = ""
        for path in sorted((folder.path / kind).glob("*.jsonl")):
            for line in map(json.loads, path.read_bytes().splitlines()):
                assert recorded(line) >= last, f"{path}: {recorded(line)} after {last}"
                last = recorded(line)


def test_a_month_turns_while_writing(folder, clock, count):
    ledger = Ledger()
    clock.set("2027-01-31 23:59:58")
    with Server(folder, *SERVE, under=clock.under, env=clock.env) as server:
        with Load(server.port, ledger):
            wait_until(lambda: (folder.path / "responses/one/2027-02.jsonl").exists(), "no new month")
            time.sleep(0.7)
        assert 503 not in ledger.replies, ledger.replies
        assert server.stop() == 0
    store = Store(folder.path).read()
    store.check(ledger)
    check_order(folder, store)
    for survey in ("one", "two"):
        names = sorted(path.name for path in (folder.path / "responses" / survey).glob("*.jsonl"))
        assert names == ["2027-01.jsonl", "2027-02.jsonl"], names
        for name in names:
            for line in map(json.loads, (folder.path / "responses" / survey / name).read_bytes().splitlines()):
                assert recorded(line).startswith(name[:7]), f"{name}: {line}"
    check_by_heed(folder, store, "--as-of", "2040-01-01")
    count("months turned while writing")


def test_the_clock_steps_back_and_forth(folder, clock, count):
    ledger = Ledger()
    clock.set("2027-03-15 12:00:00")
    with Server(folder, *SERVE, under=clock.under, env=clock.env) as server:
        with Load(server.port, ledger):
            # An hour back, a month back, years ahead (2038 has passed), and back to where it was.
            for moment in ("2027-03-15 11:00:00", "2027-02-01 00:00:00", "2039-02-28 23:59:59", "2027-03-15 12:00:10"):
                heard = len(ledger.acknowledged)
                wait_until(lambda: len(ledger.acknowledged) > heard + 30, lambda: f"no answers are taken: {ledger.replies}")
                clock.set(moment)
                count("clock steps")
            heard = len(ledger.acknowledged)
            wait_until(lambda: len(ledger.acknowledged) > heard + 30, lambda: f"no answers are taken: {ledger.replies}")
        # A form that seems older than a day asks for one more tap (422).
        assert set(ledger.replies) <= {303, 422}, f"{ledger.replies}; {server.said()[-500:]}"
        server.kill()
        store = Store(folder.path).read()
        store.check(ledger)
        check_order(folder, store)
        server.start()
        assert server.stop() == 0
    check_by_heed(folder, store, "--as-of", "2040-01-01")
