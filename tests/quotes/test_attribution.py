"""Speakers of quotations, from the words beside them and from the context."""

from __future__ import annotations

import pytest
from marked import marked_doc, run

BEFORE = ["sentences", "clubs", "players", "quotes"]
PEOPLE = (
    "{Hull|CLUB} manager {Marek Tilbury|PERSON}, 49, a Pole, faces {Leeds|CLUB} winger {Ruben Ashcott|PLAYER}, 23, a Dane,"
    " on Saturday.\n\n"
)


def annotate(rules, text):
    """Annotate a text with a club, since only texts about football have players."""
    return run(rules, marked_doc(rules, f"{text}\n\n{{Everton|CLUB}} watch."), BEFORE)


def direct(rules, text):
    return [r for r in annotate(rules, text)._.quotes if r["kind"] == "direct"]


def speakers(rules, text):
    return [row["speaker"] for row in direct(rules, text)]


M, R = "Marek Tilbury", "Ruben Ashcott"

NAMED = [
    # after the quotation
    ("“We won the cup today,” said {Marek Tilbury|PERSON}.", [M]),
    ("“We won the cup today,” {Marek Tilbury|PERSON} said.", [M]),
    ("“We won the cup today”, said {Marek Tilbury|PERSON}.", [M]),
    ("“We won the cup today”, {Tilbury|PERSON} admitted last night.", ["Tilbury"]),
    ("“Did we win the cup?” asked {Marek Tilbury|PERSON}.", [M]),
    ("“Did we win the cup?” {Marek Tilbury|PERSON} asked.", [M]),
    ("“We won the cup!” {Marek Tilbury|PERSON}, the manager, told {Sky Sports|OUTLET}.", [M]),
    ("“We won the cup today.” {Marek Tilbury|PERSON} said on Friday.", [M]),
    ("“We won the cup today,” {Hull|CLUB} manager {Marek Tilbury|PERSON} told reporters.", [M]),
    ("“We won the cup today,” said {Hull|CLUB} manager {Marek Tilbury|PERSON}.", [M]),
    ("“We won the cup today,” said club director {Marek Tilbury|PERSON}.", [M]),
    ("“We won the cup today,” said the manager, {Marek Tilbury|PERSON}.", [M]),
    ("“We won the cup today,” says new manager {Marek Tilbury|PERSON}.", [M]),
    ("“We won the cup today,” said {Marek Tilbury|PERSON} of {Hull|CLUB}.", [M]),
    ("“We won the cup today,” said the chairman of the players' union, {Marek Tilbury|PERSON}.", [M]),
    ("“We won the cup today,” {Marek Tilbury|PERSON}, who was in {Leeds|PLACE}, said.", [M]),
    ("“We won the cup today,” {Tilbury|PERSON} has now revealed to {A Bola|OUTLET}.", ["Tilbury"]),
    ("“We won the cup today,” joked {Marek Tilbury|PERSON}.", [M]),
    ("“We won the cup today,” smiled {Marek Tilbury|PERSON}.", [M]),
    ("“We won the cup today,” wrote {Marek Tilbury|PERSON} on {Instagram|OUTLET}.", [M]),
    ("“We won the cup today,” according to {Marek Tilbury|PERSON}.", [M]),
    ("“We won the cup today,” as {Marek Tilbury|PERSON} put it.", [M]),
    ("“We won the cup today” was how {Marek Tilbury|PERSON} greeted it.", [M]),
    ("“We won the cup today.” That was {Marek Tilbury|PERSON}, and he smiled.", [M]),
    ("“We won the cup today.” So declared {Marek Tilbury|PERSON}.", [M]),
    ("“We won the cup today,” came the reply from {Marek Tilbury|PERSON}.", [M]),
    ("“We won the cup today” – {Marek Tilbury|PERSON}, manager", [M]),
    ("'WE WON THE CUP TODAY': {Marek Tilbury|PERSON} speaks\n\nHe did not.", [M]),
    ("“We won the cup today,” {TILBURY|PERSON} said.\n\n{Marek Tilbury|PERSON} left.", [M]),
    ("“We won the cup today,” said {Said|PERSON}.", ["Said"]),
    # any verb after a comma
    ("“We won the cup today,” trilled the bass player, {Marek Tilbury|PERSON}.", [M]),
    ("“We won the cup today,” {Marek Tilbury|PERSON} trilled.", [M]),
    ("“We won the cup today,” said the group's secretary, {Marek Tilbury|PERSON}.", [M]),
    # but a new sentence about somebody is no attribution
    ("{Marek Tilbury|PERSON} said: “We won the cup.” {Ruben Ashcott|PLAYER} hopes for more.", [M]),
    (
        "“We won the cup,” said {Marek Tilbury|PERSON}. “We did it very well.” {Ruben Ashcott|PLAYER} asked to go.",
        [M, M],
    ),
    # before the quotation
    ("{Marek Tilbury|PERSON} said: “We won the cup today.”", [M]),
    ("{Marek Tilbury|PERSON} said, “We won the cup today.”", [M]),
    ("{Marek Tilbury|PERSON} told {Sky Sports|OUTLET}: “We won the cup today.”", [M]),
    ("{Marek Tilbury|PERSON}, speaking after beating {Leeds|CLUB} on Sunday, said: “We won the cup.”", [M]),
    ("{Marek Tilbury|PERSON}, who left {Leeds|CLUB} with {Ruben Ashcott|PLAYER}, said: “We won the cup.”", [M]),
    ("Asked about {Ruben Ashcott|PLAYER}, {Marek Tilbury|PERSON} said: “He is not for sale.”", [M]),
    ("{Ruben Ashcott|PLAYER} was told by {Marek Tilbury|PERSON}: “You are not for sale.”", [M]),
    ("{Hull|CLUB} won, with {Marek Tilbury|PERSON} admitting: “We had to respect that.”", [M]),
    ("{Marek Tilbury|PERSON} was calm, saying: “We won the cup today.”", [M]),
    ("An offer came, {Marek Tilbury|PERSON} said, calling it “well short of our price”.", [M]),
    ("His father, {Marek Tilbury|PERSON}, told us: “We won the cup today.”", [M]),
    ("According to {Marek Tilbury|PERSON}, “we won the cup today”.", [M]),
    ("{Marek Tilbury|PERSON}'s verdict: “We won the cup today.”", [M]),
    ("{Presenter|ORG} {Marek Tilbury|PERSON}: “Did we win the cup?”", [M]),
    ("Email from {Marek Tilbury|PERSON} in {Leeds|PLACE}: “Did we win the cup?”", [M]),
    ("{Marek Tilbury|PERSON} said the club “will win the cup”.", [M]),
    ("{Marek Tilbury|PERSON} described it as “a very good day”.", [M]),
    ('{Marek Tilbury|PERSON} said:"We won the cup today."', [M]),
    # before and after: the words with a cue win
    ("Monday, {Hull|CLUB}: “We won the cup today,” stated {Marek Tilbury|PERSON}.", [M]),
    # a clause after a preposition, or after `who`
    ("{Ruben Ashcott|PLAYER} goes after {Marek Tilbury|PERSON} said: “We have to sell him.”", [M]),
    ("{Ruben Ashcott|PLAYER} came with his agent, {Marek Tilbury|PERSON}, who told us: “We have to sell him.”", [M]),
    ("{Ruben Ashcott|PLAYER} met {Marek Tilbury|PERSON}, the manager, who said: “We have to sell him.”", [M]),
    # a name that the recogniser missed; but no ground, and no inhabitant of a town
    ("“We won the cup today,” says my brother-in-law Martin, who was there.", ["Martin"]),
    ("“We won the cup today,” said Harry Blunkett.", ["Harry Blunkett"]),
    ("'We won the cup today' - Delany on the cup", ["Delany"]),
    ("“We won the cup today,” said Ewood Park hero {Marek Tilbury|PERSON}.", [M]),
    ("{Marek Tilbury|PERSON} smiled. “We won the cup today,” said the Londoner.", [M]),
    ("“We won the cup today,” was the reply of {Marek Tilbury|PERSON}.", [M]),
    # the speaker in a sentence of its own
    ("“We won the cup today.” That is {Marek Tilbury|PERSON} in {Leeds|PLACE}.", [M]),
    ("“We won the cup today.” That's {Marek Tilbury|PERSON}.", [M]),
    ("{Marek Tilbury|PERSON} said: “We won the cup.” That is a lot.", [M]),
    # the words after it report something else
    ("{Marek Tilbury|PERSON} called it “a very good day” and claimed that {Ruben Ashcott|PLAYER} stays.", [M]),
    # verbs that do not end in -s or -ed
    ("{Leeds|CLUB} were quick to insist there was “no offer at all”.", ["Leeds United"]),
    ("The Dutch {FA|ORG} said: “No complaint has reached us.”", ["FA"]),
    ("“I beg you to stay,” begged {Marek Tilbury|PERSON}.", [M]),
    # nouns that look like cues
    ("In his reply {Marek Tilbury|PERSON} said: “We won the cup today.”", [M]),
    # within the quotation, if the closing mark is missing
    ("“We won the cup today, said {Marek Tilbury|PERSON}.\n\n{Ruben Ashcott|PLAYER} left.", [M]),
    # passives: the subject does not speak
    ("The report was dismissed as “pure invention from start to finish” by {Marek Tilbury|PERSON}.", [M]),
]

