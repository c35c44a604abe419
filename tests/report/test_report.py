"""The report: every record is on its pages, every link has a target, and no text of an article becomes HTML."""

from __future__ import annotations

import datetime as dt
import json
import re
import subprocess
import xml.etree.ElementTree as ET
from collections import Counter

import pytest
from command import COMMAND, here, run
from handmade import EVIL, hostile_dataset, row, write
from pages import Page, pages_of

import rumourmill
from rumourmill import dataset, report
from rumourmill.dataset import Snapshot
from rumourmill.report import formatting, highlighting, search
from rumourmill.report.addresses import FileNames
from rumourmill.report.article_rows import load_heads
from rumourmill.report.cells import COLUMNS
from rumourmill.sources import Reject

MAX_PAGE_BYTES = 300_000


@pytest.fixture(scope="module")
def gold_site(gold_tables, tmp_path_factory):
    site = tmp_path_factory.mktemp("gold") / "site"
    done = run("report", gold_tables, "--to", site)
    assert (done.returncode, done.stderr) == (0, "")
    assert (
        done.stdout == f"{len(list(site.rglob('*.html'))):,} pages written: open {site / 'index.html'} in a browser\n"
    )
    return site


@pytest.fixture(scope="module")
def gold_pages(gold_site):
    return pages_of(gold_site)


@pytest.fixture(scope="module")
def articles(gold_tables, gold_pages):
    """The page of each article by article_id."""
    ids = rumourmill.read(gold_tables, "articles").article_id
    return {id_: gold_pages[f"articles/{id_}.html"] for id_ in ids}


@pytest.fixture(scope="module")
def evil_site(tmp_path_factory):
    """A report of articles with HTML in every text field."""
    folder = tmp_path_factory.mktemp("evil")
    hostile_dataset(folder / "out")
    report.build_report(folder / "out", folder / "site")
    return folder / "site"


@pytest.fixture(scope="module")
def large_site(tmp_path_factory):
    """A report of one article of the maximum length, and of 400 articles about the same club and player."""
    folder = tmp_path_factory.mktemp("large")
    words = "<£5m> & " * 40_000 + "\n" + "word\n" * 10_000 + "x" * 50_000
    at = range(0, 200_000, 8)
    rows = {
        "clubs": [row("clubs", "long", club="Roma", mentions=9, spans=[{"start": n + 1, "end": n + 4, "text": "£5m"} for n in at[::50]])],
        "players": [row("players", "long", "x" * 50_000, len(words) - 50_000, player="Ann " + "x" * 50_000)],
        "fees": [row("fees", "long", "£5m", n + 1, sentence=words[:5000]) for n in at[::20]],
        "quotes": [row("quotes", "long", words[2:300_000], 2)],
    }  # fmt: skip
    many = []
    for n in range(400):
        id_, text = f"{n:03}", f"Ann to Roma. {'word ' * 200}"
        moves = [row("transfers", id_, text, 0, player="Ann", to_club="Roma", sentence=text)]
        quotes = [row("quotes", id_, text, 0, speaker="Roma")]
        players, clubs = [row("players", id_, "Ann", 0)], [row("clubs", id_, "Roma", 7)]
        tables = {"transfers": moves, "quotes": quotes, "players": players, "clubs": clubs}
        many.append((id_, "News of Ann", text, dt.date(2020, 1, 1) + dt.timedelta(days=n), tables))
    write(folder / "out", [("long", None, words, None, rows), *many])
    report.build_report(folder / "out", folder / "site")
    return folder / "site"


@pytest.fixture(params=["gold_site", "evil_site", "large_site"])
def site(request):
    return request.getfixturevalue(request.param)


def test_every_link_has_a_target(site):
    pages = pages_of(site)
    for path, page in pages.items():
        assert max(page.ids.values()) == 1, path
        for link in page.links:
            file, _, fragment = link.partition("#")
            target = (page.path.parent / file).resolve() if file else page.path
            assert target.is_relative_to(site) and target.is_file(), (path, link)
            if fragment:
                assert fragment in pages[target.relative_to(site).as_posix()].ids, (path, link)


def test_no_page_is_too_large(site):
    sizes = {path: path.stat().st_size for path in site.rglob("*") if path.is_file()}
    assert max(sizes.values()) < MAX_PAGE_BYTES, max(sizes, key=sizes.get)


