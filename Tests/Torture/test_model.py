"""A server and commands on one folder at once, in random order, against a reference that keeps everything in memory.

HEED_SEED repeats a run; HEED_ROUNDS says how long it is.
"""
import json
import os
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import heed
import pytest
import requests
from clock import Clock
from heed import Folder, Page, Server
from torture import IS_LONG, wait_until

ROUNDS = int(os.environ.get("HEED_ROUNDS") or (600 if IS_LONG else 24))
SURVEY = """<survey xmlns="urn:heed:survey:1" id="asked" version="1" kind="relationship" languages="en" access="invited">
  <title>Asked</title>
  <page id="first"><nps id="recommend" required="true"><prompt>Would you?</prompt></nps></page>
  <page id="second"><text id="reason"><prompt>Why?</prompt></text></page>
  <ending><message>Thanks.</message></ending></survey>
"""


class Timed(Folder):
    """A folder whose commands live by a clock of their own, as its server does."""

    def __init__(self, path, surveys, clock):
        super().__init__(path, surveys)
        self.clock = clock

    def run(self, *words, status=0, stdin=None):
        result = subprocess.run(
            [*self.clock.under, heed.BINARY, "--data", self.path, "--surveys", self.surveys, "--exports", self.exports,
             *map(str, words)], capture_output=True, text=True, input=stdin, timeout=120, env={**os.environ, **self.clock.env})
        assert result.returncode == status, f"heed {words} ended with {result.returncode}\n{result.stdout}\n{result.stderr}"
        return result


class Reference:
    """What must be stored: of each response its revisions, each with its answers and whether it is whole."""

    def __init__(self):
        self.revisions, self.drafts, self.contacts, self.gone = {}, {}, {}, []

    def revise(self, id, answers, complete=True):
        """A new revision, unless the last one says the same already."""
        known = self.revisions.setdefault(id, [])
        if not known or known[-1] != (complete, answers):
            known.append((complete, answers))


def stored(path):
    """Every response of a folder on disk, read by nothing of heed's: id to its revisions in order, none twice."""
    found = {}
    for file in sorted((Path(path) / "responses/asked").glob("*.jsonl"), key=place_in_order):
        text = file.read_bytes()
        assert not text or text.endswith(b"\n"), f"{file} ends within a line"
        for line in map(json.loads, text.splitlines()):
            of_id = found.setdefault(line["id"], {})
            assert line["revision"] not in of_id, f"revision {line['revision']} of {line['id']} is stored twice"
            of_id[line["revision"]] = (line.get("complete", True), line["answers"])
    assert all(sorted(of_id) == list(range(1, len(of_id) + 1)) for of_id in found.values()), "a revision is missing"
    return {id: [of_id[n] for n in sorted(of_id)] for id, of_id in found.items()}


def at_once(*acts):
    """Does everything at the same time; the first failure is raised when all have ended."""
    with ThreadPoolExecutor() as pool:
        for act in [pool.submit(act) for act in acts]:
            act.result()


def place_in_order(file):
    month, _, number = file.stem.partition(".")
    return month, int(number or 1)


