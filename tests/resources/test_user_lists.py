"""A user's lists of clubs, nicknames, outlets, cues and public figures over the shipped ones."""

import pickle

import pytest
import spacy
import standin
from command import here, run

import rumourmill
from rumourmill.entities.club_lexicon import ClubLexicon
from rumourmill.entities.public_figures import PublicFigures
from rumourmill.errors import UsageError
from rumourmill.nlp.language import TAKE_USER_LISTS
from rumourmill.quotes.words import cues_of
from rumourmill.resources.gazetteer import Gazetteer, GazetteerError
from rumourmill.resources.user_lists import read_user_lists
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


def gazetteer_with(folder, files):
    return Gazetteer(read_user_lists(write(folder, files)).setting)


def test_a_new_club_has_its_names_nicknames_and_towns(tmp_path):
    lists = gazetteer_with(tmp_path / "own", AMBERLEIGH)
    lexicon = ClubLexicon.of(lists)
    assert lexicon.country["Amberleigh Town"] == "England"
    assert lexicon.club_of["amberleigh"] == "Amberleigh Town"
    assert lexicon.only_club_of["amberleigh"] == "Amberleigh Town"
    assert lexicon.alone["tanners"] == "Amberleigh Town"
    assert lexicon.club_of["roma"] == "Roma"  # the shipped clubs stay
    assert "tannery lane" in lexicon.grounds
    assert Lexicon.load(lists).clubs_at("tannery lane") == {"Amberleigh Town"}
    assert "amberleigh" not in ClubLexicon.of(Gazetteer.of()).club_of
    assert Lexicon.load().clubs_at("tannery lane") == set()


@pytest.mark.parametrize(
    ("file", "text", "read", "expected"),
    [
        ("clubs.csv", f"{CLUB}\nRoma,Peru,,,\n", lambda g: ClubLexicon.of(g).country["Roma"], "Peru"),
        ("clubs.csv", f"{CLUB}\nNew,Peru,,,Roma\n", lambda g: ClubLexicon.of(g).club_of["roma"], "New"),
        ("nicknames.csv", f"{NICKNAME}\nGunners,Roma,alone\n", lambda g: ClubLexicon.of(g).nicknamed["gunners"], ("Roma",)),
        ("nicknames.csv", f"{NICKNAME}\nThe Gunners,Roma,named\n", lambda g: ClubLexicon.of(g).alone.get("gunners"), None),
        ("cues.csv", f"{CUE}\nsaid,source,\n", lambda g: {(c.kind, c.indirect) for c in cues_of(g)["said"] if len(c.words) == 1}, {("source", False)}),
        ("outlets.csv", f"{OUTLET}\nGuardian,Peru,\n", lambda g: [o for f, o in g.outlets if f == "Guardian"], ["Guardian"]),
        ("public_figures.csv", f"{FIGURE}\nDario Venn,manager,2019,2021\n", lambda g: PublicFigures.of(g).find("Dario Venn", 2020).role, "manager"),
    ],
)  # fmt: skip
def test_a_line_replaces_the_shipped_lines_with_the_same_first_cell(tmp_path, file, text, read, expected):
    assert read(gazetteer_with(tmp_path / "own", {file: text})) == expected


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({"clubs.csv": "club,country\nRoma,Italy\n"}, "clubs.csv:1: the columns must be club,country,city,ground,forms"),
        ({"clubs.csv": ""}, "clubs.csv:1: the columns must be"),
        ({"clubs.csv": f"{CLUB}\nRoma,Italy,,,\n\nNew,Peru\n"}, "clubs.csv:4: expected 5 cells, found 2"),
        ({"clubs.csv": f"{CLUB}\n\"New\nTown\",Peru,,,\nNext,,,,\n"}, "clubs.csv:4: country must not be empty"),
        ({"clubs.csv": f"{CLUB}\nNew,Peru,,,\"\n"}, "clubs.csv:2: unexpected end of data"),
        ({"clubs.csv": f"{CLUB}\nNew,Peru,,,\nNew,Peru,,,\n"}, "clubs.csv:3: duplicate of line 2"),
        ({"clubs.csv": f"{CLUB}\nMálaga,Spain,,,\n".encode("cp1252")}, "clubs.csv is not UTF-8"),
        ({"nicknames.csv": f"{NICKNAME}\n# one\nTanners,Amberleigh,alone\n"}, "nicknames.csv:3: Amberleigh is not in clubs.csv"),
        ({"nicknames.csv": f"{NICKNAME}\nReds,Man Utd,alone\n"}, "Man Utd is not in clubs.csv: did you mean Manchester United?"),
        ({"nicknames.csv": f"{NICKNAME}\nReds,Bristol Cty,alone\n"}, "did you mean Bristol City?"),
        ({"nicknames.csv": f"{NICKNAME}\nTanners,Roma,always\n"}, "nicknames.csv:2: use must be alone or named, not always"),
        ({"cues.csv": f"{CUE}\nharrumphed,speech,\n"}, "cues.csv:2: kind must be one of after, label"),
        ({"cues.csv": f"{CUE}\nharrumphed,verb,yes\n"}, "cues.csv:2: indirect must be that or empty, not yes"),
        ({"public_figures.csv": f"{FIGURE}\nDario Venn,manager,2019,now\n"}, "public_figures.csv:2: the years must be"),
        ({"nickname.csv": NICKNAME}, "nickname.csv is not a list that can be extended: clubs.csv, nicknames.csv"),
        ({"Clubs.CSV": CLUB}, "Clubs.CSV is not a list that can be extended"),
        ({"notes.txt": "..."}, "has none of the lists that can be extended"),
    ],
)  # fmt: skip
def test_an_invalid_list_is_refused_with_file_and_line(tmp_path, files, message):
    folder = write(tmp_path / "own", files)
    with pytest.raises(UsageError) as refused:
        read_user_lists(folder)
    assert str(refused.value).startswith(str(folder)) and message in str(refused.value)


