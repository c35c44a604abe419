"""The corpus of `make bench` is the same for everybody, and its clocks see every step. No figure is asserted."""

import json
import os
import re
import sys
from itertools import islice
from pathlib import Path
from xml.etree import ElementTree

from benchmarks import corpus, page, steps
from benchmarks.growth import daily, grow
from rumourmill import read


def test_the_corpus_is_the_same_from_the_same_seed_and_another_from_another():
    few, more = list(corpus.articles(8)), corpus.articles(20)
    assert few == list(islice(more, 8))
    assert few != list(corpus.articles(8, seed=1))


def test_its_articles_are_as_long_as_news_stories_and_have_paragraphs():
    made = list(corpus.articles(60))
    lengths = sorted(len(text.split()) for text in made)
    assert lengths[0] >= corpus.SHORTEST
    assert lengths[-1] <= corpus.LONGEST + 2  # the date header
    assert 250 < lengths[30] < 420
    assert sum(text.count("\n\n") >= 2 for text in made) > 50


def test_it_says_what_it_wrote_and_all_of_it_is_read_and_a_day_later_one_more(tmp_path, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(path for path in sys.path if path))
    written = corpus.write(tmp_path / "same", 3)
    [size] = grow(tmp_path, [3], start=0.0)
    assert size["articles_per_second"] > 0 and size["whole"]["cpu"] > 0 and size["whole"]["peak_mb"] > 0
    articles = read(tmp_path / "tables-3", "articles")
    assert len(articles) == written["articles"] == size["articles"] == 3
    assert 0 <= written["words"] - articles["n_words"].sum() <= 6  # date headers
    day = daily(tmp_path, 3)
    assert (day["known"], day["new"], len(read(tmp_path / "tables-3", "articles"))) == (3, 1, 4)


def test_every_step_of_a_worker_has_its_clock(tmp_path):
    corpus.write(tmp_path, 2)
    seconds = steps.profile(tmp_path)
    assert list(seconds)[:3] == ["reading", "decoding", "tokeniser"]
    assert list(seconds)[-2:] == ["records", "writing"]
    assert steps.NEURAL in seconds


def test_the_page_about_performance_and_its_charts_are_those_of_the_figures():
    figures = json.loads(page.FIGURES.read_text(encoding="utf8"))
    assert page.PAGE.read_text(encoding="utf8") == page.page(figures)
    for name, chart in page.charts(figures).items():
        assert (page.PAGE.parent / "images" / name).read_text(encoding="utf8") == chart
        assert ElementTree.fromstring(chart).tag.endswith("svg")  # noqa: S314 - our own


def test_the_page_tells_what_is_reached_and_what_is_missed():
    figures = json.loads(page.FIGURES.read_text(encoding="utf8"))
    cost = {"seconds": 9.0, "cpu": 9.0, "peak_mb": 400.0}
    sizes = [{"articles": n, "articles_per_second": pace, "whole": cost} for n, pace in ((1000, 30.0), (10_000, 29.0))]
    scan = {"known": 10_000, "new": 100, "scan": cost, "whole": cost}
    told = page.page(figures | {"sizes": sizes, "daily": scan})
    assert "| at 10,000 articles less than 5% slower than at 1,000 | 3.3% | reached |" in told
    assert "| 10,000 known articles seen through within 5 s | 9.0 s | **missed** |" in told


def test_the_page_about_scale_reckons_with_the_rate_that_it_tells():
    page = (Path(__file__).parents[2] / "docs/scale.md").read_text(encoding="utf8")
    rate, share = (
        float(re.search(r"measured rate: ([\d.]+) articles", page)[1]),
        float(re.search(r"share of ([\d.]+)", page)[1]),
    )
    table = re.findall(r"^\| (\d+) \| ([\d.]+) \| ([\d,]+) \|$", page, re.M)
    assert len(table) > 3
    for cores, hours, a_night in table:
        per_second = rate * (int(cores) * share if cores != "1" else 1)
        assert float(hours) == round(1e6 / per_second / 3600, 1)
        assert int(a_night.replace(",", "")) == round(per_second * 8 * 3600)
