import codecs
import datetime as dt

import ftfy
import ftfy.bad_codecs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rumourmill.sources import Article, Reject, from_bytes
from rumourmill.sources.article import FIXES, clean_text

ftfy.bad_codecs.ok()  # its import makes the sloppy codecs known
STORY = "Lecce want £5m for Tomas Verrell. “He stays,” said the coach."


def read(data, path="x.txt"):
    if isinstance(data, str):
        data = data.encode()
    found = from_bytes(data, path)
    assert isinstance(found, Article), found
    return found


@pytest.mark.parametrize(
    "data",
    [
        STORY.encode(),
        codecs.BOM_UTF8 + STORY.encode(),
        STORY.encode("utf-16"),
        codecs.BOM_UTF16_BE + STORY.encode("utf-16-be"),
        STORY.encode("cp1252"),
    ],
    ids=["utf-8", "utf-8 with its mark", "utf-16 little", "utf-16 big", "windows-1252"],
)
def test_every_encoding_gives_the_same_text(data):
    assert read(data).text == STORY


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        (STORY.encode().decode("sloppy-windows-1252"), STORY),  # UTF-8 read as Windows-1252 and saved again
        ("Ã\x85lesund and Málaga", "Ålesund and Málaga"),
        ("a fee of &pound;11m &amp; add-ons", "a fee of £11m & add-ons"),
        ("one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour"),
        ("“curly” ‘stay’ ﬁne", "“curly” ‘stay’ ﬁne"),
        ("\x1b[31mred\x1b[0m and a\x07 bell", "red and a bell"),
        ("Ibrahimovic\u0301 to Ma\u0301laga", "Ibrahimović to Málaga"),
    ],
)
def test_mojibake_is_repaired_and_curly_quotes_stay(raw, cleaned):
    assert read(raw).text == cleaned


@given(
    st.lists(
        st.sampled_from([*"aZ é“”’—£€ÂÃâÅÎÐšŸ…&;.,\t'", "â€™", "Ã©", "Ã ", "&pound;", "\xa0", "\x92"]), max_size=12
    )
)
def test_no_line_is_skipped_that_ftfy_would_change(pieces):
    text = "".join(pieces)
    assert clean_text(text) == ftfy.fix_text(text, FIXES)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \n\t\r\n ", "empty"),
        (b" date 2020-09-23 \n", "empty"),
        (b"GIF89a\x00\x01\x00", "binary"),
        (STORY.encode("utf-16-le"), "binary"),  # no mark to know it by
        (b"\x01\x02\x03\x04 text", "binary"),
        (b"caf\xe9 \x81\x8d", "undecodable"),
        (b"\xff\xfeodd", "undecodable"),
        (b"x " * 500_001, "too_long"),
    ],
)
def test_bytes_without_text_are_rejected_with_a_sentence(data, reason):
    found = from_bytes(data, "x.txt")
    assert isinstance(found, Reject)
    assert found.reason == reason
    assert found.detail.endswith(".")


def test_a_million_characters_are_read():
    assert len(read(b"x" * 1_000_000).text) == 1_000_000


@pytest.mark.parametrize(
    ("raw", "text", "day"),
    [
        (" date 2020-09-23 Roma wait.", "Roma wait.", "2020-09-23"),
        (" date 2020-09-23Roma wait.", "Roma wait.", "2020-09-23"),
        ("date: 2020-09-23\n\nRoma wait.", "Roma wait.", "2020-09-23"),
        ("Date 2020-09-23T17:05:00Z Roma wait.", "Roma wait.", "2020-09-23"),
        ("\ufeff\n date 2020-09-23 11 men wait.", "11 men wait.", "2020-09-23"),
        ("The date 2020-09-23 is set.", "The date 2020-09-23 is set.", None),
    ],
)
def test_the_date_header_is_parsed_and_is_not_part_of_the_text(raw, text, day):
    article = read(raw)
    assert article.text == text
    assert str(article.published_on or "") == (day or "")
    assert article.published_on_from == ("header" if day else "none")


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("2020-09-23.txt", "2020-09-23"),
        ("roma-20200923-verrell.txt", "2020-09-23"),
        ("2020_09_23 roma.txt", "2020-09-23"),
        ("2020-09-23/roma.txt.gz", "2020-09-23"),
        ("2020/09/23/roma.txt", "2020-09-23"),
        ("2019-01-01/roma-2020-09-23.txt", "2020-09-23"),  # the file's own name goes first
        ("2020-09/roma.txt", None),
        ("article-120200923.txt", None),
        ("story-20209999.txt", None),
    ],
)
def test_the_day_in_the_name_of_file_or_folder(path, day):
    article = read("Roma wait.", path)
    assert str(article.published_on or "") == (day or "")
    assert article.published_on_from == ("filename" if day else "none")


