"""Status patterns of status_patterns.csv."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rumourmill.resources import gazetteer
from rumourmill.transfers.status_patterns import StatusPatternMatcher

# (masked words, status, name of the pattern)
STATUS_PATTERNS = [
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


@pytest.mark.parametrize(("line", "status", "name"), STATUS_PATTERNS)
def test_patterns_indicate_a_status(line, status, name):
    assert (status, name) in {(m.status, m.name) for m in StatusPatternMatcher().match(line.split())}


MODALITIES = [
    ("TO have signed WHO", "plain"),
    ("TO have not yet really signed WHO", "not"),
    ("if TO have signed WHO", "if"),
    ("TO hope to have signed WHO", "hope"),
]


@pytest.mark.parametrize(("line", "modality"), MODALITIES)
def test_words_before_a_match_modify_it(line, modality):
    assert modality in {
        match.modality for match in StatusPatternMatcher().match(line.split()) if match.status == "completed"
    }


MATCHER = StatusPatternMatcher()
VOCABULARY = sorted(
    {"WHO", "TO", "OWN", "P", "M", "#", "and", "a", *MATCHER.first_index.words, *MATCHER.required_index.words}
)


@given(st.lists(st.sampled_from(VOCABULARY), max_size=30))
def test_the_index_finds_every_match(words):
    text = "".join(f"{word} " for word in words)
    everywhere = [
        (pattern.name, found[0].strip())
        for pattern in MATCHER.patterns
        for found in re.finditer(rf"(?<!\S)(?:{pattern.regex.pattern})", text)
    ]
    assert [(match.name, match.words) for match in MATCHER.match(words)] == everywhere


@pytest.mark.parametrize(
    ("pattern", "wrong"),
    [("_ sold", "begins with a gap"), ("..", "begins with a gap"), ("maybe?", "no required word")],
)
def test_a_pattern_that_could_begin_anywhere_is_rejected(monkeypatch, pattern, wrong):
    rows = [{"status": "completed", "name": "sold", "patterns": pattern}]
    monkeypatch.setattr(gazetteer, "rows", lambda *_: rows)
    with pytest.raises(gazetteer.GazetteerError, match=wrong):
        StatusPatternMatcher()


@pytest.mark.parametrize("pattern", ["maybe? sold to", "sold* to", "* to"])
def test_a_pattern_may_begin_with_an_optional_or_any_word(monkeypatch, pattern):
    rows = [{"status": "completed", "name": "sold", "patterns": pattern}]
    monkeypatch.setattr(gazetteer, "rows", lambda *_: rows)
    (found,) = StatusPatternMatcher().match("WHO sold to TO".split())
    assert found.words == "sold to"
