"""What was acknowledged is on disk, once, whatever happens to the process."""
import json
import re
import threading

import requests
from heed import Server


def submit_until_killed(server, count, kill_after):
    """Sends numbered answers from 16 customers at once and kills the server in the middle; gives what was acknowledged."""
    acknowledged, sent, lock = set(), set(), threading.Lock()
    numbers = iter(range(count))
    killed = threading.Event()

    def customer():
        session = requests.Session()
        while True:
            with lock:
                number = next(numbers, None)
                if number is None:
                    return
                sent.add(number)
            try:
                reply = session.post(
                    server.url + "/s/one", data={"recommend": number % 11, "reason": f"answer {number}"},
                    allow_redirects=False, timeout=10)
            except requests.RequestException:
                if killed.is_set():
                    return
                continue
            if reply.status_code == 303:
                with lock:
                    acknowledged.add(number)
                    if len(acknowledged) >= kill_after and not killed.is_set():
                        killed.set()
                        server.kill()

    threads = [threading.Thread(target=customer) for _ in range(16)]
    [t.start() for t in threads]
    [t.join() for t in threads]
    return acknowledged, sent


ONE = """<survey xmlns="urn:heed:survey:1" id="one" version="1" kind="relationship" languages="en" access="open">
  <title>One</title>
  <page id="only"><nps id="recommend" required="true"><prompt>Would you?</prompt></nps>
  <text id="reason"><prompt>Why?</prompt></text></page>
  <ending><message>Thanks.</message></ending></survey>
"""


def one_page_folder(empty, tmp_path):
    surveys = tmp_path / "one-surveys"
    surveys.mkdir()
    (surveys / "one.xml").write_text(ONE)
    empty.surveys = surveys
    empty.run("publish")
    return empty


def test_kill_in_the_middle_of_a_thousand_submissions(empty, tmp_path):
    folder = one_page_folder(empty, tmp_path)
    everything, all_sent = set(), set()
    with Server(folder, "--rate-limit", "off") as server:
        for kill_after in (40, 300, 650):
            acknowledged, sent = submit_until_killed(server, 1000, kill_after)
            assert len(acknowledged) >= kill_after
            server.start()
            stored = [line["answers"]["reason"] for line in folder.responses("one")]
            assert len(stored) == len(set(line["id"] for line in folder.responses("one"))), "an id twice"
            everything |= {f"answer {n}" for n in acknowledged}
            all_sent |= {f"answer {n}" for n in sent}
            assert everything <= set(stored), "acknowledged and lost"
            assert set(stored) <= all_sent, "stored and never sent"


def test_a_torn_last_line_is_cut_and_reported(empty, tmp_path):
    folder = one_page_folder(empty, tmp_path)
    with Server(folder, "--rate-limit", "off") as server:
        for number in range(3):
            assert requests.post(server.url + "/s/one", data={"recommend": number}, allow_redirects=False, timeout=10).status_code == 303
        server.kill()
        segment = next((folder.path / "responses/one").glob("*.jsonl"))
        whole = segment.read_bytes()
        segment.write_bytes(whole + b'{"v":1,"id":"torn","rev')
        server.start()
        assert segment.read_bytes() == whole
        assert segment.name in server.said() and re.search(r"torn|cut|unfinished", server.said())
        assert requests.post(server.url + "/s/one", data={"recommend": 7}, allow_redirects=False, timeout=10).status_code == 303
    assert [line["answers"]["recommend"] for line in folder.responses("one")] == [0, 1, 2, 7]


def test_one_server_a_folder_while_commands_write_beside_it(folder):
    with Server(folder) as server:
        second = folder.run("serve", "--port", "1", status=75)
        assert str(server.process.pid) in second.stderr
        folder.run("import", "contacts", folder.write("more.csv", "id,account,name\nnew,acme,Newcomer\n"))
        assert len(folder.links("post-purchase", "--contact", "new", "--public-url", server.url)) == 1
        link = folder.links("post-purchase", "--contact", "new", "--public-url", server.url)[0]["link"]
        assert "Newcomer" in requests.get(link, timeout=20).text
        assert server.stop() == 0


def test_an_unreadable_line_is_named_kept_and_left_out(folder):
    path = folder.path / "responses/relationship"
    path.mkdir(parents=True, exist_ok=True)
    good = '{"v":1,"id":"%s","revision":1,"survey":"relationship","version":"1","submitted":"2026-11-0%dT00:00:00.000Z","account":"acme","contact":"maria","answers":{"recommend":%d}}\n'
    (path / "2026-11.jsonl").write_text(good % ("a", 1, 9) + "garbage here\n" + good % ("b", 2, 3))
    results = folder.run("results", "relationship", "--format", "json")
    assert json.loads(results.stdout)["responses"] == 2
    assert "2026-11.jsonl:2" in results.stderr or "line 2" in results.stderr
    assert "garbage here" in (path / "2026-11.jsonl").read_text()
