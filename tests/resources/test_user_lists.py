"""A user's own clubs, nicknames, outlets, cues and figures over ours."""

import pytest
import standin
from command import here, run

import rumourmill
from rumourmill.entities import known_people
from rumourmill.entities.club_lexicon import ClubLexicon
from rumourmill.errors import UsageError
from rumourmill.quotes.words import cues
from rumourmill.resources import gazetteer, lists, user_lists
from rumourmill.runner import batch, fingerprint
from rumourmill.transfers.sentences import Lexicon

CLUB, NICKNAME, CUE, OUTLET, FIGURE = (
    "club,country,city,ground,forms",
    "nickname,club,use",
    "phrase,kind,indirect",
    "outlet,country,forms",
    "name,role,from_year,to_year",
)
AMBERLEIGH = {
    "clubs.csv": f"{CLUB}\n# not in your lists\nAmberleigh Town,England,Amberleigh,Tannery Lane,Amberleigh\n",
    "nicknames.csv": f"{NICKNAME}\nThe Tanners,Amberleigh Town,alone\n",
    "outlets.csv": f"{OUTLET}\nThe Amberleigh Gazette,England,Amberleigh Gazette\n",
    "cues.csv": f"{CUE}\nharrumphed,verb,that\n",
}
STORY = (
    " date 2020-09-23 Tanners turn down Roma bid\n\nRoma have had a £5m bid for the Amberleigh Town striker Tomas Verrell"
    " rejected, the Amberleigh Gazette reports. “The Tanners never sell,” harrumphed the coach, Dario Venn.\n"
)


def write(folder, files):
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


@pytest.fixture
def use(tmp_path):
    """Put files over ours, until the test ends."""
    yield lambda files: lists.use(user_lists.read(write(tmp_path / "own", files)))
    lists.use(None)


def test_a_new_club_is_known_by_its_names_nicknames_and_towns(use):
    use(AMBERLEIGH)
    lexicon = ClubLexicon.load()
    assert lexicon.country["Amberleigh Town"] == "England"
    assert lexicon.club_of["amberleigh"] == "Amberleigh Town"
    assert lexicon.only_club_of["amberleigh"] == "Amberleigh Town"
    assert lexicon.alone["tanners"] == "Amberleigh Town"
    assert lexicon.club_of["roma"] == "Roma"  # ours still stand
    assert "tannery lane" in lexicon.grounds
    assert Lexicon.load().clubs_at("tannery lane") == {"Amberleigh Town"}
    lists.use(None)
    assert "amberleigh" not in ClubLexicon.load().club_of
    assert Lexicon.load().clubs_at("tannery lane") == set()


