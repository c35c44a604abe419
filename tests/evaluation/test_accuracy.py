"""No figure on tests/gold is below its floor; floors are changed by accuracy_floors.py only."""

from __future__ import annotations

import json
import subprocess
import sys
import warnings
from pathlib import Path

import accuracy_floors
import pytest
from accuracy_floors import (
    GENERAL,
    GENERAL_FIGURES,
    Group,
    failures,
    general_figures,
    load,
    lowered,
    raised,
    without_floors,
)

from rumourmill.evaluation import FIGURES, Report
from rumourmill.evaluation.annotations import AnnotatedMove, Annotations, Entity
from rumourmill.evaluation.comparisons import compare_article, empty_report

SCRIPT = Path(accuracy_floors.__file__)
HELP = "to accept a lower figure: python tests/accuracy_floors.py --lower FIGURE --reason WHY"


@pytest.mark.parametrize("name", load())
def test_no_figure_falls_below_its_floor(gold_report, general_news_report, name):
    wrong = failures(general_news_report if name == GENERAL else gold_report, name, load()[name])
    assert not wrong, "\n".join([*wrong, HELP])


def test_articles_without_floors_are_reported(gold_report, general_news_report):
    if names := without_floors(gold_report, load()) + without_floors(general_news_report, load()):
        warnings.warn(
            f"no floors hold {', '.join(names)}: python tests/accuracy_floors.py --raise pins them", stacklevel=1
        )


def test_floors_are_of_figures_that_there_are_and_lowered_ones_have_a_reason():
    for group in load().values():
        assert set(group.floors) <= {*FIGURES, *GENERAL_FIGURES}
        assert set(group.lowered) <= set(group.floors)
        assert all(why.partition(": ")[2] for why in group.lowered.values())


def report_of(found: dict[str, int]) -> Report:
    """A report of articles with ten annotated clubs each, and the number of clubs found in each."""
    clubs = tuple(Entity((f"Club {n}",)) for n in range(10))
    report = empty_report(found)
    for article, n in found.items():
        compare_article(report, article, Annotations(clubs=clubs), Annotations(clubs=clubs[:n]))
    return report


def test_general_news_is_measured_by_its_false_rows():
    move = AnnotatedMove(("Ann Lee",), (), ("Roma",), "interest", None)
    report = empty_report(["q-1", "q-2"])
    compare_article(report, "q-1", Annotations(), Annotations(transfers=(move,), players=(Entity(("Ann Lee",)),)))
    compare_article(
        report, "q-2", Annotations(players=(Entity(("Bo Hay",)),)), Annotations(players=(Entity(("Hay",)),))
    )
    assert general_figures(report, ["q-1", "q-2"]) == dict(zip(GENERAL_FIGURES, (0.5, 0.0, 0.5), strict=True))


def group_with_floor(floor: float, articles: str = "a-1", why: str = "") -> dict[str, Group]:
    return {"a": Group(tuple(articles.split()), {"clubs": floor}, {"clubs": why} if why else {})}


def test_a_floor_holds_over_the_articles_that_it_was_pinned_on():
    assert failures(report_of({"a-1": 8}), "a", group_with_floor(0.888)["a"]) == []
    assert failures(report_of({"a-1": 8, "a-2": 1}), "a", group_with_floor(0.888)["a"]) == []
    assert failures(report_of({"a-1": 7, "a-2": 9}), "a", group_with_floor(0.888)["a"]) == [
        "group a: clubs is 0.8235, below its floor of 0.888"
    ]
    assert failures(report_of({"a-2": 9}), "a", group_with_floor(0.888)["a"]) == [
        "group a: a-1 are pinned but not in stories: restore them"
    ]


@pytest.mark.parametrize(
    ("found", "before", "after"),
    [
        ({"a-1": 8}, {}, Group(("a-1",), {"clubs": 0.883})),  # F1 of 8 in 10 is 0.8889
        ({"a-1": 8}, group_with_floor(0.5), Group(("a-1",), {"clubs": 0.883})),
        ({"a-1": 8}, group_with_floor(0.9), Group(("a-1",), {"clubs": 0.9})),  # never down
        ({"a-1": 8}, group_with_floor(0.5, why="x"), Group(("a-1",), {"clubs": 0.883})),  # risen: the reason is gone
        ({"a-1": 8}, group_with_floor(0.9, why="x"), Group(("a-1",), {"clubs": 0.9}, {"clubs": "x"})),
        ({"a-1": 8, "a-2": 8}, group_with_floor(0.5), Group(("a-1", "a-2"), {"clubs": 0.883})),  # a new article joins
        (
            {"a-1": 8, "a-2": 8},
            group_with_floor(0.9),
            Group(("a-1",), {"clubs": 0.9}),
        ),  # not while its group falls short
        ({"a-2": 8}, group_with_floor(0.5), Group(("a-1",), {"clubs": 0.5})),  # an article is gone
    ],
)
def test_raise(found, before, after):
    assert raised(report_of(found), before)["a"] == after


def test_raise_pins_a_new_group_and_leaves_the_others():
    after = raised(report_of({"a-1": 8, "j-1": 10}), group_with_floor(0.9))
    assert after == {**group_with_floor(0.9), "j": Group(("j-1",), {"clubs": 0.995})}


def test_lower_takes_what_fell_and_keeps_the_reason():
    before = {**group_with_floor(0.9), "b": Group(("b-1",), {"clubs": 0.9})}
    why = "from 0.900 to 0.883: two rules became one"
    report = report_of({"a-1": 8, "b-1": 10})
    fallen = {**before, "a": Group(("a-1",), {"clubs": 0.883}, {"clubs": why})}
    assert lowered(report, before, "clubs", "two rules became one") == fallen
    assert lowered(report, before, "clubs", "two rules became one", only="b") == before
    assert lowered(report, before, "speaker", "two rules became one") == before


def test_articles_that_no_floor_holds_are_named():
    assert without_floors(report_of({"a-1": 1, "a-2": 1, "j-1": 1}), group_with_floor(0.5)) == ["a-2", "j-1"]


def script(*args: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, SCRIPT, *args], check=False, capture_output=True, text=True, timeout=180)


def test_the_command_raises_compares_and_lowers(gold_tables, gold_report, tmp_path):
    floors = tmp_path / "floors.json"
    common = ("--tables", gold_tables, "--floors", floors)
    assert script("--raise", *common).returncode == 0
    pinned = load(floors)
    assert without_floors(gold_report, pinned) == []
    assert [line for name, group in pinned.items() for line in failures(gold_report, name, group)] == []

    data = json.loads(floors.read_text(encoding="utf8"))
    data["a"]["floors"]["clubs"] = 1.5
    floors.write_text(json.dumps(data), encoding="utf8")
    compared = script(*common)
    assert compared.returncode == 1
    assert "group a: clubs is " in compared.stdout and "below its floor of 1.500" in compared.stdout

    done = script("--lower", "clubs", "--reason", "it was a mistake", *common)
    assert (done.returncode, done.stderr) == (0, "")
    assert "group a: clubs from 1.5 to " in done.stdout
    assert load(floors)["a"].floors == pinned["a"].floors
    assert load(floors)["a"].lowered["clubs"].endswith(": it was a mistake")


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["--lower", "clubs", "--reason", " "], "--lower needs --reason"),
        (["--lower", "clubs", "--reason", "x", "--raise"], "no --raise"),
    ],
)
def test_floors_do_not_fall_by_accident(args, message, tmp_path):
    done = script(*args, "--floors", tmp_path / "floors.json")
    assert done.returncode == 2
    assert message in done.stderr
    assert not (tmp_path / "floors.json").exists()
