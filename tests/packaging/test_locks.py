"""What `make` installs is pinned with hashes, is what pyproject asks for, and is the same in every lock."""

import re
import tomllib
from collections import defaultdict
from itertools import combinations
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
LOCKS = sorted((ROOT / "requirements").glob("*.lock"))
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf8").replace("\\\n", " ")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf8"))["project"]
SHA256 = re.compile(r"--hash=sha256:[0-9a-f]{64}")


def pins(lock):
    """Name -> version -> hashes of a lock, which holds nothing but pins, hashes and comments."""
    lines = [line for line in lock.read_text(encoding="utf8").splitlines() if not line.lstrip().startswith("#")]
    found = defaultdict(dict)
    for line in "\n".join(lines).replace("\\\n", " ").splitlines():
        told, *hashes = re.split(r"\s+(?=--hash)", line.strip())
        requirement = Requirement(told)
        (pin,) = requirement.specifier
        assert (pin.operator, requirement.url, requirement.extras) == ("==", None, set()), line
        assert hashes, f"{told} has no hash"
        assert all(SHA256.fullmatch(of.strip()) for of in hashes), line
        found[canonicalize_name(requirement.name)][pin.version] = set(hashes)
    return found


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.stem)
def test_every_line_of_a_lock_is_a_version_with_its_hashes(lock):
    assert len(pins(lock)) > 50


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.stem)
def test_a_lock_holds_what_pyproject_asks_for(lock):
    (made,) = re.findall(rf"uv pip compile ([^\n]*) -o requirements/{lock.name}", MAKEFILE)
    extras = re.findall(r"--extra (\w+)", made)
    asked = PROJECT["dependencies"] + [line for extra in extras for line in PROJECT["optional-dependencies"][extra]]
    locked = pins(lock)
    for requirement in map(Requirement, asked):
        versions = locked.get(canonicalize_name(requirement.name), {})
        assert versions, f"{requirement} is not in {lock.name}: make lock"
        assert all(requirement.specifier.contains(v) for v in versions), f"{requirement}, not {list(versions)}"


@pytest.mark.parametrize(("one", "other"), list(combinations(LOCKS, 2)), ids=lambda path: path.stem)
def test_two_locks_have_the_same_version_and_hashes_of_what_both_hold(one, other):
    first, second = pins(one), pins(other)
    assert [name for name in first.keys() & second if first[name] != second[name]] == []


def test_make_installs_nothing_without_a_hash_but_ourselves():
    installs = re.findall(r"\$\(PIP\) install ([^\n]*)", MAKEFILE)
    unchecked = [line for line in installs if not line.startswith("--require-hashes ")]
    assert unchecked == ["uv", "--no-deps -e ."]  # uv makes the locks, and nothing that runs