def test_a_list_from_a_spreadsheet_may_have_a_byte_order_mark(tmp_path):
    lists = gazetteer_with(tmp_path / "own", {"clubs.csv": b"\xef\xbb\xbf" + f"{CLUB}\r\nNew,Peru,,,\r\n".encode()})
    assert ClubLexicon.of(lists).country["New"] == "Peru"


def test_a_dollar_sign_survives_the_config(tmp_path):
    lists = read_user_lists(write(tmp_path / "own", {"outlets.csv": f"{OUTLET}\n$port ${{a.b}},Peru,A$$AP\n"}))
    nlp = spacy.blank("en")
    nlp.add_pipe("word_lists", config={"user_lists": lists.setting})
    nlp.to_disk(tmp_path / "model")
    (setting,) = (pipe["user_lists"] for pipe in spacy.load(tmp_path / "model").config["components"].values())
    assert setting == lists.setting
    assert ("A$$AP", "$port ${a.b}") in Gazetteer(setting).outlets


def nicknames(club):
    return {"nicknames.csv": f"{NICKNAME}\nThe Zingari,{club},alone\n"}


def clubs_in(nlp, text="The Zingari have bid £5m for Tomas Verrell."):
    return [club["club"] for club in nlp(text)._.clubs]


def test_two_pipelines_of_a_process_have_different_lists(tmp_path):
    roma, genoa = (rumourmill.load(gazetteer=write(tmp_path / club, nicknames(club))) for club in ("Roma", "Genoa"))
    shipped = rumourmill.load()
    for _ in range(2):
        assert (clubs_in(roma), clubs_in(genoa), clubs_in(shipped)) == (["Roma"], ["Genoa"], ["Zingari"])


