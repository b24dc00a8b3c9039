"""A folder that may not be written, and files removed beneath a running server: told, refused, and on again by itself."""
import os
import shutil
import subprocess

import pytest
from disks import need, need_mounts
from torture import SERVE, Ledger, Load, Server, Store, check_by_heed, refused, send, start_in_vain, wait_until


@pytest.fixture
def bound(folder):
    """Words before heed that make the folder's permissions count, also for root."""
    if os.geteuid() != 0:
        return []
    words = [need("setpriv", "util-linux"), "--bounding-set", "-dac_override,-dac_read_search", "--inh-caps", "-all"]
    tried = subprocess.run([*words, "true"], capture_output=True, text=True)
    if tried.returncode:
        pytest.skip(f"permissions cannot be made to count for root here: {tried.stderr.strip()}")
    return words


def test_no_permission_in_a_running_server(folder, bound, count):
    ledger, store = Ledger(), Store(folder.path)
    with Server(folder, *SERVE, under=bound) as server:
        assert send(server, ledger) == 303
        # No new folder or segment can be made; the segment that is open goes on.
        folder.path.chmod(0o500)
        waiting = refused(server, ledger, "two")
        assert "permission is denied; check who owns it" in server.said()
        assert send(server, ledger) == 303
        folder.path.chmod(0o700)
        assert waiting.send()[0] == 303
        assert send(server, ledger, "two") == 303
        assert server.stop() == 0
    store.read().check(ledger, refused_stay_out=True)
    check_by_heed(folder, store)
    count("folders without permission, mended without a restart")


@pytest.mark.parametrize("mode", [0o500, 0o000], ids=["read-only", "nothing"])
def test_a_start_without_permission_says_so_and_makes_nothing(folder, bound, mode):
    with Server(folder, *SERVE) as server:
        assert send(server, Ledger()) == 303
        assert server.stop() == 0
    everything = [folder.path, *folder.path.rglob("*")]
    before = sorted(everything)
    for path in everything:
        path.chmod(mode if path.is_dir() else mode & 0o400)
    status, said = start_in_vain(folder, under=bound)
    assert status in (73, 74, 77), said
    assert "permission is denied" in said and str(folder.path) in said, said
    for path in everything:
        path.chmod(0o700 if path.is_dir() else 0o600)
    assert sorted([folder.path, *folder.path.rglob("*")]) == before


def test_a_start_on_a_read_only_file_system_says_so_and_reading_works(folder):
    need_mounts()
    with Server(folder, *SERVE) as server:
        ledger = Ledger()
        assert send(server, ledger) == 303
        assert server.stop() == 0
    for words in (["--bind", folder.path, folder.path], ["-o", "remount,bind,ro", folder.path]):
        made = subprocess.run(["mount", *words], capture_output=True, text=True)
        if made.returncode:
            pytest.skip(f"nothing can be mounted here: {made.stderr.strip()}")
    status, said = start_in_vain(folder)
    assert status in (73, 74, 77), said
    assert "the file system is read-only" in said and str(folder.path) in said, said
    # A report needs nothing to be written.
    check_by_heed(folder, Store(folder.path).read())
    subprocess.run(["umount", folder.path], check=True)
    with Server(folder, *SERVE) as server:
        assert send(server, ledger) == 303
        assert server.stop() == 0


@pytest.mark.parametrize("removed", ["responses/one/*", "drafts/*", "responses", "lock", "cache"])
def test_removed_beneath_a_running_server(folder, count, removed):
    """What an operator removes is gone, and said so; whatever is sent after that is kept."""
    before, after = Ledger(), Ledger(first=1_000_000)
    with Server(folder, *SERVE) as server:
        with Load(server.port, before):
            wait_until(lambda: len(before.acknowledged) > 40, "hardly any load")
            for path in folder.path.glob(removed):
                shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink()
        with Load(server.port, after):
            wait_until(lambda: len(after.acknowledged) > 40, lambda: f"no recovery: {after.replies}; {server.said()[-500:]}")
        if removed.startswith("responses"):
            wait_until(lambda: "responses/one" in server.said(), lambda: f"nothing was said: {server.said()[-500:]}", 5)
        server.kill()
        both, store = Ledger(), Store(folder.path).read()
        both.sent = before.sent | after.sent
        store.check(both, after.promised())
        if not removed.startswith(("responses", "drafts")):
            store.check(both, before.promised() | after.promised())
        server.start()
        assert send(server, after) == 303
        assert server.stop() == 0
    check_by_heed(folder, Store(folder.path).read())
    count("files and folders removed beneath a running server")
