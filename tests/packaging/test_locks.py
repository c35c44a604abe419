"""Lock files pin all requirements of pyproject.toml with hashes, and agree with each other."""

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
    """Return name -> version -> hashes of a lock file, which contains only pins, hashes and comments."""
    lines = [line for line in lock.read_text(encoding="utf8").splitlines() if not line.lstrip().startswith("#")]
    found = defaultdict(dict)
    for line in "\n".join(lines).replace("\\\n", " ").splitlines():
        pin, *hashes = re.split(r"\s+(?=--hash)", line.strip())
        requirement = Requirement(pin)
        (pin,) = requirement.specifier
        assert (pin.operator, requirement.url, requirement.extras) == ("==", None, set()), line
        assert hashes, f"{pin} has no hash"
        assert all(SHA256.fullmatch(of.strip()) for of in hashes), line
        found[canonicalize_name(requirement.name)][pin.version] = set(hashes)
    return found


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.stem)
def test_every_line_of_a_lock_has_a_version_and_hashes(lock):
    assert len(pins(lock)) > 50


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.stem)
def test_a_lock_has_the_requirements_of_pyproject(lock):
    (made,) = re.findall(rf"uv pip compile ([^\n]*) -o requirements/{lock.name}", MAKEFILE)
    extras = re.findall(r"--extra (\w+)", made)
    asked = PROJECT["dependencies"] + [line for extra in extras for line in PROJECT["optional-dependencies"][extra]]
    locked = pins(lock)
    for requirement in map(Requirement, asked):
        versions = locked.get(canonicalize_name(requirement.name), {})
        assert versions, f"{requirement} is not in {lock.name}: make lock"
        assert all(requirement.specifier.contains(v) for v in versions), f"{requirement}, not {list(versions)}"


@pytest.mark.parametrize(("one", "other"), list(combinations(LOCKS, 2)), ids=lambda path: path.stem)
def test_locks_agree_on_common_packages(one, other):
    first, second = pins(one), pins(other)
    assert [name for name in first.keys() & second if first[name] != second[name]] == []


def test_make_installs_only_with_hashes():
    installs = re.findall(r"\$\(PIP\) install ([^\n]*)", MAKEFILE)
    unchecked = [line for line in installs if not line.startswith("--require-hashes ")]
    assert unchecked == ["uv", "--no-deps -e ."]  # uv writes the lock files
