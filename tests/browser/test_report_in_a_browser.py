"""The report in a browser: opened from disk, without a network, with mouse, touch, keyboard and accessibility checks."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import PHONE
from playwright.sync_api import expect

ARTICLE = "articles/2019-07-everton-second-offer-wanderlito.html"
LOOKS = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "phone": {"viewport": PHONE, "has_touch": True, "is_mobile": True},
}
KINDS = [
    "index.html", ARTICLE, "players/wanderlito.html", "clubs/everton.html", "articles.html", "players.html",
    "clubs.html", "rejects.html", "tables.html", "search.html?q=everton",
]  # fmt: skip


@pytest.mark.parametrize("name", ["site", "hostile_site"])
def test_every_page_opens_without_messages_and_fits_a_phone(request, opened, name):
    site = request.getfixturevalue(name)
    paths = sorted(site.rglob("*.html"))
    assert len(paths) > 5
    with opened(viewport=PHONE) as page:
        for path in paths:
            page.goto(path.as_uri())
            width = page.evaluate("document.documentElement.scrollWidth")
            assert width <= PHONE["width"], path


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("path", KINDS)
def test_axe_finds_no_serious_violation(site, opened, path, look):
    with opened(**LOOKS[look]) as page:
        page.goto(f"{site.as_uri()}/{path}")
        if "search" in path:
            expect(page.locator("#answers li").first).to_be_visible()
        for summary in page.locator("summary").all():
            summary.click()
        options = {
            "preload": False,
            "rules": {"target-size": {"enabled": True}},
        }  # it must not load the style sheet again
        found = Axe().run(page, options=options).response["violations"]
        serious = {
            violation["id"]: [node["html"] for node in violation["nodes"]][:3]
            for violation in found
            if violation["impact"] in {"serious", "critical"}
        }
        assert serious == {}


def test_a_toggle_hides_the_highlights_of_its_table_only(site, opened):
    with opened() as page:
        page.goto(f"{site.as_uri()}/{ARTICLE}")
        tables = [box.get_attribute("name") for box in page.locator("#toggles input").all()]
        assert tables == ["players", "clubs", "fees", "dates", "quotes", "transfers"]
        for table in tables:
            highlights = page.locator(f"#text a.{table}")
            others = page.locator(f"#text a:not(.{table})")
            links, other_links = highlights.count(), others.count()
            assert links and page.locator(f"#text a.{table}[href]").count() == links
            shown = background(page, table)
            page.get_by_role("checkbox", name=table).uncheck()
            assert page.locator(f"#text a.{table}[href]").count() == 0
            assert page.locator(f"#text a[href]:not(.{table})").count() == other_links
            assert background(page, table) != shown
            page.get_by_role("checkbox", name=table).check()
            assert page.locator(f"#text a.{table}[href]").count() == links
            assert background(page, table) == shown


def background(page, table):
    """Return the style of the first highlight of a table."""
    element = "span" if table in {"quotes", "transfers"} else "a"
    look = "style => style.backgroundColor + style.borderBottom"
    return page.locator(f"#text {element}.{table}").first.evaluate(f"e => ({look})(getComputedStyle(e))")


def test_a_hidden_table_stays_hidden_on_the_next_article(site, opened):
    with opened() as page:
        page.goto(f"{site.as_uri()}/{ARTICLE}")
        page.get_by_role("checkbox", name="dates").uncheck()
        page.get_by_role("link", name="Older:").click()
        assert page.url != f"{site.as_uri()}/{ARTICLE}"
        expect(page.get_by_role("checkbox", name="dates")).not_to_be_checked()
        expect(page.get_by_role("checkbox", name="clubs")).to_be_checked()
        assert page.locator("#text a.dates[href]").count() == 0


@pytest.mark.parametrize("way", ["pointer", "keyboard"])
def test_a_highlight_shows_its_row_and_links_to_it_and_back(site, opened, way):
    with opened() as page:
        page.goto(f"{site.as_uri()}/{ARTICLE}")
        highlight = page.locator("#at-fees-0")
        highlight.hover() if way == "pointer" else highlight.focus()
        tip = page.get_by_role("tooltip")
        expect(tip).to_be_visible()
        shown = tip.inner_text()
        row = page.locator("tr#fees-0")
        cells = [text for text in row.locator("td").all_inner_texts() if text]
        assert "£" in shown and all(cell in shown for cell in cells)
        expect(highlight).to_have_attribute("aria-describedby", "tip")
        page.keyboard.press("Escape")
        expect(tip).to_be_hidden()
        highlight.click() if way == "pointer" else page.keyboard.press("Enter")
        assert page.url.endswith("#fees-0")
        expect(row).to_be_in_viewport()
        row.get_by_role("link", name="fees-0 in the text").click()
        assert page.url.endswith("#at-fees-0")
        expect(highlight).to_be_in_viewport()


def test_the_first_tab_stop_skips_the_header(site, opened):
    with opened() as page:
        page.goto(f"{site.as_uri()}/{ARTICLE}")
        page.keyboard.press("Tab")
        skip = page.get_by_role("link", name="Skip to the content")
        expect(skip).to_be_focused()
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        expect(page.locator("#toggles input").first).to_be_focused()


def test_an_article_works_without_scripts(site, opened):
    with opened(java_script_enabled=False) as page:
        page.goto(f"{site.as_uri()}/{ARTICLE}")
        expect(page.locator("#text")).to_contain_text("Everton")
        expect(page.locator("#toggles")).to_be_hidden()


SEARCHES = [
    ("Wanderlito", "players/wanderlito.html"),
    ("ergun cagri", "players/cagri-ergunduz.html"),  # prefixes, no accents, any order
    ("HIBERNIAN", "clubs/hibernian.html"),
    ("second offer wander", ARTICLE),
]


@pytest.mark.parametrize(("query", "path"), SEARCHES, ids=[query for query, _ in SEARCHES])
def test_the_best_result_of_a_search_comes_first(site, opened, query, path):
    with opened() as page:
        page.goto(f"{site.as_uri()}/clubs/everton.html")
        page.get_by_role("searchbox").fill(query)
        page.keyboard.press("Enter")
        first = page.locator("#answers a").first
        expect(first).to_be_visible()
        expect(page.get_by_role("status")).to_contain_text("found")
        first.click()
        assert page.url == f"{site.as_uri()}/{path}"


def test_the_search_updates_while_typing(site, opened):
    with opened() as page:
        page.goto(f"{site.as_uri()}/search.html")
        expect(page.get_by_role("searchbox")).to_be_focused()
        page.keyboard.type("everton")
        status = page.get_by_role("status")
        expect(status).to_contain_text("found")
        answers = page.locator("#answers li")
        expect(answers.first).to_contain_text("club Everton")
        page.keyboard.type("xyzzy")
        expect(status).to_have_text("Nothing found.")
        expect(answers).to_have_count(0)


def test_show_more_adds_results(site, opened):
    with opened() as page:
        page.goto(f"{site.as_uri()}/search.html?q=s")
        answers = page.locator("#answers li")
        expect(answers).to_have_count(30)
        page.get_by_role("button", name="Show more").click()
        expect(answers.nth(30)).to_be_visible()
        expect(answers.nth(30).locator("a")).to_be_focused()
