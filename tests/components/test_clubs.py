import pytest
from marked import marked_doc, run

CASES = [
    # names, short forms and nicknames
    ("{Man Utd|CLUB} and {Spurs|CLUB} met", ["Manchester United", "Tottenham Hotspur"]),
    ("{QPR|CLUB} beat {West Brom|CLUB}", ["Queens Park Rangers", "West Bromwich Albion"]),
    ("The {Red Devils|CLUB} want him", ["Manchester United"]),
    ("THE {TOFFEES|CLUB} WANT HIM", ["Everton"]),
    ("{EVERTON|CLUB} want him", ["Everton"]),
    # a listed name that the recogniser missed or labelled otherwise
    ("Manchester United want him", ["Manchester United"]),
    ("{Manchester United|PLACE} want him", ["Manchester United"]),
    ("Nottingham Forest and {Aston Villa|PERSON} met", ["Nottingham Forest", "Aston Villa"]),
    # shared names are resolved to the one club that the article names
    ("{Newcastle United|CLUB} won. {United|CLUB} were good", ["Newcastle United", "Newcastle United"]),
    ("{Leeds United|CLUB} met {Hull City|CLUB}. {City|CLUB} won", ["Leeds United", "Hull City", "Hull City"]),
    ("The {Blues|CLUB} lost again", []),
    ("{Everton|CLUB} lost. The {Blues|CLUB} were poor", ["Everton", "Everton"]),
    ("{Queens Park Rangers|CLUB} won. {Rangers|CLUB} are up", ["Queens Park Rangers"] * 2),
    ("{Rangers|CLUB} beat {Hearts|CLUB}", ["Rangers", "Hearts"]),
    ("{Sheffield Wednesday|CLUB} play on Wednesday", ["Sheffield Wednesday"]),
    ("{Sheffield Wednesday|CLUB} won. {Wednesday|CLUB} boss", ["Sheffield Wednesday"] * 2),
    # towns, outlets, grounds, people and national teams are no clubs
    ("He was born in {Leicester|PLACE}", []),
    ("He lives in Preston with his family", []),
    ("The {Bolton News|OUTLET} says so", []),
    ("He was at the {Burnley Road|STADIUM}", []),
    ("{Aaron Lincoln|PLAYER} scored", []),
    ("{Lincoln|PLAYER} scored", []),
    ("{England|NATIONAL_TEAM} lost", []),
    ("The {Toon Army|CLUB} are restless", []),
    # clubs that are in no list
    ("{Yorkley Star|CLUB} beat {Yorkley|CLUB} Reserves", ["Yorkley Star", "Yorkley Star"]),
    ("{Chelsea|CLUB} Women won", ["Chelsea"]),
    ("{Yorkley Hearts|CLUB} won", ["Yorkley Hearts"]),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_clubs_have_their_canonical_names(rules, text, expected):
    doc = run(rules, marked_doc(rules, text), ["sentences", "clubs"])
    assert [span.kb_id_ for span in doc.spans["clubs"]] == expected


def test_a_row_has_mentions_and_country(rules):
    doc = run(rules, marked_doc(rules, "{Celtic|CLUB} lost. The {Bhoys|CLUB} wept."), ["sentences", "clubs"])
    assert doc._.clubs == [
        {
            "club": "Celtic",
            "country": "Scotland",
            "mentions": 2,
            "spans": [{"start": 0, "end": 6, "text": "Celtic"}, {"start": 17, "end": 22, "text": "Bhoys"}],
        }
    ]
