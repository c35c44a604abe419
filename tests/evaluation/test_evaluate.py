"""The command `evaluate`: its output, its error messages for invalid gold, and a comparison with another scorer."""

from __future__ import annotations

import importlib.util
import io
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from command import here, run
from rich.console import Console

from rumourmill.cli.display import evaluation_view
from rumourmill.errors import UsageError
from rumourmill.evaluation import FIGURES, evaluate
from rumourmill.evaluation.annotations import AnnotatedMove, Date, Entity, Fee
from rumourmill.evaluation.comparisons import COMPARISONS
from rumourmill.evaluation.gold import load_gold
from rumourmill.evaluation.gold_format import FORMAT
from rumourmill.evaluation.matching import pair_items

ROOT = Path(__file__).parents[2]
GOLD = ROOT / "tests/gold/stories"
SHARED = ROOT.parent / "shared/evaluation"

TEXT = (
    " date 2020-09-23 Lecce turn down bid\n\nLecce said no to £5m from Roma, the Wolves of old, for Tomas Verrell"
    " on Tuesday. “He stays. Of that you can be sure,” said Dario Venn. “Quite sure.”"
)
ANNOTATION = {
    "id": "verrell",
    "published_on": "2020-09-23",
    "players": [{"name": "Tomas Verrell", "aliases": ["Verrell"]}],
    "people": [{"name": "Dario Venn", "role": "coach"}],
    "clubs": [{"name": "Lecce", "surfaces": ["Lecce"]}, {"name": "Roma", "surfaces": ["Roma", "the Wolves"]}],
    "fees": [{"text": "£5m", "nth": 1, "amount": 5000000, "amount_max": None, "currency": "GBP", "kind": "bid"}],
    "dates": [{"text": "Tuesday", "from": "2020-09-22", "to": "2020-09-22", "optional": True}],
    "quotes": [
        {"starts": "He stays. Of", "ends": "be sure,", "speaker": "Dario Venn"},
        {"starts": "Quite", "ends": "sure.", "speaker": "Dario Venn"},
    ],
    "transfers": [
        {"player": "Tomas Verrell", "from_club": "Lecce", "to_club": "Roma", "status": "rejected",
         "kind": "permanent", "fee_text": "£5m", "reported_by": None}
    ],
}  # fmt: skip


def write_gold(folder: Path, annotation: object = ANNOTATION, name: str = "verrell") -> Path:
    path = folder / f"{name}.gold.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.with_name(f"{path.name.removesuffix('.gold.json')}.txt").write_text(TEXT, encoding="utf8")
    path.write_text(annotation if isinstance(annotation, str) else json.dumps(annotation), encoding="utf8")
    return folder


def test_gold_has_every_form_of_a_name_and_every_word_of_a_quotation(tmp_path):
    articles = load_gold(write_gold(tmp_path, name="2020-09/verrell"))
    assert list(articles) == ["2020-09/verrell"]
    article = articles["2020-09/verrell"]
    assert article.published_on == "2020-09-23"
    assert article.players == (Entity(("Tomas Verrell", "Verrell")),)
    assert article.clubs[1] == Entity(("Roma", "Roma", "the Wolves"))
    assert article.fees == (Fee("£5m", 5e6, None, "GBP", "bid"),)
    assert article.dates == (Date("Tuesday", "2020-09-22", "2020-09-22", optional=True),)
    assert [(quote.text, quote.optional) for quote in article.quotes] == [
        ("He stays. Of that you can be sure,", False),
        ("Quite sure.", True),  # too short to be required
    ]
    names = ("Roma", "Roma", "the Wolves")
    assert article.transfers == (
        AnnotatedMove(("Tomas Verrell", "Verrell"), ("Lecce", "Lecce"), names, "rejected", 5e6),
    )


def changed(table: str, **values: object) -> dict[str, object]:
    return {**ANNOTATION, table: [{**ANNOTATION[table][0], **values}]}


