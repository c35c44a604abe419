import pytest

from rumourmill.entities.known_people import is_surname, known
from rumourmill.resources.gazetteer import fold, models_dir

CASES = [
    # a manager in office, by his full name or his surname
    ("Arsène Wenger", 2005, "manager"),
    ("Wenger", 2005, "manager"),
    ("Roman Abramovich", 2005, "owner"),
    # a player who became a manager: the year decides
    ("Ole Gunnar Solskjaer", 1997, "player"),
    ("Ole Gunnar Solskjaer", 2020, "manager"),
    # a footballer whose moves are long past has stopped
    ("Aapo Halme", 2019, "player"),
    ("Aapo Halme", 2060, "other"),
    # without a year only who was never both is told
    ("Arsène Wenger", None, "manager"),
    ("Aapo Halme", None, "player"),
    ("Ole Gunnar Solskjaer", None, None),
    # unknown names, and surnames of footballers, tell nothing
    ("Zico Amaralovsky", 2020, None),
    ("Halme", 2019, None),
]


@pytest.mark.parametrize(("name", "year", "role"), CASES)
def test_a_known_name_tells_who_its_bearer_is_in_that_year(name, year, role):
    found = known(name, year)
    assert (found.role if found else None) == role


def test_a_footballer_without_a_year_is_less_sure():
    assert not known("Aapo Halme", None).sure


def test_surnames_come_from_the_list_of_footballers():
    assert is_surname("sterling")
    assert not is_surname("ideally")


def test_the_list_of_footballers_is_folded_and_sorted():
    lines = (models_dir() / "gazetteer" / "footballers.csv").read_text(encoding="utf8").splitlines()[1:]
    assert lines == sorted(lines)
    assert all(line == fold(line) for line in lines)
