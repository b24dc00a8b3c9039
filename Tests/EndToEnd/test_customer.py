"""The customer's minute, over HTTP as a browser without scripts would live it."""
import json
import threading
import time

import requests
from heed import Customer, Server, raw_answers


def link_of(folder, server, contact, survey="post-purchase"):
    rows = folder.links(survey, "--contact", contact, "--public-url", server.url)
    assert len(rows) == 1, rows
    return rows[0]["link"]


def test_a_personal_link_from_greeting_to_thanks(folder):
    with Server(folder) as server:
        maria = Customer(link_of(folder, server, "maria"))
        page = maria.open()
        assert maria.reply.status_code == 200
        assert "Maria Lopez" in page.text and page.lang == "en" and page.dir == "ltr"
        maria.send({"recommend": 3, "wrong": ["service", "late"], "reason": "Nobody called.\nTwice."})
        assert {"delivery", "product"} <= maria.page.names()
        maria.send({"delivery": 4, "product": 5})
        maria.send({"contact-me": "yes"})
        assert maria.reply.status_code == 200 and "call you" in maria.page.text
        # A second visit is told so, and shows no answer.
        again = Customer(maria.link)
        page = again.open()
        assert again.reply.status_code == 200 and "already answered" in page.text
        assert "Nobody called" not in again.reply.text
    line = folder.responses("post-purchase")
    assert len(line) == 1
    assert line[0]["answers"] == {
        "recommend": 3, "wrong": ["late", "service"], "reason": "Nobody called.\nTwice.", "delivery": 4, "product": 5,
        "contact-me": "yes"}
    assert (line[0]["account"], line[0]["contact"], line[0]["role"]) == ("acme", "maria", "decision-maker")
    assert "Maria" not in json.dumps(line)


def test_a_visit_broken_off_resumes_with_everything_typed(folder):
    with Server(folder) as server:
        maria = Customer(link_of(folder, server, "maria"))
        maria.open()
        maria.send({"recommend": 10, "best": "The box & its <lid>"})
        server.kill()
        server.start()
        phone = Customer(maria.link)
        page = phone.open()
        assert {"delivery", "product"} <= page.names(), "the second page comes first now"
        page = phone.send({"delivery": 5}, button=("_go", "back"))
        assert ("recommend", "radio", "10", True) in page.fields
        assert ("best", "textarea", "The box & its <lid>", True) in page.fields
        phone.send({})
        assert ("delivery", "radio", "5", True) in phone.page.fields, "back kept what was chosen"
    assert folder.responses("post-purchase") == []


def test_a_refused_page_says_why_beside_the_field_and_keeps_what_was_typed(folder):
    with Server(folder) as server:
        maria = Customer(link_of(folder, server, "maria"))
        maria.open()
        page = maria.send({"reason": "typed before choosing"})
        assert maria.reply.status_code == 422
        assert "Please answer this question" in page.text
        assert "typed before choosing" in maria.reply.text
        for bad in ("11", "-1", "5.5", "１０", "1e1", "NaN"):
            data = [(n, v) for n, v in maria.page.filled({}) if n != "recommend"] + [("recommend", bad)]
            reply = requests.post(maria.reply.url, data=data, allow_redirects=False, timeout=20)
            assert reply.status_code == 422, bad
    assert folder.responses("post-purchase") == [] and folder.lines("drafts") == []


def test_the_language_switch_keeps_what_was_typed(folder):
    with Server(folder) as server:
        tariq = Customer(link_of(folder, server, "tariq"))
        page = tariq.open()
        assert page.lang == "bn" and "তারিক হাসান" in page.text
        page = tariq.send({"recommend": 2, "reason": "দেরি"}, button=("_language", "ar"))
        assert (page.lang, page.dir) == ("ar", "rtl")
        assert ("recommend", "radio", "2", True) in page.fields and ("reason", "textarea", "দেরি", True) in page.fields


def test_hidden_answers_are_not_stored(folder):
    with Server(folder) as server:
        maria = Customer(link_of(folder, server, "maria"))
        maria.open()
        maria.send({"recommend": 9, "wrong": ["late"], "reason": "was a 3 before", "best": "All of it"})
        maria.send({})
        maria.send({"testimonial": next(v for n, _, v, _ in maria.page.fields if n == "testimonial")})
    answers = folder.responses("post-purchase")[0]["answers"]
    assert set(answers) == {"recommend", "best", "testimonial"}
    assert answers["testimonial"]["given"] is True and answers["testimonial"]["text"]


def test_a_score_in_the_link_is_chosen_but_not_recorded(folder):
    with Server(folder) as server:
        maria = Customer(link_of(folder, server, "maria"))
        page = maria.open("?recommend=9")
        assert ("recommend", "radio", "9", True) in page.fields
    assert folder.lines("drafts") == [] and folder.responses("post-purchase") == []


