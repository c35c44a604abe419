"""What an article tells of the state of a move: features of the words and cues around player and club."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise

from spacy.tokens import Doc

from rumourmill.nlp.tokens import lower_words
from rumourmill.transfers.masked_templates import VIEWED, View
from rumourmill.transfers.pairs import NAMED, Link, Pair
from rumourmill.transfers.sentences import Scene, Sign
from rumourmill.transfers.status_patterns import Telling, Tellings

__all__ = ["States"]

NONE, PAST = "none", "past"
TRUE = ("plain", "hope")  # moods in which a phrase still tells what it says
BEFORE, AFTER = 7, 12  # tokens around the two that belong to what is told of them
HOPE = frozenset({"want", "set", "hedge", "linked", "deny", "talks", "to_join", "to_sign", "to_sell"})


DOUBT = frozenset({"hedge", "want", "linked", "to_sign"})
# Read downwards: the first that holds is what the cues tell.
VERDICTS: tuple[tuple[str, Callable[[set[str]], object]], ...] = (
    ("bid", lambda has: "again" in has),
    ("collapsed", lambda has: has & {"rebut", "off"}),
    ("rejected", lambda has: "reject" in has),
    ("collapsed", lambda has: "stay" in has),
    ("completed", lambda has: has & {"sign", "join", "sell", "done"} and not has & HOPE),
    ("talks", lambda has: has & {"agree", "accept"} and has & {"hedge", "deny"}),
    ("agreed", lambda has: has & {"agree", "accept"}),
    ("bid", lambda has: "bid" in has),
    ("completed", lambda has: has & {"sign", "join"} and not has & DOUBT),
    ("interest", lambda has: has & HOPE),
)


class States:
    """Reads the state that sentences give a move."""

    def __init__(self) -> None:
        self.tellings = Tellings()

    def features(self, doc: Doc, scenes: Sequence[Scene], pair: Pair) -> set[str]:
        """What stands around the two in every sentence that names both, or else in those that mean them."""
        direct = [link for link in pair.links if link.direct]
        by_scene = _by_scene(direct or pair.links)
        found = {f for f in pair.every if _views(f)}
        found.update(f"{NAMED}{f}" for f in pair.named if _views(f))
        found.update(self._tellings(doc, scenes, pair))
        told: list[str] = []
        for index, links in sorted(by_scene.items()):
            start, end = _window(scenes[index], links)
            found.update(_words(doc, scenes[index], pair, start, end))
            cues = scenes[index].cues
            near = [s.name for s in scenes[index].signs if s.kind == "Q" and start <= s.start < end]
            found.update(f"cue {cue}" for cue in cues)
            found.update(f"near {cue}" for cue in near)
            found.update(f"pair {a} {b}" for a, b in pairwise(near))
            state = self.told(near)
            state = self.told(cues) if state == NONE else state
            told.append(state)
            found.add(f"told {state}")
            found.update(self._after(scenes, index))
        found.update({f"first told {told[0]}", f"last told {told[-1]}"} if told else ())
        for index in {link.scene for link in pair.links if not link.direct}:
            cues = scenes[index].cues
            found.update(f"also {cue}" for cue in cues)
            found.add(f"also told {self.told(cues)}")
        return found

    def _tellings(self, doc: Doc, scenes: Sequence[Scene], pair: Pair) -> Iterator[str]:
        """The phrases that hold in each sentence of the two, near them and anywhere, and behind one that names both."""
        view = View(pair.player, pair.club, pair.own)
        direct = {link.scene for link in pair.links if link.direct}
        sets: list[str] = []
        for index, links in sorted(_by_scene(pair.links).items()):
            scene = scenes[index]
            tag = "" if index in direct or not direct else "also "
            start, end = _window(scene, links)
            near = list(self.tellings.match(view.line(doc, scene, start, end)))
            for telling in self.tellings.match(view.line(doc, scene, scene.start, scene.end)):
                yield from _told_by(telling, f"{tag}tell")
            for telling in near:
                yield from _told_by(telling, f"{tag}near tell")
                if not VIEWED.isdisjoint(telling.words.split()):
                    yield f"{tag}bound {telling.name}"
            states = " ".join(sorted({t.status for t in near if t.mood in TRUE and t.status != PAST})) or NONE
            yield f"{tag}states {states}"
            sets += [] if tag else [states]
            if not tag and index + 1 < len(scenes) and not _others(scenes[index + 1], pair.player):
                following = scenes[index + 1]
                for telling in self.tellings.match(view.line(doc, following, following.start, following.end)):
                    yield f"next tell {telling.name} {telling.mood}"
                    yield f"next state {telling.status}"
        yield f"first states {sets[0]}"
        yield f"last states {sets[-1]}"

    def tells(self, doc: Doc, scenes: Sequence[Scene], pair: Pair) -> bool:
        """Whether any sentence of the two has a phrase that tells of a move, or a list or frame has them."""
        if any(feature.startswith(("list:", "role:to:named")) for link in pair.links for feature in link.features):
            return True
        view = View(pair.player, pair.club, pair.own)
        stands = [scenes[index] for index in sorted({link.scene for link in pair.links})]
        lines = (view.line(doc, scene, scene.start, scene.end) for scene in stands)
        return any(telling.status != PAST for line in lines for telling in self.tellings.match(line))

    def phrases(self, doc: Doc, scenes: Sequence[Scene], pair: Pair, status: str) -> Iterator[str]:
        """The phrases near the two that tell a status, as the text has them, each once."""
        view = View(pair.player, pair.club, pair.own)
        seen: set[str] = set()
        direct = {link.scene for link in pair.links if link.direct}
        for index, links in sorted(_by_scene(pair.links).items()):
            if direct and index not in direct:
                continue
            start, end = _window(scenes[index], links)
            for telling in self.tellings.match(view.line(doc, scenes[index], start, end)):
                if telling.status == status and telling.mood in TRUE and telling.words not in seen:
                    seen.add(telling.words)
                    yield f'"{telling.words}": {telling.name}'

    @staticmethod
    def told(cues: Sequence[str]) -> str:
        """The state that cues tell by themselves: a denial outweighs a hope, what is done what is asked."""
        has = set(cues)
        return next((state for state, holds in VERDICTS if holds(has)), NONE)

    @staticmethod
    def _after(scenes: Sequence[Scene], index: int) -> Iterator[str]:
        """The next sentence, when it speaks of nobody else."""
        if index + 1 < len(scenes):
            following = scenes[index + 1].signs
            if not any(s.kind == "P" and s.how == "named" for s in following):
                yield from (f"next {s.name}" for s in following if s.kind == "Q")


def _views(feature: str) -> bool:
    """Whether a feature is of WHO, TO or OWN."""
    return "O" in feature and not VIEWED.isdisjoint(feature.split(" "))


def _by_scene(links: Iterable[Link]) -> dict[int, list[Link]]:
    """Links by the sentence that they stand in."""
    found: dict[int, list[Link]] = {}
    for link in links:
        found.setdefault(link.scene, []).append(link)
    return found


def _told_by(telling: Telling, tag: str) -> Iterator[str]:
    yield f"{tag} {telling.name}"
    yield f"{tag} {telling.name} {telling.mood}"
    yield f"{tag} state {telling.status} {telling.mood}"


def _others(scene: Scene, player: str) -> bool:
    """Whether a sentence names another player."""
    return any(s.kind == "P" and s.how == "named" and s.name != player for s in scene.signs)


def _window(scene: Scene, links: Sequence[Link]) -> tuple[int, int]:
    """The stretch around the links in which nobody else's move is told."""
    start, end = min(link.start for link in links), max(link.end for link in links)
    others = [s for s in scene.signs if s.kind == "P" and s.how == "named" and not start <= s.start < end]
    left = max((s.end for s in others if s.end <= start), default=scene.start)
    right = min((s.start for s in others if s.start >= end), default=scene.end)
    return max(start - BEFORE, left), min(end + AFTER, right)


def _words(doc: Doc, scene: Scene, pair: Pair, start: int, end: int) -> Iterator[str]:
    names = scene.names
    words: list[str] = []
    for i, word in enumerate(lower_words(doc)[start:end], start):
        if i in names:
            name = _name(names[i], pair)
            if not words or words[-1] != name:
                words.append(name)
        elif not word.isspace():
            words.append(word)
    for word in words:
        yield f"w {word}"
    for left, right in pairwise(words):
        yield f"b {left} {right}"


def _name(sign: Sign, pair: Pair) -> str:
    if sign.name == pair.player:
        return "WHO"
    if sign.name == pair.club:
        return "TO"
    return sign.kind
