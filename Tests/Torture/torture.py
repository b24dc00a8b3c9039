"""Customers who keep count, and the one check that every fault ends in: what was acknowledged is stored, once and whole."""
import http.client
import json
import os
import random
import threading
import time
import urllib.parse
from pathlib import Path

from heed import Folder, Page, Server

# `make torture` runs everything to its full length, `make test` the short version.
IS_LONG = os.environ.get("HEED_TORTURE") == "1"
# Form tokens stay on (they carry the response's id), the limits are out of the way.
SERVE = ("--rate-limit", "1000000")

SURVEY = """<survey xmlns="urn:heed:survey:1" id="{id}" version="1" kind="relationship" languages="en" access="open">
  <title>{id}</title>
  <page id="first"><nps id="recommend" required="true"><prompt>Would you?</prompt></nps>
  <text id="reason"><prompt>Why?</prompt></text></page>{second}
  <ending><message>Thanks.</message></ending></survey>
"""
SECOND = '<page id="second"><text id="more"><prompt>What else?</prompt></text></page>'


def make_folder(parent, name="data"):
    """A data folder with a survey of one page, and one of two, which also keeps drafts."""
    parent = Path(parent)
    surveys = parent / (name + "-surveys")
    surveys.mkdir()
    (surveys / "one.xml").write_text(SURVEY.format(id="one", second=""))
    (surveys / "two.xml").write_text(SURVEY.format(id="two", second=SECOND))
    folder = Folder(parent / name, surveys)
    folder.run("publish")
    return folder


def words(number, page="first"):
    """What a customer types: known from its number to the letter, of every length, with bytes that need care."""
    dice = random.Random(f"{number} {page}")
    body = dice.choice(['"quoted" \\ back', "ünï\u2028cødé", "line\nbreak\ttab", "হ্যাঁ ভাল", "plain"]) * dice.choice([1, 2, 9, 60])
    return f"{page} {number} {body}."


class Ledger:
    """What was sent, what was acknowledged, and what was refused; a number is one customer with one response."""

    def __init__(self, first=1):
        self._lock = threading.Lock()
        self._next = first - 1
        self.sent, self.acknowledged, self.refused = set(), set(), set()
        self.replies = {}

    def number(self):
        with self._lock:
            self._next += 1
            return self._next

    def sends(self, what):
        with self._lock:
            self.sent.add(what)

    def hears(self, what, status):
        with self._lock:
            self.replies[status] = self.replies.get(status, 0) + 1
            if status in (303, 409):
                self.acknowledged.add(what)
                self.refused.discard(what)
            else:
                self.refused.add(what)

    def promised(self):
        with self._lock:
            return set(self.acknowledged)


class Browser:
    """One connection that is made again whenever it was lost."""

    def __init__(self, port, timeout=30):
        self.port, self.timeout, self.connection = port, timeout, None

    def ask(self, method, path, fields=None):
        """Gives status, headers and text; raises OSError or HTTPException when no whole reply came."""
        if self.connection is None:
            self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=self.timeout)
        try:
            body = urllib.parse.urlencode(fields) if fields is not None else None
            headers = {"Content-Type": "application/x-www-form-urlencoded"} if body is not None else {}
            self.connection.request(method, path, body, headers)
            reply = self.connection.getresponse()
            text = reply.read().decode("utf-8", "replace")
        except (OSError, http.client.HTTPException):
            self.close()
            raise
        return reply.status, reply.headers, text

    def close(self):
        if self.connection:
            self.connection.close()
        self.connection = None


class Visitor:
    """A customer with a form: what was not acknowledged is sent again as it was, as a patient person would."""

    def __init__(self, browser, ledger, survey):
        self.browser, self.ledger, self.survey = browser, ledger, survey
        self.number = ledger.number()
        self.path, self.page, self.form = f"/s/{survey}", "first", None
        self.is_done, self.taps = False, 0

    def open(self):
        status, _, text = self.browser.ask("GET", self.path)
        if status == 503:
            # The page needs what was stored before, and the disk is not to be had; the visitor comes again.
            raise ConnectionError(f"GET {self.path} gave 503")
        assert status == 200, f"GET {self.path} gave {status}"
        self.fill(text)

    def fill(self, text):
        typed = {"reason": words(self.number), "recommend": self.number % 11, "more": words(self.number, "second")}
        # A browser sends line breaks as CR LF.
        self.form = [(name, value.replace("\n", "\r\n")) for name, value in Page(text).filled(typed)]

    def send(self):
        """Sends the page; gives the status, headers and text of the reply."""
        if self.form is None:
            self.open()
        what = (self.survey, self.number, self.page)
        self.ledger.sends(what)
        status, headers, text = self.browser.ask("POST", self.path, self.form)
        again = status == 422 and self.taps < 3
        assert status in (303, 409, 503) or again, f"POST {self.path} gave {status}: {Page(text).text[-300:]}"
        self.ledger.hears(what, status)
        if again:
            # A form of another day comes back filled, for one more tap.
            self.taps += 1
            self.fill(text)
        if status == 303 and self.survey == "two" and self.page == "first":
            self.path, self.page, self.form = headers["location"], "second", None
        elif status in (303, 409):
            self.is_done = True
        return status, headers, text