class World:
    """The folder, its server, the reference, and everything that may happen to them."""

    def __init__(self, place, dice, clock, count):
        surveys = place / "surveys"
        surveys.mkdir()
        (surveys / "asked.xml").write_text(SURVEY)
        self.place, self.dice, self.clock, self.count = place, dice, clock, count
        self.month, self.serial = 0, 0
        self.folder = Timed(place / "data", surveys, clock)
        self.model = Reference()
        self.turn_clock()
        self.folder.run("publish")
        self.folder.run("import", "accounts", self.folder.write("accounts.csv", "id,name\nacme,Acme\n"))
        self.server = Server(self.folder, under=clock.under, env=clock.env)

    def turn_clock(self):
        self.clock.set(f"{2026 + (10 + self.month) // 12}-{(10 + self.month) % 12 + 1:02}-11 10:00:00")

    def fresh(self, prefix):
        self.serial += 1
        return f"{prefix}{self.serial}x{self.dice.randrange(16**6):06x}"

    # Through the server

    def page(self, link, page, answers):
        """Sends a page of a personal link; whatever heed says of it, it says again when it is sent again."""
        replies = [requests.post(link, data={"_page": page, **answers}, allow_redirects=False, timeout=60)
                   for _ in range(self.dice.choice([1, 1, 2]))]
        assert {reply.status_code for reply in replies} == {303}, [reply.status_code for reply in replies]

    def answer(self):
        """A contact with a live link sends the page that is due, or the last one again, or something else too late."""
        live = [c for c in self.model.contacts.values() if c["month"] >= self.month - 1]
        if not live:
            return None
        contact = self.dice.choice(live)
        score, word = self.dice.randrange(11), f"{self.fresh('word')} \u2028\"\\ of {contact['id']}"
        contact["busy"] = True

        def go():
            link, id, state = self.server.url + contact["path"], contact["response"], contact["state"]
            if state == "complete":
                sent = contact["answers"]
                self.page(link, "second", {"reason": sent["reason"]})
                other = requests.post(link, data={"_page": "first", "recommend": (sent["recommend"] + 1) % 11},
                                      allow_redirects=False, timeout=60)
                assert other.status_code == 409
            elif state == "draft" and self.dice.random() < 0.7:
                answers = {**contact["answers"], "reason": word}
                self.page(link, "second", {"reason": word})
                self.model.revise(id, answers)
                self.model.drafts.pop(id, None)
                contact.update(state="complete", answers=answers)
            else:
                self.page(link, "first", {"recommend": score})
                contact.update(state="draft", answers={"recommend": score})
                self.model.drafts[id] = contact["answers"]
        return go

    # By commands beside it

    def invite(self):
        """A new contact gets a link, which works at once."""
        id = self.fresh("c")

        def go():
            row = f"id,account,name,email\n{id},acme,Name of {id},{id}@acme.example\n"
            self.folder.run("import", "contacts", self.folder.write(f"{id}.csv", row))
            link = self.folder.links("asked", "--contact", id, "--public-url", self.server.url)[0]["link"]
            assert Page(requests.get(link, timeout=60).text).fields, "a new link shows its page"
            self.model.contacts[id] = {
                "id": id, "path": link.removeprefix(self.server.url), "state": "new", "answers": {}, "month": self.month,
                "response": self.responses_of(id)}
        return go

    def responses_of(self, contact):
        lines = [json.loads(line) for line in self.folder.lines("invitations")]
        return next(line["id"] for line in lines if line.get("contact") == contact)

    def imports(self):
        """Responses from a table: new ones, the same again, and others under known ids, twice at once by two processes."""
        known = [id for id in self.model.revisions if id.startswith("row")]
        rows = {self.fresh("row"): (self.dice.randrange(11), self.fresh("typed")) for _ in range(self.dice.randrange(1, 9))}
        for id in self.dice.sample(known, min(len(known), 4)):
            old = self.model.revisions[id][-1][1]
            rows[id] = (old["recommend"], old["reason"]) if self.dice.random() < 0.5 else ((old["recommend"] + 1) % 11, "again")
        text = "id,recommend,reason\n" + "".join(f"{id},{score},{word}\n" for id, (score, word) in rows.items())
        file = self.folder.write(self.fresh("table") + ".csv", text)

        def go():
            words = ("import", "responses", file, "--survey", "asked")
            at_once(*[lambda: self.folder.run(*words)] * self.dice.choice([1, 2]))
            for id, (score, word) in rows.items():
                self.model.revise(id, {"recommend": score, "reason": word})
        return go

    def verify(self):
        def go():
            assert "not sound" not in self.folder.run("verify", self.folder.path).stdout
        return go

    def back_up(self):
        """A copy made meanwhile verifies, and holds what was there before and nothing that was never sent."""
        target = self.place / f"backup-{self.serial % 3}"
        before = {id: list(revisions) for id, revisions in self.model.revisions.items()}

        def go():
            self.folder.run("backup", target)
            self.folder.run("verify", target)
            copy = stored(target)
            assert all(copy.get(id, [])[:len(revisions)] == revisions for id, revisions in before.items())
            self.copied = copy
        return go

    def erase(self):
        """A contact goes: no byte of their name, address, id or words stays; every score does, and every other answer."""
        gone = [c for c in self.model.contacts.values() if not c.get("busy")]
        if not gone:
            return None
        contact = self.dice.choice(gone)

        def go():
            words = ("person", "erase", contact["id"], "--redact-mentions", "--format", "json")
            plan = json.loads(self.folder.run(*words, "--dry-run").stdout)["plan"]
            self.folder.run(*words, "--plan", plan)
            del self.model.contacts[contact["id"]]
            self.model.gone.append((contact["id"], contact["answers"].get("reason")))
            self.model.drafts.pop(contact["response"], None)
            for complete, answers in self.model.revisions.pop(contact["response"], []):
                self.erased.append((complete, {key: value for key, value in answers.items() if key != "reason"}))
        return go

    # Both stand still

    def restart(self):
        """Ends the server, gently or not, and starts it again."""
        self.dice.choice([self.server.stop, self.server.kill])()
        self.server.start()

    def next_month(self):
        """A month passes: what was left unfinished is counted as it is, and the month that is over is sealed."""
        self.server.stop()
        self.month += 1
        self.turn_clock()
        segments = [path for path in (self.folder.path / "responses/asked").glob("*.jsonl")]
        for id, answers in self.model.drafts.items():
            self.model.revise(id, answers, complete=False)
        self.server.start()
        wait_until(lambda: all(len(stored(self.folder.path).get(id, [])) == len(self.model.revisions[id])
                               for id in self.model.drafts), "the unfinished responses of last month are not counted", 40)
        if segments:
            seals = self.folder.path / "seals.jsonl"
            wait_until(lambda: seals.exists() and all(f"responses/asked/{p.name}" in seals.read_text() for p in segments),
                       "the segments of last month are not sealed", 40)

    def check(self):
        """Disk and reference agree to the letter."""
        now = stored(self.folder.path)
        own = {id: revisions for id, revisions in now.items() if id in self.model.revisions}
        assert own == self.model.revisions
        rest = sorted(json.dumps(r, sort_keys=True) for id, revisions in now.items() if id not in own for r in revisions)
        assert rest == sorted(json.dumps(r, sort_keys=True) for r in self.erased), "scores of those who were erased stay"
        for id, word in self.model.gone:
            for path in self.folder.path.rglob("*"):
                if path.is_file():
                    data = path.read_bytes()
                    assert id.encode() not in data, f"{id} was erased and stands in {path}"
                    assert not word or word.split()[0].encode() not in data, f"words of {id} stand in {path}"


