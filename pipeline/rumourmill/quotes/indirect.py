"""Indirect speech: a clause without quotation marks that somebody is said to have uttered."""

from __future__ import annotations

from typing import NamedTuple

from rumourmill.quotes.narrative import Chunk, FoundCue, Narrative
from rumourmill.quotes.reference import Reference
from rumourmill.quotes.words import Words

__all__ = ["Clause", "reported"]

FINITE = frozenset(
    "is are was were has have had will would can could may might must should does did do 's ’s wants want needs need"
    " knows know feels thinks believes expects hopes remains remain became becomes made makes took takes left".split()
)
TELL = frozenset("told tell tells telling informed assured warned advised reminded".split())
TIMES = frozenset("on in at last this yesterday after earlier later before today".split())
OBJECT = 8  # words between `told` and `that`
VERB_WITHIN = 12  # words of a clause without `that` in which its verb must come
SHORTEST = 3  # words
DATELINE = 12  # words
DASHES = frozenset("-–—")
TRAILING = frozenset(".,;:!?…-–—\"'”’)")


class Clause(NamedTuple):
    """A reported clause: offsets, the noun phrase that names the speaker, and the cue."""

    start: int
    end: int
    speaker: Reference
    cue: FoundCue


def reported(narrative: Narrative, chunk: Chunk) -> Clause | None:
    """The clause that a sentence reports, or None.

    Args:
        narrative: the text between quotations.
        chunk: one sentence that leads into no quotation.

    Returns:
        `X said that CLAUSE`, `According to X, CLAUSE`, or `CLAUSE, X said`; the outermost where there are several.
    """
    for cue in chunk.cues:
        speaker = _speaker(narrative, chunk, cue) if cue.cue.indirect else None
        if speaker is None:
            continue
        bounds = _ahead(narrative.words, chunk, cue) or _behind(narrative.words, chunk, cue, speaker)
        if bounds is not None:
            return _trimmed(narrative.words, bounds, speaker, cue)
    return None


def _speaker(narrative: Narrative, chunk: Chunk, cue: FoundCue) -> Reference | None:
    if narrative.passive(chunk, cue):
        return None
    if narrative.words.word(cue.at - 1) == "who" and narrative.words.word(cue.at - 2) != ",":
        return None  # "An agent who claimed ... lost his case"
    speaker = narrative.subject(chunk, cue)
    if speaker is None or speaker.kind == "body" or (speaker.kind == "unnamed" and not speaker.head):
        return None
    return speaker


def _ahead(words: Words, chunk: Chunk, cue: FoundCue) -> tuple[int, int] | None:
    """The clause after its cue, with `that` or without."""
    first = cue.end
    if cue.cue.kind == "source":
        return _after_source(words, chunk, cue)
    timed = words.word(first) in TIMES  # "said this week that"
    reach = OBJECT if timed or cue.cue.words[0] in TELL else 1
    that = next((i for i in range(first, min(first + reach, chunk.last)) if words.word(i) == "that"), None)
    if that is not None:
        return that + 1, _end(words, chunk, that + 1)
    if timed or cue.cue.words[0] in TELL or not _begins_clause(words, first):
        return None
    return (first, _end(words, chunk, first)) if _has_verb(words, first, chunk.last) else None


def _end(words: Words, chunk: Chunk, first: int) -> int:
    """Where the clause ends: with its sentence, or where somebody else begins to report (", and Y has denied")."""
    for cue in chunk.cues:
        teller = next((r for r in reversed(chunk.references) if first < r.first and r.last <= cue.at), None)
        if cue.cue.kind == "verb" and teller is not None and words.word(teller.first - 1) in ("and", "but", "while"):
            return teller.first - 1
    return chunk.last


def _has_verb(words: Words, first: int, last: int) -> bool:
    """Whether a finite verb comes before the phrase is broken: "the signing of X, who will" is no clause."""
    for index in range(first + 1, min(first + VERB_WITHIN, last)):
        if words.word(index) in (",", "who", "which", ":", "("):
            return False
        if words.word(index) in FINITE:
            return True
    return False


def _after_source(words: Words, chunk: Chunk, cue: FoundCue) -> tuple[int, int] | None:
    """`According to X, CLAUSE`, where the cue opens the sentence."""
    if cue.at != chunk.first:
        return None
    comma = next((i for i in range(cue.end, chunk.last) if words.word(i) == ","), None)
    return (comma + 1, chunk.last) if comma is not None else None


def _behind(words: Words, chunk: Chunk, cue: FoundCue, speaker: Reference) -> tuple[int, int] | None:
    """`CLAUSE, X said` and `CLAUSE, according to X`."""
    first = min(cue.at, speaker.first) if cue.cue.kind != "source" else cue.at
    tag_ends = max(cue.end, speaker.last)
    rest = words.lower[tag_ends : chunk.last]
    if first <= chunk.first or words.word(first - 1) != "," or any(w == "," for w in rest):
        return None
    if cue.cue.kind != "source" and (speaker.last != cue.at and speaker.first != cue.end):
        return None
    begins = _after_dateline(words, chunk.first, first)
    clause = words.lower[begins:first]
    return (begins, first) if any(w in FINITE for w in clause) else None


def _after_dateline(words: Words, first: int, last: int) -> int:
    """Where the words begin: "LEIPZIG, Germany, Aug 30 - The club ..." opens with an agency's place and day."""
    if not words.text[words.starts[first] : words.ends[first]].isupper() or words.club(first) is not None:
        return first
    dash = next((i for i in range(first, min(first + DATELINE, last)) if words.word(i) in DASHES), None)
    return first if dash is None else dash + 1


def _begins_clause(words: Words, index: int) -> bool:
    """Whether a clause can begin here: a name, a pronoun, an article; no preposition, no verb."""
    lower = words.word(index)
    starts = "the a an his her their its our he she it they there we you no nobody every some this these those any"
    return lower in starts.split() or words.capitalised(index) or words.mention(index) is not None


def _trimmed(words: Words, bounds: tuple[int, int], speaker: Reference, cue: FoundCue) -> Clause | None:
    first, last = bounds
    while last > first and words.lower[last - 1] in TRAILING:
        last -= 1
    if last - first < SHORTEST:
        return None
    return Clause(words.starts[first], words.ends[last - 1], speaker, cue)
