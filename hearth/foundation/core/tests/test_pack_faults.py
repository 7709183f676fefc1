"""Each way a pack can be wrong gives a sentence that names the file and the key and says what to do."""

from pathlib import Path
from typing import Any

import pytest

from hearth.foundation.core.pack import PackError, check, load_pack
from hearth.foundation.core.packs.base import Part
from hearth.foundation.core.packs.faults import PATTERN_WORDS
from hearth.foundation.core.packs.whole import FILES, SEVERAL
from hearth.foundation.core.tests.packs import PACKS, PRACTICE, Copy
from hearth.foundation.core.tests.spoilt_lists import SPOILT_LISTS
from hearth.foundation.core.tests.spoilt_measures import SPOILT_MEASURES
from hearth.foundation.core.tests.spoilt_rounds import SPOILT_ROUNDS
from hearth.foundation.core.tests.spoilt_values import SPOILT_VALUES


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    return Copy(tmp_path)


SPOILT = SPOILT_VALUES | SPOILT_LISTS | SPOILT_MEASURES | SPOILT_ROUNDS


@pytest.mark.parametrize("name", SPOILT)
def test_the_fault_is_told_by_file_and_key(copy: Copy, name: str) -> None:
    file, old, new, sentence = SPOILT[name]
    copy.swap(file, old, new)
    folder = copy.folder("stockton" if file.startswith("stockton/") else "lancashire")
    faults = check(folder)
    assert sentence in faults, "\n".join(faults)
    with pytest.raises(PackError) as error:
        load_pack(folder)
    assert error.value.faults == faults
    assert sentence in str(error.value)


@pytest.mark.parametrize("name", sorted(set(SPOILT) - {"a key left out"}))
def test_one_fault_is_not_told_as_many(copy: Copy, name: str) -> None:
    file, old, new, _ = SPOILT[name]
    copy.swap(file, old, new)
    faults = check(copy.folder("stockton" if file.startswith("stockton/") else "lancashire"))
    assert len(faults) <= 4, "\n".join(faults)


@pytest.mark.parametrize("file", [*FILES, "assessment-form-1.toml"])
def test_a_missing_file_is_named(copy: Copy, file: str) -> None:
    copy.path(file).unlink()
    assert f"practice/lancashire/{file}: is missing: copy it from another pack and change what differs" in check(
        copy.folder()
    )


def test_a_file_spelt_wrongly_is_named_with_the_name_it_should_have(copy: Copy) -> None:
    copy.path("levels.toml").rename(copy.folder() / "level.toml")
    assert check(copy.folder()) == [
        'practice/lancashire/level.toml: is not a file of a practice pack: did you mean "levels.toml"?',
        "practice/lancashire/levels.toml: is missing: copy it from another pack and change what differs",
    ]


@pytest.mark.parametrize("name", ["nowhere", "england", "authority.toml"])
def test_what_is_not_a_pack_is_told_with_the_packs_there_are(copy: Copy, name: str) -> None:
    (fault,) = check(copy.folder(name))
    assert fault.startswith(f"practice/{name}: is not the folder of a practice pack: ")
    assert all(f'"{pack}"' in fault for pack in PACKS)


def test_every_fault_is_told_at_once(copy: Copy) -> None:
    for name in ("a number that is words", "a level that is not there", "a code given twice", "a weekday nobody knows"):
        file, old, new, _ = SPOILT[name]
        copy.swap(file, old, new)
    copy.swap("areas.toml", 'locality = "north"', 'locality = "nort"')
    copy.swap("areas.toml", "goes_live_on = 2012-09-01", "goes_live_on = 3")  # in a file with another kind of fault
    copy.path("words.toml").write_text("early_help", encoding="utf-8")
    faults = check(copy.folder())
    assert [fault.split(": ")[:2] for fault in faults] == [
        ["practice/lancashire/areas.toml", "district[3].goes_live_on"],
        ["practice/lancashire/areas.toml", "district[3].locality"],
        ["practice/lancashire/calendar.toml", "working_weekdays[5]"],
        ["practice/lancashire/front_door.toml", "outcome[5].levels[1]"],
        ["practice/lancashire/limits.toml", "plan"],
        ["practice/lancashire/plans.toml", "type[3].code"],
        ["practice/lancashire/words.toml", "end of document"],
    ]
    with pytest.raises(PackError, match="The practice pack lancashire cannot be used: 7 faults"):
        load_pack(copy.folder())


def test_the_second_comes_before_the_tenth(copy: Copy) -> None:
    text = copy.path("areas.toml").read_text(encoding="utf-8").replace("2012-09-01", '"soon"')
    copy.path("areas.toml").write_text(text, encoding="utf-8")
    numbers = [int(fault.split("[")[1].split("]")[0]) for fault in check(copy.folder())]
    assert numbers == sorted(numbers) and len(numbers) == 8


def test_a_later_form_must_be_used_from_a_later_day(copy: Copy) -> None:
    text = copy.path("assessment-form-1.toml").read_text(encoding="utf-8")
    copy.path("assessment-form-1.toml").with_name("assessment-form-2.toml").write_text(
        text.replace("version = 1", "version = 2"), encoding="utf-8"
    )
    assert check(copy.folder()) == [
        "practice/lancashire/assessment-form-2.toml: in_use_from: "
        "must be later than 2012-04-01, the day of version 1 (it is 2012-04-01)"
    ]
    copy.swap("assessment-form-2.toml", "2012-04-01", "2027-04-01")
    assert [form.version for form in load_pack(copy.folder()).assessment_forms] == [1, 2]


def test_a_pack_may_replace_a_list_it_includes(copy: Copy) -> None:
    copy.add("universal.toml", '\n[[setting]]\ncode = "library"\nlabel = "Library"\n')
    loaded = load_pack(copy.folder())
    assert [setting.code for setting in loaded.universal.settings] == ["library"]
    assert len(loaded.universal.kinds) > 5


def test_localities_that_lie_in_each_other_are_both_told(copy: Copy) -> None:
    copy.swap("areas.toml", 'name = "North Lancashire"\n', 'name = "North Lancashire"\nparent = "east"\n')
    copy.swap("areas.toml", 'name = "East Lancashire"\n', 'name = "East Lancashire"\nparent = "north"\n')
    assert [fault.split(": ")[1] for fault in check(copy.folder())] == ["locality[1].parent", "locality[3].parent"]


def test_every_pattern_has_words() -> None:
    def patterns(schema: Any) -> set[str]:
        if isinstance(schema, list):
            return set().union(*map(patterns, schema)) if schema else set()
        if not isinstance(schema, dict):
            return set()
        own = {schema["pattern"]} if isinstance(schema.get("pattern"), str) else set()
        return own | patterns(list(schema.values()))

    models: list[type[Part]] = [*FILES.values(), *SEVERAL.values()]
    assert set().union(*(patterns(model.model_json_schema()) for model in models)) == set(PATTERN_WORDS)


def test_the_tests_spoil_copies_and_not_the_packs() -> None:
    assert all(check(PRACTICE / name) == [] for name in PACKS)
