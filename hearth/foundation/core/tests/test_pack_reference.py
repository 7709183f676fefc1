"""The page about packs says what the models say."""

from hearth.foundation.core.packs.reference import reference
from hearth.foundation.core.packs.whole import FILES


def test_the_reference_page_names_every_file_and_key() -> None:
    page = reference()
    for file, model in FILES.items():
        assert f"## {file}: " in page
        for name, field in model.model_fields.items():
            assert f"| `{field.alias or name}` |" in page


def test_every_key_says_what_it_means() -> None:
    rows = [line for line in reference().splitlines() if line.startswith("| `")]
    assert len(rows) > 200
    assert [row for row in rows if row.rstrip("| ").count("|") < 5] == []
