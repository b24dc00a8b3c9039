"""kill -9 at random instants under load, at any moment of a start as well."""
import time

from disks import without_syncs
from torture import IS_LONG, SERVE, Ledger, Load, Server, Store, check_by_heed, inspect_and_restart


def kill_repeatedly(folder, dice, rounds, count, env=None):
    """Kills again and again under load; gives how many answers were acknowledged."""
    ledger, store = Ledger(), Store(folder.path)
    with Server(folder, *SERVE, env=env) as server:
        with Load(server.port, ledger):
            for number in range(rounds):
                time.sleep(dice.uniform(0.0, 0.6))
                server.kill()
                if number % 5 == 4:
                    # Once more while it is starting, reading and mending.
                    server.spawn()
                    time.sleep(dice.uniform(0.0, 0.15))
                    server.kill()
                    count("starts killed half-way")
                inspect_and_restart(server, store, ledger)
                count("restarts after kill -9")
        assert server.stop() == 0
    store = Store(folder.path).read()
    store.check(ledger)
    check_by_heed(folder, store)
    assert len(ledger.acknowledged) > 5 * rounds, f"hardly any load: {ledger.replies}"
    return len(ledger.acknowledged)


def test_kill_at_random_instants(folder, dice, count):
    count("answers acknowledged before a kill", kill_repeatedly(folder, dice, 200 if IS_LONG else 8, count))


def test_a_server_that_never_syncs_passes_every_kill(folder, dice):
    """Which is why test_power.py exists: there the same server is caught."""
    kill_repeatedly(folder, dice, 10 if IS_LONG else 2, lambda *_: None, env=without_syncs())
