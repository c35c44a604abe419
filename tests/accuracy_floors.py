"""Minimum figures on tests/gold/stories and tests/gold/quiet ("floors"): compare them with what is measured, raise or lower them.

    python tests/accuracy_floors.py                                    compare the figures with their floors
    python tests/accuracy_floors.py --raise                            raise the floors to the measured figures; add new articles
    python tests/accuracy_floors.py --lower FIGURE --reason "why"      lower a floor, in one group with --group

Articles are grouped by the first letters of their names (a-01, a-02: a); each group has one annotator. A floor applies
to the articles of the group that existed when it was set, so later articles do not change the figure. The stories of
tests/gold/quiet are general football news without a transfer: of them are measured the share of stories without a false
transfer, and the precision of transfers and players.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from command import run  # noqa: E402 - the paths above come first

from rumourmill.evaluation import FIGURES, Report, evaluate  # noqa: E402

GOLD = HERE / "gold/stories"
GENERAL_NEWS = HERE / "gold/quiet"
GENERAL = "q"  # group of the stories of GENERAL_NEWS
GENERAL_FIGURES = ("stories without a false transfer", "transfer precision", "player precision")
FLOORS = HERE / "gold/floors.json"
MARGIN = 0.005  # below the measured figure: floating-point results differ between processors
STEPS = 1000  # floors have three digits


@dataclass(frozen=True)
class Group:
    """The floors of one group of articles."""

    articles: tuple[str, ...]
    floors: Mapping[str, float]
    lowered: Mapping[str, str] = field(default_factory=dict)  # figure -> change and reason

    def missing(self, report: Report) -> list[str]:
        """Return the articles that no longer exist."""
        return sorted(set(self.articles) - set(report.articles))


def load(path: Path = FLOORS) -> dict[str, Group]:
    """Return the floors by group; empty if there is no file."""
    if not path.exists():
        return {}
    groups = json.loads(path.read_text(encoding="utf8"))
    return {
        name: Group(tuple(group["articles"].split()), group["floors"], group["lowered"])
        for name, group in groups.items()
    }


def save(groups: Mapping[str, Group], path: Path = FLOORS) -> None:
    """Write the floors."""
    data = {name: {**asdict(group), "articles": " ".join(group.articles)} for name, group in sorted(groups.items())}
    path.write_text(json.dumps(data, indent=2, ensure_ascii=False) + "\n", encoding="utf8")


def by_group(articles: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return the articles of each group."""
    groups: dict[str, tuple[str, ...]] = {}
    for article in sorted(articles):
        name = article.split("-")[0]
        groups[name] = (*groups.get(name, ()), article)
    return groups


def measured(report: Report, articles: Sequence[str]) -> dict[str, float]:
    """Return F1 or accuracy of every figure with a count in these articles; of general news GENERAL_FIGURES."""
    if set(by_group(articles)) == {GENERAL}:
        return general_figures(report, articles)
    figures = {**report.f1_scores, **report.accuracies}
    numbers = {name: figure.numbers(articles) for name, figure in figures.items()}
    counted = (name for name, figure in figures.items() if any(numbers[name][count] for count in figure.counted))
    return {name: numbers[name][figures[name].main_rate] for name in counted}


def general_figures(report: Report, articles: Sequence[str]) -> dict[str, float]:
    """Return GENERAL_FIGURES. A transfer is false if the gold has it neither as present nor as optional background."""
    transfers, players = report.f1_scores["transfers"], report.f1_scores["players"]
    clean = sum(not transfers.numbers([article])["spurious"] for article in articles)
    precision = (figure.numbers(articles)["precision"] for figure in (transfers, players))
    return dict(zip(GENERAL_FIGURES, (clean / len(articles), *precision), strict=True))


def failures(report: Report, name: str, group: Group) -> list[str]:
    """Return one line for each figure of a group that is below its floor."""
    if missing := group.missing(report):
        return [f"group {name}: {', '.join(missing)} are pinned but not in {GOLD.name}: restore them"]
    values = measured(report, group.articles)
    return [
        f"group {name}: {figure} is {values.get(figure, 0):.4f}, below its floor of {floor:.3f}"
        for figure, floor in group.floors.items()
        if values.get(figure, 0) < floor
    ]


def all_failures(report: Report, groups: Mapping[str, Group]) -> list[str]:
    """Return the failures of all groups with articles in a report."""
    return [
        line for name in by_group(report.articles) if name in groups for line in failures(report, name, groups[name])
    ]


