"""A file system filled to the last byte, and a limit on file sizes: refused with the answers kept, and on again by itself."""
import resource

from disks import fill, small_disk
from torture import (SERVE, Ledger, Load, Server, Store, check_by_heed, ended_by_itself, make_folder, refused, send,
                     wait_until)


def test_a_disk_filled_to_the_last_byte(place, dice, count):
    disk = place / "disk"
    small_disk(disk, "8m")
    folder = make_folder(disk)
    ledger, store, filler = Ledger(), Store(folder.path), disk / "filler"
    with Server(folder, *SERVE) as server:
        for _ in range(3):
            # It runs full under load, in the middle of some line.
            fill(filler)
            with filler.open("r+b") as file:
                file.truncate(filler.stat().st_size - dice.randint(30_000, 200_000))
            ledger.replies.clear()
            with Load(server.port, ledger, people=6):
                wait_until(lambda: 503 in ledger.replies, lambda: f"the disk never ran full: {ledger.replies}", 60)
            fill(filler)
            waiting = [refused(server, ledger, survey) for survey in ("one", "two", "one")]
            assert "the disk is full; make room" in server.said()
            store.read().check(ledger, refused_stay_out=True)
            assert not store.tails, f"a torn line was left standing: {store.tails}"
            count("times a disk was filled to the last byte")
            # Room again, as an operator makes it; nobody restarts anything.
            filler.unlink()
            assert [visitor.send()[0] for visitor in waiting] == [303] * 3
        store.read().check(ledger, refused_stay_out=True)
        server.kill()
        # A start on a full disk harms nothing either: it serves and refuses, or it ends and says why.
        fill(filler)
        server.spawn()
        if ended_by_itself(server):
            assert server.process.returncode in (73, 74) and "the disk is full" in server.said(), server.said()
        else:
            refused(server, ledger)
            server.kill()
        filler.unlink()
        server.start()
        assert send(server, ledger) == 303
        assert server.stop() == 0
    store.read().check(ledger)
    check_by_heed(folder, store)


def test_a_limit_on_the_size_of_files(folder, dice, count):
    """Works without mounts; a write across the limit falls short, and the next one fails."""
    ledger, store = Ledger(), Store(folder.path)
    with Server(folder, *SERVE) as server:
        assert send(server, ledger) == 303
        segment = next((folder.path / "responses/one").glob("*.jsonl"))
        # The limit holds for every file, also for the server's log, which is to stay below it.
        while segment.stat().st_size < 30_000:
            assert send(server, ledger) == 303
        for _ in range(3):
            free = resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE)
            least = segment.stat().st_size + dice.randint(1, 150)
            resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (least, free[1]))
            waiting = refused(server, ledger)
            assert "the file may not grow any more; raise the size limit" in server.said()
            store.read().check(ledger, refused_stay_out=True)
            assert not store.tails
            count("writes cut short by a limit on file sizes")
            resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, free)
            assert waiting.send()[0] == 303
        assert server.stop() == 0
    store.read().check(ledger, refused_stay_out=True)
    check_by_heed(folder, store)
