"""What an edit of a survey means for the answers that are there: diff, publish, results and report."""
import os

import pytest

OLD = """<survey xmlns="urn:heed:survey:1" id="tea" version="1" kind="relationship" languages="en" access="open">
<title>Tea</title>
<page id="only">
<nps id="recommend"><prompt>Would you recommend our tea?</prompt></nps>
<choice id="kind"><prompt>Which?</prompt>
<option code="green">Green</option>
<option code="black">Black</option>
<option code="red">Red</option>
</choice>
</page>
<ending><message>Thanks.</message></ending>
</survey>
"""


def edited(**changes):
    text = OLD
    for old, new in changes.values():
        assert old in text
        text = text.replace(old, new)
    return text


def test_diff_says_what_breaks_where_and_ends_with_65(folder):
    old = folder.write("old.xml", OLD)
    new = folder.write("new.xml", edited(
        words=("Would you recommend our tea?", "Do you like our tea?"), option=('<option code="red">Red</option>\n', "")))
    told = folder.run("diff", old, new, status=65)
    assert f"breaks the trend: question recommend ({old}:4 → {new}:4)\n    the wording changed" in told.stdout
    assert f"breaks stored answers: option kind.red (was at {old}:8)" in told.stdout
    assert "same series: page only" in told.stdout
    import json
    whole = json.loads(folder.run("diff", old, new, "--format", "json", status=65).stdout)
    assert whole["verdict"] == "breaks-answers"
    found = {(c["element"], c["name"]): c for c in whole["changes"]}
    assert found["option", "kind.red"]["new"] is None and found["option", "kind.red"]["old"]["line"] == 8
    assert found["question", "recommend"]["verdict"] == "breaks-trend"
    # A broken trend alone is told and no error, unless asked for.
    words = folder.write("words.xml", edited(words=("Would you recommend our tea?", "Do you like our tea?")))
    folder.run("diff", old, words)
    folder.run("diff", old, words, "--strict", status=65)
    folder.run("diff", old, old, "--strict")
    folder.run("diff", old, folder.path / "none.xml", status=66)
    folder.run("diff", old, folder.write("broken.xml", OLD.replace("</page>", "")), status=65)


def test_publish_refuses_and_the_numbers_show_the_break(folder):
    first = folder.write("tea1.xml", OLD)
    folder.run("publish", first)
    rows = "id,recommend,submitted\na,9,2026-05-01T10:00:00Z\nb,10,2026-05-01T10:00:00Z\n"
    folder.run("import", "responses", folder.write("a.csv", rows), "--survey", "tea")
    change = dict(words=("Would you recommend our tea?", "Do you like our tea?"), option=('<option code="red">Red</option>\n', ""))
    refused = folder.run("publish", folder.write("tea2.xml", edited(**change)), status=65)
    assert 'version="2"' in refused.stderr and "option kind.red: was taken out" in refused.stderr
    told = folder.run("publish", folder.write("tea2.xml", edited(version=('version="1"', 'version="2"'), **change)))
    assert "tea version 2 is live." in told.stdout
    assert "question recommend: the wording changed" in told.stderr and "option kind.red: was taken out" in told.stderr
    folder.run("import", "responses", folder.write("b.csv", "id,recommend\nc,0\n"), "--survey", "tea")
    asked = [q for q in folder.json("results", "tea", "--format", "json")["questions"] if q["id"] == "recommend"]
    assert [q["n"] for q in asked] == [1, 2]
    assert asked[0]["versions"] == ["2"] and asked[0]["breaks"] == ["not compared with version 1: the wording changed"]
    text = folder.run("results", "tea").stdout
    assert "not compared with version 1: the wording changed" in " ".join(text.split())


def test_two_files_for_one_version_are_told_before_publishing(folder):
    one = folder.write("one.xml", OLD)
    two = folder.write("two.xml", edited(words=("Which?", "Which one?")))
    told = folder.run("compile", one, two, status=65)
    assert "error[S070]" in told.stdout and f"{two}:1:" in told.stdout
    folder.run("compile", one, one)


def test_a_file_that_may_not_be_read_is_a_matter_of_permission(folder):
    path = folder.write("locked.xml", OLD)
    os.chmod(path, 0)
    if os.access(path, os.R_OK):
        pytest.skip("whoever runs this reads everything")
    for words in (["compile", path], ["publish", path], ["diff", path, path]):
        folder.run(*words, status=77)


def test_a_value_of_megabytes_makes_no_message_of_megabytes(folder):
    path = folder.write("long.xml", OLD.replace('code="red"', f'code="{"x y" * 1_000_000}"'))
    for form in ("text", "json", "sarif"):
        assert len(folder.run("compile", path, "--format", form, status=65).stdout) < 200_000