FOLLOWING = [
    # the same speaker continues
    ("“We won the cup,” said {Marek Tilbury|PERSON}. “We did it very well.”", [M, M]),
    ("“We won the cup,” said {Marek Tilbury|PERSON}, “and we did it well.”", [M, M]),
    ("“We won the cup,” he said. “We did it very well.” He smiled. {Ruben Ashcott|PLAYER} left.", [None, None]),
    ("{Marek Tilbury|PERSON} said: “We won the cup.”\n\n“We did it very well.”\n\n“And we go on.”", [M, M, M]),
    ("“We won the cup,” said {Marek Tilbury|PERSON}.\n\n“We did it very well.”", [M, M]),
    ("“We won the cup,” said {Marek Tilbury|PERSON}. “We lost the cup,” said {Ruben Ashcott|PLAYER}.", [M, R]),
    ("“We won the cup.” {Marek Tilbury|PERSON} added: “We did it well.” {Ruben Ashcott|PLAYER} left.", [M, M]),
    # a paragraph that introduces the quotation
    ("{Marek Tilbury|PERSON} was in no mood to talk.\n\n“Ask me about the cup.”", [M]),
    ("Speaking in {Leeds|PLACE}, {Marek Tilbury|PERSON} revealed:\n\n“We won the cup today.”", [M]),
    ("Asked about {Ruben Ashcott|PLAYER}, {Marek Tilbury|PERSON} gave nothing away:\n\n“He is not mine to sell.”", [M]),
    ("{Marek Tilbury|PERSON} said he had no choice.\n\n“I would have kept him for ten years.”", [M]),
    # the speaker is named only after the quotation
    ("“Quickest thing that I have seen.”\n\n{Marek Tilbury|PERSON} is 49.", [M]),
    # question and answer
    (
        "“Did you win the cup?” asked {Ruben Ashcott|PERSON}.\n\n“We did,” answered {Marek Tilbury|PERSON}. “At last we did it.”"
        "\n\n“And are you happy now?”\n\n“I am as happy as a pig.”",
        [R, M, M, R, M],
    ),
    ("{Marek Tilbury|PERSON} sat down.\n\n“Did you win the cup?”\n\n“We did win the cup.”", [None, M]),
    ("Will he stay? {Marek Tilbury|PERSON} was asked. “I stay here until May.”", [M]),
    (
        "{Marek Tilbury|PERSON} met the press.\n\nOn promotion: “We go up, I am sure.”\n\nOn the pitch: “It is not green enough.”",
        [M, M],
    ),
    # topics, after a bullet or a time; the person of the topic does not speak
    ("{Marek Tilbury|PERSON} met the press.\n\n- On {Ruben Ashcott|PLAYER}: “We keep him, I am sure.”", [M]),
    ("14:02 {Marek Tilbury|PERSON} is in.\n\n14:05 On {Ruben Ashcott|PLAYER}, who is out: “We keep him, sure.”", [M]),
    (
        "{Marek Tilbury|PERSON} met the press.\n\non reports that {Ruben Ashcott|PLAYER} goes...\n“We keep him, sure.”",
        [M],
    ),
    ("{Marek Tilbury|PERSON} is in.\n\nAsked by {Ruben Ashcott|PERSON} about the cup: “We keep it, I am sure.”", [M]),
    ("On the cup, {Marek Tilbury|PERSON} was calm: “We keep it, I am sure.”", [M]),
    ("On Sunday {Marek Tilbury|PERSON} said: “We keep it, I am sure.”", [M]),
    # questions without marks
    ("{Marek Tilbury|PERSON} sat down.\n\nWill {Ruben Ashcott|PLAYER} stay?\n\n“He does, I am sure.”", [M]),
    # a sentence about somebody whom the quotation names
    (
        "“We won the cup,” said {Marek Tilbury|PERSON}.\n\nThere is no way back for {Ruben Ashcott|PLAYER}.\n\n“I like {Ruben|PLAYER}, but no.”",
        [M, M],
    ),
    # but a run by one speaker is no dialogue
    ("“We won the cup,” said {Marek Tilbury|PERSON}.\n\n“Who would have thought it?”", [M, M]),
]

