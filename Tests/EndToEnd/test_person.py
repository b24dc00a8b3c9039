"""A person is shown everything held on them, and erased: files, exports, links and reports, beside a running server."""
import json
import signal
import subprocess
import time

import pytest
import requests
from heed import BINARY, Customer, Folder, Server

NAMES = ("maria", "Maria", "MARIA", "Lopez", "acme.example")


def holding(path, words):
    """The files below a folder that hold one of some words, whatever the case."""
    found = []
    for file in sorted(path.rglob("*")):
        if file.is_file():
            content = file.read_bytes().decode("utf-8", "replace").lower()
            found += [f"{file.relative_to(path)}: {word}" for word in words if word.lower() in content]
    return found


def answered(folder, server):
    """Maria and Tariq answer by their links, and he speaks of her; gives their links."""
    links = {row["contact"]: row["link"] for row in folder.links("relationship", "--public-url", server.url)}
    for contact, score, words in (("maria", 3, "I am Maria Lopez"), ("tariq", 9, "ask MARIA LÓPEZ, Maria knows")):
        customer = Customer(links[contact])
        customer.open()
        for _ in range(4):
            if not customer.page.names() - {"_page"} or "_done" in customer.reply.url:
                break
            names = customer.page.names()
            filled = {name: score for name in names if name == "recommend"}
            filled |= {name: words for name, kind, *_ in customer.page.fields if kind == "textarea"}
            customer.send(filled)
    return links


def counts(folder):
    questions = folder.json("results", "relationship", "--format", "json")["questions"]
    nps = [question["nps"] for question in questions if question["kind"] == "nps"]
    report = folder.json("report", "--format", "json")
    return nps, sorted((account["id"], json.dumps(account["nps"])) for account in report["accounts"])


def plan_of(folder, *words):
    return folder.json("person", "erase", *words, "--dry-run", "--format", "json")


def test_show_and_erase_beside_a_server(folder, tmp_path):
    # Her address ends like others': only her own bytes are looked for.
    with Server(folder, "--rate-limit", "off") as server:
        links = answered(folder, server)
        for format in ("archive", "csv", "jsonl"):
            folder.run("export", "relationship", "--format", format)
        backup = tmp_path / "backup"
        folder.run("backup", backup)

        shown = folder.json("person", "show", "maria")
        assert [line["line"]["email"] for line in shown["contacts"]] == ["maria@acme.example"]
        said = [q["answer"] for response in shown["responses"] for q in response["questions"]]
        assert 3 in said and "I am Maria Lopez" in said
        assert all(q.get("asked") for response in shown["responses"] for q in response["questions"])
        assert [m["certain"] for m in shown["mentions"]] == [True] * len(shown["mentions"]) != []
        assert len(shown["exports"]) == 3
        page = folder.run("person", "show", "maria", "--format", "html").stdout
        for word in ("Maria Lopez", "I am Maria Lopez", "maria@acme.example", "ask MARIA LÓPEZ"):
            assert word in page
        assert "<script" not in page and "http" not in page
        audit = [json.loads(line) for line in folder.lines("audit")]
        assert [(line["action"], line["object"]) for line in audit if line["action"] == "person show"] == [
            ("person show", "maria")] * 2

        before = counts(folder)
        refused = folder.run("person", "erase", "maria", status=64)
        assert "--dry-run" in refused.stderr
        plan = plan_of(folder, "maria")
        assert not plan["decided"] and plan["mentions"]
        folder.run("person", "erase", "maria", "--plan", plan["plan"], status=65)
        plan = plan_of(folder, "maria", "--redact-mentions")
        stored = {path: path.read_bytes() for path in folder.path.rglob("responses/**/*.jsonl")}
        folder.run("person", "erase", "maria", "--redact-mentions", "--plan", "0" * 12, status=65)
        assert stored == {path: path.read_bytes() for path in stored}, "a refused erasure changed something"

        certificate = folder.run("person", "erase", "maria", "--redact-mentions", "--plan", plan["plan"]).stdout
        assert "Certificate of erasure" in certificate and "are nowhere" in certificate
        assert str(backup) in certificate, "the backup that still holds her is not named"
        words = ("maria", "lopez", "lópez")
        assert holding(folder.path, words) == [] and holding(folder.exports, words) == []
        assert counts(folder) == before, "a score was lost or gained"
        folder.run("verify", folder.path)
        folder.run("verify", folder.exports / "relationship.xml")
        seals = [json.loads(line) for line in (folder.path / "seals.jsonl").read_bytes().splitlines()]
        assert any("erasure" in seal.get("redaction", {}).get("reason", "") for seal in seals)

        # The server lives on, and knows her no more.
        deadline = time.time() + 5
        while requests.get(links["maria"], timeout=5).status_code not in (404, 410) and time.time() < deadline:
            time.sleep(0.1)
        reply = requests.get(links["maria"], timeout=5)
        assert reply.status_code in (404, 410) and "Maria" not in reply.text
        post = requests.post(links["maria"], data={"_page": "score", "recommend": "0"}, timeout=5, allow_redirects=False)
        assert post.status_code in (404, 410)
        assert requests.get(links["tariq"], timeout=5).status_code == 200
        again = folder.run(
            "import", "contacts",
            folder.write("again.csv", "id,account,name,email\nmaria,acme,Maria Lopez,maria@acme.example\n"), status=65)
        assert "was erased on" in again.stderr
        time.sleep(1.2)
        assert holding(folder.path, words) == [], "something brought her back"
        assert server.stop() == 0

    # A restored backup holds her, unless the erasures are replayed.
    restored = Folder(tmp_path / "restored", folder.surveys)
    restored.run("restore", backup, "--erasures", folder.path / "erasures.jsonl")
    assert holding(restored.path, ("maria", "lopez", "lópez")) == []
    assert counts(restored) == before
    restored.run("verify", restored.path)


