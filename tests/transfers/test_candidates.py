"""What stands in a sentence (signs, parts), which frames hold on it, and what its cues tell."""

import re

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from marked import marked_doc, run

from rumourmill.resources import gazetteer
from rumourmill.transfers.candidates import MoveReader
from rumourmill.transfers.credits import CreditReader, nearest
from rumourmill.transfers.frames import Frames
from rumourmill.transfers.masked_templates import SMALL, View
from rumourmill.transfers.noun_chunks import parts
from rumourmill.transfers.sentences import LONGEST, Scene, Sign
from rumourmill.transfers.status_features import States
from rumourmill.transfers.status_patterns import Tellings
from rumourmill.transfers.tags import SignReader

BEFORE = ["sentences", "clubs", "players"]
LABELS = {"P": "PLAYER", "C": "CLUB", "H": "PERSON", "O": "OUTLET", "S": "STADIUM"}


def doc_of(rules, text):
    for short, label in LABELS.items():
        text = text.replace(f"|{short}}}", f"|{label}}}")
    return run(rules, marked_doc(rules, text), BEFORE)


def line(rules, text):
    scenes = SignReader(rules).read(doc_of(rules, text))
    return [part for scene in scenes for part in parts(scene.signs)]


def written(rules, text):
    """The parts of a text: P[owner] for a player with one, C*2 for a list."""
    words = []
    for part in line(rules, text):
        owner = f"[{','.join(o or '-' for o in part.owners)}]" if any(part.owners) else ""
        words.append(part.symbol + owner + (f"*{len(part.names)}" if len(part.names) > 1 else ""))
    return " ".join(words)


PARTS = [
    # names and cues
    ("{Roma|C} have signed {Zico Amaral|P}", "C sign P"),
    ("{Roma|C} want {Zico Amaral|P}", "C want P"),
    ("{Roma|C} are keen on {Zico Amaral|P}", "C want on P"),
    ("{Roma|C} have rejected a bid from {Everton|C}", "C reject from C"),
    ("{Zico Amaral|P} has joined {Roma|C}", "P join C"),
    ("{Zico Amaral|P} is set to join {Roma|C}", "P set to_join C"),
    ("{Zico Amaral|P} has been loaned to {Roma|C}", "P lend to C"),
    # the ground that somebody comes to stands for its club, if the article has it
    ("{Everton|C} want {Zico Amaral|P} to come to {Goodison Park|S}", "C want P to to c"),
    ("{Southampton|C} want {Zico Amaral|P} to come to {St Mary|S}'s", "C want P to to c"),
    ("{Everton|C} want {Zico Amaral|P} to come to {Anfield|S}", "C want P to to"),
    ("{Everton|C} want {Zico Amaral|P} to stay at {Goodison Park|S}", "C want P stay at"),
    # a club in the player's description
    ("{Roma|C} winger {Zico Amaral|P}", "P[Roma]"),
    ("{Roma|C}'s {Zico Amaral|P}", "P[Roma]"),
    ("{Roma|C}’s Brazilian winger {Zico Amaral|P}", "P[Roma]"),
    ("{Roma|C} and Brazil winger {Zico Amaral|P}", "C and pos P"),
    ("{Zico Amaral|P} of {Roma|C}", "P[Roma]"),
    ("{Zico Amaral|P}, the {Roma|C} winger,", "P[Roma] ,"),
    ("{Everton|C} want {Zico Amaral|P}, the {Roma|C} striker, for £5m", "C want P[Roma] , for"),
    ("{Everton|C} want {Roma|C} defender {Zico Amaral|P}", "C want P[Roma]"),
    ("{Everton|C} have signed {Zico Amaral|P} from {Roma|C}", "C sign P from C"),
    ("{Roma|C} full-back {Zico Amaral|P}", "P[Roma]"),
    # lists
    ("{Roma|C}, {Everton|C} and {Leeds|C} want {Zico Amaral|P}", "C*3 want P"),
    ("{Roma|C} or {Everton|C}", "C*2"),
    ("{Roma|C} want {Zico Amaral|P} and {Ivo Strand|P}", "C want P*2"),
    ("{Roma|C} winger {Zico Amaral|P} and {Lille|C} winger {Ivo Strand|P}", "P[Roma,Lille]*2"),
    ("{Roma|C} want {Zico Amaral|P}, {Ivo Strand|P} and {Tom Gray|P}", "C want P*3"),
    # who speaks for a club
    ("{Roma|C} boss {Tom Bexon|H} wants {Zico Amaral|P}", "C want P"),
    ("{Roma|C} manager {Tom Bexon|H} said no. {Bexon|H} wants {Zico Amaral|P}", "C reject c want P"),
    # pronouns and descriptions
    ("{Zico Amaral|P} left. {Roma|C} want him", "P C want p"),
    ("{Zico Amaral|P} wept. {Roma|C} want the winger", "P C want p"),
    ("{Zico Amaral|P} wept. The 24-year-old has joined {Roma|C}", "P p join C"),
    ("{Zico Amaral|P} wept. The 24-year-old winger has joined {Roma|C}", "P p join C"),
    ("{Roma|C} wept. They want {Zico Amaral|P}", "C c want P"),
    ("{Roma|C} wept. The club want {Zico Amaral|P}", "C c want P"),
    ("{Roma|C} want the winger {Zico Amaral|P}", "C want pos P"),
    # words that are left out
    ("{Roma|C}, we gather, adore {Zico Amaral|P}", "C , c , P"),
    ("a full-back of {Roma|C}", "pos of C"),
    ("in 2015", "in year"),
    ("", ""),
]


