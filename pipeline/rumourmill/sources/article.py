"""Articles: the text, headline and day of publication of a file's or row's bytes."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

import ftfy

from rumourmill.sources.publication_date import from_dateline, from_filename, is_dateline, split_header
from rumourmill.sources.source import MAX_CHARACTERS, Content, Reject, Source, too_long

__all__ = ["Article", "clean_text", "decode_text", "find_title", "from_bytes", "from_content"]

MAX_TITLE = 160  # characters
MAX_CONTROL = 0.02  # fraction of control characters above which a file is binary, if there are more than three

# Curly quotes mark where speech begins and ends; ligatures and wide letters are left as the author wrote them.
FIXES = ftfy.TextFixerConfig(
    uncurl_quotes=False,
    fix_latin_ligatures=False,
    fix_character_width=False,
    unescape_html=True,
    explain=False,
)
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
# Lines that ftfy could change: `&` begins an entity; mojibake consists of several non-ASCII characters, or of one and a
# space. A single curly quote, dash or accented letter is neither, and occurs in every second line.
SUSPECT = re.compile(r"[^\t\n -%'-~“”‘’–—…£€À-ÁÄ-ÖØ-öø-ɏ]|[^\x00-\x7f]{2}")
NESTED = re.compile(r"&(?:amp;){2,}")  # an ampersand escaped repeatedly: ftfy would need one pass for each time
BYLINE = re.compile(r"\s*by [A-Z][\w'’-]+(?: [A-Z][\w'’-]+){0,3}\s*", re.I)
BULLET = re.compile(r"\s*(?:[-–—*•·]|\d+[.)])\s")


@dataclass(frozen=True)
class Article:
    """One article. All offsets in all tables count characters of `text`."""

    article_id: str
    source_path: str
    content_hash: str
    text: str
    title: str | None
    title_end: int  # offset of the end of the headline, 0 without one
    published_on: dt.date | None
    published_on_from: str  # column, header, filename, dateline, none
    notes: tuple[str, ...] = ()  # what was ignored, and why


def from_content(source: Source, content: Content) -> Article | Reject:
    """Parse the content of a source; return its fault if it has one."""
    if content.fault:
        return content.fault
    return from_bytes(content.data, source.source_path, source.article_id, content.content_hash or "", content.day)


def from_bytes(
    data: bytes, source_path: str, article_id: str = "", content_hash: str = "", day: dt.date | None = None
) -> Article | Reject:
    """Parse an article.

    Args:
        data: the bytes of the file, decompressed.
        source_path: path below IN.
        article_id: the path without its suffix, or the id of a row; a date in it is the day of publication.
        content_hash: SHA-256 of the file.
        day: the day of publication, if a column of a table has it.

    Returns:
        The Article, or a Reject if the bytes hold no text.
    """
    raw = decode_text(data)
    if isinstance(raw, Reject):
        return raw
    if len(raw) > MAX_CHARACTERS:
        return too_long(f"{len(raw):,} characters")
    body, header_day, notes = split_header(clean_text(raw))
    text = body.strip()
    if not text:
        return Reject("empty", "It has no text: only white space or a date header.")
    if len(text) > MAX_CHARACTERS:
        return too_long(f"{len(text):,} characters")
    day, found_in, more = _find_day(day, header_day, article_id or source_path, text)
    title = find_title(text)
    return Article(article_id, source_path, content_hash, text, title, len(title or ""), day, found_in, (*notes, *more))


def decode_text(data: bytes) -> str | Reject:
    """Decode a file: UTF-8 with or without a byte order mark, UTF-16 with one, otherwise Windows-1252."""
    if not data.strip():
        return Reject("empty", "It is empty or holds only white space.")
    marked = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    if not marked and b"\0" in data:
        return Reject("binary", "It holds zero bytes, so it is no text, or UTF-16 without a mark: save it as UTF-8.")
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


def clean_text(text: str) -> str:
    """Convert line ends to Unix ones, resolve HTML entities and repair mojibake; change nothing else."""
    lines = re.split(r"\r\n|[\r\n\u2028\u2029]", NESTED.sub("&amp;", text))
    return "\n".join(ftfy.fix_text(line, FIXES) if SUSPECT.search(line) else line for line in lines)


def find_title(text: str) -> str | None:
    """Return the first line if it is a headline: short, not a complete sentence, and followed by a story."""
    line, _, rest = text.partition("\n")
    title = line.rstrip()
    if not rest.strip() or len(title) > MAX_TITLE or not any(c.isalpha() for c in title):
        return None
    if title[-1] in ",;:" or (title[-1] == "." and not title.endswith("..")):
        return None
    if BULLET.match(title) or BYLINE.fullmatch(title) or is_dateline(title) or _continues(title, rest):
        return None
    return title


def _continues(line: str, rest: str) -> bool:
    """Return whether the next line continues the sentence of the first, as in a text wrapped at a fixed width."""
    following, _, after = rest.partition("\n")
    if not following.strip():
        return False
    alone = not after or after.startswith("\n") or BYLINE.fullmatch(following) or is_dateline(following)
    return following.lstrip()[0].islower() or not (alone or len(following) > 1.5 * len(line))


def _find_day(
    column_day: dt.date | None, header_day: dt.date | None, name: str, text: str
) -> tuple[dt.date | None, str, list[str]]:
    """Return the day of publication, where it was found (a value of `published_on_from`), and notes."""
    notes: list[str] = []
    if column_day or header_day:
        return column_day or header_day, "column" if column_day else "header", notes
    for found_in, (day, more) in (
        ("filename", from_filename(name)),
        ("dateline", from_dateline(text)),
    ):
        notes += more
        if day:
            return day, found_in, notes
    return None, "none", notes
