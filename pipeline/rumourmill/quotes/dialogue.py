"""Infer the speaker of a quotation without words beside it: the previous speaker, the other one, or the subject."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from rumourmill.quotes.discourse import UNATTRIBUTED, Attribution, Discourse
from rumourmill.quotes.narrative import Narrative, Segment
from rumourmill.quotes.spans import Quotation

__all__ = ["FOLLOWING", "RUN", "Turn", "infer_speaker"]

REPLY = re.compile(
    r"repl|repeat|cut in|answer|retort|respon|counter|object|interject|ask|hit back|shot back", re.IGNORECASE
)
SEGMENTS_BACK = 3  # segments before a quotation whose subject may be the speaker
NEAR_BY = 3  # paragraphs after which a speaker may continue
FOLLOWING = 2  # segments after a quotation that may name its speaker
RUN = 8  # quotations of a dialogue that are considered


@dataclass
class Turn:
    """A quotation with the segments between it and the quotation before.

    Args:
        quotation: the quoted span.
        paragraph: index of the paragraph in which it begins.
        segments: the segments between the quotation before and this one.
        excluded: people whom it names; none of them is its speaker.
        attribution: its speaker, once it is known.
    """

    quotation: Quotation
    paragraph: int
    segments: list[Segment] = field(default_factory=list)
    excluded: set[str] = field(default_factory=set)
    attribution: Attribution = UNATTRIBUTED

    @property
    def follows_directly(self) -> bool:
        """Whether there is nothing but an attribution between the quotation before and this one."""
        return all(segment.tags_previous for segment in self.segments)


def infer_speaker(turns: Sequence[Turn], following: Sequence[Segment], discourse: Discourse) -> Attribution:
    """Return the attribution of the last of some quotations.

    Args:
        turns: the quotations up to this one.
        following: the segments after it.
        discourse: the state of the discourse before it.
    """
    turn, previous = turns[-1], turns[-2] if len(turns) > 1 else None
    if previous is not None and turn.follows_directly:
        return _other_speaker(turns, discourse) or _same_speaker(previous, turn)
    own = [c for c in turn.segments if c.paragraph == turn.paragraph]
    interview = (
        UNATTRIBUTED if _is_interviewer(turn, following, discourse) else _interviewee(own, previous, turn, discourse)
    )
    if interview is not None:
        return interview
    for segment in reversed(own or turn.segments[-SEGMENTS_BACK:]):
        if not segment.tags_previous and segment.subject is not None and segment.subject not in turn.excluded:
            return discourse.named(segment.subject)
    if previous is not None and previous.paragraph == turn.paragraph:
        return _same_speaker(previous, turn)
    if previous is not None and turn.paragraph - previous.paragraph <= NEAR_BY and not own:
        return _same_speaker(previous, turn)
    return _next_named(turn, following, discourse) if previous is None and not turn.segments else UNATTRIBUTED


def _next_named(turn: Turn, following: Sequence[Segment], discourse: Discourse) -> Attribution:
    """Return the speaker of a quotation that begins an article: the person named next."""
    names = (r.name for c in following[:FOLLOWING] for r in c.references if r.kind == "name" and r.name)
    name = next((n for n in names if n not in turn.excluded), None)
    return discourse.named(name) if name else UNATTRIBUTED


def _is_interviewer(turn: Turn, following: Sequence[Segment], discourse: Discourse) -> bool:
    """Return whether a quotation is an interviewer's: a paragraph that asks "you" a question and is answered."""
    words, quotation = discourse.words, turn.quotation
    if (
        not _asks(turn, discourse.narrative)
        or following
        or not discourse.narrative.paragraphs.begins(quotation.outer_start)
    ):
        return False
    first, last = words.at(quotation.start), words.at(quotation.end)
    return last + 1 < len(words) and not {"you", "your"}.isdisjoint(words.lower[first:last])


def _same_speaker(previous: Turn, turn: Turn) -> Attribution:
    """Return the previous speaker, unless this quotation names that person."""
    speaker = previous.attribution
    return speaker._replace(cue=None, certain=False) if speaker.name not in turn.excluded else UNATTRIBUTED


def _interviewee(own: Sequence[Segment], previous: Turn | None, turn: Turn, discourse: Discourse) -> Attribution | None:
    """Return who answers a question or speaks on a topic ("On promotion:") before the quotation; None without one."""
    words = discourse.words
    last = next(iter(own[-1:] or turn.segments[-1:]), None)
    if last is None or not (last.topic or words.word(last.last - 1) == "?"):
        return None
    names = (r.name for r in last.references if own and not last.topic and r.kind == "name" and not r.governed)
    named = next((n for n in names if n and n not in turn.excluded), None)
    if named is not None:
        return discourse.named(named)
    asked_about = {r.name for r in last.references if r.name}
    return (
        _same_speaker(previous, turn) if previous is not None else discourse.last_subject(turn.excluded | asked_about)
    )


def _other_speaker(turns: Sequence[Turn], discourse: Discourse) -> Attribution | None:
    """Return the other of two speakers if a paragraph is a reply; None in a run by one speaker."""
    turn, previous = turns[-1], turns[-2]
    if previous.paragraph == turn.paragraph or not previous.quotation.closed:
        return None
    asked, asks = _asks(previous, discourse.narrative), _asks(turn, discourse.narrative)
    run = _run(turns[:-1])
    if not ((asked and not asks) or (len(run) > 1 and (asks or _alternates(run, discourse.narrative)))):
        return None
    last = previous.attribution.name
    other = next((t.attribution for t in reversed(run[:-1]) if t.attribution.name != last), None)
    if other is not None:
        return other._replace(cue=None, certain=False) if other.name not in turn.excluded else UNATTRIBUTED
    if last is None or len(run) == 1:
        return discourse.last_subject({*turn.excluded, last or ""})
    return UNATTRIBUTED


def _asks(turn: Turn, narrative: Narrative) -> bool:
    return narrative.words.text[turn.quotation.end - 1] == "?"


def _run(turns: Sequence[Turn]) -> list[Turn]:
    """Return the last quotations without narrative between them."""
    run: list[Turn] = []
    for turn in reversed(turns[-RUN:]):
        run.append(turn)
        if not turn.follows_directly:
            break
    return run[::-1]


def _alternates(run: Sequence[Turn], narrative: Narrative) -> bool:
    """Return whether the last two speakers of a run talk to each other."""
    one, two = run[-2], run[-1]
    if one.paragraph == two.paragraph or one.attribution.name == two.attribution.name:
        return False
    cue = two.attribution.cue
    return _asks(one, narrative) or cue is None or REPLY.search(cue) is not None
