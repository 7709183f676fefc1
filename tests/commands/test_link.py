"""`hearth link`: files in, people out, and a sentence for whatever is wrong."""

import sys
from pathlib import Path

import pytest

from hearth.config.command import main
from hearth.linkage import files
from hearth.linkage.tests.town import build, table

TOWN = build(60, seed=29)
BOTH = [*TOWN.roll, *TOWN.book]
LARGER = build(200, seed=67)  # enough to learn from for a model that knows nothing beforehand

COLUMNS_FILE = """\
mode = "link"
each_once = true

[columns]
id = "id"
given_name = "given"
family_name = "family"
birth_date = "born"
address = "address"
postcode = "postcode"
nhs_number = "nhs"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A roll and a book as files, and what their columns mean."""
    files.write(table(TOWN.roll, "r"), tmp_path / "roll.csv")
    files.write(table(TOWN.book, "b"), tmp_path / "book.parquet")
    (tmp_path / "columns.toml").write_text(COLUMNS_FILE)
    return tmp_path


def run(folder: Path, *more: str, inputs: tuple[str, ...] = ("roll.csv", "book.parquet")) -> int:
    """`hearth link` on files of the folder."""
    given = [str(folder / name) for name in inputs]
    return main(["link", *given, "--columns", str(folder / "columns.toml"), *more])


def test_the_command_links_files_of_either_kind_and_says_what_came_of_it(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, pairs = folder / "people.parquet", folder / "pairs.csv"
    assert run(folder, "--out", str(out), "--pairs", str(pairs)) == 0
    told = capsys.readouterr().out
    assert f"{len(BOTH):,} records are" in told
    assert len(files.parquet.read_table(out)) == len(BOTH)
    assert pairs.read_text().startswith('"source_a","id_a","source_b","id_b","probability","bits","decision"')


def test_the_command_tells_who_lives_with_whom(folder: Path) -> None:
    homes = folder / "homes.csv"
    assert run(folder, "--out", str(folder / "o.csv"), "--households", str(homes)) == 0
    lines = homes.read_text().splitlines()
    assert lines[0] == '"source","id","household","communal"'
    assert len(lines) == len(BOTH) + 1


def test_the_command_explains_a_pair_in_words(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(folder, "--out", str(folder / "o.csv"), "--explain", "roll/r0", "book/b0") == 0
    assert "before anything is known" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("inputs", "more", "said"),
    [
        (("nothing.csv",), (), "There is no file"),
        (("columns.toml",), (), "not a file that can be linked"),
        (("roll.csv", "roll.csv"), (), "Two files are called roll"),
        (("roll.csv",), (), "one source only"),
        (("roll.csv", "book.parquet"), ("--explain", "roll/r0", "roll/zz"), "roll has no record zz"),
    ],
)
def test_the_command_refuses_with_a_sentence(
    folder: Path, capsys: pytest.CaptureFixture[str], inputs: tuple[str, ...], more: tuple[str, ...], said: str
) -> None:
    assert run(folder, "--out", str(folder / "o.csv"), *more, inputs=inputs) == 2
    assert said in capsys.readouterr().err


def test_a_columns_file_that_says_something_unknown_is_refused(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "columns.toml").write_text("mood = 'good'\n" + COLUMNS_FILE)
    assert run(folder, "--out", str(folder / "o.csv")) == 2
    assert "mood" in capsys.readouterr().err


def test_the_command_links_a_new_file_against_what_it_kept(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kept = str(folder / "kept")
    assert run(folder, "--out", str(folder / "before.csv"), "--keep", kept) == 0
    files.write(table(build(4, seed=47).book, "n"), folder / "new.csv")
    capsys.readouterr()
    assert run(folder, "--out", str(folder / "after.csv"), "--known", kept, inputs=("new.csv",)) == 0
    assert f"{len(BOTH) + len(build(4, seed=47).book):,} records are" in capsys.readouterr().out


def test_another_model_may_be_chosen_and_gives_the_same_kinds_of_files(folder: Path) -> None:
    told = {}
    files.write(table(LARGER.roll, "r"), folder / "roll.csv")
    files.write(table(LARGER.book, "b"), folder / "book.parquet")
    for model in ("hearth", "splink"):
        out, pairs, homes = (folder / f"{model}-{name}.csv" for name in ("people", "pairs", "homes"))
        given = ("--out", str(out), "--pairs", str(pairs), "--households", str(homes))
        assert run(folder, "--model", model, *given) == 0
        told[model] = [path.read_text() for path in (out, pairs, homes)]
    for ours, theirs in zip(told["hearth"], told["splink"], strict=True):
        assert ours.splitlines()[0] == theirs.splitlines()[0]
    assert told["hearth"][1] != told["splink"][1]
    assert told["hearth"][2] == told["splink"][2]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--explain", "roll/r0", "book/b0"), "leave out --explain"),
        (("--keep", "kept"), "leave out --keep"),
        (("--known", "kept"), "leave out --keep and --known"),
    ],
)
def test_what_the_other_model_has_not_is_refused_before_anything_is_written(
    folder: Path, capsys: pytest.CaptureFixture[str], more: tuple[str, ...], said: str
) -> None:
    assert run(folder, "--model", "splink", "--out", str(folder / "o.csv"), *more) == 2
    assert said in capsys.readouterr().err
    assert not (folder / "o.csv").exists()


