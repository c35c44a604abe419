import pytest

from rumourmill.entities.public_figures import PublicFigures, is_surname
from rumourmill.resources.gazetteer import Gazetteer, fold, models_dir

HEADER = "name,role,from_year,to_year\n"

CASES = [
    # a manager in office, by full name or surname
    ("Arsène Wenger", 2005, "manager"),
    ("Wenger", 2005, "manager"),
    ("Roman Abramovich", 2005, "owner"),
    # a player who became a manager: the year decides
    ("Ole Gunnar Solskjaer", 1997, "player"),
    ("Ole Gunnar Solskjaer", 2020, "manager"),
    # a post without a last year is open
    ("Adi Hutter", 2040, "manager"),
    ("Adi Hutter", 2011, None),
    # a footballer whose last move was long ago has stopped
    ("Aapo Halme", 2019, "player"),
    ("Aapo Halme", 2060, "other"),
    # without a year a name on both lists is left open
    ("Arsène Wenger", None, "manager"),
    ("Aapo Halme", None, "player"),
    ("Ole Gunnar Solskjaer", None, None),
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


def test_the_list_of_footballers_is_folded_and_sorted():
    lines = (models_dir() / "gazetteer" / "footballers.csv").read_text(encoding="utf8").splitlines()[1:]
    assert lines == sorted(lines)
    assert all(line == fold(line) for line in lines)
