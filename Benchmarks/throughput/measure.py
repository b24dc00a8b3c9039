"""Measures submissions against connections: heed over HTTP, and the same lines straight into SQLite and into a bare file.

measure.py HEED WORK_DIR SECONDS ROUNDS SVG. Everything in one run, in turn, on one disk; medians of the rounds.
The stores get batches of as many lines as there are connections, the most that could ever wait for one sync.
"""
import re
import shutil
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from chart import draw

CONNECTIONS = [2**power for power in range(10)]
SURVEY = """<?xml version="1.0" encoding="UTF-8"?>
<survey xmlns="urn:heed:survey:1" id="bench" version="1" kind="relationship" languages="en" access="open">
  <title>Bench</title>
  <page id="only">
    <nps id="recommend" required="true"><prompt>How likely are you to recommend us?</prompt></nps>
    <csat id="satisfaction"><prompt>How satisfied are you?</prompt></csat>
    <text id="reason" max-length="2000"><prompt>Why?</prompt></text>
  </page>
  <ending><message>Thank you.</message></ending>
</survey>
"""
FORM = """wrk.method = "POST"
wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
wrk.body = "recommend=9&satisfaction=4&reason=" .. string.rep("great+", 20)
"""
UNITS = {"us": 1e-3, "ms": 1, "s": 1e3}


class Service:
    """heed serve over a fresh folder."""

    def __init__(self, heed, work):
        self.data, surveys = work / "data", work / "surveys"
        surveys.mkdir()
        (surveys / "bench.xml").write_text(SURVEY)
        (work / "form.lua").write_text(FORM)
        self.form = work / "form.lua"
        common = [heed, "--data", self.data, "--surveys", surveys]
        subprocess.run([*common, "publish"], check=True, stdout=subprocess.DEVNULL)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.url = f"http://127.0.0.1:{probe.getsockname()[1]}"
        self.process = subprocess.Popen([*common, "serve", "--port", self.url.rpartition(":")[2], "--rate-limit", "off"],
                                        stdout=subprocess.DEVNULL)
        for _ in range(300):
            try:
                urllib.request.urlopen(self.url + "/health/ready", timeout=1)
                return
            except OSError:
                time.sleep(0.05)
        raise SystemExit("heed was not ready in 15 s")

    def lines(self):
        return sum(path.read_bytes().count(b"\n") for path in self.data.glob("responses/bench/*.jsonl"))

    def load(self, connections, seconds):
        """Submits for some seconds; every 303 must be a line on disk, and every line was sent."""
        before = self.lines()
        said = subprocess.run(
            ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", "-s", self.form, self.url + "/s/bench"],
            check=True, capture_output=True, text=True).stdout
        time.sleep(0.2)
        stored = self.lines() - before
        answered = int(re.search(r"(\d+) requests in", said)[1])
        if "Non-2xx" in said or "Socket errors" in said or not answered <= stored <= answered + 2 * connections:
            raise SystemExit(f"{stored} lines stored of {answered} answered with {connections} connections:\n{said}")
        times = [float(m[1]) * UNITS[m[2]] for m in (re.search(rf"{p}%\s+([\d.]+)(us|ms|s)", said) for p in (50, 99))]
        return float(re.search(r"Requests/sec:\s+([\d.]+)", said)[1]), *times, answered, stored


def store(work, kind, batch, seconds):
    """Lines a second into a store, each batch durable before the next; the median and 99th percentile of a batch in ms."""
    target = work / "store"
    target.mkdir()
    said = subprocess.run([work / "stores", kind, target / kind, str(batch), str(seconds)], check=True,
                          capture_output=True, text=True).stdout
    shutil.rmtree(target)
    return tuple(map(float, said.split()))


def median(rounds):
    return tuple(map(statistics.median, zip(*rounds)))


def main():
    heed, work, seconds, rounds, svg = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]), sys.argv[5]
    service = Service(heed, work)
    found = {"heed": {}, "file": {}, "sqlite": {}}
    answered = stored = 0
    try:
        service.load(64, 1)
        for connections in CONNECTIONS:
            measured = {name: [] for name in found}
            for _ in range(rounds):
                *figures, sent, kept = service.load(connections, seconds)
                answered, stored = answered + sent, stored + kept
                measured["heed"].append(figures)
                measured["file"].append(store(work, "jsonl", connections, seconds))
                measured["sqlite"].append(store(work, "sqlite", connections, seconds))
            for name, figures in measured.items():
                found[name][connections] = median(figures)
            print(f"{connections} connections measured", file=sys.stderr)
    finally:
        service.process.terminate()
        service.process.wait()
    print("| connections | heed, HTTP | p50 | p99 | a bare file | SQLite | file : SQLite |\n|--:|--:|--:|--:|--:|--:|--:|")
    for connections in CONNECTIONS:
        (rate, p50, p99), file, base = (found[name][connections] for name in ("heed", "file", "sqlite"))
        print(f"| {connections} | {rate:,.0f}/s | {p50:.2f} ms | {p99:.2f} ms | {file[0]:,.0f}/s | {base[0]:,.0f}/s | {file[0] / base[0]:.2f} |")
    print(f"\n{answered:,} submissions answered with 303, {stored:,} lines stored (the rest were in flight when a load ended).")
    Path(svg).write_text(draw(found), encoding="utf-8")


main()