@pytest.mark.parametrize("run", range(3 if IS_LONG else 1))
def test_random_interleavings_equal_the_reference(place, dice, count, run):
    with Clock(place) as clock:
        world = World(place, dice, clock, count)
        world.erased, done = [], []
        with world.server:
            for start in (world.invite, world.invite, world.invite):
                start()()
            for _ in range(ROUNDS):
                for contact in world.model.contacts.values():
                    contact.pop("busy", None)
                beside = dice.choices(
                    [world.invite, world.imports, world.verify, world.back_up, world.erase], [3, 5, 1, 2, 2])[0]
                pair = [(act.__name__, go) for act in (world.answer, beside) if (go := act())]
                done.append("+".join(name for name, _ in pair))
                try:
                    at_once(*(go for _, go in pair))
                    world.check()
                except Exception as failure:
                    raise AssertionError(f"after {done[-8:]}\n{world.server.said()[-2000:]}") from failure
                if dice.random() < 0.12:
                    world.restart()
                    done.append("restart")
                    world.check()
                if dice.random() < 0.06:
                    world.next_month()
                    done.append("month")
                    world.check()
            world.next_month()
            world.check()
            assert world.server.stop() == 0
        world.folder.run("verify", world.folder.path)
    count("steps of the model, by a server and commands at once", len(done))
