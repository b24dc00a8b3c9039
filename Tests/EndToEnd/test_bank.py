"""Real answers: 250 customers of a bank, imported, counted, exported and proven."""
import math
import subprocess

import pytest


@pytest.fixture
def bank(empty, shared):
    empty.run("publish", "bank-satisfaction")
    file = shared / "datasets/satisfaction_bank_ecsi.csv"
    empty.file = file
    empty.words = ("import", "responses", file, "--survey", "bank-satisfaction", "--map", "loy3=recommend")
    return empty


def test_bank_nps_equals_the_published_figures(bank):
    bank.run(*bank.words)
    results = bank.json("results", "bank-satisfaction", "--format", "json")
    assert (results["responses"], results["partials"]) == (250, 0)
    nps = next(q for q in results["questions"] if q["id"] == "recommend")
    assert nps["n"] == 250
    assert (nps["nps"]["detractors"], nps["nps"]["passives"], nps["nps"]["promoters"]) == (86, 99, 65)
    assert math.isclose(nps["nps"]["value"], -8.4, abs_tol=1e-9)
    assert math.isclose(nps["nps"]["low"], -17.8668, abs_tol=1e-3)
    assert math.isclose(nps["nps"]["high"], 1.2388, abs_tol=1e-3)
    text = bank.run("results", "bank-satisfaction").stdout
    assert "250" in text and "-8.4" in text.replace("−", "-") and "-17.9" in text.replace("−", "-") and "+1.2" in text


def test_importing_twice_adds_nothing_and_a_dry_run_writes_nothing(bank):
    bank.run(*bank.words, "--dry-run")
    assert bank.lines("responses/bank-satisfaction") == []
    bank.run(*bank.words)
    before = bank.lines("responses/bank-satisfaction")
    assert len(before) == 250
    bank.run(*bank.words)
    assert bank.lines("responses/bank-satisfaction") == before


def test_an_unknown_column_stops_an_import_before_anything_is_written(bank):
    result = bank.run("import", "responses", bank.file, "--survey", "bank-satisfaction", status=65)
    assert "loy3" in result.stderr
    assert bank.lines("responses/bank-satisfaction") == []


def test_the_archive_validates_and_verifies_and_one_changed_byte_is_found(bank, tmp_path):
    bank.run(*bank.words)
    bank.run("export", "bank-satisfaction")
    archive = next(bank.exports.glob("*.xml"))
    schema = bank.write("archive.xsd", bank.run("schema", "archive").stdout)
    check = subprocess.run(["xmllint", "--noout", "--schema", schema, archive], capture_output=True, text=True)
    assert check.returncode == 0, check.stderr
    assert "250" in bank.run("verify", archive).stdout
    text = archive.read_text(encoding="utf-8")
    at = text.index("<answer", len(text) // 2)
    digit = next(i for i in range(text.index(">", at), len(text)) if text[i].isdigit())
    changed = text[:digit] + str((int(text[digit]) + 1) % 10) + text[digit + 1:]
    archive.write_text(changed, encoding="utf-8")
    bank.run("verify", archive, status=65)


def test_every_shipped_survey_is_valid_by_the_printed_schema(bank):
    schema = bank.write("survey.xsd", bank.run("schema", "survey").stdout)
    surveys = sorted(bank.surveys.glob("*.xml"))
    assert len(surveys) >= 3
    check = subprocess.run(["xmllint", "--noout", "--schema", schema, *surveys], capture_output=True, text=True)
    assert check.returncode == 0, check.stderr
    compiled = bank.run("compile", "--strict")
    assert "warning" not in compiled.stdout + compiled.stderr or "0 warnings" in compiled.stdout + compiled.stderr