@pytest.mark.parametrize(("text", "expected"), PARTS)
def test_parts(rules, text, expected):
    assert written(rules, text) == expected


FRAMES = [
    ("{Roma|C} have signed {Zico Amaral|P}", {("buys", "to", "Roma")}),
    ("{Roma|C} want to sign {Zico Amaral|P}", {("buys", "to", "Roma")}),
    ("{Roma|C} have signed {Zico Amaral|P} from {Lille|C}", {("buys", "to", "Roma"), ("buys from", "from", "Lille")}),
    ("{Zico Amaral|P} has joined {Roma|C}", {("joins", "to", "Roma")}),
    ("{Zico Amaral|P} has joined {Roma|C} from {Lille|C}", {("joins", "to", "Roma"), ("joins from", "from", "Lille")}),
    ("{Lille|C} have sold {Zico Amaral|P} to {Roma|C}", {("sells", "from", "Lille"), ("sells to", "to", "Roma")}),
    (
        "{Lille|C} have rejected a bid from {Roma|C} for {Zico Amaral|P}",
        {("turned down", "from", "Lille"), ("turned down", "to", "Roma")},
    ),
    (
        "{Roma|C} are in talks with {Lille|C} over {Zico Amaral|P}",
        {("asks", "to", "Roma"), ("asks", "from", "Lille")},
    ),
    ("{Zico Amaral|P} is wanted by {Roma|C}", {("wanted", "to", "Roma")}),
    ("{Zico Amaral|P} has been linked with {Roma|C}", {("wanted", "to", "Roma")}),
    ("{Zico Amaral|P} ({Lille|C} to {Roma|C})", {("pair bracket", "from", "Lille"), ("pair bracket", "to", "Roma")}),
    ("{Zico Amaral|P} - {Lille|C} to {Roma|C}", {("pair", "from", "Lille"), ("pair", "to", "Roma")}),
    ("{Zico Amaral|P} scored against {Roma|C}", {("plays", "other", "Roma")}),
    ("{Zico Amaral|P} left {Lille|C} for {Roma|C}", {("from to", "to", "Roma")}),
    ("a bid from {Roma|C} for {Zico Amaral|P}", {("bid turned down", "to", "Roma")}),
]


@pytest.mark.parametrize(("text", "expected"), FRAMES)
def test_frames(rules, text, expected):
    held = line(rules, text)
    found = {(m.frame, m.role, held[m.club].names[0]) for m in Frames().match(held)}
    assert expected - {("from to", "to", "Roma")} <= found


def test_no_frame_holds_without_a_player_and_a_club(rules):
    assert list(Frames().match(line(rules, "{Roma|C} have signed"))) == []
    assert list(Frames().match(line(rules, "{Zico Amaral|P} has joined"))) == []


TOLD = [
    ("want", "interest"),
    ("linked", "interest"),
    ("talks", "interest"),
    ("bid", "bid"),
    ("set bid", "bid"),
    ("bid reject", "rejected"),
    ("bid reject again", "bid"),
    ("agree", "agreed"),
    ("agree hedge", "talks"),
    ("accept bid", "agreed"),
    ("sign", "completed"),
    ("join done", "completed"),
    ("join want", "interest"),
    ("sell", "completed"),
    ("off", "collapsed"),
    ("sign off", "collapsed"),
    ("rebut want", "collapsed"),
    ("stay", "collapsed"),
    ("match", "none"),
    ("", "none"),
]


