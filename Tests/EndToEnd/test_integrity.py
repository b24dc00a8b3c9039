"""What was written can be proven, copied while it is served, and brought back with every link working."""
import hashlib
import os
import random
import re
import signal
import stat
import subprocess
import threading
import time

import requests
from heed import BINARY, Customer, Folder, Server
from test_crash import ONE

SURVEY = "post-purchase"


def answers(folder, count=40):
    """Imports numbered answers to the survey."""
    rows = "\n".join(f"{n % 7},answer {n}" for n in range(count))
    path = folder.write("answers.csv", f"recommend,reason\n{rows}\n")
    folder.run("import", "responses", path, "--survey", SURVEY)


def last_month(folder):
    """Makes this month's responses those of a month that is over, as they will be when it is."""
    for path in sorted((folder.path / "responses" / SURVEY).glob("*.jsonl")):
        path.rename(path.with_name("2026-01.jsonl"))
    return folder.path / "responses" / SURVEY / "2026-01.jsonl"


def touch(folder):
    """Any command that writes."""
    folder.run("import", "accounts", folder.write("more.csv", f"id,name\nnew-{time.time_ns()},Newcomer\n"))


def sealed(folder, count=40):
    answers(folder, count)
    segment = last_month(folder)
    assert b"2026-01.jsonl" not in (folder.path / "seals.jsonl").read_bytes()
    touch(folder)
    assert (folder.path / "seals.jsonl").read_bytes().count(b"2026-01.jsonl") == 1
    return segment


def head(verified):
    return re.search(r"Its head is ([0-9a-f]{64})", verified.stdout).group(1)


def test_a_flipped_byte_is_named_with_segment_and_line(folder):
    segment = sealed(folder)
    touch(folder)
    assert (folder.path / "seals.jsonl").read_bytes().count(b"2026-01.jsonl") == 1, "sealed once"
    said = folder.run("verify", folder.path)
    assert "accidents" in said.stdout and "MB a second" in said.stderr
    lines = (folder.path / "seals.jsonl").read_bytes().splitlines(keepends=True)
    assert head(said) == hashlib.sha256(lines[-1]).hexdigest(), "any tool can compute the head"
    whole = segment.read_bytes()
    chance = random.Random(3)
    for place in chance.sample(range(len(whole)), 12):
        broken = bytearray(whole)
        broken[place] ^= 1 << chance.randrange(8)
        segment.write_bytes(broken)
        line = whole[:place].count(b"\n") + 1
        said = folder.run("verify", folder.path, status=65)
        was, now = f"{whole[place]:#04x}", f"{broken[place]:#04x}"
        assert re.search(
            rf"responses/{SURVEY}/2026-01\.jsonl:{line}: byte \d+ of the line is {now} and was {was}", said.stdout), said.stdout
    segment.write_bytes(whole)
    folder.run("verify", folder.path)
    segment.unlink()
    assert f"responses/{SURVEY}/2026-01.jsonl is missing" in folder.run("verify", folder.path, status=65).stdout


def test_a_head_kept_elsewhere_proves_what_seals_alone_cannot(folder):
    segment = sealed(folder)
    kept = head(folder.run("verify", folder.path))
    folder.run("verify", folder.path, "--head", kept)
    # Somebody changes an answer and seals everything anew.
    segment.write_bytes(segment.read_bytes().replace(b"answer 7", b"answer 8", 1))
    (folder.path / "seals.jsonl").unlink()
    touch(folder)
    folder.run("verify", folder.path)
    assert "is not in the chain" in folder.run("verify", folder.path, "--head", kept, status=65).stdout
    folder.run("verify", folder.path, "--head", "0123", status=64)


def test_serve_seals_at_start(folder):
    answers(folder)
    last_month(folder)
    with Server(folder):
        deadline = time.time() + 15
        while time.time() < deadline and b"2026-01.jsonl" not in (folder.path / "seals.jsonl").read_bytes():
            time.sleep(0.1)
        assert b"2026-01.jsonl" in (folder.path / "seals.jsonl").read_bytes()
        # What this server has written since is read, and told from what is sealed.
        assert "sound" in folder.run("verify", folder.path).stdout