INVALID = [
    ("[]", "it is not a JSON object"),
    ("{", "is not JSON in UTF-8"),
    ({**ANNOTATION, "fee": []}, "unknown key 'fee'"),
    ({key: value for key, value in ANNOTATION.items() if key != "published_on"}, "published_on is missing"),
    ({**ANNOTATION, "published_on": "23 September"}, "published_on is '23 September', not a day such as 2020-09-23"),
    ({**ANNOTATION, "published_on": "2020-02-30"}, "published_on is '2020-02-30', not a day"),
    ({**ANNOTATION, "quotes": None}, "quotes is missing or not a list of objects"),
    ({**ANNOTATION, "clubs": ["Lecce"]}, "clubs is missing or not a list of objects"),
    (changed("players", name=None), "players 1: name is missing"),
    (changed("players", alias="Moth"), "players 1: unknown key 'alias'"),
    (changed("players", aliases="Verrell"), "players 1: aliases is 'Verrell', not a list of texts"),
    (changed("people", role="boss"), "people 1: role is 'boss', not one of manager, coach"),
    (changed("fees", amount="5m"), "fees 1: amount is '5m', not a number"),
    (changed("fees", amount=True), "fees 1: amount is True, not a number"),
    (changed("fees", amount=0), "fees 1: amount is 0, not a number above 0"),
    (changed("fees", kind="price"), "fees 1: kind is 'price', not one of bid, fee"),
    (changed("fees", text="£6m"), "fees 1: text '£6m' is not in the text"),
    (changed("fees", player="Verrell"), "fees 1: player 'Verrell' is not listed under people"),
    (changed("dates", optional="yes"), "dates 1: optional is 'yes', not true or false"),
    (changed("dates", to="2020-9-22"), "dates 1: to is '2020-9-22', not a day"),
    (changed("quotes", ends="quite sure"), "quotes 1: ends 'quite sure' is not in the text"),
    (changed("quotes", ends="said no"), "quotes 1: ends 'said no' is not found after 'He stays. Of'"),
    (changed("players", name=["Verrell"]), "players 1: name is ['Verrell'], not a text"),
    (changed("transfers", status="done"), "transfers 1: status is 'done', not one of interest"),
    (changed("transfers", to_club="the Wolves"), "transfers 1: to_club 'the Wolves' is not listed under clubs"),
    (changed("transfers", fee_text="£6m"), "transfers 1: fee_text '£6m' is not listed under fees"),
]


@pytest.mark.parametrize(("annotation", "message"), INVALID, ids=[message for _, message in INVALID])
def test_invalid_gold(tmp_path, annotation, message):
    with pytest.raises(UsageError) as caught:
        load_gold(write_gold(tmp_path, annotation))
    assert message in str(caught.value)
    assert str(tmp_path / "verrell.gold.json") in str(caught.value)


def test_gold_without_its_article(tmp_path):
    (write_gold(tmp_path) / "verrell.txt").unlink()
    with pytest.raises(UsageError, match=r"verrell\.txt cannot be read .* verrell\.gold\.json needs it"):
        load_gold(tmp_path)


def test_the_docs_describe_every_figure_and_every_key():
    page = (ROOT / "docs/evaluation.md").read_text(encoding="utf8")
    words = [*FIGURES, *FORMAT, *(key for keys in FORMAT.values() for key in keys)]
    words += [choice for keys in FORMAT.values() for key in keys.values() for choice in key.choices]
    assert [word for word in words if f"`{word}`" not in page] == []


def test_the_tables_show_every_figure_with_its_counts(gold_tables, gold_report):
    done = run("evaluate", gold_tables, GOLD)
    assert (done.returncode, done.stderr) == (0, "")
    assert f"Found in {len(gold_report.articles)} articles" in done.stdout
    lines = [line.strip() for line in done.stdout.splitlines()]
    for name, numbers in gold_report.figures().items():
        (line,) = (line for line in lines if line.startswith(f"{name}  "))
        low, high = numbers["interval"]
        assert f"{low:.3f}-{high:.3f}" in line
        if name in gold_report.f1_scores:
            assert all(f" {numbers[rate]:.3f}" in line for rate in ("precision", "recall", "f1"))
            assert f" {numbers['found']} of {numbers['found'] + numbers['missed']} " in line
            assert line.endswith(f" {numbers['spurious']}")
        else:
            assert f" {numbers['accuracy']:.3f} " in line
            assert line.endswith(f" {numbers['right']} of {numbers['asked']}")


def test_the_tables_fit_a_terminal_of_80_columns(gold_report):
    console = Console(width=80, file=io.StringIO())
    console.print(evaluation_view(gold_report))
    assert "…" not in console.file.getvalue()


def test_json_has_the_figures_of_the_tables(gold_tables, gold_report):
    shown = json.loads(here("evaluate", gold_tables, GOLD, "--json").stdout)
    figures = json.loads(json.dumps(gold_report.figures()))
    assert shown == {"articles": len(gold_report.articles), "figures": figures}
    assert set(figures["clubs"]) == {"precision", "recall", "f1", "interval", "found", "spurious", "missed"}
    assert set(figures["speaker"]) == {"accuracy", "interval", "right", "asked"}


def test_errors_are_listed_one_per_line_with_the_article(gold_tables, gold_report):
    errors = gold_report.errors("transfers")
    assert errors
    lines = here("evaluate", gold_tables, GOLD, "--errors", "transfers").stdout.splitlines()
    assert lines == [str(error) for error in errors]
    assert all(line.startswith(f"{error.article}: ") for line, error in zip(lines, errors, strict=True))
    as_json = json.loads(gold_report.to_json("transfers"))
    assert as_json == [{"article": e.article, "kind": e.kind, "what": e.what} for e in errors]


@pytest.fixture
def folder(tmp_path, gold_tables):
    """A folder with arguments of the command: the tables of tests/gold, and gold folders in several states."""
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").touch()
    write_gold(tmp_path / "other", name="other")
    write_gold(tmp_path / "faulty", changed("fees", kind="price"))
    (tmp_path / "out").symlink_to(gold_tables)
    (tmp_path / "gold").symlink_to(GOLD)
    return tmp_path


