"""What must agree between files that are each sound: names, versions, and what people are promised."""

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from hearth.foundation.core.packs.areas import Areas, District, Locality
from hearth.foundation.core.packs.assessment_form import AssessmentForm
from hearth.foundation.core.packs.authority import Authority
from hearth.foundation.core.packs.base import Part
from hearth.foundation.core.packs.faults import Fault
from hearth.foundation.core.packs.limits import Limits
from hearth.foundation.core.packs.reading import named
from hearth.foundation.core.packs.request_form import RequestForm


def between_parts(folder: Path, parts: dict[str, Part]) -> list[Fault]:
    """Every disagreement between sound files; a file with faults of its own is passed over until they are mended."""
    return [
        *_own_name(folder, parts),
        *_area_codes(folder, parts),
        *_form_versions(folder, parts),
        *_promises(folder, parts),
    ]


def _own_name(folder: Path, parts: dict[str, Part]) -> Iterator[Fault]:
    authority = parts.get("authority.toml")
    if isinstance(authority, Authority) and authority.code != folder.name:
        sentence = f'must be "{folder.name}", as the folder is (it is "{authority.code}")'
        yield Fault(named(folder / "authority.toml"), "code", sentence)


def _area_codes(folder: Path, parts: dict[str, Part]) -> Iterator[Fault]:
    """The whole authority is an area too, and has the pack's name for its code."""
    areas = parts.get("areas.toml")
    if not isinstance(areas, Areas):
        return
    tables: dict[str, tuple[Locality | District, ...]] = {"locality": areas.localities, "district": areas.districts}
    for table, listed in tables.items():
        for number, area in enumerate(listed, 1):
            if area.code == folder.name:
                sentence = f'is "{area.code}", the code of the whole authority: give it one of its own'
                yield Fault(named(folder / "areas.toml"), f"{table}[{number}].code", sentence)


def _form_versions(folder: Path, parts: dict[str, Part]) -> Iterator[Fault]:
    """Each version is in the file of its number, and is used from a later day than the one before."""
    forms = {name: part for name, part in parts.items() if isinstance(part, AssessmentForm)}
    for name, form in forms.items():
        if name != f"assessment-form-{form.version}.toml":
            yield Fault(named(folder / name), "version", f"is {form.version}, and the file is {name}: make them agree")
    ordered = sorted(forms.items(), key=lambda pair: pair[1].version)
    for (_, earlier), (name, later) in pairwise(ordered):
        if later.in_use_from <= earlier.in_use_from:
            earliest = f"{earlier.in_use_from}, the day of version {earlier.version}"
            sentence = f"must be later than {earliest} (it is {later.in_use_from})"
            yield Fault(named(folder / name), "in_use_from", sentence)


def _promises(folder: Path, parts: dict[str, Part]) -> Iterator[Fault]:
    """What people are told when they ask for help is what the clocks hold us to."""
    form, limits = parts.get("request_form.toml"), parts.get("limits.toml")
    if not (isinstance(form, RequestForm) and isinstance(limits, Limits)):
        return
    for number, asker in enumerate(form.askers, 1):
        for days in re.findall(r"(\d+) working days?", asker.what_happens_next):
            if int(days) != limits.receipt_to_decision:
                limit = f"receipt_to_decision in limits.toml is {limits.receipt_to_decision}"
                sentence = f"promises {days} working days, and {limit}: make them agree"
                yield Fault(named(folder / "request_form.toml"), f"asker[{number}].what_happens_next", sentence)
