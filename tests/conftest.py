from __future__ import annotations

import pytest
import spacy
from spacy.language import Language

from pipeline.language import COMPONENTS


@pytest.fixture(scope="session")
def rules() -> Language:
    """Our components behind a blank tokeniser: entities come from the marks of a test's text."""
    nlp = spacy.blank("en")
    for name in COMPONENTS:
        nlp.add_pipe(name)
    return nlp