@pytest.mark.parametrize(
    ("args", "messages"),
    [
        (["missing", "gold"], ["missing is not a folder", "extract wrote the tables to"]),
        (["empty", "gold"], ["empty holds no tables", "extract some first"]),
        (["out", "missing"], ["missing is not a folder", "give the folder of the annotated articles"]),
        (["out", "file"], ["file is not a folder"]),
        (["out", "empty"], ["empty contains no *.gold.json", "docs/evaluation.md"]),
        (["out", "faulty"], ["faulty/verrell.gold.json: fees 1: kind is 'price'", "docs/evaluation.md"]),
        (["out", "other"], ["out has no rows for other,", "rumourmill extract other OUT"]),
        (["out", "gold", "--errors", "fee"], ["unknown figure 'fee'", "'fees'", "'fee kind (fine)'"]),
        (["missing", "missing", "--errors", "fee"], ["unknown figure 'fee'"]),  # checked before anything is read
        (["out"], ["Missing argument 'GOLD'"]),
    ],
    ids=" ".join,
)
def test_wrong_use_is_reported_with_a_remedy(folder, args, messages):
    done = here("evaluate", *args, cwd=folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr
    for message in messages:
        assert message in done.stderr


def test_a_rejected_article_counts_as_missed(tmp_path):
    write_gold(tmp_path / "gold")
    shutil.copytree(tmp_path / "gold", tmp_path / "in")
    (tmp_path / "in/verrell.txt").write_bytes(b"")
    assert run("extract", tmp_path / "in", tmp_path / "out", "--quiet").returncode == 0
    figures = evaluate(tmp_path / "out", tmp_path / "gold").figures()
    assert (figures["clubs"]["found"], figures["clubs"]["missed"]) == (0, 2)
    assert (figures["published_on"]["right"], figures["published_on"]["asked"]) == (0, 1)


needs_other_scorer = pytest.mark.skipif(not SHARED.is_dir(), reason="the other scorer is not part of the repository")


@needs_other_scorer
@pytest.mark.parametrize("folder", [SHARED / "dev", GOLD], ids=["dev", "gold"])
def test_figures_equal_those_of_the_other_scorer(folder, request, tmp_path):
    if folder == GOLD:
        out = request.getfixturevalue("gold_tables")
    else:
        out = tmp_path / "out"
        assert run("extract", folder, out, "--quiet").returncode == 0
    scorer = [sys.executable, SHARED / "score.py", out, folder, "--json"]
    theirs = json.loads(subprocess.run(scorer, check=True, capture_output=True, text=True, timeout=60).stdout)
    ours = json.loads(here("evaluate", out, folder, "--json").stdout)["figures"]
    assert list(ours) == list(theirs)
    for name, numbers in ours.items():
        if "f1" in numbers:
            gold_items = numbers["found"] + numbers["missed"]
            same = {"p": numbers["precision"], "r": numbers["recall"], "f1": numbers["f1"], "gold": gold_items}
        else:
            same = {"accuracy": numbers["accuracy"], "asked": numbers["asked"]}
        assert same == pytest.approx(theirs[name], abs=1e-12), name


def other_scorer():
    spec = importlib.util.spec_from_file_location("score", SHARED / "score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


# Forms of a gold player, predicted name, whether we match them. The other scorer matches them all: it accepts a single
# word anywhere in a longer name.
DIFFERENT_NAMES = [
    (("Arjen Robben", "Robben"), "Robben Barca", False),  # a surname is not a first name
    (("Tomas Jan Verrell",), "Jan", False),  # a word in the middle
    (("Jan",), "Tomas Jan Verrell", False),
    (("Ronaldinho",), "Ronaldinho Gaucho", True),  # the whole gold name is the first word: we agree
    (("Lewis Oakenfull-Drew", "Lewis"), "Lewis Oakenfull", True),  # a first name is
    (("Arjen Robben",), "Robben", True),
]


@needs_other_scorer
@pytest.mark.parametrize(("names", "predicted", "expected"), DIFFERENT_NAMES)
def test_only_single_words_that_are_no_last_word_match_otherwise_than_in_the_other_scorer(names, predicted, expected):
    (players,) = (comparison for comparison in COMPARISONS if comparison.figure == "players")
    assert any(other_scorer().same_person(name, predicted) for name in names)
    assert any(match(Entity(names), Entity((predicted,))) for match in players.matches) is expected


@needs_other_scorer
def test_equal_names_are_paired_first_otherwise_than_in_the_other_scorer():
    """The number of pairs differs where a name takes the only partner of another."""
    gold, predicted = [("Robben",), ("Arjen Robben",)], ["Arjen Robben", "Robben"]
    tally, same = other_scorer().Tally(), other_scorer().same_person
    theirs = tally.match("a", gold, predicted, lambda g, p: any(same(name, p) for name in g))
    assert [p for _, p in theirs] == ["Arjen Robben", "Robben"]  # in the order of the lists
    (players,) = (comparison for comparison in COMPARISONS if comparison.figure == "players")
    pairing = pair_items([Entity(names) for names in gold], [Entity((name,)) for name in predicted], *players.matches)
    assert [p.names[0] for _, p in pairing.pairs] == ["Robben", "Arjen Robben"]
