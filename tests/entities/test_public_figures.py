import re

import pytest

from rumourmill.entities.public_figures import ListedPerson, PublicFigures, _footballer_in, is_surname
from rumourmill.resources.gazetteer import Gazetteer, fold, models_dir

HEADER = "name,role,from_year,to_year\n"

CASES = [
    # a manager in office, by full name or surname
    ("Arsène Wenger", 2005, "manager"),
    ("Wenger", 2005, "manager"),
    ("Roman Abramovich", 2005, "owner"),
    # a player who became a manager: the year decides
    ("Steven Gerrard", 2009, "player"),
    ("Steven Gerrard", 2020, "manager"),
    ("Ole Gunnar Solskjaer", 2020, "manager"),
    # a post without a last year is open
    ("Adi Hutter", 2040, "manager"),
    ("Adi Hutter", 2011, None),
    # a listed footballer plays until he is about forty: born in 1998
    ("Aapo Halme", 2019, "player"),
    ("Aapo Halme", 2036, "player"),
    ("Aapo Halme", 2038, None),
    ("Aapo Halme", 2045, "other"),
    ("Aapo Halme", 2008, None),
    # without a year a name on both lists is left open
    ("Arsène Wenger", None, "manager"),
    ("Aapo Halme", None, "player"),
    ("Steven Gerrard", None, None),
    # unknown names, and surnames of footballers
    ("Zico Amaralovsky", 2020, None),
    ("Halme", 2019, None),
]


@pytest.mark.parametrize(("name", "year", "role"), CASES)
def test_the_role_of_a_listed_name_depends_on_the_year(name, year, role):
    found = PublicFigures.of(Gazetteer.of()).find(name, year)
    assert (found.role if found else None) == role


def test_a_user_list_may_leave_the_last_year_empty():
    figures = PublicFigures.of(Gazetteer({"public_figures.csv": f"{HEADER}Dario Venn,manager,2019,\n"}))
    assert [figures.find("Dario Venn", year) is not None for year in (2018, 2019, 2060)] == [False, True, True]


def test_no_shipped_post_ends_in_the_year_that_stood_for_open():
    assert "2027" not in {line["to_year"] for line in Gazetteer.of().public_figures}


def test_a_footballer_without_a_year_is_not_certain():
    found = PublicFigures.of(Gazetteer.of()).find("Aapo Halme", None)
    assert found is not None and not found.certain


def test_surnames_are_those_of_listed_footballers():
    assert is_surname("sterling")
    assert not is_surname("ideally")


def test_the_list_of_footballers_is_sorted_by_folded_name():
    lines = (models_dir() / "gazetteer" / "footballers.csv").read_text(encoding="utf8").splitlines()[1:]
    names = [fold(line.rpartition(",")[0]) for line in lines]
    assert names == sorted(names)
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\d", line.rpartition(",")[2]) for line in lines)


def test_of_several_footballers_of_a_name_one_who_plays_counts():
    assert _footballer_in(2020, [1960, 1998]) == ListedPerson("player")
    assert _footballer_in(2020, [1960, 1970]) == ListedPerson("other")
    assert _footballer_in(2020, [1960, 1980]) is None
