from __future__ import annotations

import pytest
import spacy
from hypothesis import settings
from spacy.language import Language

from pipeline.language import COMPONENTS

# A slow machine is no fault: a deadline per example would be a timed assert.
settings.register_profile("house", deadline=None)
settings.load_profile("house")


@pytest.fixture(scope="session")
def rules() -> Language:
    """Our components behind a blank tokeniser: entities come from the marks of a test's text."""
    nlp = spacy.blank("en")
    for name in COMPONENTS:
        nlp.add_pipe(name)
    return nlp
