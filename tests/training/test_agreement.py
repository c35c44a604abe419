from pathlib import Path

import pytest

from agreement import ANNOTATIONS, compare, f1, from_corpus, kappa, read_annotation, report
from passages import Passage

README = (ANNOTATIONS.parent / "README.md").read_text(encoding="utf8")


@pytest.mark.parametrize(
    ("second", "pairs", "score"),
    [
        ({(0, "Roma"): "CLUB", (12, "Lagos"): "PLAYER"}, {("CLUB", "CLUB"): 1, ("PLAYER", "PLAYER"): 1}, 1.0),
        ({(0, "Roma"): "PLACE", (12, "Lagos"): "PLAYER"}, {("CLUB", "PLACE"): 1, ("PLAYER", "PLAYER"): 1}, 0.5),
        ({(0, "Roma"): "CLUB"}, {("CLUB", "CLUB"): 1, ("PLAYER", None): 1}, 2 / 3),
        (
            {(0, "Roma"): "CLUB", (8, "Gil Lagos"): "PLAYER"},
            {("CLUB", "CLUB"): 1, ("PLAYER", None): 1, (None, "PLAYER"): 1},
            0.5,
        ),
        ({}, {("CLUB", None): 1, ("PLAYER", None): 1}, 0.0),
    ],
    ids=["same", "other label", "missed", "other boundaries", "no annotation"],
)
def test_annotations_are_compared_by_span_and_label(second, pairs, score):
    first = {(0, "Roma"): "CLUB", (12, "Lagos"): "PLAYER"}

    found = compare({"x-1": first}, {"x-1": second})

    assert found == pairs
    assert f1(found) == pytest.approx(score)


def test_kappa_is_the_agreement_beyond_chance():
    first = {(n, "A"): "CLUB" if n < 25 else "PLACE" for n in range(50)}
    second = {(n, "A"): "CLUB" if n < 20 or n >= 40 else "PLACE" for n in range(50)}

    assert kappa(compare({"x": first}, {"x": second})) == pytest.approx(0.4)  # 35 of 50 alike, half by chance


def test_a_changed_text_is_an_error():
    passage = Passage("x-1", "wire", None, "Roma want Gil Lagos", ((0, 4, "CLUB"),), (), ())

    assert from_corpus([passage], {"x-1": {(0, "Roma"): "CLUB"}}) == {"x-1": {(0, "Roma"): "CLUB"}}
    with pytest.raises(ValueError, match="x-1: 'Lagos' is not at 9"):
        from_corpus([passage], {"x-1": {(9, "Lagos"): "PLAYER"}})


def test_an_invalid_line_is_reported(tmp_path: Path):
    file = tmp_path / "third.txt"
    file.write_text("### x-1\n0 CLUB Roma\nLagos\n", encoding="utf8")

    with pytest.raises(ValueError, match=r"third\.txt, line 3"):
        read_annotation(file)


def test_the_readme_has_the_agreement():
    first, second = (read_annotation(ANNOTATIONS / name) for name in ("first.txt", "second.txt"))

    assert report(compare(first, second)) in README