class Load:
    """Many customers at once who go on whatever happens to the server, until they are told to stop."""

    def __init__(self, port, ledger, people=12, pause=0.0):
        self.port, self.ledger, self.pause = port, ledger, pause
        self._stop = threading.Event()
        self.trouble = []
        self._threads = [threading.Thread(target=self._live, args=(n,), daemon=True) for n in range(people)]

    def __enter__(self):
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self._stop.set()
        for thread in self._threads:
            thread.join(60)
        assert not self.trouble, self.trouble[0]

    def _live(self, index):
        browser = Browser(self.port)
        visitor = None
        try:
            while not self._stop.is_set():
                if visitor is None or visitor.is_done:
                    visitor = Visitor(browser, self.ledger, "two" if index % 3 == 0 else "one")
                try:
                    status, *_ = visitor.send()
                    if status == 503 or self.pause:
                        time.sleep(self.pause or 0.02)
                except (OSError, http.client.HTTPException):
                    time.sleep(0.02)
        except Exception as error:  # noqa: BLE001: a customer's surprise is the test's failure
            self.trouble.append(repr(error))
        finally:
            browser.close()


class Store:
    """Reads the journals as any tool would, line by line, and holds them against a ledger."""

    def __init__(self, root):
        self.root = Path(root)
        self._files = {}

    def read(self, unreadable_allowed=False):
        """Takes in what is new of every segment; a file that shrank or was replaced is read again from its start."""
        seen = {}
        for kind, survey in (("responses/one", "one"), ("responses/two", "two"), ("drafts", None)):
            for path in sorted((self.root / kind).glob("*.jsonl")):
                status = path.stat()
                known = self._files.get(path)
                if known is None or known["inode"] != status.st_ino or status.st_size < known["end"]:
                    known = {"inode": status.st_ino, "end": 0, "count": 0, "lines": [], "bad": []}
                with path.open("rb") as file:
                    file.seek(known["end"])
                    data = file.read()
                *whole, known["tail"] = data.split(b"\n")
                for number, line in enumerate(whole, known["count"] + 1):
                    try:
                        known["lines"].append((kind.split("/")[0], survey, json.loads(line.decode("utf-8"))))
                    except ValueError:
                        assert unreadable_allowed, f"{path}:{number} is no JSON: {line[:120]!r}"
                        known["bad"].append(number)
                known["count"] += len(whole)
                known["end"] += len(data) - len(known["tail"])
                seen[path] = known
        self._files = seen
        return self

    @property
    def tails(self):
        """The torn last lines, by file."""
        return {path: known["tail"] for path, known in self._files.items() if known["tail"]}

    @property
    def unreadable(self):
        """Lines that are no JSON, as file:number below the root."""
        return [f"{path.relative_to(self.root)}:{n}" for path, known in self._files.items() for n in known["bad"]]

    @property
    def lines(self):
        return [line for known in self._files.values() for line in known["lines"]]

    def check(self, ledger, promised=None, refused_stay_out=False):
        """Acknowledged is stored; stored was sent, to the letter; one response a customer; nothing twice."""
        promised = ledger.promised() if promised is None else promised
        stored, revisions, owners = set(), set(), {}
        for kind, survey, line in self.lines:
            survey = survey or line["survey"]
            answers = line["answers"]
            # Who lost the draft of a first page, by a hand that removed it, has but a second one.
            number = int((answers.get("reason") or answers["more"]).split()[1])
            assert answers.get("recommend", number % 11) == number % 11, line
            for page, question in (("first", "reason"), ("second", "more")):
                if question in answers:
                    assert answers[question] == words(number, page), f"not what was typed: {line}"
                    assert (survey, number, page) in ledger.sent, f"stored and never sent: {line}"
                    if kind == "responses" or page == "first":
                        stored.add((survey, number, page))
            if kind == "responses":
                mark = (line["id"], line.get("revision", 1))
                assert mark not in revisions, f"twice: {line}"
                revisions.add(mark)
            assert owners.setdefault((survey, number), line["id"]) == line["id"], f"two responses of one customer: {line}"
        lost = promised - stored
        assert not lost, f"acknowledged and lost: {len(lost)} of {len(promised)}, such as {sorted(lost)[:3]}"
        if refused_stay_out:
            back = stored & ledger.refused
            assert not back, f"refused and yet stored: {sorted(back)[:3]}"
        return stored

    def check_mended(self, tails, said):
        """After a start: each torn tail is cut off, kept in quarantine and named."""
        for path, tail in tails.items():
            assert path.read_bytes()[-1:] in (b"\n", b""), f"{path} was not mended"
            label = str(path.relative_to(self.root))
            assert label in said and "torn" in said, f"nothing was said of {label}: {said[-800:]}"
            kept = [p.read_bytes() for p in (self.root / "quarantine").glob(label.replace("/", ".") + "*")]
            assert tail in kept, f"the torn bytes of {label} are not in quarantine"


