"""Drafts of gold: the rows of a dataset in the format that `evaluate` reads."""

import json

import pytest
import standin
from command import here, run

import rumourmill
from rumourmill.evaluation import evaluate
from rumourmill.evaluation.gold import SUFFIX
from rumourmill.evaluation.review import draft_gold, write_drafts
from rumourmill.runner import batch
from rumourmill.sources.article import from_bytes

NONE = {"players": [], "clubs": [], "fees": [], "dates": [], "quotes": [], "transfers": []}


@pytest.fixture(params=["samples_tables", "gold_tables"])
def out(request):
    return request.getfixturevalue(request.param)


def test_a_draft_agrees_with_every_row_of_its_tables(out, tmp_path):
    drafts = write_drafts(out, tmp_path, 1000)
    assert sorted(drafts.written) == rumourmill.read(out, "articles").article_id.tolist()
    for name, figure in evaluate(out, tmp_path).figures().items():
        assert figure.get("f1", figure.get("accuracy")) == 1, name


def test_the_text_file_of_a_draft_is_parsed_to_the_same_article(out, tmp_path):
    write_drafts(out, tmp_path, 1000)
    for row in rumourmill.read(out, "articles").itertuples():
        article = from_bytes((tmp_path / f"{row.article_id}.txt").read_bytes(), row.source_path)
        assert article.text == row.text
        assert str(article.published_on) == str(row.published_on.date() if row.published_on_from != "none" else None)


def test_the_sample_depends_on_the_seed_only(samples_tables, tmp_path):
    drawn = [write_drafts(samples_tables, tmp_path / str(n), 5, seed).written for n, seed in enumerate([0, 0, 1])]
    assert drawn[0] == drawn[1] != drawn[2]
    assert set(drawn[0]) <= set(write_drafts(samples_tables, tmp_path / "more", 8).written)


def test_the_command_leaves_existing_gold_unchanged_and_prints_the_next_command(samples_tables, tmp_path):
    write_drafts(samples_tables, tmp_path / "to", 3)
    gold = sorted((tmp_path / "to").rglob(f"*{SUFFIX}"))
    gold[0].write_text(json.dumps({"id": "x", "published_on": None, "people": [], **NONE}), encoding="utf8")
    gold[1].unlink()
    done = run("review", samples_tables, "--sample", "3", "--to", "to", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "1 drafts written to to, 2 existing ones left unchanged" in done.stdout
    assert f"rumourmill evaluate {samples_tables} to" in done.stdout
    assert json.loads(gold[0].read_text(encoding="utf8"))["id"] == "x"
    assert evaluate(samples_tables, tmp_path / "to").figures()["clubs"]["spurious"] > 0


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["missing", "--to", "new"], "missing holds no tables: extract some first"),
        (["out", "--to", "out/new"], "is inside out: choose a folder outside the tables"),
        (["out", "--to", "new", "--sample", "0"], "--sample"),
        (["out"], "Missing option '--to'"),
    ],
    ids=" ".join,
)
def test_wrong_use_is_reported_with_a_remedy(samples_tables, tmp_path, args, message):
    (tmp_path / "out").symlink_to(samples_tables)
    done = here("review", *args, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr and "Traceback" not in done.stderr
    assert not (tmp_path / "new").exists()


def test_articles_whose_ids_are_not_paths_are_drafted_and_evaluated(tmp_path):
    ids = ["https://example.org//a?b=1", "../../etc/passwd", "/abs", ".hidden", "x" * 500, "a/b", "plain"]
    rows = [{"id": name, "text": f"Roma offer £{n + 1}m for a striker of Lecce."} for n, name in enumerate(ids)]
    (tmp_path / "in").mkdir()
    (tmp_path / "in/wire.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf8")
    batch.extract(tmp_path / "in", tmp_path / "out", load=standin.load, executor=standin.Here)
    before = sorted(path for path in tmp_path.rglob("*") if path.is_file())
    assert sorted(write_drafts(tmp_path / "out", tmp_path / "to", 10).written) == sorted(ids)
    drafts = {path for path in tmp_path.rglob("*") if path.is_file()} - set(before)
    assert len(drafts) == 2 * len(ids) and all(path.is_relative_to(tmp_path / "to") for path in drafts)
    assert (tmp_path / "to/a/b.gold.json").exists()
    found = evaluate(tmp_path / "out", tmp_path / "to").figures()["fees"]
    assert (found["found"], found["missed"], found["spurious"]) == (len(ids), 0, 0)
    assert write_drafts(tmp_path / "out", tmp_path / "to", 10).written == ()


def draft_quotes(text, *quoted):
    """The quotes in the draft of an article with these quotations."""
    rows, at = [], 0
    for words in quoted:
        at = text.index(words, at)
        row = {"start": at, "end": at + len(words), "text": words, "kind": "direct", "speaker": None}
        rows.append({**row, "speaker_role": "unknown"})
        at += 1
    article = {"article_id": "a", "text": text, "published_on": None}
    return [(quote["starts"], quote["ends"]) for quote in draft_gold(article, NONE | {"quotes": rows})["quotes"]]


@pytest.mark.parametrize(
    ("text", "quoted", "expected"),
    [
        ("“Yes.”", ["Yes."], [("Yes.", "Yes.")]),
        ("“a b c d e f g h i”", ["a b c d e f g h i"], [("a b c d e f", "f g h i")]),
        # The first six words also occur before, in the headline; the last four also in the middle.
        ("a b c d e f x. “a b c d e f y”", ["a b c d e f y"], [("a b c d e f y", "d e f y")]),
        ("“a x y z b c d x y z b”", ["a x y z b c d x y z b"], [("a x y z b c", "d x y z b")]),
        ("“a b” “a b”", ["a b", "a b"], [("a b", "a b"), ("a b", "a b")]),
    ],
)
def test_a_quotation_is_given_by_as_many_words_as_identify_it(text, quoted, expected):
    assert draft_quotes(text, *quoted) == expected


def test_an_amount_is_given_by_its_occurrence_in_the_text():
    text = "£5million, £5m, £5m"
    fee = {
        "text": "£5m",
        "amount": 5e6,
        "amount_max": None,
        "currency": "GBP",
        "kind": "fee",
        "player": "Tomas Verrell",
    }
    rows = [{**fee, "start": start, "end": start + 3} for start in (11, 16)]
    article = {"article_id": "a", "text": text, "published_on": "2020-09-23"}
    drafted = draft_gold(article, NONE | {"fees": rows})
    assert [(fee["nth"], fee["amount"]) for fee in drafted["fees"]] == [(2, 5000000), (3, 5000000)]
    assert drafted["people"] == [{"name": "Tomas Verrell", "role": "other"}]
