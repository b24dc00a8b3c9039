"""What authors write with the language's constructs, as customers meet it over the endpoint."""
import datetime
import json
import re

import pytest
import requests
from heed import Customer, Server

PARTY = r"""<?xml version="1.0" encoding="UTF-8"?>
<survey xmlns="urn:heed:survey:1" id="party" version="1" kind="transactional" touchpoint="visit" languages="en bn"
        days-between="30" days-between-any="7">
  <title>Your evening</title>
  <title xml:lang="bn">আপনার সন্ধ্যা</title>
  <let name="size" value="adults + default(children, 0)"/>
  <let name="mood" value="if(overall ge 4, 'glad', 'sorry')">
    <option code="glad"><label>pleased</label><label xml:lang="bn">সন্তুষ্ট</label></option>
    <option code="sorry"><label>not pleased</label><label xml:lang="bn">অসন্তুষ্ট</label></option>
  </let>
  <page id="who">
    <csat id="overall" required="true"><prompt>How was it?</prompt><prompt xml:lang="bn">কেমন ছিল?</prompt></csat>
    <number id="adults" required="true" least="1" most="20" whole="true">
      <prompt>How many adults?</prompt><prompt xml:lang="bn">কতজন বড়?</prompt>
      <range-message>Our tables take 1 to 20.</range-message><range-message xml:lang="bn">১ থেকে ২০ জন।</range-message>
    </number>
    <choice id="kids">
      <prompt>Were children with you?</prompt><prompt xml:lang="bn">শিশু ছিল?</prompt>
      <option code="yes"><label>Yes</label><label xml:lang="bn">হ্যাঁ</label></option>
      <option code="no"><label>No</label><label xml:lang="bn">না</label></option>
    </choice>
    <block show-if="kids eq 'yes'">
      <number id="children" required="true" least="1" most="20" whole="true">
        <prompt>How many children?</prompt><prompt xml:lang="bn">কতজন শিশু?</prompt></number>
    </block>
    <date id="came" from="today-1y" to="today">
      <prompt>When were you here?</prompt><prompt xml:lang="bn">কবে এসেছিলেন?</prompt>
      <range-message>Some day in the last year, please.</range-message>
      <range-message xml:lang="bn">গত এক বছরের কোনো দিন।</range-message>
    </date>
    <text id="table" pattern="[A-Z]\d{1,2}">
      <prompt>Which table?</prompt><prompt xml:lang="bn">কোন টেবিল?</prompt>
      <pattern-message>A letter and a number, such as B4.</pattern-message>
      <pattern-message xml:lang="bn">একটি অক্ষর ও একটি সংখ্যা।</pattern-message>
    </text>
    <check that="adults + children le 24"><message>We have no table for more than 24.</message>
      <message xml:lang="bn">২৪ জনের বেশি টেবিল নেই।</message></check>
  </page>
  <page id="what">
    <title>You were {size}, and {mood}.</title><title xml:lang="bn">আপনারা {size} জন, {mood}।</title>
    <choices id="had" order="random">
      <prompt>What did you have?</prompt><prompt xml:lang="bn">কী খেয়েছেন?</prompt>
      <option code="soup"><label>Soup</label><label xml:lang="bn">স্যুপ</label></option>
      <option code="fish"><label>Fish</label><label xml:lang="bn">মাছ</label></option>
      <option code="rice"><label>Rice</label><label xml:lang="bn">ভাত</label></option>
      <option code="cake"><label>Cake</label><label xml:lang="bn">কেক</label></option>
      <option code="tea"><label>Tea</label><label xml:lang="bn">চা</label></option>
      <option code="menu" show-if="kids eq 'yes'"><label>The children's menu</label><label xml:lang="bn">শিশুদের মেনু</label></option>
      <option code="none" exclusive="true"><label>Nothing</label><label xml:lang="bn">কিছু না</label></option>
    </choices>
    <choice id="best">
      <prompt>What was best?</prompt><prompt xml:lang="bn">সবচেয়ে ভালো কী?</prompt>
      <option code="soup" show-if="selected(had, 'soup')"><label>Soup</label><label xml:lang="bn">স্যুপ</label></option>
      <option code="fish" show-if="selected(had, 'fish')"><label>Fish</label><label xml:lang="bn">মাছ</label></option>
    </choice>
  </page>
  <ending show-if="mood eq 'glad'"><message>Come again!</message><message xml:lang="bn">আবার আসুন!</message>
    <offer kind="coupon" code="SOUP-5"><label>A free soup</label><label xml:lang="bn">একটি স্যুপ</label></offer></ending>
  <ending><message>We are sorry.</message><message xml:lang="bn">আমরা দুঃখিত।</message></ending>
</survey>
"""


@pytest.fixture
def party(folder, tmp_path):
    """The shipped folder with one more survey beside its own."""
    surveys = tmp_path / "surveys"
    surveys.mkdir()
    (surveys / "party.xml").write_text(PARTY, encoding="utf-8")
    folder.surveys = surveys
    folder.run("publish", "party")
    return folder


def link(folder, server, contact):
    return folder.links("party", "--contact", contact, "--public-url", server.url)[0]["link"]


FIRST = {"overall": 5, "adults": 2, "kids": "yes", "children": 3, "came": "", "table": "B4"}


def test_the_survey_compiles_without_a_word(party):
    assert party.json("compile", "--strict", "--format", "json")["diagnostics"] == []