def without_floors(report: Report, groups: Mapping[str, Group]) -> list[str]:
    """Return the articles without a floor."""
    return sorted(set(report.articles) - {article for group in groups.values() for article in group.articles})


def raised(report: Report, groups: Mapping[str, Group]) -> dict[str, Group]:
    """Return the floors raised to the measured figures minus the margin; no floor is lowered.

    New articles are added to their group, whose floors are then set again, if the earlier articles reach their floors.
    """
    found = by_group(report.articles)
    return {**groups, **{name: _raised(report, name, groups.get(name), found[name]) for name in found}}


def _raised(report: Report, name: str, group: Group | None, articles: tuple[str, ...]) -> Group:
    if group is None or (group.articles != articles and not failures(report, name, group)):
        return Group(articles, _floors(measured(report, articles)))
    if group.missing(report):
        return group
    floors = _floors(measured(report, group.articles))
    higher = {figure: max(floors.get(figure, 0.0), floor) for figure, floor in group.floors.items()}
    lowered = {figure: why for figure, why in group.lowered.items() if higher[figure] <= group.floors[figure]}
    return Group(group.articles, {**floors, **higher}, lowered)


def lowered(report: Report, groups: Mapping[str, Group], figure: str, reason: str, only: str = "") -> dict[str, Group]:
    """Return the floors with one figure lowered to the measured value where it is below its floor, with the reason."""
    chosen = {name: group for name, group in groups.items() if only in ("", name) and figure in group.floors}
    return {**groups, **{name: _lowered(report, group, figure, reason) for name, group in chosen.items()}}


def _lowered(report: Report, group: Group, figure: str, reason: str) -> Group:
    before, value = group.floors[figure], measured(report, group.articles).get(figure, 0.0)
    if value >= before:
        return group
    floor = _floor(value)
    why = f"from {before:.3f} to {floor:.3f}: {reason}"
    return Group(group.articles, {**group.floors, figure: floor}, {**group.lowered, figure: why})


def _floor(value: float) -> float:
    return max(math.floor((value - MARGIN) * STEPS) / STEPS, 0.0)


def _floors(values: Mapping[str, float]) -> dict[str, float]:
    return {figure: _floor(value) for figure, value in values.items()}


def main() -> None:
    """Measure the figures, then compare, raise or lower the floors."""
    options = _options()
    groups = load(options.floors)
    reports = (
        [_measure(folder) for folder in (GOLD, GENERAL_NEWS)]
        if not options.tables
        else [evaluate(options.tables, GOLD)]
    )
    if not (options.raise_ or options.lower):
        wrong = [line for report in reports for line in all_failures(report, groups)]
        bare = [article for report in reports for article in without_floors(report, groups)]
        print(*wrong, f"without floors: {', '.join(bare) or 'none'}", sep="\n")
        sys.exit(bool(wrong))
    after = groups
    for report in reports:
        if options.lower:
            own = {name: after[name] for name in by_group(report.articles) if name in after}
            after = {**after, **lowered(report, own, options.lower, options.reason, options.group)}
        else:
            after = raised(report, after)
    save(after, options.floors)
    sys.stdout.writelines(f"{line}\n" for line in _moved(groups, after))


def _measure(gold: Path) -> Report:
    with tempfile.TemporaryDirectory() as folder:
        done = run("extract", gold, folder, "--quiet")
        if done.returncode:
            sys.exit(done.stderr)
        return evaluate(Path(folder), gold)


def _moved(before: Mapping[str, Group], after: Mapping[str, Group]) -> Iterator[str]:
    for name, group in sorted(after.items()):
        floors = before[name].floors if name in before else {}
        for figure, floor in group.floors.items():
            if floors.get(figure) != floor:
                yield f"group {name}: {figure} from {floors.get(figure, 'none')} to {floor}"


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--raise", dest="raise_", action="store_true", help="raise the floors")
    parser.add_argument(
        "--lower", metavar="FIGURE", choices=[*FIGURES, *GENERAL_FIGURES], help="lower the floors of one figure"
    )
    parser.add_argument("--reason", default="", help="stored with the floor")
    parser.add_argument("--group", default="", help="lower in this group only")
    parser.add_argument("--tables", type=Path, help="existing tables of tests/gold/stories; only its floors are used")
    parser.add_argument("--floors", type=Path, default=FLOORS, help="another file of floors")
    options = parser.parse_args()
    if options.lower and (options.raise_ or not options.reason.strip()):
        parser.error("--lower needs --reason, and no --raise")
    return options


if __name__ == "__main__":
    main()