def test_no_text_becomes_html(site):
    ours = {"assets/article.js", "assets/search.js", "search/index.js"}
    for path, page in pages_of(site).items():
        policy = [
            attrs["content"] for tag, attrs in page.elements if attrs.get("http-equiv") == "Content-Security-Policy"
        ]
        assert len(policy) == 1 and "default-src 'none'" in policy[0] and "unsafe" not in policy[0]
        for tag, attrs in page.elements:
            assert not [name for name in attrs if name.startswith("on") or name == "style"], (path, tag)
            assert tag != "script" or attrs["src"].replace("../", "") in ours, path
            assert tag not in {"b", "iframe", "object", "base"}


def test_hostile_text_is_shown_as_text(evil_site):
    pages = pages_of(evil_site)
    shown = " ".join(EVIL.split())
    kinds = {path.split("/")[0] for path, page in pages.items() if shown in " ".join(page.text().split())}
    assert kinds == {
        "articles",
        "players",
        "clubs",
        "articles.html",
        "players.html",
        "clubs.html",
        "index.html",
        "rejects.html",
    }
    assert all("49" not in page.text("main") for page in pages.values())
    for chart in evil_site.glob("charts/*.svg"):
        elements = ET.parse(chart).iter()  # noqa: S314 - our own file
        assert {element.tag.split("}")[1] for element in elements} <= {"svg", "g", "path", "text", "rect", "line"}
    data = "".join(path.read_text(encoding="utf8") for path in evil_site.glob("search/*.js"))
    assert json.dumps(formatting.truncate(EVIL), ensure_ascii=False) in data


def test_an_article_is_shown_completely(gold_tables, articles):
    for article in rumourmill.read(gold_tables, "articles").itertuples():
        lines = [line for line in article.text.split("\n") if line.strip()]
        assert [line for line in articles[article.article_id].paragraphs() if line.strip()] == lines


def test_a_long_article_is_split_into_pages(large_site):
    pages = [
        Page(path)
        for path in sorted(large_site.glob("articles/long*.html"), key=lambda p: p.name.split(".")[1:-1] or ["0"])
    ]
    assert len(pages) > 2
    shown = "".join("".join(page.paragraphs()) for page in pages)
    text = rumourmill.read(large_site.parent / "out", "articles").set_index("article_id").text["long"]
    assert Counter("".join(shown.split())) == Counter("".join(text.split()))
    fees = [id_ for page in pages for id_ in page.rows("fees")]
    assert len(fees) == len(set(fees)) == 1250


def test_each_row_is_shown_once_and_highlighted_in_the_text(gold_tables, articles):
    for table in COLUMNS:
        counts = rumourmill.read(gold_tables, table).groupby("article_id").size()
        for id_, page in articles.items():
            rows = page.rows(table)
            assert rows == [f"{table}-{n}" for n in range(counts.get(id_, 0))], id_
            links = {attrs.get("id"): attrs.get("href") for tag, attrs in page.elements if tag == "a"}
            assert all(links[f"at-{row}"] == f"#{row}" for row in rows), id_


def test_counts_equal_those_of_the_tables(gold_tables, gold_pages):
    overview = re.sub(r"\s+", " ", gold_pages["index.html"].text("ul"))
    for table, rows in dataset.row_counts(gold_tables).items():
        assert f" {rows:,} {table} " in f"{overview} "
    for kind, column in (("players", "player"), ("clubs", "club")):
        named = set(rumourmill.read(gold_tables, kind)[column])
        lists = [page for path, page in gold_pages.items() if re.fullmatch(rf"{kind}(\.\d+)?\.html", path)]
        names = {data for page in lists for holders, data in page.texts if "a" in holders and "tbody" in holders}
        assert named <= names
        assert len(names) == len([path for path in gold_pages if re.fullmatch(rf"{kind}/[^.]+\.html", path)])


def test_a_player_page_shows_moves_prices_and_quotations(tmp_path):
    text = "Ann joins Roma for £5m. “Ann is good,” said Bo. “I am glad,” said Ann."
    about, by = "Ann is good,", "I am glad,"
    rows = {
        "players": [row("players", "a", spans=[{"start": 0, "end": 3, "text": "Ann"}, {"start": 25, "end": 28, "text": "Ann"}], mentions=2)],
        "clubs": [row("clubs", "a", "Roma", 10)],
        "fees": [row("fees", "a", "£5m", text.index("£5m"), player="Ann", sentence="the price")],
        "quotes": [row("quotes", "a", about, text.index(about), speaker="Bo"), row("quotes", "a", by, text.index(by), speaker="Ann")],
        "transfers": [row("transfers", "a", text[:23], 0, to_club="Roma", status="agreed", sentence="the proof", fee_amount=5e6, fee_currency="EUR")],
    }  # fmt: skip
    write(tmp_path / "out", [("a", "News", text, dt.date(2020, 1, 1), rows)])
    report.build_report(tmp_path / "out", tmp_path / "site")
    shown = " ".join(Page(tmp_path / "site/players/ann.html").text("main").split())
    for words in ("2 mentions in 1 article", "agreed to Roma, €5,000,000", "the proof", "£5,000,000 bid the price"):
        assert words in shown
    assert shown.index("Quotations about Ann") < shown.index(about) < shown.index("Quotations by Ann") < shown.index(by)
    assert "the proof" in Page(tmp_path / "site/clubs/roma.html").text("main")


