import pytest
from marked import marked_doc, run

BEFORE = ["sentences", "clubs", "players"]


def people(rules, text):
    doc = run(rules, marked_doc(rules, f"{text}\n\n{{Everton|CLUB}} watch."), BEFORE)
    return [p["player"] for p in doc._.players], {p["person"]: p["role"] for p in doc._.people}


CASES = [
    # short forms join the longest; accents and case are folded
    ("{Zico Amaral|PLAYER} left. {Amaral|PLAYER} is 24.", ["Zico Amaral"], {}),
    ("{AMARAL|PLAYER} OFF\n\n{Zico Amaral|PLAYER} left.", ["Zico Amaral"], {}),
    ("{Jörg Völler|PLAYER} left. {Voller|PLAYER} is 24.", ["Jörg Völler"], {}),
    ("{Sven ter Horst|PLAYER} left. {Ter Horst|PLAYER} won.", ["Sven ter Horst"], {}),
    ("{DANNY GOWLER|PLAYER} is off", ["Danny Gowler"], {}),
    ("{Bas van 't Zand|PLAYER} left. {Van 't Zand|PLAYER} won.", ["Bas van 't Zand"], {}),
    ("{Kim Tae-rok|PLAYER} left.", ["Kim Tae-rok"], {}),
    ("{Zico Amaral's|PLAYER} agent", ["Zico Amaral"], {}),
    ("{Zico Amaral\n|PLAYER}left", ["Zico Amaral"], {}),
    ("{striker Zico Amaral|PLAYER} left", ["Zico Amaral"], {}),
    # short forms of a given name
    ("{Olumide Gowler|PLAYER} left. {Olu|PLAYER} is 24. {Paddy Roe|PLAYER} too.", ["Olumide Gowler", "Paddy Roe"], {}),
    ("{Padraig Roe|PLAYER} left. {Paddy|PLAYER} is 24.", ["Padraig Roe"], {}),
    # a surname misspelt by one letter, but not a short one
    ("{Zico Hassall|PLAYER} left. {Hassell|PLAYER} is 24.", ["Zico Hassall"], {}),
    ("{Zico Lund|PLAYER} and {Lunt|PLAYER} left.", ["Zico Lund", "Lunt"], {}),
    # given name and surname in either order
    ("{Ryu Tae-rok|PLAYER} left. {Tae-rok Ryu|PLAYER} is 24.", ["Ryu Tae-rok"], {}),
    # a pair of surnames in a headline is no person
    (
        "{Amaral-Gowler|PLAYER} swap\n\n{Zico Amaral|PLAYER} and {Dan Gowler|PLAYER} left.",
        ["Zico Amaral", "Dan Gowler"],
        {},
    ),
    # first words of sentences that are no names
    ("{Ideally|PLAYER}, {Zico Amaral|PLAYER} left. {Upping|PLAYER} the bid helped.", ["Zico Amaral"], {}),
    # a ground
    ("{Zico Amaral|PLAYER} left. {Hillsborough|PLAYER} wept.", ["Zico Amaral"], {}),
    # two people with the same surname are not joined
    (
        "{Ian Gray|PLAYER} and {Tom Gray|PLAYER} left.",
        ["Ian Gray", "Tom Gray"],
        {},
    ),
    # the whole article decides, not the label of one mention
    ("{Roma|CLUB} boss {Zico Amaral|PLAYER} spoke. {Amaral|PERSON} left.", [], {"Zico Amaral": "manager"}),
    ("{Hull|CLUB} striker {Zico Amaral|PERSON} scored.", ["Zico Amaral"], {}),
    ("{Zico Amaral|PERSON}, 24, the {Hull|CLUB} winger, left.", ["Zico Amaral"], {}),
    ("{Zico Amaral|PERSON}, the {Hull|CLUB} sporting director, left.", [], {"Zico Amaral": "executive"}),
    ("His agent, {Zico Amaral|PERSON}, left.", [], {"Zico Amaral": "agent"}),
    ("Former {Hull|CLUB} winger {Zico Amaral|PERSON} spoke.", [], {"Zico Amaral": "pundit"}),
    ("{Hull|CLUB} owner {Zico Amaral|PERSON} spoke.", [], {"Zico Amaral": "owner"}),
    # a role of the next person
    (
        '{Hull|CLUB} want {Zico Amaral|PLAYER} (chairman {Dan Gowler|PERSON}: "No.").',
        ["Zico Amaral"],
        {"Dan Gowler": "executive"},
    ),
    # a mention that the recogniser missed
    ("{Zico Amaral|PLAYER} left. Then Amaral wept.", ["Zico Amaral"], {}),
]


@pytest.mark.parametrize(("text", "players", "others"), CASES)
def test_players_and_other_people_have_their_full_names(rules, text, players, others):
    assert people(rules, text) == (players, others)


def test_a_missed_surname_becomes_a_mention(rules):
    doc = run(rules, marked_doc(rules, "{Zico Amaral|PLAYER} left {Hull|CLUB}. Then Amaral wept."), BEFORE)
    assert [s["text"] for s in doc._.players[0]["spans"]] == ["Zico Amaral", "Amaral"]


def test_a_text_without_football_has_no_players(rules):
    assert run(rules, marked_doc(rules, "{Zico Amaral|PLAYER} peeled the potatoes."), BEFORE)._.players == []


TRAITS = [
    ("{Hull|CLUB} winger {Zico Amaral|PLAYER} left", "forward", None, "Hull City"),
    ("{Hull|CLUB}'s English defender {Zico Amaral|PLAYER} left", "defender", "England", "Hull City"),
    ("{Zico Amaral|PLAYER}, the {Hull|CLUB} goalkeeper, left", "goalkeeper", None, "Hull City"),
    ("{Hull|CLUB} met {Zico Amaral|PLAYER} twice", None, None, None),
    ("The Brazilian midfielder {Zico Amaral|PLAYER} left", "midfielder", "Brazil", None),
    ("{Hull|CLUB}'s £6m-rated striker {Zico Amaral|PLAYER} left", "forward", None, "Hull City"),
]


@pytest.mark.parametrize(("text", "position", "nationality", "club"), TRAITS)
def test_a_player_has_the_traits_beside_the_name(rules, text, position, nationality, club):
    doc = run(rules, marked_doc(rules, text), BEFORE)
    row = doc._.players[0]
    assert (row["position"], row["nationality"], row["club"]) == (position, nationality, club)
