"""What a whole article tells of a player and a club: whose he is called, how much it speaks of them, and where."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping

from spacy.tokens import Doc

from rumourmill.transfers.pairs import Key, Pair

__all__ = ["add_facts"]


def add_facts(doc: Doc, pairs: Mapping[Key, Pair]) -> None:
    """What is known of a pair from the article as a whole."""
    own = {row["player"]: row["club"] for row in doc._.players}
    squad = Counter(club for club in own.values() if club)
    mentions = {row["club"]: row["mentions"] for row in doc._.clubs}
    order = {row["club"]: n for n, row in enumerate(doc._.clubs)}
    players = {row["player"]: n for n, row in enumerate(doc._.players)}
    most = max(mentions.values(), default=0)
    title = _names_in(doc, doc._.title_end)
    clubs_of: dict[str, set[str]] = defaultdict(set)
    for player, club in pairs:
        clubs_of[player].add(club)
    for (player, club), pair in pairs.items():
        facts = pair.facts
        owner = own.get(player)
        facts.add("own:" + ("this" if owner == club else "other" if owner else "none"))
        others = squad[club] - (owner == club)
        facts.add(f"squad:{min(others, 2)}")
        facts.add(f"share:{'most' if mentions.get(club, 0) == most else min(mentions.get(club, 0), 4)}")
        facts.add(f"club#{min(order.get(club, 9), 4)}")
        facts.add(f"player#{min(players.get(player, 9), 3)}")
        facts.add(f"title:{(player in title) + 0}{(club in title) + 0}")
        direct = sum(link.direct for link in pair.links)
        facts.add(f"direct:{min(direct, 4)}")
        facts.add(f"clubs:{min(len(clubs_of[player]), 5)}")
        facts.add(f"own:{owner == club} direct:{min(direct, 2)} share:{mentions.get(club, 0) == most}")
        facts.add(f"first:{min(*(link.scene for link in pair.links), 3)}")


def _names_in(doc: Doc, end: int) -> set[str]:
    """Canonical names that stand in the first `end` characters."""
    keys = [key for key in ("players", "clubs") if key in doc.spans]
    return {span.kb_id_ for key in keys for span in doc.spans[key] if span.end_char <= end}