def test_own_words_checks_and_dates_come_back_beside_their_fields(party):
    with Server(party) as server:
        maria = Customer(link(party, server, "maria"))
        page = maria.open()
        assert page.names() >= {"overall", "adults", "kids", "children", "came", "table"}
        today = datetime.datetime.now(datetime.timezone.utc).date()
        for answers, words in [
            ({**FIRST, "adults": 21}, "Our tables take 1 to 20."),
            ({**FIRST, "table": "4B"}, "A letter and a number, such as B4."),
            ({**FIRST, "came": str(today + datetime.timedelta(days=3))}, "Some day in the last year, please."),
            ({**FIRST, "came": str(today - datetime.timedelta(days=400))}, "Some day in the last year, please."),
            ({**FIRST, "adults": 20, "children": 5}, "We have no table for more than 24."),
        ]:
            page = maria.send(answers)
            assert maria.reply.status_code == 422, words
            assert page.text.count(words) == 2, "beside the field and in the list above"
            assert dict((n, v) for n, k, v, _ in page.fields if k == "text")["adults"] == str(answers["adults"])
        assert re.search(r'id="_children.problem">[^<]*We have no table', maria.reply.text), "beside the last it reads"
        assert re.search(r'<input[^>]*type="date"[^>]*min="\d{4}-\d\d-\d\d" max="\d{4}-\d\d-\d\d"', maria.reply.text)
        # In the reader's language too.
        page = maria.send({**FIRST, "adults": 20, "children": 5}, button=("_language", "bn"))
        page = maria.send({**FIRST, "adults": 20, "children": 5})
        assert maria.reply.status_code == 422 and "২৪ জনের বেশি টেবিল নেই।" in page.text
        # Without children nothing is compared, and what was typed of them is not stored.
        page = maria.send({**FIRST, "adults": 20, "kids": "no", "children": 19, "came": str(today)})
        assert maria.reply.status_code == 200 and page.names() >= {"had"}
    draft = json.loads(party.lines("drafts")[-1])
    assert draft["answers"] == {"overall": 5, "adults": 20, "kids": "no", "came": str(today), "table": "B4"}


def test_computed_values_are_piped_in_the_readers_language(party):
    with Server(party) as server:
        tariq = Customer(link(party, server, "tariq"))
        tariq.open()
        page = tariq.send(FIRST)
        assert "আপনারা" in page.text and "সন্তুষ্ট" in page.text and "5" in page.text
        bob = Customer(link(party, server, "bob"))
        bob.open()
        page = bob.send({**FIRST, "kids": "no", "overall": 2})
        assert re.search(r"You were \W?2\W?, and \W?not pleased", page.text)


def order(page):
    return [value for name, _, value, _ in page.fields if name == "had"]


def test_every_response_has_its_own_order_on_every_device_and_it_is_recorded(party):
    with Server(party) as server:
        orders = {}
        for contact in ("maria", "bob", "layla", "tariq"):
            customer = Customer(link(party, server, contact))
            customer.open()
            orders[contact] = order(customer.send(FIRST))
            assert sorted(orders[contact]) == ["cake", "fish", "menu", "none", "rice", "soup", "tea"]
            assert orders[contact][-1] == "none", "what excludes the others keeps its place"
            # Another device, and once after a restart.
            if contact == "bob":
                server.stop()
                server.start()
            assert order(Customer(customer.link).open()) == orders[contact]
            # Stored in the order of the definition, whatever was shown.
            customer.send({"had": ["tea", "soup"], "best": "soup"})
            assert "SOUP-5" in customer.page.text
        assert len({tuple(o) for o in orders.values()}) > 1
    for line in party.responses("party"):
        assert line["answers"]["had"] == ["soup", "tea"] and line["answers"]["best"] == "soup"
        assert line["orders"] == {"had": orders[line["contact"]]}
        assert line["offers"] == [{"kind": "coupon", "code": "SOUP-5"}]
        assert list(line)[-3:] == ["answers", "offers", "orders"]
    party.run("results", "party", "--format", "json")
    assert "SOUP-5" in party.run("export", "party", "--format", "jsonl").stdout + "".join(
        path.read_text() for path in party.exports.rglob("*.jsonl"))


def test_an_option_that_is_not_offered_cannot_be_chosen(party):
    with Server(party) as server:
        maria = Customer(link(party, server, "maria"))
        maria.open()
        page = maria.send({**FIRST, "kids": "no"})
        assert "menu" not in order(page)
        # A forged form chooses what was never offered, and what a chosen one hides.
        data = [("_page", "what"), ("had", "menu"), ("had", "tea"), ("best", "fish")]
        reply = requests.post(maria.reply.url, data=data, allow_redirects=False, timeout=20)
        assert reply.status_code == 303
    line = party.responses("party")[0]
    assert line["answers"]["had"] == ["tea"] and "best" not in line["answers"]
    assert "menu" not in line["orders"]["had"]


def test_the_contact_policy_says_who_is_left_out_and_why(party):
    first = party.run("invite", "party", "--links", "--contact", "maria")
    assert first.stdout.count("\n") == 2
    # The same wave gives the same link; another wave would ask again too soon.
    assert party.run("invite", "party", "--links", "--contact", "maria").stdout == first.stdout
    again = party.run("invite", "party", "--links", "--wave", "2099Q1")
    assert re.search(r"maria is not asked: was asked by this survey on \d{4}-\d\d-\d\d, and it leaves 30 days between", again.stderr)
    assert "bob is not asked" not in again.stderr
    other = party.path.parent / "other"
    other.mkdir()
    text = PARTY.replace('id="party"', 'id="second"').replace('days-between="30" ', "")
    (other / "second.xml").write_text(text, encoding="utf-8")
    party.surveys = other
    party.run("publish", "second")
    said = party.run("invite", "second", "--links", "--contact", "maria").stderr
    assert re.search(r"maria is not asked: was asked by party on .*leaves 7 days after any other", said)
