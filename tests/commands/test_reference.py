"""What the reference pages say is what the code does."""

import re
from pathlib import Path

import pytest

from hearth.config import reference

ROOT = Path(__file__).resolve().parents[2]
# The variables of the system, of Python, of Java and Spark and of Django, which are not ours to explain.
OTHERS = {"PATH", "COLUMNS", "JAVA_HOME", "PYSPARK_PYTHON", "DJANGO_SETTINGS_MODULE", "PYTEST_XDIST_WORKER"}
READS = re.compile(
    r"(?:environ(?:\.get|\.setdefault|\.pop)?[\[(]|\benv\.\w+\(|\bflag\(|\bwhole_number\(|\b_?secret\(|\bwords\()\s*f?\"([A-Z][A-Z_]+)\""
)


def read_by_the_code() -> set[str]:
    """Every variable that the product and its benchmarks ask the environment for."""
    files = [
        path
        for folder in ("hearth", "benchmarks")
        for path in (ROOT / folder).rglob("*.py")
        if "tests" not in path.parts
    ]
    return {name for path in files for name in READS.findall(path.read_text(encoding="utf-8"))}


def test_every_setting_that_the_code_reads_is_explained() -> None:
    assert read_by_the_code() - OTHERS - set(reference.settings()) == set()


def test_no_setting_is_explained_that_nothing_reads() -> None:
    text = "\n".join(
        path.read_text(encoding="utf-8")
        for folder in ("hearth", "benchmarks", "tests")
        for path in (ROOT / folder).rglob("*.py")
    )
    assert [name for name in reference.settings() if f'"{name}"' not in text] == []


@pytest.mark.parametrize("path", reference.pages(), ids=lambda path: path.name)
def test_the_generated_page_is_fresh(path: Path) -> None:
    assert path.exists(), "run `make docs`"
    assert path.read_text(encoding="utf-8") == reference.pages()[path], "run `make docs`"


def test_make_docs_writes_every_page_of_the_reference() -> None:
    assert set(reference.REFERENCE.glob("*.md")) == set(reference.pages())


def test_every_target_that_the_readme_and_the_guide_name_is_in_the_makefile() -> None:
    makefile = (ROOT / "Makefile").read_text()
    said = (ROOT / "README.md").read_text() + (ROOT / "CONTRIBUTING.md").read_text()
    for target in set(re.findall(r"\bmake ([a-z]+)\b", said)):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_continuous_integration_runs_the_readme_s_command() -> None:
    assert "make test" in (ROOT / ".ci" / "run").read_text()