@pytest.mark.parametrize(("cues", "state"), TOLD)
def test_what_cues_tell_by_themselves(cues, state):
    assert States.told(cues.split()) == state


CREDITS = [
    ("{Roma|C} want {Zico Amaral|P}. ({Daily Mail|O})", "Daily Mail"),
    ("{Roma|C} want {Zico Amaral|P} (Daily Mail)", "Daily Mail"),
    ("{Roma|C} want {Zico Amaral|P}, according to {Marca|O}.", "Marca"),
    ("According to {Marca|O}, {Roma|C} want {Zico Amaral|P}.", "Marca"),
    ("{Marca|O} reports that {Roma|C} want {Zico Amaral|P}.", "Marca"),
    ("{Marca|O} claim {Roma|C} want {Zico Amaral|P}.", "Marca"),
    ("{Roma|C} want {Zico Amaral|P}, {Marca|O} understands.", "Marca"),
    ("{Roma|C} want {Zico Amaral|P}, as reported by {Marca|O}.", "Marca"),
    ("Reports in {Marca|O} say {Roma|C} want {Zico Amaral|P}.", "Marca"),
    ("{Roma|C} want {Zico Amaral|P}. ({Sport|O} - in Spanish)", "Sport"),
    ("{Roma|C} want {Zico Amaral|P}, says {Kicker|O}.", "Kicker"),
    # an interview that an outlet carried is no claim of its own
    ("“{Roma|C} want {Zico Amaral|P},” he told {Marca|O}.", None),
    ("{Roma|C} want {Zico Amaral|P}.", None),
    # the credit of another paragraph is not ours
    ("{Roma|C} want {Zico Amaral|P}.\n\n{Lille|C} want {Ivo Strand|P}. ({Marca|O})", None),
]


@pytest.mark.parametrize(("text", "source"), CREDITS)
def test_who_a_claim_is_credited_to(rules, text, source):
    doc = doc_of(rules, text)
    sentence = next(iter(doc.sents))
    assert nearest(doc.text, CreditReader(rules).read(doc), sentence.start_char, sentence.end_char) == source


def test_time_grows_with_the_text(rules):
    """A sentence without end is read in pieces: twice the names, twice the links."""
    reader = MoveReader(rules)
    short, long = (
        sum(len(p.links) for p in reader.read(doc_of(rules, "{Roma|C} want {Zico Amaral|P} and " * n))[1].values())
        for n in (100, 200)
    )
    assert long < 2.5 * short


def test_a_phrase_stands_under_one_cue():
    lines = gazetteer.rows("statuses.csv", ("cue", "status", "forms"), ("status",))
    forms = [form for line in lines for form in line["forms"].split("|")]
    assert len(forms) == len(set(forms))
    assert all(form == form.strip().lower() and form for form in forms if form != "U-turn")


def test_frames_name_only_cues_and_small_words():
    cues = {line["cue"] for line in gazetteer.rows("statuses.csv", ("cue", "status", "forms"), ("status",))}
    small = set("from to for with of at by in on over about and when - ( : , 's".split()) | {"or"}
    steps = {"..", "~", "TO", "FROM", "WHO", "OTHER"}
    for row in gazetteer.rows("move_frames.csv", ("kind", "name", "pattern")):
        for step in row["pattern"].split():
            for word in step.split("|"):
                assert word in cues | small | steps or word.startswith("$"), (row["name"], word)