RESOLVED = [
    # pronouns
    (PEOPLE + "{Tilbury|PERSON} was calm. “We won the cup,” he said.", [M]),
    (PEOPLE + "{Ashcott|PLAYER} was calm. “We won the cup,” he said.", [R]),
    (PEOPLE + "“We won the cup,” {Tilbury|PERSON} said. He added: “It was very easy.”", [M, M]),
    (PEOPLE + "When that was put to {Tilbury|PERSON}, he laughed. “It was very easy,” he said.", [M]),
    ("{Marek Tilbury|PERSON} met {Elena Brodie|PERSON}. “We won the cup,” she said.", ["Elena Brodie"]),
    ("{Elena Brodie|PERSON} met {Marek Tilbury|PERSON}. “We won the cup,” he said.", [M]),
    # gender: by given names, nouns, and a pronoun in the same sentence
    ("{Edwina Gosling|PERSON} and {Gianmarco Trevisol|PLAYER} met. “We won the cup,” she said.", ["Edwina Gosling"]),
    (
        "{Kai Trevisol|PLAYER}, whom his mother, {Sam Trevisol|PERSON}, drove, was in {Leeds|PLACE}. “We won it all,” she said.",
        ["Sam Trevisol"],
    ),
    (
        "{Robin Brodie|PERSON} has her own boat. {Kai Ashcott|PLAYER} has left his. “We won the cup,” she said.",
        ["Robin Brodie"],
    ),
    (
        PEOPLE + "{Marie Brodie|PERSON} came. {Tilbury|PERSON} left. “We won the cup,” said the Frenchwoman.",
        ["Marie Brodie"],
    ),
    # an unnamed person in another function is no antecedent of a pronoun
    (PEOPLE + "{Tilbury|PERSON} has a cook and a sister who speaks Dutch. “We won the cup,” he said.", [M]),
    # never somebody whom the quotation names
    (PEOPLE + "{Ashcott|PLAYER} was left out. “{Ashcott|PLAYER} is not for sale,” he said.", [M]),
    (PEOPLE + "{Ashcott|PLAYER} was left out.\n\n“{Ruben|PLAYER} is not for sale.”", [M]),
    # descriptions: nationality, age, role, position, club
    (PEOPLE + "“We won the cup,” said the Pole.", [M]),
    (PEOPLE + "“We won the cup,” said the Dane.", [R]),
    (PEOPLE + "“We won the cup,” said the 49-year-old.", [M]),
    (PEOPLE + "“We won the cup,” said the 23-year-old.", [R]),
    (PEOPLE + "“We won the cup,” said the winger.", [R]),
    (PEOPLE + "“We won the cup,” said the {Hull|CLUB} boss.", [M]),
    (PEOPLE + "“We won the cup,” said the {Leeds|CLUB} man.", [R]),
    (PEOPLE + "“We won the cup,” the {Hull|CLUB} manager told {Sky Sports|OUTLET}.", [M]),
    (PEOPLE + "The boss added: “We won the cup today.”", [M]),
    (PEOPLE + "Asked about {Ashcott|PLAYER}, the Pole said: “He is a good boy.”", [M]),
    (PEOPLE + "“We won the cup,” continued the 49-year-old, to laughter.", [M]),
    (
        PEOPLE + "{Ashcott|PLAYER}'s agent, {Olly Brandreth|PERSON}, rang. He said: “He wants to go.”",
        ["Olly Brandreth"],
    ),
    (PEOPLE + "The winger's agent, {Olly Brandreth|PERSON}, rang. He said: “He wants to go.”", ["Olly Brandreth"]),
    (
        PEOPLE + "His father, {Olly Brandreth|PERSON}, was there. “It is late,” the father said. “We are going home.”",
        ["Olly Brandreth", "Olly Brandreth"],
    ),
    # a misspelt surname
    ("{Brian Hassock|PERSON} rang. “We won the cup,” said {Hassok|PERSON}.", ["Brian Hassock"]),
    # a former player is not at the club now; a nearly matching age does not outweigh another person of unknown age
    (
        PEOPLE + "{Olly Brandreth|PERSON} thinks so.\n\n“We won the cup,” said the former {Leeds|CLUB} winger.",
        ["Olly Brandreth"],
    ),
    (
        "{Jan Mikkelsen|PLAYER}, 27, left. {Ruben Ashcott|PLAYER} rang from a boat. “We won the cup,” said the 26-year-old.",
        [R],
    ),
    # "they" refers to nobody
    (PEOPLE + "{Tilbury|PERSON} left after they sold the bus. He smiled: “We won the cup.”", [M]),
    # clubs and other bodies
    ("A {Hull|CLUB} statement read: “The club can confirm the move.”", ["Hull City"]),
    ("A club statement read: “{Hull|CLUB} can confirm the move.”", ["Hull City"]),
    ("“The club can confirm the move,” said a statement from {Hull|CLUB}.", ["Hull City"]),
    ("“The offer was refused by fax,” {Hull|CLUB} said in a statement.", ["Hull City"]),
    ("“The offer was refused by fax,” said a {Hull|CLUB} spokesman.", ["Hull City"]),
    ("{Hull|CLUB} are angry. “The offer was refused by fax,” the club said.", ["Hull City"]),
    ("The {FA|ORG} said: “No complaint has reached us.”", ["FA"]),
    # unnamed speakers
    ("“He has gone for good,” said a club insider. {Marek Tilbury|PERSON} left.", [None]),
    ("Someone within the {Hull|CLUB} camp said: “He has gone for good.” {Marek Tilbury|PERSON} left.", [None]),
    # "signing" is a player
    (
        "{Hull|CLUB} winger {Marek Tilbury|PLAYER} is here. “It is a dream for me,” said the {Hull|CLUB} signing.",
        ["Marek Tilbury"],
    ),
    ("“It is a dream for me,” said the {Hull|CLUB} signing.", [None]),
    ("“He has gone for good,” a source close to {Ruben Ashcott|PLAYER} said.", [None]),
    ("A pal of {Ruben Ashcott|PLAYER} said: “He has gone for good.”", [None]),
    ("“He has gone for good,” according to one source.", [None]),
    ("“He has gone for good,” a spokesman said.", [None]),
    # the outlet is not the speaker
    ("“He has gone for good,” {Marek Tilbury|PERSON} told {Tuttosport|OUTLET}.", [M]),
    # ambiguous: no speaker
    ("“He has gone for good.”", [None]),
    ("{Hull|CLUB} won. “He has gone for good,” he said.", [None]),
    (PEOPLE + "“We won the cup,” said the Spaniard.", [None]),
]