@pytest.mark.parametrize(
    ("top", "day"),
    [
        ("Roma wait\n\nPublished 23 September 2020\n\nThey wait.", "2020-09-23"),
        ("Roma waitPublished 23rd Sept 2020\nThey wait.", "2020-09-23"),
        ("Roma wait\n23 Sep 2020, 17:17\nThey wait.", "2020-09-23"),
        ("Tuesday 3 February 2015\nThey wait.", "2015-02-03"),
        ("Roma wait\nThu Feb 25, 2010\nThey wait.", "2010-02-25"),
        ("Roma wait\nAug 27 2013 | 10:12\nThey wait.", "2013-08-27"),
        ("Roma wait\n17 Jul 2012 By Ann Verrell\nThey wait.", "2012-07-17"),
        ("Roma wait\n17 Jul 2012 by the end of it\nThey wait.", None),
        ("Sam Verrell | September 23, 2020 5:17pm BST\nThey wait.", "2020-09-23"),
        ("17:17, 23 Sep 2020\nThey wait.", "2020-09-23"),
        ("23/09/2020 10:15 GMT\nThey wait.", "2020-09-23"),
        ("SEVILLE, Spain, Jan 14, 2011 (AFP) - They wait.", "2011-01-14"),
        ("23 September 2020 - They wait.", "2020-09-23"),
        ("Last updated 24 September 2020\nPublished 23 September 2020\nThey wait.", "2020-09-23"),
        ("Published: 17:17 GMT, 23 September 2020 | Updated: 18:00 GMT, 24 September 2020", "2020-09-23"),
        ("MADRID, June 3 (Reuters) - They wait.", None),
        ("He joined on 23 September 2019 from Lecce.", None),
        ("Accounts published on 30 June 2019 show a loss.", None),
        ("Signed:\n" + "They wait.\n" * 100 + "23 September 2020", None),
    ],
)
def test_the_day_of_a_dateline_near_the_top(top, day):
    article = read(top)
    assert str(article.published_on or "") == (day or "")
    assert article.published_on_from == ("dateline" if day else "none")
    assert article.text == top.strip()


@pytest.mark.parametrize(
    ("raw", "path", "found_in"),
    [
        (" date 2020-09-31 Roma wait.", "2020-09-23.txt", "filename"),
        ("Published 31 September 2020\nRoma wait.\n1 October 2020\n", "x.txt", "dateline"),
        (" date 2021-02-29 Roma wait.", "x.txt", "none"),
    ],
)
def test_an_invalid_date_is_skipped_with_a_note(raw, path, found_in):
    article = read(raw, path)
    assert article.published_on_from == found_in
    assert "not a valid date" in article.notes[0]
    assert "Roma wait." in article.text and "date 20" not in article.text


def test_a_header_is_preferred_to_file_name_and_dateline():
    article = read(" date 2020-09-23 Roma wait\n\n1 May 2019\n\nThey wait.", "2018-01-01.txt")
    assert (article.published_on, article.published_on_from) == (dt.date(2020, 9, 23), "header")


BODY = "Lecce have told Roma that the winger Tomas Verrell is not for sale this month, whatever they offer."


@pytest.mark.parametrize(
    ("raw", "title"),
    [
        (f"Verrell stays put\n\n{BODY}", "Verrell stays put"),
        (f" date 2020-09-23 Verrell stays put\n\n{BODY}", "Verrell stays put"),
        (f" date 2020-09-23VERRELL STAYS PUT\n{BODY}", "VERRELL STAYS PUT"),
        (f"Is Verrell staying?\n{BODY}", "Is Verrell staying?"),
        (f"Verrell stays... \n\n{BODY}", "Verrell stays..."),
        (f"Transfer gossip: Tuesday 3 February 2015\n\n{BODY}", "Transfer gossip: Tuesday 3 February 2015"),
        (f"Verrell stays put\nBy Sam Oldknow\n{BODY}", "Verrell stays put"),
        (f"Verrell stays put\n3 May 2019\n{BODY}", "Verrell stays put"),
        (f"{BODY}\n\n{BODY}", None),
        (f"{'Very ' * 40}long\n\n{BODY}", None),
        ("Verrell stays put", None),
        (f"3 May 2019\n\n{BODY}", None),
        (f"Published 3 May 2019\n\n{BODY}", None),
        (f"By Sam Oldknow\n\n{BODY}", None),
        (f"- Verrell stays put\n- Roma wait\n\n{BODY}", None),
        ("Lecce have told Roma that the winger\nTomas Verrell is not for sale this\nmonth.", None),
        ("Lecce said:\n\n“He stays.”", None),
    ],
)
def test_the_first_line_is_the_title_if_it_is_a_headline(raw, title):
    article = read(raw)
    assert article.title == title
    assert article.text[: article.title_end] == (title or "")


@given(st.binary(max_size=400), st.sampled_from(["x.txt", "2020-09-23/x.txt"]))
def test_any_bytes_are_read_or_rejected(data, path):
    found = from_bytes(data, path)
    if isinstance(found, Article):
        assert found.text.strip() and found.text.startswith(found.title or "")
    else:
        assert found.reason in {"empty", "binary", "undecodable"}


WORDS = st.text(st.characters(exclude_categories=["C", "Z"], exclude_characters="&", max_codepoint=0x24F), min_size=1)


@given(st.lists(WORDS, min_size=1).map(" ".join), st.dates(dt.date(1900, 1, 1)))
def test_no_word_of_plain_text_is_lost_behind_a_header(words, day):
    article = from_bytes(f" date {day} x {words} z".encode(), "x.txt")
    plain = from_bytes(f"x {words} z".encode(), "x.txt")
    assert isinstance(article, Article) and isinstance(plain, Article)
    assert (article.text, article.published_on) == (plain.text, day)


@pytest.mark.parametrize(
    "piece", ["1 may 2", "published ", "A, ", "| ", "a-", "date 2020-", "&amp;", "Ã©", '"', "\u202e"]
)
def test_time_is_linear_in_the_text(piece):
    long = (piece * (1_000_000 // len(piece)))[:1_000_000]
    began = dt.datetime.now()
    from_bytes(long.encode(), "x.txt")
    took = (dt.datetime.now() - began).total_seconds()
    assert took < 10