def test_sixteen_at_once_are_one_response_and_a_repeat_is_no_error(folder):
    with Server(folder) as server:
        link = link_of(folder, server, "maria", "relationship")
        maria = Customer(link)
        maria.open()
        maria.send({"recommend": 8})
        maria.send({})
        last = maria.page.filled({"compared": "better", "decides": "me"})
        statuses = []
        threads = [
            threading.Thread(target=lambda: statuses.append(
                requests.post(maria.reply.url, data=last, allow_redirects=False, timeout=30).status_code))
            for _ in range(16)]
        [t.start() for t in threads]
        [t.join() for t in threads]
        assert set(statuses) == {303}, statuses
        other = maria.page.filled({"compared": "worse", "decides": "me"})
        assert requests.post(maria.reply.url, data=other, allow_redirects=False, timeout=20).status_code == 409
    assert len(folder.responses("relationship")) == 1


def test_forged_links_get_one_page_for_all(folder):
    with Server(folder) as server:
        link = link_of(folder, server, "maria")
        base, token = link.rsplit("/", 1)
        forged = [base + "/" + token[:-1] + ("A" if token[-1] != "A" else "B"), base + "/x", base + "/" + token * 40,
                  link.replace("post-purchase", "relationship"), server.url + "/s/nothing/" + token]
        pages = {}
        for address in forged:
            reply = requests.get(address, timeout=20)
            assert reply.status_code == 404, address
            pages[reply.text] = address
        assert len(pages) == 1, "an attacker learns nothing from the difference"


def test_a_closed_survey_is_told_kindly(folder):
    with Server(folder) as server:
        link = link_of(folder, server, "maria")
        folder.run("close", "post-purchase")
        # The server looks each second at what commands wrote; a page sent meanwhile is decided under the lock.
        deadline = time.time() + 5
        while (reply := requests.get(link, timeout=20)).status_code == 200 and time.time() < deadline:
            time.sleep(0.1)
        assert reply.status_code == 410 and "closed" in reply.text


def test_the_same_answers_by_browser_and_by_import_are_the_same_bytes(folder, empty):
    hostile = '=HYPERLINK("x"), "quoted"\n<b>ভালো</b> \u2028 😀'
    with Server(folder) as server:
        maria = Customer(link_of(folder, server, "maria"))
        maria.open()
        maria.send({"recommend": 5, "wrong": ["price", "late", "else"], "wrong.other": "Odd & ends", "reason": hostile})
        maria.send({"delivery": 2, "product": 3})
        maria.send({"contact-me": "no"})
    browser = folder.lines("responses/post-purchase")[-1]
    quoted = hostile.replace('"', '""')
    csv = "id,recommend,wrong,wrong.other,reason,delivery,product,contact-me\n" \
          f'r1,5,price;late;else,Odd & ends,"{quoted}",2,3,no\n'
    folder.run("import", "responses", folder.write("one.csv", csv), "--survey", "post-purchase")
    imported = folder.lines("responses/post-purchase")[-1]
    assert browser != imported
    assert raw_answers(browser) == raw_answers(imported)


def test_an_open_survey_counts_a_double_click_once(empty):
    empty.run("publish", "bank-satisfaction")
    with Server(empty) as server:
        somebody = Customer(server.url + "/s/bank-satisfaction")
        page = somebody.open()
        data = page.filled({"imag1": 7})
        first = requests.post(somebody.reply.url, data=data, allow_redirects=False, timeout=20)
        second = requests.post(somebody.reply.url, data=data, allow_redirects=False, timeout=20)
        assert (first.status_code, second.status_code) == (303, 303)
        assert first.headers["Location"].split("?")[0] == second.headers["Location"].split("?")[0]
        assert "/s/bank-satisfaction/" in first.headers["Location"]
    drafts = [json.loads(line) for line in empty.lines("drafts")]
    assert len({draft["id"] for draft in drafts}) == 1 and len(drafts) == 1


def test_opting_out_is_one_click_and_for_ever(folder):
    with Server(folder) as server:
        maria = Customer(link_of(folder, server, "maria"))
        maria.open()
        address = next(part.split('"')[0] for part in maria.reply.text.split('href="') if "/unsubscribe/" in part.split('"')[0])
        address = requests.compat.urljoin(server.url, address)
        assert requests.get(address, timeout=20).status_code == 200
        assert folder.links("relationship", "--contact", "maria", "--public-url", server.url), "looking is not opting out"
        reply = requests.post(address, data={"List-Unsubscribe": "One-Click"}, timeout=20)
        assert reply.status_code == 200
    assert folder.links("relationship", "--contact", "maria", "--wave", "later") == []