@pytest.mark.parametrize(("text", "expected"), NAMED)
def test_the_speaker_is_named_beside_the_quotation(rules, text, expected):
    assert speakers(rules, text) == expected


@pytest.mark.parametrize(("text", "expected"), FOLLOWING)
def test_the_speaker_is_inferred_from_the_context(rules, text, expected):
    assert speakers(rules, text) == expected


@pytest.mark.parametrize(("text", "expected"), RESOLVED)
def test_pronouns_and_descriptions_are_resolved(rules, text, expected):
    assert speakers(rules, text) == expected


ROLES = [
    (PEOPLE + "“We won the cup,” said {Tilbury|PERSON}.", "manager"),
    (PEOPLE + "“We won the cup,” said {Ashcott|PLAYER}.", "player"),
    ("His agent, {Olly Brandreth|PERSON}, said: “He wants to go.”", "agent"),
    ("“He wants to go,” said a club insider.", "other"),
    ("A {Hull|CLUB} statement read: “The club can confirm the move.”", "other"),
    ("“He wants to go home.”", "unknown"),
]


@pytest.mark.parametrize(("text", "role"), ROLES)
def test_the_role_of_the_speaker(rules, text, role):
    assert [row["speaker_role"] for row in direct(rules, text)] == [role]


MENTIONS = [
    ("“We won the cup,” said {Marek Tilbury|PERSON}.", "Marek Tilbury", "said"),
    (PEOPLE + "{Tilbury|PERSON} smiled. “We won the cup,” he has told {Sky|OUTLET}.", "he", "told"),
    (PEOPLE + "“We won the cup,” according to the Pole.", "the Pole", "according to"),
    (PEOPLE + "The {Hull|CLUB} boss Insisted: “We won the cup.”", "The Hull boss", "Insisted"),
    ("{Marek Tilbury|PERSON} was in no mood to talk.\n\n“Ask me about the cup.”", None, None),
]


@pytest.mark.parametrize(("text", "mention", "cue"), MENTIONS)
def test_the_row_has_the_words_that_identify_the_speaker(rules, text, mention, cue):
    doc = annotate(rules, text)
    row = doc._.quotes[-1]
    words = row["speaker_start"] is not None and doc.text[row["speaker_start"] : row["speaker_end"]]
    assert (words or None, row["cue"]) == (mention, cue)
