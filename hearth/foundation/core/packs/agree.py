"""What must agree between files that are each sound: names, versions, and what people are promised."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

from hearth.foundation.core.packs.areas import Areas, District, Locality
from hearth.foundation.core.packs.assessment_form import AssessmentForm
from hearth.foundation.core.packs.audits import Audits, AuditTool
from hearth.foundation.core.packs.authority import Authority
from hearth.foundation.core.packs.base import Part
from hearth.foundation.core.packs.checks import Checks
from hearth.foundation.core.packs.directory import Directory
from hearth.foundation.core.packs.faults import Fault, nearest
from hearth.foundation.core.packs.front_door import FrontDoor
from hearth.foundation.core.packs.indicators import Framework, Indicators
from hearth.foundation.core.packs.limits import Limits
from hearth.foundation.core.packs.panels import PanelKind, Panels
from hearth.foundation.core.packs.pathways import Pathway
from hearth.foundation.core.packs.reading import named
from hearth.foundation.core.packs.request_form import RequestForm
from hearth.foundation.core.packs.unmet import Unmet


def between_parts(folder: Path, parts: dict[str, Part]) -> list[Fault]:
    """Every disagreement between sound files; a file with faults of its own is passed over until they are mended."""
    return [
        *_own_name(folder, parts),
        *_area_codes(folder, parts),
        *_form_versions(folder, parts),
        *_promises(folder, parts),
        *_indicators(folder, parts),
        *_pathways(folder, parts),
        *_governance(folder, parts),
        *_needs(folder, parts),
        *_panels(folder, parts),
        *_audit_tools(folder, parts),
        *_audits(folder, parts),
        *_checks(folder, parts),
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


def _governance(folder: Path, parts: dict[str, Part]) -> Iterator[Fault]:
    """A level of governance that reaches a locality has localities to reach."""
    areas, unmet = parts.get("areas.toml"), parts.get("unmet.toml")
    if not (isinstance(areas, Areas) and isinstance(unmet, Unmet)) or areas.localities:
        return
    for number, level in enumerate(unmet.levels, 1):
        if level.reach == "locality":
            sentence = 'is "locality", and areas.toml has no [[locality]]: choose "district" or "authority"'
            yield Fault(named(folder / "unmet.toml"), f"level[{number}].reach", sentence)


def _needs(folder: Path, parts: dict[str, Part]) -> Iterator[Fault]:
    """What a need is called elsewhere is there."""
    unmet, form, directory = (parts.get(name) for name in ("unmet.toml", "request_form.toml", "directory.toml"))
    if not (isinstance(unmet, Unmet) and isinstance(form, RequestForm) and isinstance(directory, Directory)):
        return
    flags = {rule.code for part in parts.values() if isinstance(part, Framework) for rule in part.indicators}
    asked, searched = {each.code for each in form.needs}, {each.code for each in directory.needs}
    for number, need in enumerate(unmet.needs, 1):
        flagged = (need.flagged_as,) if need.flagged_as else ()
        said = (
            ("asked_as", need.asked_as, asked),
            ("searched_as", need.searched_as, searched),
            ("flagged_as", flagged, flags),
        )
        for name, codes, known in said:
            for code in set(codes) - known:
                sentence = f'names "{code}", which is not there: {nearest(code, known)}'
                yield Fault(named(folder / "unmet.toml"), f"need[{number}].{name}", sentence)


def _indicators(folder: Path, parts: dict[str, Part]) -> Iterator[Fault]:
    """Codes of rules are one of a kind among all frameworks; what names a rule names one that is there."""
    frameworks = {name: part for name, part in parts.items() if isinstance(part, Framework)}
    where = {rule.code: name for name, framework in frameworks.items() for rule in framework.indicators}
    for name, framework in frameworks.items():
        yield from _framework(folder / name, framework, where)
        yield from _claim(folder / name, framework)
    own = parts.get("indicators.toml")
    for number, threshold in enumerate(own.thresholds if isinstance(own, Indicators) else (), 1):
        if threshold.indicator not in where:
            sentence = f'names "{threshold.indicator}", which is no indicator: {nearest(threshold.indicator, where)}'
            yield Fault(named(folder / "indicators.toml"), f"threshold[{number}].indicator", sentence)


def _framework(path: Path, framework: Framework, where: dict[str, str]) -> Iterator[Fault]:
    if path.name != f"framework-{framework.code}.toml":
        yield Fault(named(path), "code", f'is "{framework.code}", and the file is {path.name}: make them agree')
    combined = {code for rule in framework.indicators if rule.combination for code in rule.combination.indicators}
    for number, rule in enumerate(framework.indicators, 1):
        key = f"indicator[{number}]"
        if rule.only_together and rule.code not in combined:
            sentence = "is true, and no combination of this framework names it: name it in one, or take this out"
            yield Fault(named(path), f"{key}.only_together", sentence)
        if where[rule.code] != path.name:
            sentence = f'is "{rule.code}", as one of {where[rule.code]} is: change one of them'
            yield Fault(named(path), f"{key}.code", sentence)
        for wanted in rule.combination.indicators if rule.combination else ():
            if wanted not in where:
                sentence = f'names "{wanted}", which is no indicator: {nearest(wanted, where)}'
                yield Fault(named(path), f"{key}.combination.indicators", sentence)


def _claim(path: Path, framework: Framework) -> Iterator[Fault]:
    """A claim counts the needs that the framework's own rules are signs of, by the same words."""
    if framework.claim is None:
        return
    if framework.claim.pays_until and framework.claim.pays_until < framework.from_on:
        sentence = f"must not be before from_on, {framework.from_on} (it is {framework.claim.pays_until})"
        yield Fault(named(path), "claim.pays_until", sentence)
    counted = {need.label for need in framework.claim.needs}
    for number, rule in enumerate(framework.indicators, 1):
        if rule.combination is None and not rule.only_together and rule.need not in counted:
            sentence = f'is "{rule.need}", which is the label of no [[claim.need]]: {nearest(rule.need, counted)}'
            yield Fault(named(path), f"indicator[{number}].need", sentence)


