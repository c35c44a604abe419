"""The corpus of `make bench` is reproducible, and every step is measured. No measured value is asserted."""

import json
import os
import re
import sys
from itertools import islice
from pathlib import Path
from xml.etree import ElementTree

from benchmarks import corpus, page, steps
from benchmarks.growth import measure_incremental_run, measure_sizes
from rumourmill import read


def test_the_corpus_depends_on_the_seed_only():
    few, more = list(corpus.articles(8)), corpus.articles(20)
    assert few == list(islice(more, 8))
    assert few != list(corpus.articles(8, seed=1))


def test_articles_have_the_length_and_paragraphs_of_news_stories():
    texts = list(corpus.articles(60))
    lengths = sorted(len(text.split()) for text in texts)
    assert lengths[0] >= corpus.SHORTEST
    assert lengths[-1] <= corpus.LONGEST + 2  # the date header
    assert 250 < lengths[30] < 420
    assert sum(text.count("\n\n") >= 2 for text in texts) > 50


def test_all_articles_are_extracted_and_later_the_new_one(tmp_path, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(path for path in sys.path if path))
    written = corpus.write(tmp_path / "same", 3)
    [size] = measure_sizes(tmp_path, [3], start=0.0)
    assert size["articles_per_second"] > 0 and size["whole"]["cpu"] > 0 and size["whole"]["peak_mb"] > 0
    articles = read(tmp_path / "tables-3", "articles")
    assert len(articles) == written["articles"] == size["articles"] == 3
    assert 0 <= written["words"] - articles["n_words"].sum() <= 6  # date headers
    day = measure_incremental_run(tmp_path, 3)
    assert (day["known"], day["new"], len(read(tmp_path / "tables-3", "articles"))) == (3, 1, 4)


def test_every_step_of_a_worker_is_measured(tmp_path):
    corpus.write(tmp_path, 2)
    seconds = steps.profile(tmp_path)
    assert list(seconds)[:3] == ["reading", "decoding", "tokeniser"]
    assert list(seconds)[-2:] == ["records", "writing"]
    assert steps.NEURAL in seconds


def test_the_performance_page_and_charts_are_up_to_date():
    figures = json.loads(page.FIGURES.read_text(encoding="utf8"))
    assert page.PAGE.read_text(encoding="utf8") == page.page(figures)
    for name, chart in page.charts(figures).items():
        assert (page.PAGE.parent / "images" / name).read_text(encoding="utf8") == chart
        assert ElementTree.fromstring(chart).tag.endswith("svg")  # noqa: S314 - a file of ours


def test_the_performance_page_shows_met_and_missed_targets():
    figures = json.loads(page.FIGURES.read_text(encoding="utf8"))
    cost = {"seconds": 9.0, "cpu": 9.0, "peak_mb": 400.0}
    sizes = [{"articles": n, "articles_per_second": pace, "whole": cost} for n, pace in ((1000, 30.0), (10_000, 29.0))]
    scan = {"known": 10_000, "new": 100, "scan": cost, "whole": cost}
    text = page.page(figures | {"sizes": sizes, "daily": scan})
    assert "| at 10,000 articles less than 5% slower than at 1,000 | 3.3% | met |" in text
    assert "| 10,000 unchanged articles checked within 5 s | 9.0 s | **missed** |" in text


def test_the_tables_of_the_scale_page_follow_from_its_rate():
    page = (Path(__file__).parents[2] / "docs/scale.md").read_text(encoding="utf8")
    rate, efficiency = (
        float(re.search(r"measured rate: ([\d.]+) articles", page)[1]),
        float(re.search(r"efficiency of ([\d.]+)", page)[1]),
    )
    table = re.findall(r"^\| (\d+) \| ([\d.]+) \| ([\d,]+) \|$", page, re.M)
    assert len(table) > 3
    for cores, hours, a_night in table:
        per_second = rate * (int(cores) * efficiency if cores != "1" else 1)
        assert float(hours) == round(1e6 / per_second / 3600, 1)
        assert int(a_night.replace(",", "")) == round(per_second * 8 * 3600)
