"""Extract reported clauses: speech without quotation marks, such as "X said that ..."."""

from __future__ import annotations

from typing import NamedTuple

from rumourmill.quotes.narrative import CueMatch, Narrative, Segment
from rumourmill.quotes.noun_phrases import Reference
from rumourmill.quotes.words import Words

__all__ = ["ReportedClause", "find_reported_clause"]

FINITE = frozenset(
    "is are was were has have had will would can could may might must should does did do 's ’s wants want needs need"
    " knows know feels thinks believes expects hopes remains remain became becomes made makes took takes left".split()
)
TELL = frozenset("told tell tells telling informed assured warned advised reminded".split())
TIMES = frozenset("on in at last this yesterday after earlier later before today".split())
OBJECT = 8  # words between `told` and `that`
VERB_WITHIN = 12  # words of a clause without `that` that must contain its verb
SHORTEST = 3  # words of a clause
DATELINE = 12  # words of a dateline
DASHES = frozenset("-–—")
TRAILING = frozenset(".,;:!?…-–—\"'”’)")


class ReportedClause(NamedTuple):
    """A reported clause.

    Args:
        start: offset of its first character.
        end: offset after its last character.
        speaker: the noun phrase that refers to the speaker.
        cue: the cue of speech.
    """

    start: int
    end: int
    speaker: Reference
    cue: CueMatch


def find_reported_clause(narrative: Narrative, segment: Segment) -> ReportedClause | None:
    """Return the clause that a segment reports, or None.

    Args:
        narrative: the text outside quotations.
        segment: a segment that does not introduce a quotation.

    Returns:
        `X said that CLAUSE`, `According to X, CLAUSE`, or `CLAUSE, X said`; the outermost if there are several.
    """
    for cue in segment.cues:
        speaker = _find_speaker(narrative, segment, cue) if cue.cue.indirect else None
        if speaker is None:
            continue
        bounds = _clause_after(narrative.words, segment, cue) or _clause_before(narrative.words, segment, cue, speaker)
        if bounds is not None:
            return _build_clause(narrative.words, bounds, speaker, cue)
    return None


def _find_speaker(narrative: Narrative, segment: Segment, cue: CueMatch) -> Reference | None:
    if narrative.is_passive(segment, cue):
        return None
    if narrative.words.word(cue.at - 1) == "who" and narrative.words.word(cue.at - 2) != ",":
        return None  # "An agent who claimed ... lost his case"
    speaker = narrative.subject(segment, cue)
    if speaker is None or speaker.kind == "body" or (speaker.kind == "unnamed" and not speaker.head):
        return None
    return speaker


def _clause_after(words: Words, segment: Segment, cue: CueMatch) -> tuple[int, int] | None:
    """Return the word indices of a clause after its cue, with or without `that`."""
    first = cue.end
    if cue.cue.kind == "source":
        return _after_source(words, segment, cue)
    timed = words.word(first) in TIMES  # "said this week that"
    reach = OBJECT if timed or cue.cue.words[0] in TELL else 1
    that = next((i for i in range(first, min(first + reach, segment.last)) if words.word(i) == "that"), None)
    if that is not None:
        return that + 1, _clause_end(words, segment, that + 1)
    if timed or cue.cue.words[0] in TELL or not _begins_clause(words, first):
        return None
    return (first, _clause_end(words, segment, first)) if _has_verb(words, first, segment.last) else None


def _clause_end(words: Words, segment: Segment, first: int) -> int:
    """Return where a clause ends: with its segment, or before another reporter (", and Y has denied")."""
    for cue in segment.cues:
        reporter = next((r for r in reversed(segment.references) if first < r.first and r.last <= cue.at), None)
        if (
            cue.cue.kind == "verb"
            and reporter is not None
            and words.word(reporter.first - 1) in ("and", "but", "while")
        ):
            return reporter.first - 1
    return segment.last


def _has_verb(words: Words, first: int, last: int) -> bool:
    """Return whether a clause has a finite verb before a comma: "the signing of X, who will" is no clause."""
    for index in range(first + 1, min(first + VERB_WITHIN, last)):
        if words.word(index) in (",", "who", "which", ":", "("):
            return False
        if words.word(index) in FINITE:
            return True
    return False


def _after_source(words: Words, segment: Segment, cue: CueMatch) -> tuple[int, int] | None:
    """Return the word indices of the clause in `According to X, CLAUSE`."""
    if cue.at != segment.first:
        return None
    comma = next((i for i in range(cue.end, segment.last) if words.word(i) == ","), None)
    return (comma + 1, segment.last) if comma is not None else None


def _clause_before(words: Words, segment: Segment, cue: CueMatch, speaker: Reference) -> tuple[int, int] | None:
    """Return the word indices of the clause in `CLAUSE, X said` and `CLAUSE, according to X`."""
    first = min(cue.at, speaker.first) if cue.cue.kind != "source" else cue.at
    tag_ends = max(cue.end, speaker.last)
    rest = words.lower[tag_ends : segment.last]
    if first <= segment.first or words.word(first - 1) != "," or any(w == "," for w in rest):
        return None
    if cue.cue.kind != "source" and (speaker.last != cue.at and speaker.first != cue.end):
        return None
    begins = _after_dateline(words, segment.first, first)
    clause = words.lower[begins:first]
    return (begins, first) if any(w in FINITE for w in clause) else None


def _after_dateline(words: Words, first: int, last: int) -> int:
    """Return the index after an agency's dateline: "LEIPZIG, Germany, Aug 30 - The club ..."."""
    if not words.text[words.starts[first] : words.ends[first]].isupper() or words.club(first) is not None:
        return first
    dash = next((i for i in range(first, min(first + DATELINE, last)) if words.word(i) in DASHES), None)
    return first if dash is None else dash + 1


def _begins_clause(words: Words, index: int) -> bool:
    """Return whether a clause can begin at a word: a name, a pronoun or an article, no preposition or verb."""
    lower = words.word(index)
    starts = "the a an his her their its our he she it they there we you no nobody every some this these those any"
    return lower in starts.split() or words.capitalised(index) or words.name_at(index) is not None


def _build_clause(words: Words, bounds: tuple[int, int], speaker: Reference, cue: CueMatch) -> ReportedClause | None:
    first, last = bounds
    while last > first and words.lower[last - 1] in TRAILING:
        last -= 1
    if last - first < SHORTEST:
        return None
    return ReportedClause(words.starts[first], words.ends[last - 1], speaker, cue)
