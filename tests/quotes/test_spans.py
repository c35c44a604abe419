from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rumourmill.quotes.spans import MARK, find_quotations

LADS = "I'm happy, it's our lads' club and it isn't yours"

CASES = [
    # one pair of marks, of every kind
    ("“We won,” he said.", ["We won,"]),
    ('"We won," he said.', ["We won,"]),
    ("'We won,' he said.", ["We won,"]),
    ("‘We won,’ he said.", ["We won,"]),
    ("''We won,'' he said.", ["We won,"]),
    ("‘‘We won,’’ he said.", ["We won,"]),
    ("``We won,'' he said.", ["We won,"]),
    ("«We won», he said.", ["We won"]),
    ("« We won », he said.", ["We won"]),
    ("»We won«, he said.", ["We won"]),
    ("„We won“, he said.", ["We won"]),
    ("„We won”, he said.", ["We won"]),
    ('""We won,"" he said.', ["We won,"]),
    ("＂We won,＂ he said.", ["We won,"]),
    ("&quot;We won,&quot; he said.", ["We won,"]),
    ("&ldquo;We won,&rdquo; he said.", ["We won,"]),
    # decoded with the wrong encoding
    ("â€œWe won,â€\x9d he said.", ["We won,"]),
    ("â€œWe won,â€ he said.", ["We won,"]),
    ("\x93We won,\x94 he said.", ["We won,"]),
    ("â€˜We wonâ€™, he said.", ["We won"]),
    ("\x91We won,\x92 he said.", ["We won,"]),
    # marks that do not match
    ('“We won," he said. "We did”.', ["We won,", "We did"]),
    ('"We won,” he said.', ["We won,"]),
    ("“We won,’ he said. He left.", ["We won,"]),
    ("'We won the lot,\" he said. He left.", ["We won the lot,"]),
    ("”We won,“ he said.", ["We won,"]),
    ("”We won,” he said.", ["We won,"]),
    ("“We won,“ he said. “We did.“", ["We won,", "We did."]),
    # straight single marks full of apostrophes
    (f"'{LADS},' he said.", [f"{LADS},"]),
    (f"'{LADS}', he said.", [LADS]),
    (f"He said: '{LADS}.'", [f"{LADS}."]),
    (f"‘{LADS.replace(chr(39), '’')},’ he said.", [f"{LADS.replace(chr(39), '’')},"]),
    ("'The players' bus was late,' he said.", ["The players' bus was late,"]),
    ("'We're doin' it for 'em, rock 'n' roll,' he said.", ["We're doin' it for 'em, rock 'n' roll,"]),
    ("'He left in '09 and came back in the '90s kit,' he said.", ["He left in '09 and came back in the '90s kit,"]),
    # apostrophes only
    ("The players' bus was late. It's the lads' club.", []),
    ("It was rock 'n' roll in the '90s, wasn't it?", []),
    ("He's 6'2\" tall and the winger is 5'11\".", []),
    ("James' boots, Jesus' shirt and the fans' scarves.", []),
    # a scare quote before a possessive
    ("Two 'mercenaries' left. The fans' group cheered.", ["mercenaries"]),
    ("They want the 'lads' and the 'gaffer' gone.", ["lads", "gaffer"]),
    # quotations within quotations
    ("“He said ‘stay’ and I did,” he said.", ["He said ‘stay’ and I did,"]),
    ("\"He said 'stay' and I did,\" he said.", ["He said 'stay' and I did,"]),
    ("'He said \"stay\" and I did,' he said.", ['He said "stay" and I did,']),
    ("‘He said “stay” and I did,’ he said.", ["He said “stay” and I did,"]),
    ('"He said "stay" and I did," he said.', ['He said "stay" and I did,']),
    ("“He told me: “Stay here.” I did,” he said.", ["He told me: “Stay here.” I did,"]),
    ("“He said ‘go’.” She left.", ["He said ‘go’."]),
    ("“My wife says ‘You’re late, love’ in my sleep.” He smiled.", ["My wife says ‘You’re late, love’ in my sleep."]),
    ("Rory “Tucho” Bell said “we won”.", ["Tucho", "we won"]),
    # editorial brackets are kept
    ("“We [Hull] won (again),” he said.", ["We [Hull] won (again),"]),
    ("“[We] won,” he said.", ["[We] won,"]),
    ("(“We won,” he said.)", ["We won,"]),
    # two spans of one speech
    ("“We won,” he said, “and we did it well.”", ["We won,", "and we did it well."]),
    ("“We won.” “We lost.”", ["We won.", "We lost."]),
    ("“We won.”“We lost.”", ["We won.", "We lost."]),
    # speech reopened at each sentence
    ('"We won. "We did. "We really did." He left.', ['We won. "We did. "We really did.']),
    ("“We won. “We did. “We really did.” He left.", ["We won. “We did. “We really did."]),
    ('"We won," he said. "We did. "We did it." He left.', ["We won,", 'We did. "We did it.']),
    # and at each paragraph
    ("“We won.\n\n“We did.”\n\nHe left.", ["We won.\n\n“We did."]),
    ('"We won.\n\n"We did.\n\n"We did it."\n\nHe left.', ['We won.\n\n"We did.\n\n"We did it.']),
    ("'We won.\n\n'We did it.'\n\nHe left.", ["We won.\n\n'We did it."]),
    ("‘We won.\n\n‘We did it.’\n\nHe left.", ["We won.\n\n‘We did it."]),
    ("''We won.\n\n''We did it.''\n\nHe left.", ["We won.\n\n''We did it."]),
    ("”We won.\n\n”We did it.“\n\nHe left.", ["We won.\n\n”We did it."]),
    # each paragraph closed: two quotations
    ("“We won.”\n\n“We did.”", ["We won.", "We did."]),
    # never closed: to the end of the paragraph, or of the last that reopens it
    ("“We won the game.\n\nHe left.", ["We won the game."]),
    ("“We won.\n\n“We did it.\n\nHe left.", ["We won.\n\n“We did it."]),
    ('He said: "We won the game.\n\nHe left.', ["We won the game."]),
    ("He said: 'We won the game and we went home.\n\nHe left.", ["We won the game and we went home."]),
    ("“We won, and that was", ["We won, and that was"]),
    # closed in a later paragraph without reopening
    ("“We won the game.\n\nWe did it well,” he said.", ["We won the game.\n\nWe did it well,"]),
    # boilerplate in between
    (
        "“We won,\n\nREAD MORE: Ten to sign\n\nand we did it,” he said.",
        ["We won,\n\nREAD MORE: Ten to sign\n\nand we did it,"],
    ),
    ("“We won.\n\nHide Ad\n\n“We did it,” he said.", ["We won.\n\nHide Ad\n\n“We did it,"]),
    ("“We won.\n\nImage: the boss (Getty)\n\n“We did it.”", ["We won.\n\nImage: the boss (Getty)\n\n“We did it."]),
    (
        "“We won.\n\nRelated: Hull lose again\nSign up here\n\n“We did.”",
        ["We won.\n\nRelated: Hull lose again\nSign up here\n\n“We did."],
    ),
    # but a paragraph of the story ends it
    ("“We won.\n\nThe winger, who is 24, left Hull last year.\n\n“We lost.”", ["We won.", "We lost."]),
    # a missing opening mark
    ("We won,” he said. “We did.”", ["We did."]),
    # a sentence wrapped over lines
    ("“We won and\nwe did it,” he said.", ["We won and\nwe did it,"]),
    # noise: no space, or space on both sides
    ('He said:"We won."He left.', ["We won."]),
    ('He left."We won,"he said.', ["We won,"]),
    ('" We won , " he said . " We did . "', ["We won ,", "We did ."]),
    ('He left ." We won ,"he said .', ["We won ,"]),
    ("—“We won”—", ["We won"]),
    ("“We won”, said he; “we did”; “yes”", ["We won", "we did", "yes"]),
    # empty
    ("“” \"\" '' «»", []),
    ("“ ” “...”", []),
    ("", []),
    ("He left.", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_quoted_spans(text, expected):
    assert [text[q.start : q.end] for q in find_quotations(text)] == expected


def test_closed_is_false_without_a_closing_mark():
    assert [q.closed for q in find_quotations("“We won.”\n\n“We lost.")] == [True, False]


def test_outer_offsets_include_the_marks():
    text = "He said: “We won.” Then he left."
    (found,) = find_quotations(text)
    assert text[found.outer_start : found.outer_end] == "“We won.”"


SCRAPS = st.sampled_from(
    [
        "“",
        "”",
        '"',
        "'",
        "‘",
        "’",
        "''",
        "«",
        "»",
        "„",
        "`",
        "â€œ",
        "\x93",
        "\n",
        "\n\n",
        " ",
        ".",
        ",",
        "?",
        ":",
        "-",
        "(",
        "We won",
        "lads",
        "said",
        "it's",
        "he",
        "READ MORE",
        "Rory",
        "I",
    ]
)
TEXTS = st.one_of(st.lists(SCRAPS, max_size=60).map("".join), st.text(max_size=200))


@given(TEXTS)
def test_quotations_do_not_overlap_and_lie_within_their_marks(text):
    found = find_quotations(text)
    for one, other in itertools.pairwise(found):
        assert one.outer_end <= other.outer_start
    for q in found:
        assert q.outer_start < q.start < q.end <= q.outer_end <= len(text)
        assert text[q.start : q.end].strip() == text[q.start : q.end]


@given(TEXTS)
def test_a_text_without_marks_has_no_quotation(text):
    while MARK.search(text):  # removing one can join two others
        text = MARK.sub("", text)
    assert find_quotations(text) == []


@pytest.mark.parametrize("unit", ['" a ', "' a ", "'A. ", '"A. ', "'“", "“a ‘b” ", '\n\n"A ', "‘A\n\nImage\n\n", '"'])
def test_a_long_run_of_marks_is_scanned_to_its_end(unit):
    text = unit * 16_000
    assert all(q.outer_end <= len(text) for q in find_quotations(text))