def test_without_the_other_model_installed_the_command_says_what_to_install(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "splink", None)
    assert run(folder, "--out", str(folder / "ours.csv")) == 0
    assert run(folder, "--model", "splink", "--out", str(folder / "o.csv")) == 2
    assert "pip install 'splink~=5.0'" in capsys.readouterr().err
    assert not (folder / "o.csv").exists()


def test_the_product_is_installed_without_the_other_model() -> None:
    root = Path(__file__).parents[2]
    assert "\nsplink==5" in (root / "requirements-dev.txt").read_text()
    assert "splink" not in (root / "requirements.txt").read_text()


def test_names_of_files_and_columns_may_hold_quotes(tmp_path: Path) -> None:
    (tmp_path / "o'neill.csv").write_text('"the ""first"" name",surname\nAmy,Holt\nAva,Pye\n')
    (tmp_path / "columns.toml").write_text("[columns]\ngiven_name = 'the \"first\" name'\nfamily_name = 'surname'\n")
    assert run(tmp_path, "--out", str(tmp_path / "o.csv"), inputs=("o'neill.csv",)) == 0
    assert "o'neill/1" in (tmp_path / "o.csv").read_text()


@pytest.mark.parametrize("held", [b"", b"given,family,id,born,address,postcode,nhs\n"])
def test_a_file_without_anybody_in_it_is_refused_with_a_sentence(
    folder: Path, capsys: pytest.CaptureFixture[str], held: bytes
) -> None:
    (folder / "columns.toml").write_text(COLUMNS_FILE.replace('mode = "link"', 'mode = "dedupe"'))
    (folder / "empty.csv").write_bytes(held)
    assert run(folder, "--out", str(folder / "o.csv"), inputs=("empty.csv",)) == 2
    assert capsys.readouterr().err.strip().count("\n") == 0


def test_a_file_that_is_not_text_is_refused_with_a_sentence(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "broken.csv").write_bytes(b"given,family\n\xff\xfe\x00,\x81\n" * 50)
    assert run(folder, "--out", str(folder / "o.csv"), inputs=("broken.csv",)) == 2
    assert "broken.csv" in capsys.readouterr().err


def test_where_spark_is_missing_the_command_says_what_to_install_before_it_reads_anything(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyspark", None)
    assert run(folder, "--out", str(folder / "ours.csv"), "--engine", "duckdb") == 0
    capsys.readouterr()
    assert run(folder, "--engine", "spark", "--out", str(folder / "o.csv"), inputs=("nothing.csv",)) == 2
    assert "requirements-spark.txt" in capsys.readouterr().err
    assert not (folder / "o.csv").exists()


def test_a_service_installs_no_spark_and_what_is_named_in_the_sentence_installs_it() -> None:
    root = Path(__file__).resolve().parents[2]
    assert "\npyspark==4" in (root / "requirements-spark.txt").read_text()
    for name in ("requirements.txt", "requirements-dev.txt"):
        assert "pyspark" not in (root / name).read_text()


def test_what_does_not_run_on_spark_is_refused(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = str(folder / "kept")
    assert run(folder, "--out", str(folder / "before.csv"), "--keep", kept) == 0
    files.write(table(build(4, seed=47).book, "n"), folder / "new.csv")
    monkeypatch.setattr("hearth.linkage.on_spark.what_is_missing", lambda: "")
    on_spark = ("--engine", "spark", "--out", str(folder / "o.csv"))
    assert run(folder, *on_spark, "--model", "splink") == 2
    assert "leave out the engine, or the model" in capsys.readouterr().err
    assert run(folder, *on_spark, "--known", kept, inputs=("new.csv",)) == 2
    assert "leave out the engine, or --known" in capsys.readouterr().err
