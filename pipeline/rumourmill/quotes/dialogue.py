"""Who speaks where nothing beside a quotation tells: the speaker before, his partner, or whom the text is with."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from rumourmill.quotes.discourse import UNTOLD, Attribution, Scene
from rumourmill.quotes.narrative import Chunk, Narrative
from rumourmill.quotes.spans import Quotation

__all__ = ["FOLLOWING", "RUN", "Turn", "implied"]

REPLY = re.compile(
    r"repl|repeat|cut in|answer|retort|respon|counter|object|interject|ask|hit back|shot back", re.IGNORECASE
)
CHUNKS_BACK = 3  # sentences before a quotation that may tell whom the text is with
NEAR_BY = 3  # paragraphs after which a speaker may go on
FOLLOWING = 2  # sentences after a quotation that may tell who speaks
RUN = 8  # paragraphs of a dialogue that are looked back on


@dataclass
class Turn:
    """A quotation with the chunks before it, back to the quotation before.

    Args:
        quotation: the stretch between marks.
        paragraph: the index of the paragraph in which it begins.
        chunks: the sentences between the quotation before and this one.
        excluded: people of whom it speaks.
        attribution: who said it, once that is known.
    """

    quotation: Quotation
    paragraph: int
    chunks: list[Chunk] = field(default_factory=list)
    excluded: set[str] = field(default_factory=set)
    attribution: Attribution = UNTOLD

    @property
    def follows_directly(self) -> bool:
        """Whether nothing but a tag stands between the quotation before and this one."""
        return all(chunk.tags_before for chunk in self.chunks)


def implied(turns: Sequence[Turn], following: Sequence[Chunk], scene: Scene) -> Attribution:
    """Who says the last of some quotations.

    Args:
        turns: the quotations up to this one.
        following: the sentences after it.
        scene: what has been read so far.
    """
    turn, previous = turns[-1], turns[-2] if len(turns) > 1 else None
    if previous is not None and turn.follows_directly:
        return _partner(turns, scene) or _again(previous, turn)
    own = [c for c in turn.chunks if c.paragraph == turn.paragraph]
    interview = UNTOLD if _questions(turn, following, scene) else _interviewed(own, previous, turn, scene)
    if interview is not None:
        return interview
    for chunk in reversed(own or turn.chunks[-CHUNKS_BACK:]):
        if not chunk.tags_before and chunk.subject is not None and chunk.subject not in turn.excluded:
            return scene.named(chunk.subject)
    if previous is not None and previous.paragraph == turn.paragraph:
        return _again(previous, turn)
    if previous is not None and turn.paragraph - previous.paragraph <= NEAR_BY and not own:
        return _again(previous, turn)
    return _named_next(turn, following, scene) if previous is None and not turn.chunks else UNTOLD


def _named_next(turn: Turn, following: Sequence[Chunk], scene: Scene) -> Attribution:
    """Who speaks in the opening words of an article: the one whom it names next."""
    names = (r.name for c in following[:FOLLOWING] for r in c.references if r.kind == "name" and r.name)
    name = next((n for n in names if n not in turn.excluded), None)
    return scene.named(name) if name else UNTOLD


def _questions(turn: Turn, following: Sequence[Chunk], scene: Scene) -> bool:
    """Whether an interviewer asks: a paragraph that is a question to "you", answered at once."""
    words, quotation = scene.words, turn.quotation
    if not _asks(turn, scene.narrative) or following or not scene.narrative.layout.begins(quotation.outer_start):
        return False
    first, last = words.at(quotation.start), words.at(quotation.end)
    return last + 1 < len(words) and not {"you", "your"}.isdisjoint(words.lower[first:last])


def _again(previous: Turn, turn: Turn) -> Attribution:
    """The speaker before goes on, unless this quotation speaks of him."""
    said = previous.attribution
    return said._replace(cue=None, sure=False) if said.name not in turn.excluded else UNTOLD


def _interviewed(own: Sequence[Chunk], previous: Turn | None, turn: Turn, scene: Scene) -> Attribution | None:
    """Who answers a question or speaks on a topic ("On promotion:") that stands before the quotation."""
    words = scene.words
    last = next(iter(own[-1:] or turn.chunks[-1:]), None)
    if last is None or not (last.topic or words.word(last.last - 1) == "?"):
        return None
    names = (r.name for r in last.references if own and not last.topic and r.kind == "name" and not r.governed)
    named = next((n for n in names if n and n not in turn.excluded), None)
    if named is not None:
        return scene.named(named)
    asked_about = {r.name for r in last.references if r.name}
    return _again(previous, turn) if previous is not None else scene.latest(turn.excluded | asked_about)


def _partner(turns: Sequence[Turn], scene: Scene) -> Attribution | None:
    """The other of two speakers where a paragraph answers a question or a retort; None in a run by one speaker."""
    turn, previous = turns[-1], turns[-2]
    if previous.paragraph == turn.paragraph or not previous.quotation.closed:
        return None
    asked, asks = _asks(previous, scene.narrative), _asks(turn, scene.narrative)
    run = _run(turns[:-1])
    if not ((asked and not asks) or (len(run) > 1 and (asks or _alternates(run, scene.narrative)))):
        return None
    last = previous.attribution.name
    other = next((t.attribution for t in reversed(run[:-1]) if t.attribution.name != last), None)
    if other is not None:
        return other._replace(cue=None, sure=False) if other.name not in turn.excluded else UNTOLD
    if last is None or len(run) == 1:
        return scene.latest({*turn.excluded, last or ""})
    return UNTOLD


def _asks(turn: Turn, narrative: Narrative) -> bool:
    return narrative.words.text[turn.quotation.end - 1] == "?"


def _run(turns: Sequence[Turn]) -> list[Turn]:
    """The last quotations that stand in paragraphs one after another, without narrative between."""
    run: list[Turn] = []
    for turn in reversed(turns[-RUN:]):
        run.append(turn)
        if not turn.follows_directly:
            break
    return run[::-1]


def _alternates(run: Sequence[Turn], narrative: Narrative) -> bool:
    """Whether the last two speakers of a run talk with each other."""
    one, two = run[-2], run[-1]
    if one.paragraph == two.paragraph or one.attribution.name == two.attribution.name:
        return False
    cue = two.attribution.cue
    return _asks(one, narrative) or cue is None or REPLY.search(cue) is not None
