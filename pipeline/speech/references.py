"""How a text refers to somebody: by name, pronoun or description ("the Roma boss", "a club insider")."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.words import Words

__all__ = ["STOPS", "Reference", "read", "references"]

MALE = frozenset({"he", "himself"})
FEMALE = frozenset({"she", "herself"})
PRONOUNS = MALE | FEMALE | {"they"}
POSSESSIVES = frozenset("his her their its our my".split())
ARTICLES = frozenset("the a an one this that another".split()) | POSSESSIVES
APOSTROPHES = frozenset({"'s", "’s", "'", "’"})
FORMER = frozenset("former ex one-time onetime retired erstwhile ousted sacked departed".split())
TITLES = frozenset("sir mr mrs ms miss dr lord lady dame prince sheikh tan sri don doña dona dom herr signor señor captain prof professor".split())
PREPOSITIONS = frozenset(
    "about with for to of by from over on against at in than like as into after before between without under around near beside"
    " towards toward despite behind through via regarding concerning per alongside including until since during inside outside whether".split()
)
# Words that end a noun phrase; what stands beyond them is no part of it.
STOPS = PREPOSITIONS | frozenset(
    "and but or that who whom which whose when where while if because so is was are were be been being has have had do does did will"
    " would could should can may might must not n't he she they it we you i there here then said says told to".split()
)
UNNAMED = frozenset(
    "insider source sources spokesman spokeswoman spokesperson fan supporter groundsman friend colleague steward onlooker official"
    " witness neighbour teammate insiders statement tweet message reporter journalist interviewer host caller".split()
)
PEOPLE_NOUNS = frozenset("man woman boy girl lad favourite hero icon".split())
SIDES = frozenset({"club", "side", "outfit", "giants", "champions"})
DOCUMENTS = frozenset("statement tweet message post letter email release communique announcement spokesman spokeswoman spokesperson".split())
LONGEST, LONGEST_UNKNOWN = 16, 3  # words


@dataclass(frozen=True, slots=True)
class Reference:
    """One noun phrase that can be a speaker.

    Args:
        first, last: indices of its first word and of the word after it.
        start, end: offsets of the words that tell who it is.
        kind: name, club, pronoun, description, document (a statement, a spokesman) or unnamed (an insider).
        name: the canonical name of a person or club, else None.
        gender: of a pronoun, m or f.
        owner: whose ("his agent", "Salah's agent"): canonical name, None when none or a pronoun.
        head: its last word ("father", "winger"), "" when it has none.
        relative: whether it says whose ("his agent", "Salah's agent").
        former: whether it says "former".
        governed: whether a preposition stands before it.
    """

    first: int
    last: int
    start: int
    end: int
    kind: str
    name: str | None = None
    gender: str | None = None
    role: str | None = None
    position: str | None = None
    nationality: str | None = None
    age: int | None = None
    club: str | None = None
    owner: str | None = None
    head: str = ""
    relative: bool = False
    former: bool = False
    governed: bool = False

    @property
    def personal(self) -> bool:
        """Whether it refers to a person of the article, by whatever means."""
        return self.kind in ("name", "pronoun", "description")


@dataclass
class _Phrase:
    """What has been read of a noun phrase so far."""

    role: str | None = None
    position: str | None = None
    nationality: str | None = None
    club: str | None = None
    owner: str | None = None
    age: int | None = None
    former: bool = False
    relative: bool = False
    head: int = 0  # index after the head noun; 0 while there is none
    words: list[str] = field(default_factory=list)


def references(words: Words, first: int, last: int) -> list[Reference]:
    """The references between two word indices, left to right, none within another."""
    found: list[Reference] = []
    at = first
    while at < last:
        reference = read(words, at, last)
        if reference is None:
            at += 1
            continue
        found.append(reference)
        at = max(reference.last, at + 1)
    return found


def read(words: Words, first: int, last: int) -> Reference | None:
    """The reference that begins at a word index, at most up to `last`; None when there is none."""
    if first >= last:
        return None
    governed = words.word(first - 1) in PREPOSITIONS
    if words.lower[first] in PRONOUNS:
        gender = "m" if words.lower[first] in MALE else "f" if words.lower[first] in FEMALE else None
        return Reference(first, first + 1, words.starts[first], words.ends[first], "pronoun", gender=gender, governed=governed)
    body = words.mentions.get(words.starts[first + (words.lower[first] == "the" and first + 1 < last)])
    phrase, at = _Phrase(), first
    while at < min(last, first + LONGEST):
        mention = words.person(at)
        if mention is not None:
            after = words.at(mention.end)
            if words.word(after) in APOSTROPHES and _owns(words, after, last):
                phrase.owner, at = mention.name, after + 1
                continue
            return _named(words, phrase, first, after, governed)
        step = _take(words, phrase, at, first)
        if step is None:
            break
        at = step
    found = _described(words, phrase, first, at, governed)
    if body is not None and body.label == "ORG" and (found is None or found.kind == "unnamed"):
        return Reference(first, words.at(body.end), body.start, body.end, "body", body.name, governed=governed)
    return found


def _owns(words: Words, after: int, last: int) -> bool:
    """Whether a possessive is followed by a role ("Salah's agent")."""
    return any(words.starts[i] in words.traits for i in range(after + 1, min(after + 4, last)))


def _take(words: Words, phrase: _Phrase, at: int, first: int) -> int | None:
    """Read one word or trait into the phrase; the index of the next one, None where the phrase ends."""
    lower = words.lower[at]
    trait = words.traits.get(words.starts[at])
    if trait is not None:
        after = words.at(trait.end)
        if trait.role:
            phrase.role, phrase.position = trait.role, trait.position or phrase.position
            phrase.head = after
            phrase.words.append(words.text[words.starts[at] : trait.end].lower())
        elif trait.nationality:
            phrase.nationality, phrase.head = trait.nationality, after if phrase.words[:1] == ["the"] else phrase.head
        else:
            phrase.club = trait.club
            phrase.head = max(phrase.head, 0)
        return after
    if (age := words.age(at)) is not None:
        phrase.age = int(age[1])
        phrase.head = words.at(age.end())
        return phrase.head
    if lower in UNNAMED or lower in SIDES and phrase.words:
        if phrase.head and lower in SIDES:
            return None
        phrase.words.append(lower)
        if lower == "club" and (words.word(at + 1) in UNNAMED or words.starts[min(at + 1, len(words) - 1)] in words.traits):
            return at + 1
        phrase.role, phrase.head = "other", at + 1
        return at + 1
    if lower in PEOPLE_NOUNS and (phrase.club or phrase.nationality) and not phrase.head:
        phrase.words.append(lower)
        phrase.head = at + 1
        return at + 1
    if lower in FORMER or lower == "-":
        phrase.former = phrase.former or lower != "-"
        return at + 1 if at == first or phrase.former or phrase.words or phrase.club or phrase.role else None
    if lower in ARTICLES:
        if at > first:
            return None
        phrase.words.append(lower)
        return at + 1
    if lower in APOSTROPHES and phrase.head == at and _owns(words, at, len(words)):
        phrase.role = phrase.position = phrase.nationality = phrase.age = None
        phrase.relative, phrase.head = True, 0
        return at + 1
    if lower in APOSTROPHES or lower in TITLES or lower == ".":
        return at + 1 if phrase.club or lower in TITLES or lower == "." and words.word(at - 1) in TITLES else None
    if lower in ("of", "at", "for", "from") and phrase.head == at and _club_after(words, at) is not None:
        return at + 1
    if lower in ("of", "for", "at") and phrase.head == at and (beyond := _name_beyond(words, at)):
        phrase.head = beyond
        return beyond
    if lower in ("and", "&") and at + 1 < len(words) and words.starts[at + 1] in words.traits and (phrase.head == at or phrase.club):
        return at + 1
    if lower in ("," , "(") and phrase.head == at and _name_after(words, at):
        return at + 1
    if lower in STOPS or not words.text[words.starts[at]].isalnum() or phrase.head:
        return None
    unknown = [w for w in phrase.words if w not in ARTICLES]
    if len(unknown) >= LONGEST_UNKNOWN or (at == first and not _adjectival(words, at)):
        return None
    phrase.words.append(lower)
    return at + 1


def _adjectival(words: Words, at: int) -> bool:
    """Whether a word may open a phrase without an article: "Sporting director X", "Delighted Jones"."""
    following = at + 1
    return words.capitalised(at) and following < len(words) and (
        words.starts[following] in words.traits or words.starts[following] in words.mentions
    )


def _club_after(words: Words, at: int) -> str | None:
    for index in (at + 1, at + 2):
        if index < len(words) and (mention := words.mentions.get(words.starts[index])) and mention.label == "CLUB":
            return mention.name
        if words.word(index) != "the":
            break
    return None


def _name_beyond(words: Words, at: int) -> int | None:
    """The comma before a name that ends a longer title: "the chairman of the assembly, X"."""
    for index in range(at + 1, min(at + 7, len(words))):
        if words.lower[index] == ",":
            return index if _name_after(words, index) else None
        if words.word(index) in STOPS and words.word(index) not in ("of", "for"):
            return None
    return None


def _name_after(words: Words, at: int) -> bool:
    """Whether a comma or bracket after a role is followed by the name of its bearer."""
    for index in range(at + 1, min(at + 4, len(words))):
        if (mention := words.mentions.get(words.starts[index])) is not None:
            return mention.label in ("PERSON", "PLAYER")
        if words.lower[index] not in TITLES and words.lower[index] != ".":
            return False
    return False


def _named(words: Words, phrase: _Phrase, first: int, after: int, governed: bool) -> Reference:
    last = after
    mention = next(m for i in range(after - 1, first - 1, -1) if (m := words.person(i)) is not None)
    if words.word(after) in ("of", "at", "from") and (_club_after(words, after) is not None):
        last = words.at(words.mentions[words.starts[after + 1 + (words.word(after + 1) == "the")]].end)
    return Reference(first, last, mention.start, mention.end, "name", mention.name, role=phrase.role, nationality=phrase.nationality, club=phrase.club, age=phrase.age, former=phrase.former,
        head=phrase.words[-1] if phrase.role and phrase.words else "", governed=governed)


def _described(words: Words, phrase: _Phrase, first: int, at: int, governed: bool) -> Reference | None:
    if at == first:
        return None
    start = words.starts[first]
    opening = words.lower[first]
    if not phrase.head:
        unknown = [w for w in phrase.words if w not in ARTICLES]
        if phrase.club is None and unknown and opening in ("a", "an", "one", "another"):
            return Reference(first, at, start, words.ends[at - 1], "unnamed", role="other", governed=governed)
        if phrase.club is None:
            return None
        mention = next((m for i in range(first, at) if (m := words.mentions.get(words.starts[i])) is not None), None)
        if mention is None or words.word(at - 1) in APOSTROPHES:
            return None
        return Reference(first, at, mention.start, mention.end, "club", mention.name, club=mention.name, governed=governed)
    head = phrase.words[-1] if phrase.words and phrase.words[-1] not in ARTICLES else ""
    kind = "description"
    if head in SIDES:
        kind = "club"
    elif head in DOCUMENTS:
        kind = "document"
        if phrase.club is None and head.startswith("spokes") and "club" not in phrase.words:
            kind = "unnamed"
        if phrase.club is None:
            phrase.club = _club_after(words, phrase.head) if words.word(phrase.head) in ("from", "by", "on", "for") else None
            kind = "document" if phrase.club else kind
    elif head in UNNAMED or phrase.role == "other" and opening != "the" or opening in ("a", "an", "one", "another"):
        kind = "unnamed"
    elif opening not in ARTICLES and not (phrase.club or phrase.owner or words.capitalised(first)):
        return None
    return Reference(
        first, max(at, phrase.head), start, words.ends[max(at, phrase.head) - 1], kind, None,
        role=phrase.role, position=phrase.position, nationality=phrase.nationality, age=phrase.age, club=phrase.club,
        owner=phrase.owner, head=head, relative=phrase.relative or phrase.owner is not None or opening in POSSESSIVES, former=phrase.former, governed=governed,
    )