@pytest.mark.parametrize(
    ("file", "text", "read", "expected"),
    [
        ("clubs.csv", f"{CLUB}\nRoma,Peru,,,\n", lambda: ClubLexicon.load().country["Roma"], "Peru"),
        ("clubs.csv", f"{CLUB}\nNew,Peru,,,Roma\n", lambda: ClubLexicon.load().club_of["roma"], "New"),
        ("nicknames.csv", f"{NICKNAME}\nGunners,Roma,alone\n", lambda: ClubLexicon.load().nicknamed["gunners"], ("Roma",)),
        ("nicknames.csv", f"{NICKNAME}\nThe Gunners,Roma,named\n", lambda: ClubLexicon.load().alone.get("gunners"), None),
        ("cues.csv", f"{CUE}\nsaid,source,\n", lambda: {(c.kind, c.indirect) for c in cues()["said"] if len(c.words) == 1}, {("source", False)}),
        ("outlets.csv", f"{OUTLET}\nGuardian,Peru,\n", lambda: [o for f, o in gazetteer.outlets() if f == "Guardian"], ["Guardian"]),
        ("public_figures.csv", f"{FIGURE}\nDario Venn,manager,2019,2021\n", lambda: known_people.known("Dario Venn", 2020).role, "manager"),
    ],
)  # fmt: skip
def test_a_line_of_ones_own_takes_the_place_of_ours(use, file, text, read, expected):
    use({file: text})
    assert read() == expected


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({"clubs.csv": "club,country\nRoma,Italy\n"}, "clubs.csv:1: the columns must be club,country,city,ground,forms"),
        ({"clubs.csv": ""}, "clubs.csv:1: the columns must be"),
        ({"clubs.csv": f"{CLUB}\nRoma,Italy,,,\n\nNew,Peru\n"}, "clubs.csv:4: 2 cells where 5 belong"),
        ({"clubs.csv": f"{CLUB}\n\"New\nTown\",Peru,,,\nNext,,,,\n"}, "clubs.csv:4: country must not be empty"),
        ({"clubs.csv": f"{CLUB}\nNew,Peru,,,\"\n"}, "clubs.csv:2: unexpected end of data"),
        ({"clubs.csv": f"{CLUB}\nNew,Peru,,,\nNew,Peru,,,\n"}, "clubs.csv:3: the same as line 2"),
        ({"clubs.csv": f"{CLUB}\nMálaga,Spain,,,\n".encode("cp1252")}, "clubs.csv is not UTF-8"),
        ({"nicknames.csv": f"{NICKNAME}\n# one\nTanners,Amberleigh,alone\n"}, "nicknames.csv:3: Amberleigh does not stand in"),
        ({"nicknames.csv": f"{NICKNAME}\nReds,Man Utd,alone\n"}, "Man Utd does not stand in clubs.csv: did you mean Manchester United?"),
        ({"nicknames.csv": f"{NICKNAME}\nReds,Bristol Cty,alone\n"}, "did you mean Bristol City?"),
        ({"nicknames.csv": f"{NICKNAME}\nTanners,Roma,always\n"}, "nicknames.csv:2: use is alone or named, not always"),
        ({"cues.csv": f"{CUE}\nharrumphed,speech,\n"}, "cues.csv:2: kind is one of after, label"),
        ({"cues.csv": f"{CUE}\nharrumphed,verb,yes\n"}, "cues.csv:2: indirect is that or empty, not yes"),
        ({"public_figures.csv": f"{FIGURE}\nDario Venn,manager,2019,now\n"}, "public_figures.csv:2: the years must be"),
        ({"nickname.csv": NICKNAME}, "nickname.csv is none of the lists that can be your own: clubs.csv, nicknames.csv"),
        ({"Clubs.CSV": CLUB}, "Clubs.CSV is none of the lists"),
        ({"notes.txt": "..."}, "holds none of the lists that can be your own"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_told_by_file_and_line(tmp_path, files, message):
    folder = write(tmp_path / "own", files)
    with pytest.raises(UsageError) as refused:
        user_lists.read(folder)
    assert str(refused.value).startswith(str(folder)) and message in str(refused.value)
    assert lists.in_use() is None


def test_lists_of_a_spreadsheet_with_its_mark_are_read(use):
    use({"clubs.csv": b"\xef\xbb\xbf" + f"{CLUB}\r\nNew,Peru,,,\r\n".encode()})
    assert ClubLexicon.load().country["New"] == "Peru"


@pytest.mark.parametrize("command", [["extract", "in", "out"], ["show", "in/a.txt"]])
def test_commands_refuse_faulty_lists_before_any_work(tmp_path, command):
    write(tmp_path / "in", {"a.txt": STORY})
    write(tmp_path / "own", {"nicknames.csv": f"{NICKNAME}\nTanners,Amberleigh,alone\n"})
    done = here(*command, "--gazetteer", "own", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert (
        done.stderr
        == "rumourmill: own/nicknames.csv:2: Amberleigh does not stand in clubs.csv: add it to a clubs.csv\n"
    )
    assert not (tmp_path / "out").exists()
    assert "missing is no folder" in here(*command, "--gazetteer", "missing", cwd=tmp_path).stderr


def test_every_worker_reads_with_the_own_lists(tmp_path, monkeypatch):
    write(tmp_path / "in", {f"{n:03}.txt": STORY for n in range(130)})  # more than a batch
    write(tmp_path / "own", AMBERLEIGH)
    done = run("extract", "in", "out", "--gazetteer", "own", "--workers", "2", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    moves, quotes = rumourmill.read(tmp_path / "out", "transfers"), rumourmill.read(tmp_path / "out", "quotes")
    assert moves.from_club.tolist() == ["Amberleigh Town"] * 130
    assert moves.reported_by.tolist() == ["The Amberleigh Gazette"] * 130
    assert (quotes.speaker.tolist(), quotes.cue.tolist()) == (["Dario Venn"] * 130, ["harrumphed"] * 130)


def test_other_lists_are_another_recipe_and_all_is_read_again(tmp_path):
    write(tmp_path / "in", {"a.txt": "Roma bid £1m."})
    own = write(tmp_path / "own", AMBERLEIGH)
    reads = []
    for folder in (None, own, own, None):
        options = {"load": standin.load, "executor": standin.Here, "gazetteer": folder}
        reads.append(batch.extract(tmp_path / "in", tmp_path / "out", **options).read)
    assert reads == [1, 1, 0, 1]
    lists.use(None)


def test_the_recipe_tells_what_lists_say_and_not_where_they_lie(tmp_path):
    here, there = (
        fingerprint.current(user_lists.read(write(tmp_path / name, AMBERLEIGH))) for name in ("here", "there")
    )
    other = fingerprint.current(user_lists.read(write(tmp_path / "there", {"cues.csv": f"{CUE}\nharrumphed,label,\n"})))
    assert here == there != other
    assert "own_lists" not in fingerprint.current()
