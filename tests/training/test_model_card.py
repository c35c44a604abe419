"""The model card and the training README agree with the shipped model and with project.yml."""

import json
import re
from pathlib import Path

import pytest
from spacy.util import load_config

import rumourmill
from data import HELD_OUT
from passages import gold_doc, parse, path_of, read
from people_eval import found_people

ROOT = Path(__file__).parents[2]
TRAINING, MODEL = ROOT / "models/training", ROOT / "models/transfer_news"
CARD = (MODEL / "README.md").read_text(encoding="utf8")


@pytest.fixture(scope="module")
def nlp():
    return rumourmill.load()


def test_the_card_has_the_network_and_the_weights_of_the_model():
    tok2vec = load_config(MODEL / "config.cfg")["components"]["ner"]["model"]["tok2vec"]
    assert f"(width {tok2vec['encode']['width']}, depth {tok2vec['encode']['depth']})" in CARD
    weights = json.loads((MODEL / "players/weights.json").read_text(encoding="utf8"))
    assert f"({len(weights):,} weights)" in CARD


@pytest.mark.parametrize("source", ["recogniser", "pipeline"])
def test_the_card_has_the_accuracy_of_the_shipped_model_per_person(nlp, people, source):
    right = sum(getattr(person, source) == person.annotated for person in people)
    row = {"recogniser": "majority of the recogniser's labels", "pipeline": "whole pipeline"}[source]
    assert f"| {row} (`people_eval.py`) | {len(people)} | {right} ({right / len(people):.1%}) |" in CARD


@pytest.fixture(scope="module")
def people(nlp):
    passages = [passage for name in HELD_OUT for passage in read(path_of(name))]
    return [person for passage in passages for person in found_people(nlp, passage)]


def test_a_person_without_an_annotation_is_not_counted(nlp):
    text = "{Roma|CLUB} want the striker {Gil Lagos|PLAYER}, said manager {Ana Sol|PERSON}. Tom Bell was there.\n"
    passage = parse(f"x-1 | wire | 2019-08-02\n{text}")
    assert gold_doc(nlp, passage).ents
    assert {(person.name, person.annotated) for person in found_people(nlp, passage)} <= {
        ("Gil Lagos", True),
        ("Ana Sol", False),
    }


def test_the_readme_lists_the_commands_of_the_workflow():
    project = (TRAINING / "project.yml").read_text(encoding="utf8")
    workflow = re.search(r"^  all: \[(.+)\]$", project, re.MULTILINE)[1]
    readme = " ".join((TRAINING / "README.md").read_text(encoding="utf8").split())
    assert f"runs the workflow of `project.yml`: {workflow}." in readme
    scripts = set(re.findall(r'- "python (\w+\.py)', project))
    outside = re.search(
        r"Tools outside the workflow: (.+?)\n\n", (TRAINING / "README.md").read_text(encoding="utf8"), re.DOTALL
    )[1]
    assert set(re.findall(r"`(\w+\.py)`", outside)) & scripts == set()
