"""The corpus of `make bench` is the same for everybody, and its clocks see every step. No figure is asserted."""

import re
from itertools import islice
from pathlib import Path

from benchmarks import corpus, steps
from benchmarks.runner import cost
from pipeline import read


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


def test_it_says_what_it_wrote_and_all_of_it_can_be_read(tmp_path):
    written = corpus.write(tmp_path / "in", 3)
    spent = cost(["pipeline", "extract", str(tmp_path / "in"), str(tmp_path / "out"), "--quiet"])
    assert spent.cpu > 0
    assert spent.peak_mb > 0
    articles = read(tmp_path / "out", "articles")
    assert len(articles) == written["articles"] == 3
    assert 0 <= written["words"] - articles["n_words"].sum() <= 6  # date headers


def test_every_step_of_a_worker_has_its_clock(tmp_path):
    corpus.write(tmp_path, 2)
    seconds = steps.profile(tmp_path)
    assert list(seconds)[:3] == ["reading", "decoding", "tokeniser"]
    assert list(seconds)[-2:] == ["records", "writing"]
    assert steps.NEURAL in seconds


def test_the_page_about_scale_reckons_with_the_rate_that_it_tells():
    page = (Path(__file__).parents[1] / "docs/scale.md").read_text(encoding="utf8")
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
