"""Noun chunks: owners, lists, spokespeople, and the pronouns and descriptions that are resolved before."""

import pytest
from labelled import labelled_doc

from rumourmill.transfers.noun_chunks import join_noun_chunks
from rumourmill.transfers.sentences import SentenceTagger


def chunks_of(rules, text):
    sentences = SentenceTagger(rules).tag(labelled_doc(rules, text))
    return [chunk for sentence in sentences for chunk in join_noun_chunks(sentence.tags)]


def symbols(rules, text):
    """The chunks of a text: P[owner] for a player with an owner, C*2 for a list of two."""
    found = []
    for chunk in chunks_of(rules, text):
        owner = f"[{','.join(o or '-' for o in chunk.owners)}]" if any(chunk.owners) else ""
        found.append(chunk.symbol + owner + (f"*{len(chunk.names)}" if len(chunk.names) > 1 else ""))
    return " ".join(found)


CHUNKS = [
    # names and triggers
    ("{Roma|C} have signed {Zico Amaral|P}", "C sign P"),
    ("{Roma|C} want {Zico Amaral|P}", "C want P"),
    ("{Roma|C} are keen on {Zico Amaral|P}", "C want on P"),
    ("{Roma|C} have rejected a bid from {Everton|C}", "C reject from C"),
    ("{Zico Amaral|P} has joined {Roma|C}", "P join C"),
    ("{Zico Amaral|P} is set to join {Roma|C}", "P set to_join C"),
    ("{Zico Amaral|P} has been loaned to {Roma|C}", "P lend to C"),
    # the ground that somebody moves to is resolved to its club, if the article mentions it
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
    # spokespeople
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
    # words without a tag
    ("{Roma|C}, we gather, adore {Zico Amaral|P}", "C , c , P"),
    ("a full-back of {Roma|C}", "pos of C"),
    ("in 2015", "in year"),
    ("", ""),
]


@pytest.mark.parametrize(("text", "expected"), CHUNKS)
def test_noun_chunks(rules, text, expected):
    assert symbols(rules, text) == expected