HIGHLIGHTS = [
    ("nothing", [], "<p>Ann <i> Bo</p>"),
    ("a link", [("players", 0, 0, 3)], '<p><a class="m players" id="at-players-0" href="#players-0">Ann</a> &lt;i&gt; Bo</p>'),
    (
        "a second span",
        [("players", 0, 0, 3), ("players", 0, 8, 10)],
        '<p><a class="m players" id="at-players-0" href="#players-0">Ann</a> &lt;i&gt; <a class="m players" href="#players-0">Bo</a></p>',
    ),
    (
        "a quote around a name",
        [("quotes", 0, 0, 7), ("players", 0, 0, 3)],
        '<p><a class="ref quotes" id="at-quotes-0" href="#quotes-0" aria-label="quotes-0"></a><span class="quotes">'
        '<a class="m players" id="at-players-0" href="#players-0">Ann</a></span><span class="quotes"> &lt;i&gt;</span> Bo</p>',
    ),
    (
        "an amount that overlaps a name is the link",
        [("players", 0, 0, 7), ("fees", 0, 4, 10)],
        '<p><a class="ref players" id="at-players-0" href="#players-0" aria-label="players-0"></a><span class="players">Ann </span>'
        '<span class="players"><a class="m fees" id="at-fees-0" href="#fees-0">&lt;i&gt;</a></span><a class="m fees" href="#fees-0"> Bo</a></p>',
    ),
    ("outside the range", [("players", 0, 20, 23)], "<p>Ann &lt;i&gt; Bo</p>"),
]  # fmt: skip


@pytest.mark.parametrize(("spans", "expected"), [case[1:] for case in HIGHLIGHTS], ids=[case[0] for case in HIGHLIGHTS])
def test_highlighted_text(spans, expected):
    highlights = sorted(highlighting.Highlight(start, end, table, n) for table, n, start, end in spans)
    html, shown = highlighting.render_text("Ann <i> Bo\n\n", 0, 12, highlights)
    expected = expected.replace("Ann <i> Bo", "Ann &lt;i&gt; Bo")
    assert html == expected + "\n"
    assert shown == set(re.findall(r'id="at-([^"]+)', expected))


@pytest.mark.parametrize(
    ("formatted", "expected"),
    [
        (formatting.format_money(11e6, "GBP"), "£11,000,000"),
        (formatting.format_money(20e6, "EUR", 25e6), "€20,000,000 to €25,000,000"),
        (formatting.format_money(5e6, "SEK"), "5,000,000 SEK"),
        (formatting.format_money(None, None), ""),
        (formatting.format_short_pounds(11.5e6), "£11.5m"),
        (formatting.format_short_pounds(1.25e9), "£1.25bn"),
        (formatting.format_short_pounds(4_500), "£4.5k"),
        (formatting.format_short_pounds(999_999_999), "£1,000m"),
        (formatting.truncate("a\n b  c"), "a b c"),
        (formatting.truncate("word " * 1000, 10), "word word…"),
        (formatting.truncate(None), ""),
        (formatting.pluralize(1, "move"), "1 move"),
        (formatting.pluralize(1200, "move"), "1,200 moves"),
        (formatting.long_date(dt.date(2020, 9, 3)), "3 September 2020"),
    ],
)  # fmt: skip
def test_formatting(formatted, expected):
    assert formatted == expected


def test_file_names_are_unique_and_valid():
    names = FileNames()
    keys = ["Søren Ø.", "soren o", "SOREN O", "soren-o-2", "../..", "", "?", "x" * 300, "x" * 301, "café/été\n", "日本"]
    assigned = [names(key) for key in keys]
    assert assigned[:4] == ["soren-o", "soren-o-2", "soren-o-3", "soren-o-2-2"]
    assert len(set(assigned)) == len(keys)
    assert all(re.fullmatch(r"[a-z0-9-]{1,70}", name) for name in assigned)
    assert [names(key) for key in keys] == assigned


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Roma's £11.5m", "roma s 11 5m"),
        ("Çağrı Ergündüz, Łukasz ØDEGAARD", "cagri ergunduz lukasz odegaard"),
        ("foo_bar naïve—STRASSE straße", "bar foo naive strasse"),
        ("“İstanbul” æther", "aether istanbul"),
        ("…", ""),
    ],
)
def test_tokenize(text, expected):
    assert search.tokenize(text) == set(expected.split())


