"""Power cuts at random instants, on file systems that lose what was not synced; a server that never syncs must fail."""
import time

import pytest
from disks import Forgetting, without_syncs
from torture import IS_LONG, SERVE, Ledger, Load, Server, Store, check_by_heed, inspect_and_restart, make_folder


def cut_repeatedly(disk, dice, rounds, count, env=None, what="power cuts", with_holes=False):
    """Cuts the power again and again under load; gives how many segments had a torn tail."""
    disk.start()
    folder = make_folder(disk.mount)
    ledger, store, torn = Ledger(), Store(folder.path), 0
    with Server(folder, *SERVE, env=env) as server:
        with Load(server.port, ledger, people=8):
            for number in range(rounds):
                time.sleep(dice.uniform(0.0, 0.7))
                disk.cut(server)
                if number % 5 == 4:
                    # Once more while it is starting, reading and mending.
                    server.spawn()
                    time.sleep(dice.uniform(0.0, 0.2))
                    disk.cut(server)
                    count(what)
                torn += inspect_and_restart(server, store, ledger, with_holes)
                count(what)
        assert server.stop() == 0
    store = Store(folder.path).read(with_holes)
    store.check(ledger)
    check_by_heed(folder, store)
    disk.stop()
    assert len(ledger.acknowledged) > 2 * rounds, f"hardly any load: {ledger.replies}"
    return torn, store


def test_power_cuts_on_the_given_lazy_file_system(place, dice, count):
    rounds = 100 if IS_LONG else 4
    cut_repeatedly(Forgetting(place, dice, given=True), dice, rounds, count, what="power cuts on shared/torture/lazyfs.py")


def test_power_cuts_where_names_and_cuts_are_forgotten_too(place, dice, count):
    rounds = 100 if IS_LONG else 5
    disk = Forgetting(place, dice, early=0.4, slow=15)
    torn, _ = cut_repeatedly(disk, dice, rounds, count, what="power cuts on forgetful.py")
    count("torn last lines mended after them", torn)
    if IS_LONG:
        assert torn > 0, "no last line was ever torn, so mending was not tested"


def test_power_cuts_that_leave_holes_in_what_was_not_synced(place, dice, count):
    rounds = 50 if IS_LONG else 3
    disk = Forgetting(place, dice, early=0.4, slow=15, holes=True)
    _, store = cut_repeatedly(disk, dice, rounds, count, what="power cuts with holes", with_holes=True)
    count("unreadable lines after them, named by file and line, kept and left out", len(store.unreadable))


def fail_a_customers_sync(disk, ledger, server, count):
    """Makes syncs fail until somebody is told; one may be the server's own, of seals or a cache, and is in its log."""
    told = ledger.replies.get(503, 0)
    for _ in range(20):
        disk.fail_next_sync()
        count("syncs that failed and lost what they should have written")
        deadline = time.time() + 2
        while time.time() < deadline:
            if ledger.replies.get(503, 0) > told:
                return
            time.sleep(0.02)
    raise AssertionError(f"nobody was told: {ledger.replies}; {server.said()[-900:]}")


def test_after_a_failed_sync_nothing_is_read_back_and_believed(place, dice, count):
    """The disk loses what it failed to sync, shows it until the power goes, and says yes to the next sync."""
    disk = Forgetting(place, dice, slow=5)
    disk.start()
    folder = make_folder(disk.mount)
    ledger, store = Ledger(), Store(folder.path)
    with Server(folder, *SERVE) as server:
        with Load(server.port, ledger, people=8):
            for number in range(30 if IS_LONG else 4):
                time.sleep(dice.uniform(0.1, 0.4))
                fail_a_customers_sync(disk, ledger, server, count)
                if number % 2:
                    time.sleep(dice.uniform(0.0, 0.3))
                    disk.cut(server)
                    inspect_and_restart(server, store, ledger)
        assert server.stop() == 0
        assert "storage" in server.said() and "disk reported an error" in server.said()
    disk.cut(server)
    Store(folder.path).read().check(ledger, refused_stay_out=True)
    assert list(folder.path.glob("*/**/*.2.jsonl")), "no segment was closed after a failed sync"
    check_by_heed(folder, Store(folder.path).read())
    disk.stop()


@pytest.mark.parametrize("given", [True, False], ids=["lazyfs", "forgetful"])
def test_the_control_that_never_syncs_is_caught(place, dice, count, given):
    with pytest.raises(AssertionError, match="acknowledged and lost"):
        cut_repeatedly(Forgetting(place, dice, given=given), dice, 5, lambda *_: None, env=without_syncs())
    count("controls without syncs caught by a power cut")
