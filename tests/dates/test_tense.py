import pytest

from rumourmill.dates.tense import detect_tense

# The date is in brackets.
CASES = [
    ("he joined in [january]", "past"),
    ("he will join in [january]", "future"),
    ("he will be sold in [january]", "future"),
    ("he has been told to wait until [january]", "future"),
    ("he was there until [january]", "past"),
    ("he has agreed a loan until [january]", "future"),
    ("he has a contract to [june]", "future"),
    ("out since [january]", "past"),
    ("speaking ahead of [saturday]'s match", "future"),
    ("after [saturday]'s 2-1 defeat", "past"),
    ("they say [sunday]'s win will help", "past"),
    ("on [friday] he will fly", "future"),
    ("on [friday] he flew", "past"),
    ("said on [friday] that he will fly", "past"),
    ("he could have left in [august]", "past"),
    ("he could leave in [august]", "future"),
    ("a bid to host it had been rejected in [march]", "past"),
    ("a [january] signing", "past"),
    ("a [january] move", "future"),
    ("he completed a [january] move", "past"),
    ("their man from [friday], the united one", "future"),
    ("captain signs (11 [january])", "future"),
    ("captain signs ([11 january])", None),
    ("[friday]", None),
    ("the long [friday] of a short man", None),
    ("he had targeted a return on [23 february]", "planned"),
    ("he had originally hoped for a return on [23 february]", "planned"),
    ("he had targeted a return but was hurt on [23 february]", "past"),
    ("he had signed on [23 february]", "past"),
    ("he had hoped to rest and signed on [23 february]", "past"),
]


@pytest.mark.parametrize(("marked", "expected"), CASES)
def test_tense_of_the_clause(marked, expected):
    start, end = marked.index("["), marked.index("]") - 1
    text = marked.replace("[", "").replace("]", "")
    assert detect_tense(text, start, end, 0, len(text)) == expected


def test_only_the_sentence_counts():
    text = "he will sign. monday. he left."
    at = text.index("monday")
    assert detect_tense(text, at, at + 6, at, at + 7) is None
