"""Classifies amounts by kind: bid, fee, wage, release clause ...

1. Trigger phrases (`triggers`, data in money_cues.csv) near an amount score for their kind: the weight of the phrase,
   less a penalty for each word, clause break and other amount between. The kind with the highest score is chosen.
2. A trigger of an open kind ("price", "deal", "value" ...) is resolved by the other triggers before the amount.
3. An amount without a trigger, or with a weak one, takes its kind from the amounts, headings and headlines around it:
   "£6m, up from £5m" is two bids; "he wanted £45k a week; they stopped at £30k" two wages; an item of a list has the
   kind of its heading.
4. A few constructions are patterns of their own: a clause that lets a player go for an amount
   (`_is_allowed_by_clause`), the loan of a list (`_is_loan_fee`), an amount that is part of the next one
   (`_is_part_of_next`).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from rumourmill.money.detection import AmountContext
from rumourmill.money.triggers import WORD, TriggerMatch, match_triggers

__all__ = ["classify_kinds"]

BEFORE, AFTER = 260, 160  # characters of the sentence that are examined before and after an amount
LIST_ITEM = 80  # characters of a line that can only be an item of a list
NEAR = 300  # characters to the amount from which another one takes its kind, at most
CLOSE = 60  # characters from a plan to the deal that it is about
HEADLINE = 160  # characters
SPONSOR = 80  # characters before a sentence that is about the same contract
STRONG = 8.0  # weight from which a trigger is decisive
FAINT = 4.5  # below this score a bid or fee takes the kind of the amount before it
MODEST = 7.0  # above the score of a verb of paying alone
CLAUSE_PENALTY, COMMA_PENALTY, WORD_PENALTY, AMOUNT_PENALTY = 3.0, 1.2, 0.3, 3.0
PERIOD_SCORE = 8.5  # of a wage with a period ("a week")
MOVE_BONUS, FURTHER_BONUS = 3.5, 3.0
PHRASE_REACH = 3  # up to this reach a trigger forms a phrase with the amount before it: "a €5m man"
OTHER_AFTER = 6  # words after an amount in which a trigger of kind "other" counts
SIMILAR = 4.0  # ratio of two wages at most
BREAK = re.compile(
    r"(?P<hard>[;:()\[\]\n•|“”\"]|\s[-–—]\s|—)|(?P<soft>,|\b(?:and|but|while|whereas|who|whose|which|after|when|as|if"
    r"|although|though|before|until|having|since|because|than|despite|with)\b)",
    re.IGNORECASE,
)
FOR = re.compile(r"\bfor(?:\s[\w-]+){0,4}\s$", re.IGNORECASE)
AUXILIARY = re.compile(r"\b(?:has|have|had|is|was|were|will|would)\b", re.IGNORECASE)
PREPOSITION = re.compile(r"\b(?:for|from|to|on|in|at|by)\b", re.IGNORECASE)
JOINED = re.compile(r"\b(?:plus|and|with)\b|\+", re.IGNORECASE)
TOTAL = re.compile(r"\b(?:ris\w+|rose|increas\w+|climb\w*|go(?:ing)? up|reach\w*|total\w*)(?:\sto)?\s$", re.IGNORECASE)
FURTHER = re.compile(r"\b(?:another|a further|an extra|an additional)\s$", re.IGNORECASE)
ON_PLAYER = re.compile(
    r"\s(?:on|for|in)\s(?!(?:\w+ )?(?:players|signings|recruits|transfers|wages|agents|squad|team|stadium))",
    re.IGNORECASE,
)
CONTINUATION = re.compile(r"\s*(?:The|It|Its|It['’]s|This|Those|These)\b")  # opens a sentence about the one before
PARTITIVE = re.compile(r"\s+of\s+(?:his|her|their|its|the|that|a)\s+")  # "£25,000 of his £60,000 wage"
FROM = re.compile(r"\bfrom\s$", re.IGNORECASE)
TO = re.compile(r"(?:\s[\w'’]+){0,4}\sto\s(?:[\w'’]+\s){0,2}", re.IGNORECASE)
# "a clause, insisted upon by his agent, that lets him talk to any club that pays £5m"
CLAUSE_ALLOWS = re.compile(
    r"\bclause\b[^.;]{0,140}\b(?:allow|let|permit|enabl|entitl|free)\w*\b[^.;]{0,90}$", re.IGNORECASE
)
THE_FEE = re.compile(r"\s*(?:The|A|That)\s(?:fee|cost|price|sum)\b")
ON_LOAN = re.compile(r"\bon loan\b(?![^\n]*\b(?:option|obligation|permanent)\b)", re.IGNORECASE)
COMPARED = re.compile(r",?\s(?:up|down|rather than|instead of|not)(?:\sfrom)?\s(?:the\s)?$", re.IGNORECASE)
BECOMES = re.compile(
    r"\b(?:it|which|that)(?:['’]ll| will| would| could|['’]d)?(?: then)? (?:have )?"
    r"(?:drop|fall|fell|ris|rose|go|gone|went|increas|climb|reduc)\w*(?: up| down)?(?: to)?\s$",
    re.IGNORECASE,
)
IN_BRACKETS = re.compile(r"\([^()\n]{0,80}$")  # "Name (Club, £5m)"
# In a list, the end of the loan marks a loan; the amount after "option" is a price.
LOAN = re.compile(
    r"\b(?:loan|option|until|till|to (?:january|may|june|summer|the end)|remainder|rest of|season-long"
    r"|(?:one|two|three) months?)\b",
    re.IGNORECASE,
)
OPTION = re.compile(r"\b(?:option|obligation|opt|permanent)\b", re.IGNORECASE)
TRANSFER_WORDS = re.compile(
    r"\b(?:for|fee|bid|offer|sold|bought|sign\w*|cost|transfer|clause|release|clubs?|option|obligation|loan)\b",
    re.IGNORECASE,
)
OPEN_KINDS = frozenset({"price", "soft", "value", "outlay", "deal"})  # resolved by the other triggers
HEADLINE_KINDS = frozenset({"wage", "release_clause"})
PRICE_KINDS = frozenset(
    {"bid", "fee", "asking_price", "release_clause", "loan_fee", "other", "move", "done", *OPEN_KINDS}
)
INHERITABLE = frozenset({"bid", "fee", "asking_price", "release_clause", "wage", "other"})


def classify_kinds(text: str, amounts: Sequence[AmountContext]) -> list[str]:
    """Classify every amount of an article.

    Args:
        text: the article.
        amounts: its amounts in text order.

    Returns:
        For each amount one of the values of the column `kind` of the table `fees`.
    """
    default = _default_kind(text)
    found: list[str] = []
    for amount in amounts:
        kind = _classify(text, amounts, found, default)
        found.append("loan_fee" if kind == "fee" and _is_loan_fee(text, amount) else kind)
    for position in range(len(amounts) - 2, -1, -1):
        if _is_part_of_next(text, amounts[position], amounts[position + 1]):
            found[position] = found[position + 1]
    return found


def _classify(text: str, amounts: Sequence[AmountContext], found: Sequence[str], default: str) -> str:
    """Return the kind of the amount after those that are classified already."""
    position = len(found)
    if position and _is_same_as_previous(text, amounts[position - 1], amounts[position]):
        return found[-1]
    if _is_allowed_by_clause(text, amounts, position):
        return "release_clause"
    scores = _score_kinds(text, amounts, position)
    kind = max(scores, key=lambda k: scores[k], default="")
    if scores.get(kind, 0.0) <= 0:
        return _inherit(text, amounts, found, default)
    in_list_of_wages = default == "wage" and kind == "fee" and scores[kind] < MODEST  # "he receives £5m"
    is_price = kind in ("bid", "fee", "asking_price") and scores[kind] <= STRONG
    if in_list_of_wages or (is_price and _is_counter_wage(text, amounts, found)):
        return "wage"
    if kind == "add_ons" and _follows_in_sentence(amounts, position) and found[-1] == "other":
        return "other"  # "owe £2.7m, and a further £3.7m"
    is_faint = kind in ("fee", "bid") and scores[kind] < FAINT and position
    return _coordinated_kind(text, amounts, found, kind) if is_faint else kind


# Scores of trigger phrases.


def _score_kinds(text: str, amounts: Sequence[AmountContext], position: int) -> dict[str, float]:
    """Return kind -> highest score of its triggers for the amount at `position`."""
    amount = amounts[position]
    start = max(amount.sentence_start, amount.start - BEFORE)
    end = min(amount.sentence_end, amount.end + AFTER)
    matches = match_triggers(text, start, amount.start) + match_triggers(text, amount.end, end, "after")
    follows = _follows_in_sentence(amounts, position)
    if amount.periodic and follows:  # "a budget of £6m, with nobody on more than £5,000 a week"
        matches = [m for m in matches if m.start >= amounts[position - 1].end]
    further = FURTHER.search(text, max(start, amount.start - 30), amount.start) is not None
    total = TOTAL.search(text, max(start, amount.start - 30), amount.start) is not None
    may_add = (further or follows) and not total
    scores: dict[str, float] = defaultdict(float)
    for match in matches:
        score = _score(text, match, amounts, position)
        kind = match.trigger.kind
        if kind in OPEN_KINDS:
            kind = _resolve_open_kind(text, kind, match, amount, matches)
        if kind == "move":
            kind = "fee"
            score += MOVE_BONUS if score > 0 and FOR.search(text, max(start, amount.start - 40), amount.start) else 0.0
        if kind in ("none", "done") or (kind == "add_ons" and match.trigger.weight < STRONG and not may_add):
            continue
        if kind == "add_ons" and score > 0 and further and match.start >= amount.end:
            score += FURTHER_BONUS
        scores[kind] = max(scores[kind], score)
    if not amount.periodic:
        return scores
    if scores["wage"] + scores["other"] <= 0 and CONTINUATION.match(text, amount.sentence_start):
        # "The terms are worth £2m a season", of a sponsor
        before = match_triggers(text, max(0, start - SPONSOR), start)
        scores["other"] = max((m.trigger.weight for m in before if m.trigger.kind == "other"), default=0.0)
    return {"wage": PERIOD_SCORE, "other": scores["other"]}


def _score(text: str, match: TriggerMatch, amounts: Sequence[AmountContext], position: int) -> float:
    """Return the weight of a trigger less penalties; 0 where it is on the wrong side or out of reach."""
    amount, trigger = amounts[position], match.trigger
    is_before = match.end <= amount.start
    if trigger.side not in ("both", "before" if is_before else "after"):
        return 0.0
    gap = text[match.end : amount.start] if is_before else text[amount.end : match.start]
    neighbour = position - 1 if is_before else position + 1
    crossed = False  # whether another amount is between
    if 0 <= neighbour < len(amounts):
        other = amounts[neighbour]
        crossed = other.start >= match.end if is_before else other.end <= match.start
    if crossed and (not is_before or trigger.reach <= 4):
        return 0.0
    touches = is_before and neighbour >= 0 and not text[amounts[neighbour].end : match.start].strip(" -")
    if touches and trigger.side == "both":
        return 0.0  # the "loan fee" of "a £3m loan fee and £18m" belongs to the first amount
    words = len(WORD.findall(gap))
    if amount.periodic and not is_before:
        words = max(0, words - len("a week".split()))
    if words > trigger.reach + (3 if crossed else 0) or (not is_before and _is_unrelated(match, gap, words)):
        return 0.0
    breaks = sum(CLAUSE_PENALTY if b["hard"] else COMMA_PENALTY for b in BREAK.finditer(gap))
    return trigger.weight - WORD_PENALTY * words - breaks - (AMOUNT_PENALTY if crossed else 0.0)


def _is_unrelated(match: TriggerMatch, gap: str, words: int) -> bool:
    """Return whether a trigger after an amount is about something else although it is near."""
    kind = match.trigger.kind
    if kind == "add_ons":  # "£14m plus two in bonuses"
        return JOINED.search(gap) is not None
    if kind == "other":  # "for £40,000 has helped to pay a tax bill"
        return words > OTHER_AFTER or AUXILIARY.search(gap) is not None
    # "above €5m for a man who" is not "a €5m man"
    return match.trigger.reach <= PHRASE_REACH and PREPOSITION.search(gap) is not None


def _resolve_open_kind(
    text: str, kind: str, match: TriggerMatch, amount: AmountContext, matches: Sequence[TriggerMatch]
) -> str:
    """Return the kind of a trigger of an open kind, given all triggers around the amount."""
    if kind == "soft":
        before = [m for m in matches if m.trigger.kind in ("done", "fee") and m.end <= min(match.start, amount.start)]
        completed = (m for m in before if m.trigger.kind == "done" or m.trigger.weight > STRONG)
        return "fee" if any(text[m.start - 3 : m.start] != "to " for m in completed) else "bid"
    if kind == "outlay":
        return "fee" if ON_PLAYER.match(text, amount.end) else "other"
    if kind == "deal":
        before = [m for m in matches if m.end <= amount.start and m.trigger.kind in ("bid", "done", "move")]
        return "bid" if before and before[-1].trigger.kind == "bid" and amount.start - before[-1].end < CLOSE else "fee"
    strong = [
        m.trigger.kind for m in matches if m.end <= amount.start and m is not match and m.trigger.weight >= STRONG
    ]
    if kind == "value":
        return next((k for k in reversed(strong) if k in ("bid", "fee")), "asking_price")
    return "bid" if "bid" in strong else "fee"


# Kinds from the amounts and headings around an amount.


def _follows_in_sentence(amounts: Sequence[AmountContext], position: int) -> bool:
    """Return whether the amount before is in the same sentence."""
    return position > 0 and amounts[position].sentence_start == amounts[position - 1].sentence_start


def _default_kind(text: str) -> str:
    """Return the kind of amounts without a trigger: that of the headline if it has only wages or clauses, else fee."""
    end = text.find("\n", 0, HEADLINE) % HEADLINE
    kinds = {m.trigger.kind for m in match_triggers(text, 0, end)} & (PRICE_KINDS | HEADLINE_KINDS)
    return kinds.pop() if len(kinds) == 1 and kinds <= HEADLINE_KINDS else "fee"


def _is_same_as_previous(text: str, previous: AmountContext, amount: AmountContext) -> bool:
    """Return whether an amount has the kind of the previous one: "£6m, up from £5m", "£5m, and it drops to £3m"."""
    if COMPARED.match(text, previous.end, amount.start) or (previous.periodic and _is_change(text, previous, amount)):
        return True
    return amount.start - previous.end < NEAR and BECOMES.search(text, previous.end, amount.start) is not None


def _is_allowed_by_clause(text: str, amounts: Sequence[AmountContext], position: int) -> bool:
    """Return whether a clause named earlier in the sentence lets the player go for the amount."""
    amount = amounts[position]
    start = max(amount.sentence_start, amount.start - BEFORE, amounts[position - 1].end if position else 0)
    return CLAUSE_ALLOWS.search(text, start, amount.start) is not None


def _is_part_of_next(text: str, amount: AmountContext, following: AmountContext) -> bool:
    """Return whether an amount has the kind of the next: "£25,000 of his £60,000 wage", "from £15,000 to £20,000"."""
    return PARTITIVE.fullmatch(text, amount.end, following.start) is not None or _is_change(text, amount, following)


def _is_change(text: str, amount: AmountContext, following: AmountContext) -> bool:
    """Return whether two amounts are the ends of a change: "from £15,000 a week to £20,000"."""
    after_from = FROM.search(text, max(0, amount.start - len(" from ")), amount.start)
    return after_from is not None and TO.fullmatch(text, amount.end, following.start) is not None


def _is_counter_wage(text: str, amounts: Sequence[AmountContext], found: Sequence[str]) -> bool:
    """Return whether an amount of similar size shortly after a wage is a wage too."""
    if not found or found[-1] != "wage":
        return False
    amount, previous = amounts[len(found)], amounts[len(found) - 1]
    gap = text[previous.end : amount.start]
    is_similar = 1 / SIMILAR < amount.amount / previous.amount < SIMILAR
    return is_similar and len(gap) <= NEAR and "\n" not in gap and not TRANSFER_WORDS.search(gap)


def _is_loan_fee(text: str, amount: AmountContext) -> bool:
    """Return whether a fee is for a loan.

    "Name (Club, to summer 2020; £200,000)", "He is on loan. The fee is £200,000."
    """
    paragraph = max(text.rfind("\n", 0, amount.sentence_start) + 1, amount.sentence_start - BEFORE)
    if THE_FEE.match(text, amount.sentence_start) and ON_LOAN.search(text, paragraph, amount.sentence_start):
        return True
    opened = IN_BRACKETS.search(text, max(amount.sentence_start, amount.start - LIST_ITEM), amount.start)
    if opened is None or OPTION.search(text, opened.start(), amount.start):
        return False
    closed = max(amount.end, text.find(")", amount.end, amount.end + LIST_ITEM))
    return LOAN.search(text, opened.start(), closed) is not None


def _coordinated_kind(text: str, amounts: Sequence[AmountContext], found: Sequence[str], kind: str) -> str:
    """Return the kind of the amount with which this one is coordinated, else `kind`, which a faint trigger gave it."""
    previous, amount = amounts[len(found) - 1], amounts[len(found)]
    gap = text[previous.end : amount.start]
    coordinated = previous.sentence_start == amount.sentence_start and len(gap) < 60 and not BREAK.search(gap)
    return found[-1] if coordinated and found[-1] in INHERITABLE else kind


def _inherit(text: str, amounts: Sequence[AmountContext], found: Sequence[str], default: str) -> str:
    """Return the kind of an amount without a trigger: that of an amount or heading before it, or the default."""
    amount = amounts[len(found)]
    in_brackets = IN_BRACKETS.search(text, max(amount.sentence_start, amount.start - BEFORE), amount.start)
    if default == "fee" and in_brackets:
        return "fee"
    for earlier in range(len(found) - 1, max(-1, len(found) - 4), -1):
        gap = text[amounts[earlier].end : amount.start]
        if len(gap) > NEAR or ("\n" in gap and len(gap) > LIST_ITEM):
            break
        if found[earlier] in INHERITABLE:
            return found[earlier]
    return default if default != "fee" else _kind_of_previous_sentence(text, amount)


def _kind_of_previous_sentence(text: str, amount: AmountContext) -> str:
    """Return the kind of the last strong trigger in the sentence or heading before the amount's, else fee."""
    start = max(0, amount.sentence_start - BEFORE)
    block = text[start : amount.sentence_start].rstrip()
    if amount.sentence_end - amount.sentence_start > LIST_ITEM:  # only items of a list inherit across paragraphs
        start += block.rfind("\n\n") + 1
    kinds = INHERITABLE if block.endswith(":") else INHERITABLE - {"other", "wage"}
    triggers = (m.trigger for m in match_triggers(text, start, amount.sentence_start))
    strong = [t.kind for t in triggers if t.reach >= 5 and t.weight >= 6 and t.kind in kinds]
    return strong[-1] if strong else "fee"
