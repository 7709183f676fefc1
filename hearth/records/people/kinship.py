"""Who somebody is to somebody: codes, the words both ways, and where it puts them in a family tree."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Kinship:
    """`person` is the `label` of `other`; read the other way round, `other` is the `inverse` of `person`.

    `up` says how many generations `person` stands above `other`. `parental` kinds are drawn as a line from parent to
    child, `couple` kinds side by side.
    """

    code: str
    label: str
    inverse: str
    up: int = 0
    parental: bool = False
    couple: bool = False


KINSHIPS: dict[str, Kinship] = {
    kin.code: kin
    for kin in (
        Kinship("mother", "Mother", "Child", 1, parental=True),
        Kinship("father", "Father", "Child", 1, parental=True),
        Kinship("parent", "Parent", "Child", 1, parental=True),
        Kinship("adoptive_parent", "Adoptive parent", "Adopted child", 1, parental=True),
        Kinship("step_parent", "Step-parent", "Step-child", 1, parental=True),
        Kinship("foster_carer", "Foster carer", "Foster child", 1, parental=True),
        Kinship("special_guardian", "Special guardian", "Child under special guardianship", 1, parental=True),
        Kinship("carer", "Carer", "Child cared for", 1, parental=True),
        Kinship("grandparent", "Grandparent", "Grandchild", 2, parental=True),
        Kinship("partner", "Partner, husband or wife", "Partner, husband or wife", couple=True),
        Kinship("former_partner", "Former partner", "Former partner", couple=True),
        Kinship("sibling", "Brother or sister", "Brother or sister"),
        Kinship("half_sibling", "Half-brother or half-sister", "Half-brother or half-sister"),
        Kinship("step_sibling", "Step-brother or step-sister", "Step-brother or step-sister"),
        Kinship("aunt_or_uncle", "Aunt or uncle", "Niece or nephew", 1),
        Kinship("cousin", "Cousin", "Cousin"),
        Kinship("other", "Another relative or close person", "Another relative or close person"),
    )
}
# Who may hold parental responsibility at all: nobody asks it of a sister.
RESPONSIBLE = tuple(code for code, kin in KINSHIPS.items() if kin.parental or code == "aunt_or_uncle")
BIRTH_PARENTS = ("mother", "father", "parent")
BROUGHT_UP_BY = (
    *BIRTH_PARENTS,
    "adoptive_parent",
    "step_parent",
    "foster_carer",
    "special_guardian",
    "carer",
    "grandparent",
)


def words(code: str, *, inverse: bool = False) -> str:
    """The words for a kind; the code itself where it is no longer in use."""
    kin = KINSHIPS.get(code)
    return code if kin is None else (kin.inverse if inverse else kin.label)


def choices() -> list[tuple[str, str]]:
    """(code, words) of every kind, nearest first."""
    return [(kin.code, kin.label) for kin in KINSHIPS.values()]