def test_the_index_has_each_article_under_its_words(gold_tables, gold_site):
    (start,) = script_data(gold_site / "search/index.js")
    shards = [script_data(gold_site / f"search/terms-{n}.js")[1] for n in range(len(start["firsts"]))]
    assert [min(shard) for shard in shards] == start["firsts"] == sorted(start["firsts"])
    blocks = range(len(list(gold_site.glob("search/documents-*.js"))))
    documents = [d for n in blocks for d in script_data(gold_site / f"search/documents-{n}.js")[1]]
    assert all((gold_site / path).is_file() for _, _, path, _ in documents)
    by_path = {path: n for n, (_, _, path, _) in enumerate(documents)}
    terms = {
        term: {n for encoded in lists for n in decode(encoded)} for shard in shards for term, lists in shard.items()
    }
    titles = {head.article_id: head.title for head in load_heads(Snapshot(gold_tables))}
    for id_, text in rumourmill.read(gold_tables, "articles")[["article_id", "text"]].itertuples(index=False):
        number = by_path[f"articles/{id_}.html"]
        words = (search.tokenize(text) - set(start["common"])) | search.tokenize(titles[id_])
        assert {term for term, numbers in terms.items() if number in numbers} == words


def script_data(script):
    """The arguments of the function call in a script."""
    return json.loads("[" + script.read_text(encoding="utf8").partition("(")[2].removesuffix(");\n") + "]")


def decode(encoded):
    number = 0
    return [number := number + int(step, 36) for step in encoded.split()]


def test_a_new_report_replaces_the_old_one(tmp_path):
    out, site = tmp_path / "out", tmp_path / "site"
    write(out, [("a", "News", "Ann", None, {"players": [row("players", "a")]})])
    report.build_report(out, site)
    before = {path.relative_to(site): path.read_bytes() for path in site.rglob("*") if path.is_file()}
    (site / "stale.html").touch()
    report.build_report(out, site)
    assert {path.relative_to(site): path.read_bytes() for path in site.rglob("*") if path.is_file()} == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "site"]


def test_a_failed_report_leaves_the_old_one(tmp_path):
    out, site = tmp_path / "out", tmp_path / "site"
    write(out, [("a", "News", "Ann", None, {})])
    report.build_report(out, site)
    next(out.glob("fees/*.parquet")).write_bytes(b"PAR1 torn")
    done = run("report", out, "--to", site)
    assert done.returncode == 3 and "cannot be read" in done.stderr and "Traceback" not in done.stderr
    assert (site / "index.html").is_file()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "site"]


def test_a_dataset_without_articles_has_a_report(tmp_path):
    write(tmp_path / "out", [], [("a.txt", Reject("empty", "nothing in it"))])
    report.build_report(tmp_path / "out", tmp_path / "site")
    assert "nothing in it" in Page(tmp_path / "site/index.html").text("main")


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["missing"], "missing holds no tables: extract some first"),
        (["out", "--to", "full"], "is not empty and contains no report: choose another folder"),
        (["out", "--to", "full/file"], "is not a folder: choose another name"),
        (["out", "--to", "out/site"], "is inside out: choose a folder outside the tables"),
        (["out", "--to", "out"], "is inside out: choose a folder outside the tables"),
    ],
    ids=" ".join,
)
def test_wrong_use_is_reported_with_a_remedy(tmp_path, args, message):
    write(tmp_path / "out", [("a", "News", "Ann", None, {})])
    (tmp_path / "full").mkdir()
    (tmp_path / "full/file").touch()
    done = here("report", *args, cwd=tmp_path)
    assert done.returncode == 2
    assert message in done.stderr and "Traceback" not in done.stderr
    assert not (tmp_path / "site").exists()


@pytest.mark.parametrize("missing", ["altair", "vl_convert"])
def test_a_missing_dependency_is_reported_with_the_command_that_installs_it(tmp_path, missing):
    code = f"import sys; sys.modules['{missing}'] = None; import rumourmill.cli.commands; rumourmill.cli.commands.app(['report', 'out'])"
    done = subprocess.run(
        [COMMAND[0], "-c", code], check=False, cwd=tmp_path, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 2
    assert f"a report needs {missing}: pip install '.[report]'" in done.stderr
