"""What is stored of ethnicity, sex and disability is what the DfE collects, to the letter."""

from hearth.records.people import codes
from hearth.records.people.models import Person, Sex

ETHNICITY = "WBRI WIRI WIRT WROM WOTH MWBC MWBA MWAS MOTH AIND APKN ABAN AOTH BCRB BAFR BOTH CHNE OOTH REFU NOBT"
DISABILITY = "NONE MOB HAND PC INC COMM LD HEAR VIS BEH CON AUT DDA"


def test_ethnicity_is_the_dfe_main_code_list_and_not_asked_is_told_from_refused():
    assert {code for code, _ in codes.choices("ethnicity")} == set(ETHNICITY.split())
    assert Person._meta.get_field("ethnicity").default == "NOBT"
    assert codes.label_of("ethnicity", "NOBT") != codes.label_of("ethnicity", "REFU")
    grouped = [code for _, choices in codes.grouped_choices("ethnicity") for code, _ in choices]
    assert sorted(grouped) == sorted(ETHNICITY.split()), "every code is offered once"


def test_disability_is_the_census_list_and_none_is_an_answer():
    assert [code for code, _ in codes.choices("disability")] == DISABILITY.split()
    assert Person._meta.get_field("disabilities").default() == [], "nothing recorded is not the same as no disability"


def test_sex_is_the_census_list_of_2025():
    assert Sex.values == ["M", "F", "U"]