def _pathways(folder: Path, parts: dict[str, Part]) -> Iterator[Fault]:
    """Each pathway is in the file of its name, has a place of its own, and touchpoints that no other has."""
    codes: dict[str, str] = {}
    orders: dict[int, str] = {}
    for name, pathway in ((name, part) for name, part in parts.items() if isinstance(part, Pathway)):
        if name != f"pathway-{pathway.code}.toml":
            sentence = f'is "{pathway.code}", and the file is {name}: make them agree'
            yield Fault(named(folder / name), "code", sentence)
        if orders.setdefault(pathway.order, name) != name:
            sentence = f"is {pathway.order}, as in {orders[pathway.order]}: change one of them"
            yield Fault(named(folder / name), "order", sentence)
        for number, each in enumerate(pathway.touchpoints, 1):
            if codes.setdefault(each.code, name) != name:
                sentence = f'is "{each.code}", as one of {codes[each.code]} is: change one of them'
                yield Fault(named(folder / name), f"touchpoint[{number}].code", sentence)


def _panels(folder: Path, parts: dict[str, Part]) -> Iterator[Fault]:
    """What a kind of panel says of its numbers and days holds together."""
    panels = parts.get("panels.toml")
    for number, kind in enumerate(panels.kinds if isinstance(panels, Panels) else (), 1):
        for key, sentence in _panel(kind):
            yield Fault(named(folder / "panels.toml"), f"kind[{number}].{key}", sentence)


