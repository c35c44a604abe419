"""CONTRIBUTING's table of packages and the import contract of pyproject.toml cover the whole package."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "pipeline/rumourmill"
PACKAGES = sorted(path.parent.name for path in SOURCE.glob("*/__init__.py"))
MODULES = sorted(path.stem for path in SOURCE.glob("*.py") if path.stem != "__init__")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf8").partition("## The house")[2].partition("\n## ")[0]
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf8"))["tool"]["importlinter"]["contracts"]
LAYERS = next(contract["layers"] for contract in CONTRACTS if contract["type"] == "layers")
DOCUMENTED = re.findall(r"^\| (`[^|]+) \|", CONTRIBUTING, re.MULTILINE)


@pytest.mark.parametrize("package", PACKAGES)
def test_every_package_is_in_the_table_and_in_the_contract(package):
    assert [cell for cell in DOCUMENTED if f"`{package}`" in cell] == [f"`{package}`"]
    assert package in {name for layer in LAYERS for name in layer.split(" | ")}


@pytest.mark.parametrize("module", [module for module in MODULES if module != "__main__"])
def test_every_module_beside_the_packages_is_in_the_table_and_in_the_contract(module):
    assert any(f"`{module}.py`" in cell for cell in DOCUMENTED)
    assert module in {name for layer in LAYERS for name in layer.split(" | ")}


def test_the_table_names_nothing_else():
    named = {name for cell in DOCUMENTED for name in re.findall(r"`([^`]+)`", cell)}
    assert named == {*PACKAGES, *(f"{module}.py" for module in MODULES if module != "__main__")}


def test_the_direction_of_imports_is_that_of_the_contract():
    shown = re.search(r"```text\n(cli\n.*?)```", CONTRIBUTING, re.DOTALL)[1].splitlines()
    assert shown == [layer for layer in LAYERS if layer != "__main__"]


def test_every_package_says_what_it_holds():
    assert [name for name in PACKAGES if not (SOURCE / name / "__init__.py").read_text(encoding="utf8").strip()] == []
