"""Drives the built binary as its users do: commands, a server on loopback, forms posted as a browser would."""
import csv
import html.parser
import io
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

import requests

ROOT = Path(__file__).resolve().parents[2]
BINARY = os.environ.get("HEED_BIN", str(ROOT / ".build/debug/heed"))
SHARED = ROOT.parent / "shared"
ARTIFACTS = ROOT / "artifacts"


class Folder:
    """A data folder of its own with the shipped surveys beside it."""

    def __init__(self, path, surveys=ROOT / "surveys"):
        self.path = Path(path)
        self.surveys = Path(surveys)
        self.exports = self.path.parent / (self.path.name + "-exports")

    def run(self, *words, status=0, stdin=None):
        """Runs a command, insists on its exit status, and gives its standard output and error."""
        result = subprocess.run(
            [BINARY, "--data", self.path, "--surveys", self.surveys, "--exports", self.exports, *map(str, words)],
            capture_output=True, text=True, input=stdin, timeout=300)
        assert result.returncode == status, (
            f"heed {' '.join(map(str, words))} ended with {result.returncode}, not {status}\n{result.stdout}\n{result.stderr}")
        return result

    def json(self, *words):
        """Runs a command and reads its standard output as JSON."""
        return json.loads(self.run(*words).stdout)

    def links(self, survey, *words):
        """Invites and gives the rows of the links' CSV."""
        return list(csv.DictReader(io.StringIO(self.run("invite", survey, "--links", *words).stdout)))

    def write(self, name, text):
        """Writes a file beside the data folder and gives its path."""
        path = self.path.parent / name
        path.write_text(text, encoding="utf-8")
        return path

    def lines(self, kind):
        """Every line of a journal folder such as responses/post-purchase, raw, in the order of records."""
        return [line for path in sorted((self.path / kind).glob("*.jsonl")) for line in path.read_bytes().splitlines()]

    def responses(self, survey):
        """Every response line of a survey, parsed."""
        return [json.loads(line) for line in self.lines(f"responses/{survey}")]


class Server:
    """`heed serve` on a free port, ended by its process id; `under` is a program that becomes it, such as strace -D."""

    def __init__(self, folder, *words, under=(), env=None):
        self.folder = folder
        self.words = words
        self.under = under
        self.env = {**os.environ, **(env or {})}
        self.log = tempfile.TemporaryFile("a+b")
        self.process = None

    def __enter__(self):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.start()
        return self

    def spawn(self):
        self.process = subprocess.Popen(
            [*self.under, BINARY, "--data", self.folder.path, "--surveys", self.folder.surveys,
             "serve", "--port", str(self.port), *self.words],
            stdout=self.log, stderr=self.log, env=self.env)

    def start(self):
        self.spawn()
        deadline = time.time() + 30
        while time.time() < deadline:
            assert self.process.poll() is None, f"serve ended with {self.process.returncode}: {self.said()}"
            try:
                if requests.get(self.url + "/health/ready", timeout=2).ok:
                    return
            except (requests.ConnectionError, requests.Timeout):
                pass
            time.sleep(0.03)
        raise AssertionError(f"serve was not ready in 30 s: {self.said()}")

    def kill(self):
        """Ends it as a power cut would, as far as a process can feel one."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self):
        """Ends it politely and gives its exit status."""
        self.process.terminate()
        return self.process.wait(timeout=20)

    def said(self):
        self.log.seek(0)
        return self.log.read().decode("utf-8", "replace")

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self.log.close()


class Page(html.parser.HTMLParser):
    """What a text browser would see of a page: its form with every field, its headings and words."""

    def __init__(self, text):
        super().__init__()
        self.fields, self.buttons, self.words, self.lang, self.dir, self.action = [], [], [], None, None, None
        self._textarea = None
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        a = dict(attributes)
        if tag == "html":
            self.lang, self.dir = a.get("lang"), a.get("dir")
        elif tag == "form" and self.action is None:
            self.action = a.get("action", "")
        elif tag == "input" and a.get("name"):
            self.fields.append((a["name"], a.get("type", "text"), a.get("value") or "", "checked" in a))
        elif tag == "textarea" and a.get("name"):
            self._textarea = [a["name"], ""]
        elif tag == "button" and a.get("name"):
            self.buttons.append((a["name"], a.get("value") or ""))

    def handle_endtag(self, tag):
        if tag == "textarea" and self._textarea:
            # A browser drops one line feed right after the start tag.
            self.fields.append((self._textarea[0], "textarea", self._textarea[1].removeprefix("\n"), True))
            self._textarea = None

    def handle_data(self, data):
        if self._textarea:
            self._textarea[1] += data
        else:
            self.words.append(data)

    @property
    def text(self):
        return " ".join(" ".join(self.words).split())

    def filled(self, answers, button=None):
        """The form as a browser would send it: what is filled in already, changed by answers (lists for several)."""
        sent = []
        for name, kind, value, checked in self.fields:
            if kind in ("radio", "checkbox"):
                if name in answers:
                    wanted = answers[name] if isinstance(answers[name], list) else [answers[name]]
                    if value in map(str, wanted):
                        sent.append((name, value))
                elif checked:
                    sent.append((name, value))
            elif kind != "submit":
                sent.append((name, str(answers.get(name, value))))
        if button:
            sent.append(button)
        return sent

    def names(self):
        return {name for name, *_ in self.fields}


class Customer:
    """Somebody with a link, a browser without scripts, and patience."""

    def __init__(self, link):
        self.session = requests.Session()
        self.link = link
        self.reply = None

    def open(self, query=""):
        self.reply = self.session.get(self.link + query, timeout=20)
        return self.page

    @property
    def page(self):
        return Page(self.reply.text)

    def send(self, answers, button=None, follow=True):
        """Fills in the page that is open and presses a button."""
        page = self.page
        address = requests.compat.urljoin(self.reply.url, page.action or "")
        self.reply = self.session.post(address, data=page.filled(answers, button), timeout=20, allow_redirects=follow)
        return self.page


def raw_answers(line):
    """The bytes of a stored line's answers object."""
    text = line.decode("utf-8") if isinstance(line, bytes) else line
    start = text.index('"answers":') + len('"answers":')
    _, end = json.JSONDecoder().raw_decode(text, start)
    return text[start:end]