def test_a_killed_erasure_is_told_of_and_finished(folder, tmp_path):
    with Server(folder, "--rate-limit", "off") as server:
        answered(folder, server)
        assert server.stop() == 0
    before = counts(folder)
    plan = plan_of(folder, "maria", "--redact-mentions")["plan"]
    base = tmp_path / "base"
    subprocess.run(["cp", "-a", folder.path, base], check=True)
    broken = 0
    for wait in range(0, 64, 9):
        subprocess.run(["rm", "-rf", folder.path], check=True)
        subprocess.run(["cp", "-a", base, folder.path], check=True)
        command = subprocess.Popen(
            [BINARY, "--data", folder.path, "--exports", folder.exports, "person", "erase", "maria", "--redact-mentions",
             "--plan", plan], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        deadline = time.time() + 10
        while not (folder.path / "erasures.jsonl").exists() and command.poll() is None and time.time() < deadline:
            time.sleep(0.0005)
        time.sleep(wait / 1000)
        command.send_signal(signal.SIGKILL)
        command.wait()
        states = [json.loads(line)["state"] for line in (folder.path / "erasures.jsonl").read_bytes().splitlines()]
        if states == ["begun"]:
            broken += 1
            if broken == 1:
                told = folder.run("close", "relationship").stderr
                assert "is not finished" in told
        if states:
            if broken % 2:
                assert "Nothing" in folder.run("retain").stdout or states
            else:
                with Server(folder) as server:
                    assert server.stop() == 0
            assert holding(folder.path, ("maria", "lopez", "lópez")) == [], f"killed after {wait} ms"
            states = [json.loads(line)["state"] for line in (folder.path / "erasures.jsonl").read_bytes().splitlines()]
            assert states[-1] == "finished"
            assert counts(folder) == before
            folder.run("verify", folder.path)
    assert broken > 0, "no erasure was caught in the middle"


def test_retention(empty, tmp_path):
    surveys = tmp_path / "short"
    surveys.mkdir()
    (surveys / "club.xml").write_text(
        """<survey xmlns="urn:heed:survey:1" id="club" version="1" kind="relationship" languages="en" retain="365d">
  <title>Club</title><page id="p"><nps id="recommend" required="true"><prompt>Would you?</prompt></nps>
  <text id="reason"><prompt>Why?</prompt></text></page><ending><message>Thanks.</message></ending></survey>""")
    empty.surveys = surveys
    empty.run("publish")
    empty.run("import", "contacts", empty.write("people.csv", "id,name\nmaria,Maria Lopez\nbob,Bob\n"))
    empty.run("import", "responses", empty.write(
        "old.csv", "contact,recommend,reason,submitted\nmaria,9,words of old,2020-01-01\nbob,3,words of bob,2026-11-01\n"),
        "--survey", "club")
    results = lambda: empty.json("results", "club", "--format", "json")["questions"][0]["nps"]  # noqa: E731
    before = results()
    assert "club: 1 response" in empty.run("retain", "--dry-run").stdout
    assert holding(empty.path, ("words of old",)) != []
    assert "club: 1 response" in empty.run("retain").stdout
    assert holding(empty.path, ("words of old",)) == [] and holding(empty.path, ("words of bob",)) != []
    assert results() == before
    assert "Nothing is past its time." in empty.run("retain").stdout
    empty.run("verify", empty.path)


@pytest.mark.parametrize("words, status", [
    (("person", "show", "nobody"), 66), (("person", "erase", "nobody", "--dry-run"), 66),
    (("person", "erase", "tariq"), 64), (("person", "erase", "tariq", "--dry-run", "--keep-words", "--remove-answers"), 64),
    (("person", "erase", "tariq", "--dry-run", "--redact", "relationship:x#y"), 66),
    (("person", "erase", "maria", "--dry-run", "--reason", "Maria Lopez asked"), 65)])
def test_refusals(folder, words, status):
    assert folder.run(*words, status=status).stderr