def _panel(kind: PanelKind) -> Iterator[tuple[str, str]]:
    if kind.quorum > len(kind.sectors):
        yield "quorum", f"is {kind.quorum}, and there are {len(kind.sectors)} sectors: ask for no more than there are"
    if kind.fewest and kind.most and kind.fewest > kind.most:
        yield "fewest", f"is {kind.fewest}, and most is {kind.most}: make it no more"
    if kind.check_days >= kind.list_days:
        sentence = f"is {kind.check_days}, and list_days is {kind.list_days}: members answer after they have the list"
        yield "check_days", sentence
    if kind.discusses == "families" and "assessment" not in kind.shows:
        yield "shows", 'must have "assessment": what a family is brought for is of that kind'
    if kind.minutes_days < kind.open_days:
        sentence = f"is {kind.minutes_days}, and open_days is {kind.open_days}: the chair reads longer than members"
        yield "minutes_days", sentence
    for place, (earlier, later) in enumerate(pairwise(kind.cadence), 2):
        if later.from_on <= earlier.from_on:
            sentence = f"must be later than {earlier.from_on} (it is {later.from_on})"
            yield f"cadence[{place}].from_on", sentence


def _audit_tools(folder: Path, parts: dict[str, Part]) -> Iterator[Fault]:
    """Each version is in the file of its code and number, and is used from a later day than the one before."""
    tools = {name: part for name, part in parts.items() if isinstance(part, AuditTool)}
    for name, tool in tools.items():
        wanted = f"audit-tool-{tool.code}-{tool.version}.toml"
        if name != wanted:
            yield Fault(
                named(folder / name), "version", f"belongs in {wanted}, and the file is {name}: make them agree"
            )
    ordered = sorted(tools.items(), key=lambda pair: (pair[1].code, pair[1].version))
    for (_, earlier), (name, later) in pairwise(ordered):
        if later.code == earlier.code and later.in_use_from <= earlier.in_use_from:
            earliest = f"{earlier.in_use_from}, the day of version {earlier.version}"
            sentence = f"must be later than {earliest} (it is {later.in_use_from})"
            yield Fault(named(folder / name), "in_use_from", sentence)


def _audits(folder: Path, parts: dict[str, Part]) -> Iterator[Fault]:
    """What themes, routes and weightings name is there."""
    audits, form, door = (parts.get(name) for name in ("audits.toml", "request_form.toml", "front_door.toml"))
    questions = _questions(parts)
    if not (isinstance(audits, Audits) and isinstance(form, RequestForm) and isinstance(door, FrontDoor) and questions):
        return
    themes, asked = {each.code for each in audits.themes}, {each.code for each in form.needs}
    outcomes: set[str] = {each.code for each in door.outcomes}
    said: list[tuple[str, Iterable[str], set[str]]] = []
    for number, theme in enumerate(audits.themes, 1):
        said += [
            (f"theme[{number}].asked_as", theme.asked_as, asked),
            (f"theme[{number}].answered", theme.answered, questions),
        ]
    said += [(f"route[{number}].decided", route.decided, outcomes) for number, route in enumerate(audits.routes, 1)]
    for number, weighting in enumerate(audits.weightings, 1):
        said.append((f"weighting[{number}].weight", [each.theme for each in weighting.weights], themes))
    for key, codes, known in said:
        for code in sorted(set(codes) - known):
            yield Fault(
                named(folder / "audits.toml"), key, f'names "{code}", which is not there: {nearest(code, known)}'
            )


def _checks(folder: Path, parts: dict[str, Part]) -> Iterator[Fault]:
    """A reminder asks after questions that some version of the form has."""
    checks, questions = parts.get("checks.toml"), _questions(parts)
    for number, check in enumerate(checks.checks if isinstance(checks, Checks) and questions else (), 1):
        for code in sorted(set(check.questions) - questions):
            sentence = f'names "{code}", which no form asks: {nearest(code, questions)}'
            yield Fault(named(folder / "checks.toml"), f"check[{number}].questions", sentence)


def _questions(parts: dict[str, Part]) -> set[str]:
    forms = [part for part in parts.values() if isinstance(part, AssessmentForm)]
    return {question.code for form in forms for section in form.sections for question in section.questions}