def test_a_backup_of_a_served_folder_restores_with_every_link_working(folder, tmp_path):
    links = [requests.compat.urlparse(row["link"]).path for row in folder.links(SURVEY)]
    sealed(folder)
    folder.run("publish", folder.write("one.xml", ONE))
    backup, acknowledged, stop = tmp_path / "copies" / "nightly", [], threading.Event()
    with Server(folder, "--rate-limit", "off") as server:
        answered = Customer(server.url + links[0])
        answered.open()
        answered.send({"recommend": "9"})
        while any(name != "_page" for name in answered.page.names()):
            answered.send({"satisfaction": "5", "contact-me": "no"})
        half = Customer(server.url + links[1])
        half.open()
        half.send({"recommend": "3", "reason": "Half way"})

        def crowd(name):
            for number in range(2000):
                if stop.is_set():
                    return
                said = {"recommend": number % 11, "reason": f"{name} {number}"}
                reply = requests.post(f"{server.url}/s/one", data=said, allow_redirects=False, timeout=20)
                if reply.status_code == 303:
                    acknowledged.append(said["reason"])

        threads = [threading.Thread(target=crowd, args=(n,)) for n in range(3)]
        [t.start() for t in threads]
        deadline = time.time() + 20
        while len(acknowledged) < 20 and time.time() < deadline:
            time.sleep(0.01)
        before = list(acknowledged)
        assert len(before) >= 20
        folder.run("backup", backup)
        stop.set()
        [t.join() for t in threads]
        assert set(before) <= {line["answers"]["reason"] for line in Folder(backup, folder.surveys).responses("one")}
        # Made again in the same place, while it is served.
        said = folder.run("backup", backup)
    assert "keys that sign links" in said.stderr and said.stdout.strip() == str(backup)
    for path in [backup, *backup.rglob("*")]:
        assert stat.S_IMODE(os.stat(path).st_mode) == (0o700 if path.is_dir() else 0o600), path
    assert sorted(p.name for p in backup.parent.iterdir()) == ["nightly"], "nothing is left beside it"
    assert "is what was copied" in folder.run("verify", backup).stdout
    copied = {line["answers"]["reason"] for line in Folder(backup, folder.surveys).responses("one")}
    assert copied == {line["answers"]["reason"] for line in folder.responses("one")} and set(acknowledged) <= copied
    assert (backup / "secret").read_bytes() == (folder.path / "secret").read_bytes()

    again = Folder(tmp_path / "again", folder.surveys)
    again.run("restore", backup)
    again.run("restore", backup, status=73)
    assert "sound" in again.run("verify", again.path).stdout
    for survey in (SURVEY, "one"):
        first, second = (f.json("results", survey, "--format", "json") for f in (folder, again))
        assert {**first, "asOf": ""} == {**second, "asOf": ""}
    with Server(again, "--rate-limit", "off") as server:
        assert "already" in requests.get(server.url + links[0], timeout=20).text.lower()
        half = Customer(server.url + links[1])
        assert "product" in half.open().names(), "resumed behind the page that was sent before"
        for link in links[2:]:
            customer = Customer(server.url + link)
            assert "recommend" in customer.open().names()
            customer.send({"recommend": "8"}, follow=False)
            assert customer.reply.status_code == 303


def test_an_altered_backup_is_refused_and_an_interrupted_one_is_none(folder, tmp_path):
    sealed(folder, 4000)
    backup = tmp_path / "copies"
    folder.run("backup", backup)
    whole = {path: path.read_bytes() for path in backup.rglob("*") if path.is_file()}
    for delay in (0.0, 0.01, 0.03, 0.06, 0.1):
        process = subprocess.Popen(
            [BINARY, "--data", folder.path, "backup", backup], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(delay)
        process.send_signal(signal.SIGKILL)
        process.wait()
        # Whatever was killed: at the name is a whole backup, or none and the one before it beside.
        there = backup if backup.exists() else backup.with_name("copies.former")
        assert "is what was copied" in folder.run("verify", there).stdout
        unfinished = backup.with_name("copies.unfinished")
        if unfinished.exists() and any(p.name.endswith(".jsonl") for p in unfinished.iterdir()):
            assert "broken off" in folder.run("verify", unfinished, status=65).stdout
    folder.run("backup", backup)
    assert sorted(p.name for p in tmp_path.glob("copies*")) == ["copies"]
    segment = backup / "responses" / SURVEY / "2026-01.jsonl"
    assert segment.read_bytes() == whole[segment]
    segment.write_bytes(whole[segment].replace(b"answer 7", b"answer 8", 1))
    again = Folder(tmp_path / "again", folder.surveys)
    said = again.run("restore", backup, status=65)
    assert "2026-01.jsonl is not what was backed up" in said.stderr and not again.path.exists()
    assert f"responses/{SURVEY}/2026-01.jsonl" in folder.run("verify", backup, status=65).stdout
    again.run("restore", tmp_path / "nothing", status=66)
