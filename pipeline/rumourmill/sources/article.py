"""Bytes -> Article (text, day of publication, headline), or a Reject that says why not."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

import ftfy

from rumourmill.sources.publication_date import from_dateline, from_filename, is_dateline, split_header
from rumourmill.sources.source import MAX_CHARACTERS, Reject, too_long

__all__ = ["Article", "decode", "from_bytes", "mend"]

LONGEST_TITLE = 160  # characters
MAX_CONTROL = 0.02  # share of control characters above which a file is no text, if they are more than a few

# Curly quotes tell where speech begins and ends; ligatures and wide letters are the author's.
FIXES = ftfy.TextFixerConfig(
    uncurl_quotes=False,
    fix_latin_ligatures=False,
    fix_character_width=False,
    unescape_html=True,
    explain=False,
)
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
# What ftfy could have something to say about: `&` begins an entity, mojibake is of several odd characters, or ends in a
# space. A curly quote, dash or accented letter among plain ones is neither, and stands in every second line.
SUSPECT = re.compile(r"[^\t\n -%'-~“”‘’–—…£€À-ÁÄ-ÖØ-öø-ɏ]|[^\x00-\x7f]{2}")
NESTED = re.compile(r"&(?:amp;){2,}")  # an ampersand escaped over and over: ftfy would take a pass for each time
BYLINE = re.compile(r"\s*by [A-Z][\w'’-]+(?: [A-Z][\w'’-]+){0,3}\s*", re.I)
BULLET = re.compile(r"\s*(?:[-–—*•·]|\d+[.)])\s")


@dataclass(frozen=True)
class Article:
    """One article as it is read: all offsets of all tables count characters of `text`."""

    article_id: str
    source_path: str
    content_hash: str
    text: str
    title: str | None
    title_end: int  # offset of the end of the headline, 0 without one
    published_on: dt.date | None
    published_on_from: str  # column, header, filename, dateline, none
    notes: tuple[str, ...] = ()  # what was ignored on the way, and why


def from_bytes(
    data: bytes, source_path: str, article_id: str = "", content_hash: str = "", day: dt.date | None = None
) -> Article | Reject:
    """Read an article.

    Args:
        data: the bytes of the file, decompressed.
        source_path: path below IN.
        article_id: what the tables join on, the path without its suffix or the id of a row; it may tell the day.
        content_hash: SHA-256 of the file.
        day: the day of publication as a table's column tells it.

    Returns:
        The Article, or a Reject when there is none in these bytes.
    """
    raw = decode(data)
    if isinstance(raw, Reject):
        return raw
    if len(raw) > MAX_CHARACTERS:
        return too_long(f"{len(raw):,} characters")
    body, header_day, notes = split_header(mend(raw))
    text = body.strip()
    if not text:
        return Reject("empty", "It has no text: nothing but white space or a date header.")
    if len(text) > MAX_CHARACTERS:
        return too_long(f"{len(text):,} characters")
    day, told_by, more = _published_on(day, header_day, article_id or source_path, text)
    title = find_title(text)
    return Article(article_id, source_path, content_hash, text, title, len(title or ""), day, told_by, (*notes, *more))


def decode(data: bytes) -> str | Reject:
    """The text of a file: UTF-8 with or without its mark, UTF-16 by its mark, else Windows-1252."""
    if not data.strip():
        return Reject("empty", "It is empty or holds nothing but white space.")
    marked = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    if not marked and b"\0" in data:
        return Reject("binary", "It holds zero bytes, so it is no text, or UTF-16 without its mark: save it as UTF-8.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = data.decode("utf-16" if marked else "cp1252")
        except UnicodeDecodeError as error:
            return Reject(
                "undecodable",
                f"It is neither UTF-8, UTF-16 nor Windows-1252 ({error.reason}): save it as UTF-8.",
            )
    if len(CONTROL.findall(text)) > max(3, MAX_CONTROL * len(text)):
        return Reject("binary", "It is full of control characters, so it is no text.")
    return text


def mend(text: str) -> str:
    """A text with Unix line ends, entities resolved and mojibake mended, line by line; nothing else is changed."""
    lines = re.split(r"\r\n|[\r\n\u2028\u2029]", NESTED.sub("&amp;", text))
    return "\n".join(ftfy.fix_text(line, FIXES) if SUSPECT.search(line) else line for line in lines)


def find_title(text: str) -> str | None:
    """The first line, when it reads as a headline: short, no sentence, and with a story below it."""
    line, _, rest = text.partition("\n")
    title = line.rstrip()
    if not rest.strip() or len(title) > LONGEST_TITLE or not any(c.isalpha() for c in title):
        return None
    if title[-1] in ",;:" or (title[-1] == "." and not title.endswith("..")):
        return None
    if BULLET.match(title) or BYLINE.fullmatch(title) or is_dateline(title) or _goes_on(title, rest):
        return None
    return title


def _goes_on(line: str, rest: str) -> bool:
    """Whether the text below goes on with the first line's sentence, as in a text of fixed width."""
    following, _, after = rest.partition("\n")
    if not following.strip():
        return False
    alone = not after or after.startswith("\n") or BYLINE.fullmatch(following) or is_dateline(following)
    return following.lstrip()[0].islower() or not (alone or len(following) > 1.5 * len(line))


def _published_on(
    column_day: dt.date | None, header_day: dt.date | None, name: str, text: str
) -> tuple[dt.date | None, str, list[str]]:
    notes: list[str] = []
    if column_day or header_day:
        return column_day or header_day, "column" if column_day else "header", notes
    for told_by, (day, more) in (
        ("filename", from_filename(name)),
        ("dateline", from_dateline(text)),
    ):
        notes += more
        if day:
            return day, told_by, notes
    return None, "none", notes