def test_the_lists_are_a_setting_of_the_pipeline(tmp_path):
    nlp = rumourmill.load(gazetteer=write(tmp_path / "own", nicknames("Roma")))
    for name in TAKE_USER_LISTS:
        assert nlp.config["components"][name]["user_lists"] == nicknames("Roma")
    nlp.to_disk(tmp_path / "model")
    assert clubs_in(spacy.load(tmp_path / "model")) == ["Roma"]
    other = spacy.blank("en")
    other.add_pipe("clubs", config={"user_lists": nicknames("Genoa")})
    assert clubs_in(other) == ["Genoa"]


def test_exactly_these_components_take_user_lists(rules):
    names = {"word_lists", "recogniser", "reasons", *rules.pipe_names}
    assert {n for n in names if "user_lists" in rules.get_factory_meta(n).default_config} == set(TAKE_USER_LISTS)


def test_components_with_the_same_lists_share_a_gazetteer():
    assert Gazetteer.of(nicknames("Roma")) is Gazetteer.of(nicknames("Roma")) is not Gazetteer.of()


def test_a_setting_with_an_unknown_list_is_refused():
    with pytest.raises(GazetteerError, match=r"clubs\.txt is not a list that can be extended"):
        spacy.blank("en").add_pipe("clubs", config={"user_lists": {"clubs.txt": ""}})


def test_lists_can_be_pickled_for_worker_processes(tmp_path):
    lists = read_user_lists(write(tmp_path / "own", AMBERLEIGH))
    assert pickle.loads(pickle.dumps(lists)) == lists  # noqa: S301


@pytest.mark.parametrize("command", [["extract", "in", "out"], ["show", "in/a.txt"]])
def test_commands_refuse_invalid_lists_before_any_work(tmp_path, command):
    write(tmp_path / "in", {"a.txt": STORY})
    write(tmp_path / "own", {"nicknames.csv": f"{NICKNAME}\nTanners,Amberleigh,alone\n"})
    done = here(*command, "--gazetteer", "own", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "rumourmill: own/nicknames.csv:2: Amberleigh is not in clubs.csv: add it to a clubs.csv\n"
    assert not (tmp_path / "out").exists()
    assert "missing is not a folder" in here(*command, "--gazetteer", "missing", cwd=tmp_path).stderr


def test_every_worker_uses_the_user_lists(tmp_path, monkeypatch):
    write(tmp_path / "in", {f"{n:03}.txt": STORY for n in range(130)})  # more than a batch
    write(tmp_path / "own", AMBERLEIGH)
    done = run("extract", "in", "out", "--gazetteer", "own", "--workers", "2", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    moves, quotes = rumourmill.read(tmp_path / "out", "transfers"), rumourmill.read(tmp_path / "out", "quotes")
    assert moves.from_club.tolist() == ["Amberleigh Town"] * 130
    assert moves.reported_by.tolist() == ["The Amberleigh Gazette"] * 130
    assert (quotes.speaker.tolist(), quotes.cue.tolist()) == (["Dario Venn"] * 130, ["harrumphed"] * 130)


def test_with_other_lists_all_articles_are_read_again(tmp_path):
    write(tmp_path / "in", {"a.txt": "Roma bid £1m."})
    own = write(tmp_path / "own", AMBERLEIGH)
    reads = []
    for folder in (None, own, own, None):
        options = {"load": standin.load, "executor": standin.Here, "gazetteer": folder}
        reads.append(batch.extract(tmp_path / "in", tmp_path / "out", **options).read)
    assert reads == [1, 1, 0, 1]


def test_the_fingerprint_depends_on_the_text_of_lists_and_not_on_their_folder(tmp_path):
    here, there = (
        fingerprint.current(read_user_lists(write(tmp_path / name, AMBERLEIGH))) for name in ("here", "there")
    )
    other = fingerprint.current(read_user_lists(write(tmp_path / "there", {"cues.csv": f"{CUE}\nharrumphed,label,\n"})))
    assert here == there != other
    assert "own_lists" not in fingerprint.current()
