"""Extension attributes that another package has registered do not get in the way."""

import subprocess
import sys

import pytest

SCRIPT = """
from spacy.tokens import Doc
Doc.set_extension({name!r}, default={default!r})
import rumourmill
from rumourmill.nlp.extensions import DEFAULTS
assert all(Doc.has_extension(name) for name in DEFAULTS)
assert Doc.get_extension({name!r})[0] == {default!r}
doc = rumourmill.load()("Roma have had a £5m bid for Tomas Verrell rejected.")
print([fee["amount"] for fee in doc._.fees], [club["club"] for club in doc._.clubs])
"""


@pytest.mark.parametrize(("name", "default"), [("published_on", None), ("published_on", "2020-09-23"), ("fees", [7])])
def test_missing_extensions_are_registered_beside_a_foreign_one(name, default):
    script = SCRIPT.format(name=name, default=default)
    done = subprocess.run([sys.executable, "-c", script], check=False, capture_output=True, text=True, timeout=120)
    assert (done.stdout, done.returncode) == ("[5000000.0] ['Roma']\n", 0), done.stderr
