"""The ways that `heed paths` predicts, gone over the real endpoint; and the answers that `compile --witness` prints."""
import json
import xml.etree.ElementTree as ElementTree

import pytest
from heed import ROOT, Customer, Server

NAMESPACE = "{urn:heed:survey:1}"
SURVEYS = sorted(path.stem for path in (ROOT / "surveys").glob("*.xml"))


def thanks(survey, number):
    """The words of an ending, by its number from 1, in the survey's first language."""
    root = ElementTree.parse(ROOT / "surveys" / f"{survey}.xml").getroot()
    message = root.findall(f"{NAMESPACE}ending")[number - 1].find(f"{NAMESPACE}message")
    return " ".join("".join(message.itertext()).split())


def links(folder, server, survey, count):
    """One address a way: personal links where the survey wants them, else the open one."""
    if f'id="{survey}"' in (text := (ROOT / "surveys" / f"{survey}.xml").read_text()) and 'access="open"' in text:
        return [f"{server.url}/s/{survey}"] * count
    people = "id,account,name,email,role,language\n" + "".join(
        f"way{n},acme,Way {n},way{n}@acme.example,user,en\n" for n in range(count))
    folder.run("import", "contacts", folder.write("ways.csv", people))
    return [
        folder.links(survey, "--contact", f"way{n}", "--public-url", server.url)[0]["link"] for n in range(count)]


@pytest.mark.parametrize("survey", SURVEYS)
def test_the_pages_seen_are_the_pages_predicted(folder, survey):
    told = folder.json("paths", survey, "--format", "json")
    assert told["survey"] == survey and told["uncovered"] == [] and told["ways"]
    with Server(folder) as server:
        for way, link in zip(told["ways"], links(folder, server, survey, len(told["ways"]))):
            assert way["fields"] == {}, "no shipped survey routes by what an invitation brings along"
            customer = Customer(link)
            customer.open()
            sent = set()
            for step in way["pages"]:
                seen = dict((name, value) for name, kind, value, _ in customer.page.fields if kind == "hidden")
                assert (customer.reply.status_code, seen["_page"]) == (200, step["page"])
                answers = {}
                for field in step["fields"]:
                    answers.setdefault(field["name"], []).append(field["value"])
                assert answers.keys() <= customer.page.names()
                sent |= {name.split(".")[0] for name in answers}
                customer.send({name: values if len(values) > 1 else values[0] for name, values in answers.items()})
            assert customer.reply.status_code == 200 and thanks(survey, way["ending"]) in customer.page.text
            assert set(folder.responses(survey)[-1]["answers"]) == sent <= set(way["asked"])


def test_each_condition_is_met_and_failed(folder):
    told = folder.json("paths", "post-purchase", "--format", "json")
    covered = {name for way in told["ways"] for name in way["covers"]}
    for name in ("page:follow-up", "question:wrong", "question:contact-me", "ending:1", "ending:2", "case:unhappy"):
        assert {name, f"not {name}"} <= covered
    assert len(told["ways"]) == 3, "a detractor, a passive and a promoter show everything"
    text = folder.run("paths", "post-purchase").stdout
    assert "way 1 of 3" in text and "recommend: 0" in text and "covers page:follow-up" in text
    folder.run("paths", "nothing-here", status=66)


def test_a_witness_of_anything(folder):
    file = ROOT / "surveys" / "post-purchase.xml"
    text = folder.run("compile", file, "--witness", "ending:2").stdout
    assert "page score\n  recommend: 0\n" in text and "contact-me: yes" in text
    told = folder.json("compile", file, "--witness", "question:testimonial", "--format", "json")
    assert told["shortest"] is True and told["pages"][0]["fields"] == [{"name": "recommend", "value": "9"}]
    for part in ("page:follow-up", "question:better", "option:wrong.late", "case:unhappy"):
        assert folder.run("compile", file, "--witness", part).stdout
    assert "No survey here has page:nope" in folder.run("compile", file, "--witness", "page:nope", status=64).stderr


def test_what_nobody_sees_is_refused_with_both_places(folder):
    text = (ROOT / "surveys" / "post-purchase.xml").read_text(encoding="utf-8")
    text = text.replace('<consent id="testimonial" show-if="recommend ge 9"', '<consent id="testimonial" show-if="recommend eq 7"')
    file = folder.write("cut-off.xml", text)
    told = json.loads(folder.run("compile", file, "--format", "json", status=65).stdout)
    found = [d for d in told["diagnostics"] if d["code"] == "S060"]
    line = next(n for n, words in enumerate(text.splitlines(), 1) if 'id="follow-up"' in words)
    assert len(found) == 1 and f'of page "follow-up" on line {line}' in found[0]["message"]
    assert found[0]["line"] == next(n for n, words in enumerate(text.splitlines(), 1) if "recommend eq 7" in words)
    assert "no answers lead to question:testimonial" in folder.run(
        "compile", file, "--witness", "question:testimonial", status=65).stderr


def test_compiling_tells_paths_languages_and_reading(folder):
    told = folder.json("compile", ROOT / "surveys" / "post-purchase.xml", "--format", "json")["surveys"][0]
    assert told["paths"] == {"count": 3, "exact": True, "shortest": 4, "longest": 6}
    assert [texts["language"] for texts in told["texts"]] == told["languages"]
    english = told["texts"][0]
    assert english["present"] == english["of"] > 0 and english["reading"]["rule"] == "Flesch–Kincaid"
    assert told["texts"][1]["reading"] is None
