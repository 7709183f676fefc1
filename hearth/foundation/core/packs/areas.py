"""areas.toml: districts, and the localities, boards or quadrants they are grouped in, as one tree."""

import datetime as dt
from typing import Annotated

from pydantic import Field, StringConstraints

from hearth.foundation.core.packs.base import Code, Name, Part

Outward = Annotated[str, StringConstraints(pattern=r"^[A-Z]{1,2}[0-9][0-9A-Z]?$")]


class AreaKind(Part):
    """What an area of this kind is called here."""

    code: Code = Field(description="what localities and districts name as their kind")
    one: Name = Field(description="one of them: locality")
    many: Name = Field(description="several: localities")


class Locality(Part):
    """A grouping of districts; it may itself lie in a larger one."""

    code: Code = Field(description="stored; never change it once it has been used")
    name: Name = Field(description="what people read")
    kind: Code = Field(description="a code from [[kind]]")
    parent: Code | None = Field(None, description="the larger locality it lies in; left out: the whole authority")


class District(Part):
    """Where cases live: the smallest area a front door and a manager answer for."""

    code: Code = Field(description="stored; never change it once it has been used")
    name: Name = Field(description="what people read")
    kind: Code = Field(description="a code from [[kind]]")
    locality: Code | None = Field(None, description="the locality it lies in; left out: the whole authority")
    gss_code: Annotated[str, StringConstraints(pattern=r"^E\d{8}$")] | None = Field(
        None, description="its ONS code, where known"
    )
    goes_live_on: dt.date = Field(
        description="early help opens here on this day: before it a nought means 'not open', not 'no need'"
    )
    outward: tuple[Outward, ...] = Field(
        (),
        description="first halves of the postcodes that lie in it, all or most of them: by these a search of the finder is counted",
    )

    def is_live(self, on: dt.date) -> bool:
        """Whether early help had opened here by that day."""
        return on >= self.goes_live_on


class AreaInTree(Part):
    """Any area, whatever its kind: what a room needs to make its table of areas."""

    code: Code
    name: Name
    kind: Code
    parent: Code | None = None
    gss_code: str | None = None
    goes_live_on: dt.date


class Areas(Part):
    """Every area of the authority."""

    kinds: tuple[AreaKind, ...] = Field(alias="kind", min_length=1, description="what areas of each kind are called")
    localities: tuple[Locality, ...] = Field((), alias="locality", description="groupings of districts")
    districts: tuple[District, ...] = Field(alias="district", min_length=1, description="where cases live")

    def kind(self, code: str) -> AreaKind | None:
        """The kind with that code."""
        return next((kind for kind in self.kinds if kind.code == code), None)

    def district(self, code: str) -> District | None:
        """The district with that code."""
        return next((district for district in self.districts if district.code == code), None)

    def district_of(self, outward: str) -> District | None:
        """The district in which postcodes that begin so lie, all or most of them; nothing where the pack does not say."""
        return next((district for district in self.districts if outward in district.outward), None)

    def districts_in(self, code: str) -> tuple[District, ...]:
        """The districts of a locality, however deep they lie."""
        inner = {locality.code for locality in self.localities if locality.parent == code} - {code}
        direct = tuple(district for district in self.districts if district.locality == code)
        return direct + tuple(district for each in sorted(inner) for district in self.districts_in(each))

    def below(self, root: Code, name: str, gss_code: str | None) -> tuple[AreaInTree, ...]:
        """The tree under the whole authority, each area after the one it lies in."""
        opened = min(district.goes_live_on for district in self.districts)
        found = [AreaInTree(code=root, name=name, kind="authority", gss_code=gss_code, goes_live_on=opened)]
        waiting = list(self.localities)
        while waiting:
            placed = {area.code for area in found}
            ready = [each for each in waiting if (each.parent or root) in placed]
            waiting = [each for each in waiting if each not in ready]
            found += [self._locality_in_tree(each, root) for each in ready]
            if not ready:
                break  # a ring of parents, which the check of the pack has already reported
        found += [
            AreaInTree(
                code=d.code,
                name=d.name,
                kind=d.kind,
                parent=d.locality or root,
                gss_code=d.gss_code,
                goes_live_on=d.goes_live_on,
            )
            for d in self.districts
        ]
        return tuple(found)

    def _locality_in_tree(self, locality: Locality, root: Code) -> AreaInTree:
        """A locality opens with the first of its districts."""
        opened = min(district.goes_live_on for district in self.districts_in(locality.code) or self.districts)
        return AreaInTree(
            code=locality.code,
            name=locality.name,
            kind=locality.kind,
            parent=locality.parent or root,
            goes_live_on=opened,
        )
