"""Pathways of the practice pack in use. They are about nobody, and anybody may read them."""

from dataclasses import dataclass

from django.http import Http404

from hearth.foundation.core.pack import find, pack
from hearth.foundation.core.packs.directory import Term
from hearth.foundation.core.packs.pathways import Pathway, Touchpoint


def pathways() -> tuple[Pathway, ...]:
    """Every pathway of the authority, in order."""
    return pack().pathways


def pathway_of(code: str) -> Pathway:
    """One of them; a page that is not there for any other."""
    found = next((each for each in pathways() if each.code == code), None)
    if found is None:
        raise Http404
    return found


@dataclass(frozen=True)
class Where:
    """A touchpoint, and the pathway it is on."""

    pathway: Pathway
    touchpoint: Touchpoint


def touchpoints() -> dict[str, Where]:
    """Every touchpoint by its code, in order."""
    return {each.code: Where(pathway, each) for pathway in pathways() for each in pathway.touchpoints}


def needs_of(touchpoint: Touchpoint) -> list[Term]:
    """The needs by which services that can help are found in the directory."""
    found = (find(pack().directory.needs, code) for code in touchpoint.needs)
    return [need for need in found if need is not None]