# (sentence as seen from player and club, status, family)
TELLINGS = [
    ("TO have had a M bid for WHO rejected .", "rejected", "offer rejected"),
    ("TO had an offer turned down by OWN .", "rejected", "offer rejected"),
    ("OWN rejected TO 's bid for WHO .", "rejected", "rejects offer"),
    ("OWN knocked it back .", "rejected", "turned down"),
    ("OWN said no .", "rejected", "said no"),
    ("it was well short of their figure", "rejected", "not enough"),
    ("OWN refuse to sell WHO .", "rejected", "refuses to sell"),
    ("WHO turned TO down .", "rejected", "turned down"),
    ("OWN are holding out for M .", "rejected", "refuses to sell"),
    ("TO have pulled out .", "collapsed", "pulled out"),
    ("TO withdrew last week .", "collapsed", "pulled out"),
    ("TO have cooled their interest .", "collapsed", "pulled out"),
    ("the deal fell through .", "collapsed", "fell through"),
    ("the move is off .", "collapsed", "fell through"),
    ("WHO failed a medical .", "collapsed", "fell through"),
    ("TO missed out on WHO .", "collapsed", "lost out"),
    ("C beat TO to WHO .", "collapsed", "lost out"),
    ("WHO joined C instead of TO .", "collapsed", "lost out"),
    ("H ruled out a move for WHO .", "collapsed", "ruled out"),
    ("TO have no interest in WHO .", "collapsed", "ruled out"),
    ("there is no truth in it", "collapsed", "ruled out"),
    ("WHO is staying at OWN .", "collapsed", "stays"),
    ("WHO will not be sold .", "collapsed", "stays"),
    ("WHO is not for sale .", "collapsed", "stays"),
    ("TO agreed a fee with OWN for WHO .", "agreed", "agreed"),
    ("TO reached an agreement .", "agreed", "agreed"),
    ("OWN accepted a bid of M .", "agreed", "offer accepted"),
    ("WHO has a medical today .", "agreed", "medical"),
    ("WHO will join TO .", "agreed", "will join"),
    ("WHO is on his way to TO .", "agreed", "will join"),
    ("WHO is set to join TO .", "agreed", "set to sign"),
    ("WHO is on the verge of a move", "agreed", "set to sign"),
    ("TO are close to signing WHO", "talks", "close"),
    ("TO are closing in on WHO", "talks", "close"),
    ("TO are in talks with OWN", "talks", "talks"),
    ("TO have spoken to WHO", "talks", "talks"),
    ("TO made an offer of M", "bid", "offer made"),
    ("TO have bid M for WHO", "bid", "offer made"),
    ("TO are preparing a bid", "bid", "offer planned"),
    ("TO will offer M", "bid", "offer planned"),
    ("TO came back with a second offer", "bid", "new offer"),
    ("TO want WHO", "interest", "wants"),
    ("TO are interested in WHO", "interest", "interested"),
    ("TO are monitoring WHO", "interest", "watched"),
    ("WHO has been linked with TO", "interest", "linked"),
    ("TO asked about WHO", "interest", "asked"),
    ("WHO could leave", "interest", "could"),
    ("TO have signed WHO", "completed", "have signed"),
    ("WHO has joined TO", "completed", "have signed"),
    ("WHO signed for TO on a free", "completed", "signs for"),
    ("TO completed the signing of WHO", "completed", "completed"),
    ("a three-year deal", "completed", "terms told"),
    ("OWN sold WHO to TO for M", "completed", "sold"),
    ("WHO , who joined in #", "past", "last season"),
]


@pytest.mark.parametrize(("line", "status", "name"), TELLINGS)
def test_phrases_that_tell_a_status(line, status, name):
    assert (status, name) in {(t.status, t.name) for t in Tellings().match(line.split())}


MOODS = [
    ("TO have signed WHO", "plain"),
    ("TO have not yet really signed WHO", "not"),
    ("if TO have signed WHO", "if"),
    ("TO hope to have signed WHO", "hope"),
]


@pytest.mark.parametrize(("line", "mood"), MOODS)
def test_words_before_a_phrase_turn_it(line, mood):
    assert mood in {telling.mood for telling in Tellings().match(line.split()) if telling.status == "completed"}


LINES = [
    ("Everton bid £12m for him.", "TO bid M for WHO ."),
    ("Everton bid 12 million euros.", "TO bid M ."),
    ("a three-year deal at Everton", "a three-year deal at TO"),
    ("Roma, Lille and Everton", "OWN , C and TO"),
    ("He is 24.", "WHO is # ."),
]


@pytest.mark.parametrize(("text", "line"), LINES)
def test_a_sentence_as_seen_from_player_and_club(text, line):
    doc = spacy.blank("en")(text)
    kinds = {"Everton": "C", "Roma": "C", "Lille": "C", "He": "P", "him": "P"}
    signs = [
        Sign(kinds[t.text], t.i, t.i + 1, "Zico" if kinds[t.text] == "P" else t.text) for t in doc if t.text in kinds
    ]
    seen = View("Zico", "Everton", "Roma").line(doc, Scene(0, len(doc), signs), 0, len(doc))
    assert seen == line.split()


