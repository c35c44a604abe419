"""The reasons of `show --why` in words: names of model features translated for a reader.

The models of transfers use features with short names (see `rumourmill.transfers`). Each rule of RULES translates one
group of them; a feature that no rule matches is shown as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable

__all__ = ["explain_feature", "explain_reason"]

# Placeholders of masked templates, and how they are shown.
PLACEHOLDERS = {
    "WHO": "[player]",
    "TO": "[club]",
    "OWN": "[player's club]",
    "C": "[other club]",
    "P": "[other player]",
    "H": "[person]",
    "M": "[amount]",
    "#": "[number]",
    "£": "[amount]",
    "~": "…",
    "^": "[start]",
    "$": "[end]",
}
MOODS = {"plain": "", "not": ", negated", "if": ", conditional", "hope": ", as a hope"}
MENTIONS = {"n": "named", "p": "a pronoun", "d": "described", "s": "the speaker", "c": "implied", "g": "its ground"}
HOW = {"named": "", "meant": ", in a sentence that implies the club"}
PARTS = {"to": "the destination", "from": "the seller", "past": "a former club"}
OWN = {
    "this": "the player is described as a player of this club",
    "other": "the player is described as a player of another club",
    "none": "no club of the player is given",
    "True": "the player is described as a player of this club",
    "False": "the player is not described as a player of this club",
}
TITLE = {
    "00": "the headline names neither",
    "01": "the headline names the club",
    "10": "the headline names the player",
    "11": "the headline names both",
}

Rule = Callable[[re.Match[str]], str]


def _template(words: str) -> str:
    return " ".join(PLACEHOLDERS.get(word, word) for word in words.split())


def _plural(number: str, noun: str) -> str:
    return f"{number} {noun}" if number == "1" else f"{number} {noun}s"


def _rest(prefix: str = "", suffix: str = "") -> Rule:
    return lambda match: f"{prefix}{explain_feature(match[1])}{suffix}"


def _pattern(match: re.Match[str]) -> str:
    return f'status pattern "{match[1]}"{MOODS.get(match[2] or "plain", "")}'


# Tried in order; the whole name of the feature must match.
RULES: tuple[tuple[re.Pattern[str], Rule], ...] = tuple(
    (re.compile(pattern), rule)
    for pattern, rule in (
        (r"named (.+)", _rest(suffix=" (sentence with both names)")),
        (r"[a-z]P (.+)", _rest(suffix=" (sentence with the player only)")),
        (r"[a-z]C (.+)", _rest(suffix=" (sentence with the club only)")),
        (r"also (.+)", _rest(suffix=" (another sentence)")),
        (r"near (tell .+)", _rest(suffix=" (close to the names)")),
        (r"next (tell .+)", _rest(suffix=" (next sentence)")),
        (r"near (\S+)", lambda m: f'trigger "{m[1]}" (close to the names)'),
        (r"next state (\S+)", lambda m: f"a status pattern for {m[1]} (next sentence)"),
        (r"next (\S+)", lambda m: f'trigger "{m[1]}" (next sentence)'),
        (r"tell state (\S+) (\S+)", lambda m: f"a status pattern for {m[1]}{MOODS.get(m[2], '')}"),
        (r"tell (.+?)(?: (plain|not|if|hope))?", _pattern),
        (r"bound (.+)", lambda m: f'status pattern "{m[1]}" that includes the names'),
        (
            r"(first |last )?states (.+)",
            lambda m: f"{m[1] or ''}status patterns of the article: {m[2].replace(' ', ', ')}",
        ),
        (r"(first |last )?told (\S+)", lambda m: f"{m[1] or ''}triggers of the article: {m[2]}"),
        (r"cue:?\s?(\S+)", lambda m: f'trigger "{m[1]}"'),
        (r"sent:(.*)", lambda m: f"triggers {m[1] or 'missing'}"),
        (r"pair (\S+) (\S+)", lambda m: f'trigger "{m[1]}" before "{m[2]}"'),
        (r"[wb] (.+)", lambda m: f'words "{_template(m[1])}"'),
        (r"v (\S+)", lambda m: f"mention of {_template(m[1])}"),
        (r"g[<>]? (.+)", lambda m: f'sequence "{_template(m[1])}"'),
        (r"gap ahead", lambda _: "the other is named later"),
        (r"gap (\d+)", lambda m: f"the other was named {_plural(m[1], 'sentence')} before"),
        (r"C[<>] l1 (.+)", lambda m: f'"{_template(m[1])}" before the club'),
        (r"C[<>] r1 (.+)", lambda m: f'"{_template(m[1])}" after the club'),
        (r"P[<>] l1 (.+)", lambda m: f'"{_template(m[1])}" before the player'),
        (r"P[<>] r1 (.+)", lambda m: f'"{_template(m[1])}" after the player'),
        (r"C[<>] cue< (.+)", lambda m: f'last trigger before the club: "{_template(m[1])}"'),
        (r"C[<>] cue> (.+)", lambda m: f'first trigger after the club: "{_template(m[1])}"'),
        (r"P[<>] cue< (.+)", lambda m: f'last trigger before the player: "{_template(m[1])}"'),
        (r"P[<>] cue> (.+)", lambda m: f'first trigger after the player: "{_template(m[1])}"'),
        (r"C[<>] cue prep (.+)", lambda m: f'trigger and preposition before the club: "{_template(m[1])}"'),
        (r"P[<>] cue prep (.+)", lambda m: f'trigger and preposition before the player: "{_template(m[1])}"'),
        (r"names[<>] (.+)", lambda m: f'order of names "{_template(m[1])}"'),
        (r"own[<>] (True|False) .+", lambda m: f"the player's club is {'' if m[1] == 'True' else 'not '}mentioned"),
        (r"how (\w)(\w)", lambda m: f"player {MENTIONS.get(m[1], m[1])}, club {MENTIONS.get(m[2], m[2])}"),
        (r"clubs between[<>](\d)", lambda m: f"{_plural(m[1], 'other club')} between player and club"),
        (r"between[<>] ?(.+)", lambda m: f'"{_template(m[1])}" between player and club'),
        (r"bare[<>](.*)", lambda m: f'only "{_template(m[1])}" between player and club'),
        (r"first[<>](.*)", lambda m: f'first trigger between player and club: "{m[1]}"'),
        (r"last[<>](.*)", lambda m: f'last trigger between player and club: "{m[1]}"'),
        (r"rank[<>](\d)/(\d)", lambda m: f"club {int(m[1]) + 1} of {m[2]} in the sentence"),
        (r"opens[<>](.*)", lambda m: f"first triggers of the sentence: {m[1].replace('/', ', ') or 'none'}"),
        (r"has[<>](.+)", lambda m: f'trigger "{m[1]}" in the sentence'),
        (r"players(\d)", lambda m: f"{_plural(m[1], 'named player')} in the sentence"),
        (r"list:(\w+):(\w+)", lambda m: f"in a list, the club is {PARTS.get(m[2], m[2])} ({m[1]})"),
        (
            r"frame:(.+):(\w+):(\w+)",
            lambda m: f'sentence pattern "{m[1]}": the club is {PARTS.get(m[2], m[2])}{HOW.get(m[3], "")}',
        ),
        (
            r"role:(\w+):(\w+)",
            lambda m: f"in a sentence pattern, the club is {PARTS.get(m[1], m[1])}{HOW.get(m[2], '')}",
        ),
        (r"own:(\w+) direct:(\d) .+", lambda m: f"{OWN[m[1]]}, {_plural(m[2], 'sentence')} with both names"),
        (r"own:(\w+)", lambda m: OWN[m[1]]),
        (r"squad:(\d)", lambda m: f"{_plural(m[1], 'other player')} of the club in the article"),
        (r"share:most", lambda _: "the club is mentioned most"),
        (r"share:(\d)", lambda m: f"{_plural(m[1], 'mention')} of the club"),
        (r"club#(\d)", lambda m: f"club {int(m[1]) + 1} in order of mention"),
        (r"player#(\d)", lambda m: f"player {int(m[1]) + 1} in order of mention"),
        (r"title:(\d\d)", lambda m: TITLE[m[1]]),
        (r"direct:(\d)", lambda m: f"{_plural(m[1], 'sentence')} with both names"),
        (r"clubs:(\d)", lambda m: f"{_plural(m[1], 'club')} near the player in the article"),
        (r"first:(\d)", lambda m: f"first mentioned together in sentence {int(m[1]) + 1}"),
    )
)


def explain_reason(reason: str) -> str:
    """Return one reason of a move in words.

    Args:
        reason: a phrase of the text and the status pattern that it matches (`"turn down": turned down`), or a label and
            a feature of a model (`club: player#0`, `rejected: cue reject`).
    """
    if phrase := re.fullmatch(r'"(.+)": (.+)', reason):
        return f'"{_template(phrase[1])}" matches the status pattern {phrase[2]}'
    label, colon, feature = reason.partition(": ")
    if not colon:
        return reason
    return f"{'destination' if label == 'club' else label}: {explain_feature(feature)}"


def explain_feature(feature: str) -> str:
    """Return the name of a feature in words, or unchanged if no rule matches it."""
    for pattern, rule in RULES:
        if match := pattern.fullmatch(feature):
            return rule(match)
    return feature
