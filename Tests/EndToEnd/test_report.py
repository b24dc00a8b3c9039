"""Monday morning: the churn-risk report, as text, JSON, HTML and CSV."""
import csv
import io
import json
import math
import subprocess

LINE = ('{"v":1,"id":"%s","revision":1,"survey":"relationship","version":"1","submitted":"%sT09:00:00.000Z",'
        '"account":"%s","contact":"%s","role":"%s","answers":{"recommend":%d%s}}\n')


def told(folder):
    """Acme's decision maker fell from 8 to 2 and said why; everybody at Birch is silent."""
    # As if the people had always been known: a report about the past counts nobody who was imported later.
    for name in ("accounts.jsonl", "contacts.jsonl"):
        file = folder.path / name
        people = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
        for person in people:
            del person["recorded"]
        file.write_text("".join(json.dumps(person, ensure_ascii=False) + "\n" for person in people), encoding="utf-8")
    path = folder.path / "responses/relationship"
    path.mkdir(parents=True)
    (path / "2026-05.jsonl").write_text(LINE % ("a", "2026-05-04", "acme", "maria", "decision-maker", 8, ""))
    (path / "2026-11.jsonl").write_text(
        LINE % ("b", "2026-11-02", "acme", "maria", "decision-maker", 2, ',"change":"Nobody called. =1+1"')
        + LINE % ("c", "2026-11-03", "acme", "tariq", "influencer", 9, ""))
    return folder


def test_the_report_names_who_may_leave_why_and_what_would_clear_it(folder):
    report = told(folder).json("report", "--as-of", "2026-11-20", "--format", "json")
    acme, birch = report["accounts"]
    assert (acme["id"], acme["risk"], acme["contacts"], acme["answered"]) == ("acme", "high", 2, 2)
    assert (birch["id"], birch["risk"], birch["nps"]["value"] if birch["nps"] else None) == ("birch", "unknown", None)
    flags = {flag["rule"]: flag for flag in acme["flags"]}
    assert {"decision-maker-detractor", "person-fell"} <= set(flags)
    assert flags["decision-maker-detractor"]["evidence"][0]["id"] == "b"
    assert "Nobody called" in json.dumps(flags) and flags["person-fell"]["clears"]
    assert (acme["nps"]["detractors"], acme["nps"]["passives"], acme["nps"]["promoters"]) == (1, 0, 1)
    assert math.isclose(acme["nps"]["value"], 0) and acme["nps"]["low"] < 0 < acme["nps"]["high"]
    assert "renewal-near" in {notice["rule"] for notice in acme["notices"]}
    assert "silent-decision-maker" in {notice["rule"] for notice in birch["notices"]}
    text = folder.run("report", "--as-of", "2026-11-20").stdout
    assert "Acme Tools" in text and "Nobody called" in text and "Birch & Sons" in text
    assert max(map(len, text.splitlines())) <= 80


def test_a_past_report_is_rebuilt_to_the_byte_whatever_came_later(folder):
    words = ("report", "--as-of", "2026-11-20", "--format", "json")
    before = told(folder).run(*words).stdout
    path = folder.path / "responses/relationship/2026-11.jsonl"
    path.write_text(path.read_text() + LINE % ("d", "2026-11-21", "acme", "maria", "decision-maker", 10, ""))
    assert folder.run(*words).stdout == before
    assert folder.run("report", "--as-of", "2026-11-21", "--format", "json").stdout != before


def test_who_was_imported_later_is_not_in_a_report_about_the_past(folder):
    assert folder.json("report", "--as-of", "2026-11-20", "--format", "json")["accounts"] == []
    assert len(folder.json("report", "--format", "json")["accounts"]) == 2


def test_line_order_changes_nothing(folder):
    words = ("report", "--as-of", "2026-11-20", "--format", "json")
    before = told(folder).run(*words).stdout
    path = folder.path / "responses/relationship/2026-11.jsonl"
    lines = path.read_text().splitlines(keepends=True)
    path.write_text("".join(reversed(lines)) + lines[0])
    assert folder.run(*words).stdout == before


def test_csv_is_safe_to_open_and_html_stands_alone(folder):
    told(folder)
    rows = list(csv.DictReader(io.StringIO(folder.run("report", "--as-of", "2026-11-20", "--format", "csv").stdout)))
    assert len(rows) == 2
    assert not any(str(cell).startswith(("=", "+", "@")) for row in rows for cell in row.values())
    page = folder.run("report", "--as-of", "2026-11-20", "--format", "html").stdout
    assert "Acme Tools" in page and "<script" not in page and "http://" not in page.replace("http://www.w3.org", "")


def test_exit_statuses_are_those_of_the_contract(folder, tmp_path):
    folder.run("report", "--no-such-option", status=64)
    folder.run("results", "no-such-survey", status=66)
    folder.run("compile", tmp_path / "missing.xml", status=66)
    broken = folder.write("broken.xml", "<survey xmlns='urn:heed:survey:1'><page>")
    folder.run("compile", broken, status=65)
    folder.run("verify", tmp_path / "missing", status=66)


def test_a_published_version_cannot_change(folder, tmp_path):
    surveys = tmp_path / "changed"
    surveys.mkdir()
    text = (folder.surveys / "relationship.xml").read_text(encoding="utf-8")
    (surveys / "relationship.xml").write_text(text.replace("one thing", "single thing"), encoding="utf-8")
    folder.surveys = surveys
    result = folder.run("publish", "relationship", status=65)
    assert "version" in result.stderr + result.stdout and "2" in result.stderr + result.stdout


def test_the_demonstration_company_is_worth_reading(empty):
    empty.run("publish")
    empty.run("demo")
    report = empty.json("report", "--format", "json")
    bands = [account["risk"] for account in report["accounts"]]
    assert {"high", "medium", "low", "unknown"} <= set(bands) and bands.index("high") == 0
    assert any(evidence.get("text") for account in report["accounts"] for flag in account["flags"] for evidence in flag["evidence"])
    assert empty.run("report").stdout.count("\n") > 20
    empty.run("verify", empty.path)
    empty.run("demo", status=73)
