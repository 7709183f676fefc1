"""organisations.toml: the sectors partners come from, and the kinds of organisation in each."""

from pydantic import Field

from hearth.foundation.core.packs.base import Choice, Code, Part, SourceCode


class Sector(Choice):
    """A sector partners come from."""

    contact_source: SourceCode = Field(
        description="the DfE referral-source code under which requests of its organisations are counted: 6 for the police"
    )


class OrganisationKind(Choice):
    """A kind of organisation, in a sector."""

    sector: Code = Field(description="a code from [[sector]]")
    contact_source: SourceCode = Field(
        description="the DfE referral-source code its requests are counted under: 2A for a school"
    )


class Organisations(Part):
    """Where partners come from."""

    sectors: tuple[Sector, ...] = Field(alias="sector", min_length=1, description="health, schools, police ...")
    kinds: tuple[OrganisationKind, ...] = Field(alias="kind", min_length=1, description="school, general practice ...")

    def kinds_in(self, sector: str) -> tuple[OrganisationKind, ...]:
        """The kinds of organisation in a sector."""
        return tuple(kind for kind in self.kinds if kind.sector == sector)