def pairs_of(rules, text):
    return MoveReader(rules).read(doc_of(rules, text))[1]


def test_the_player_that_an_article_is_about_makes_no_pair_with_a_club_of_another_sentence(rules):
    text = "{Roma|C} want {Zico Amaral|P}. {Zico Amaral|P} is 24. {Everton|C} have signed {Bo Lind|P}."
    assert ("Zico Amaral", "Everton") not in pairs_of(rules, text)


def test_he_adds_to_a_pair_that_another_sentence_makes(rules):
    text = "{Roma|C} want {Zico Amaral|P}. {Zico Amaral|P} is 24. {Roma|C} have signed {Bo Lind|P}."
    links = pairs_of(rules, text)["Zico Amaral", "Roma"].links
    assert [link.scene for link in links if "fC gap 1" in link.features] == [2]


def test_of_pronouns_beside_a_club_the_nearest_is_read_and_every_name(rules):
    text = "{Zico Amaral|P} said he was sure he wanted {Roma|C}, and {Amaral|P} has signed for {Roma|C}."
    links = [link for link in pairs_of(rules, text)["Zico Amaral", "Roma"].links if "how nn" in link.features]
    meant = [link for link in pairs_of(rules, text)["Zico Amaral", "Roma"].links if "how pn" in link.features]
    assert (len(links), len(meant)) == (4, 1)
    assert meant[0].start > 4  # the second "he"


def test_a_sentence_without_end_is_read_in_pieces(rules):
    text = "{Roma|C} have signed {Zico Amaral|P}, " + "signed, " * 2 * LONGEST + "said {Neil Ashby|H} ."
    doc = doc_of(rules, text)
    scenes = SignReader(rules).read(doc)
    assert len(scenes) > 2
    assert [scene.start for scene in scenes[1:]] == [scene.end for scene in scenes[:-1]]
    assert (scenes[0].start, scenes[-1].end) == (0, len(doc))
    assert max(len(scene.signs) for scene in scenes) <= LONGEST + 1  # a spokesman and his club come together


SIGNS = st.builds(
    Sign, st.sampled_from("PCHMWQ"), st.just(0), st.just(1), st.sampled_from(["A", "Roma", "Lille", "and", "bid", "("])
)


@given(st.lists(SIGNS, max_size=12))
def test_the_symbols_of_a_view_are_those_of_its_signs(signs):
    view = View("A", "Roma", "Lille")
    assert view.symbols(signs) == [view.symbol(s) for s in signs if s.symbol not in SMALL]


PHRASES = Tellings()
VOCABULARY = sorted({"WHO", "TO", "OWN", "P", "M", "#", "and", "a", *PHRASES.beginning.whole, *PHRASES.needing.whole})


@given(st.lists(st.sampled_from(VOCABULARY), max_size=30))
def test_phrases_are_tried_wherever_they_hold(words):
    text = "".join(f"{word} " for word in words)
    everywhere = [
        (family.name, found[0].strip())
        for family in PHRASES.families
        for found in re.finditer(rf"(?<!\S)(?:{family.pattern.pattern})", text)
    ]
    assert [(telling.name, telling.words) for telling in PHRASES.match(words)] == everywhere


@pytest.mark.parametrize(
    ("pattern", "wrong"),
    [("_ sold", "begins with a gap"), ("..", "begins with a gap"), ("maybe?", "no word that must")],
)
def test_a_phrase_that_could_begin_anywhere_is_refused(monkeypatch, pattern, wrong):
    rows = [{"status": "completed", "name": "sold", "patterns": pattern}]
    monkeypatch.setattr(gazetteer, "rows", lambda *_: rows)
    with pytest.raises(gazetteer.GazetteerError, match=wrong):
        Tellings()


@pytest.mark.parametrize("pattern", ["maybe? sold to", "sold* to", "* to"])
def test_a_phrase_may_begin_with_what_may_be_left_out_or_with_any_word(monkeypatch, pattern):
    rows = [{"status": "completed", "name": "sold", "patterns": pattern}]
    monkeypatch.setattr(gazetteer, "rows", lambda *_: rows)
    (found,) = Tellings().match("WHO sold to TO".split())
    assert found.words == "sold to"