def check_by_heed(folder, store, *words):
    """heed itself counts what any tool counts, and names what it cannot read."""
    for survey in ("one", "two"):
        complete = {line["id"] for kind, of, line in store.lines if kind == "responses" and of == survey}
        result = folder.run("results", survey, "--format", "json", *words)
        assert json.loads(result.stdout)["responses"] == len(complete)
        bad = [place for place in store.unreadable if place.startswith(f"responses/{survey}/")]
        assert all(place in result.stderr for place in bad), result.stderr
        assert bad or "cannot be read" not in result.stderr, result.stderr
    verified = folder.run("verify", folder.path, status=65 if store.unreadable else 0)
    assert all(place in verified.stdout + verified.stderr for place in store.unreadable), verified.stdout + verified.stderr


def inspect_and_restart(server, store, ledger, unreadable_allowed=False):
    """Between the fault and the next start nothing changes: looks at what is left, starts, looks at what was mended."""
    promised = ledger.promised()
    store.read(unreadable_allowed).check(ledger, promised)
    tails, before = store.tails, len(server.said())
    server.start()
    said = server.said()[before:]
    store.check_mended(tails, said)
    for place in store.unreadable:
        assert f"{place} cannot be read" in said, f"nothing was said of {place}: {said[-800:]}"
    return len(tails)


def wait_until(condition, otherwise, seconds=20):
    """Returns when the condition holds; fails with the sentence, or what makes it, when it does not in time."""
    deadline = time.time() + seconds
    while not condition():
        assert time.time() < deadline, otherwise() if callable(otherwise) else otherwise
        time.sleep(0.02)


def send(server, ledger, survey="one"):
    """A new customer sends a page; gives the status."""
    return Visitor(Browser(server.port), ledger, survey).send()[0]


def refused(server, ledger, survey="one"):
    """A customer who is refused, told when to come back, and given back everything typed."""
    for _ in range(200):
        visitor = Visitor(Browser(server.port), ledger, survey)
        status, headers, text = visitor.send()
        if status == 503:
            break
        # A full disk still has room behind the end of a file, up to the end of its last block.
    assert status == 503, f"{status} instead of a refusal: {server.said()[-300:]}"
    assert int(headers["retry-after"]) > 0
    check_given_back(visitor, text)
    return visitor


def start_in_vain(folder, under=(), env=None):
    """A start that is expected to end by itself; gives its exit status and what it said."""
    server = Server(folder, *SERVE, under=under, env=env)
    server.port = 0
    server.spawn()
    try:
        return server.process.wait(20), server.said()
    finally:
        server.__exit__()


def ended_by_itself(server):
    """Whether the server gave up instead of answering; one with trouble says so at /health/ready, and serves."""
    for _ in range(400):
        if server.process.poll() is not None:
            return True
        try:
            Browser(server.port, timeout=2).ask("GET", "/health/ready")
            return False
        except (OSError, http.client.HTTPException):
            time.sleep(0.05)
    raise AssertionError("neither answers nor ended in 20 s")


def check_given_back(visitor, text):
    """The refused page came back with everything typed and chosen still in it."""
    shown = [(name, value) for name, kind, value, chosen in Page(text).fields if chosen or kind not in ("radio", "checkbox")]
    for name, value in visitor.form:
        if name in ("reason", "recommend", "more"):
            found = [v.replace("\r\n", "\n") for n, v in shown if n == name]
            assert found == [value.replace("\r\n", "\n")], f"{name} was not given back: {found} for {value!r}"
