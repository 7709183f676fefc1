"""Loads a pack from its folder, or says everything that is wrong with it at once."""

import os
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from hearth.foundation.core.packs.agree import between_parts
from hearth.foundation.core.packs.assessment_form import AssessmentForm
from hearth.foundation.core.packs.audits import AuditTool
from hearth.foundation.core.packs.base import Part
from hearth.foundation.core.packs.faults import Fault, faults_of, nearest
from hearth.foundation.core.packs.indicators import Framework
from hearth.foundation.core.packs.links import disagreements
from hearth.foundation.core.packs.pathways import Pathway
from hearth.foundation.core.packs.reading import Source, named, read
from hearth.foundation.core.packs.whole import ASSESSMENT_FORM, FILES, SEVERAL, Pack

# What a file that nothing reads may have been meant to be called.
KNOWN = (
    *FILES,
    "assessment-form-1.toml",
    "framework-local.toml",
    "pathway-early-years.toml",
    "audit-tool-quality-review-1.toml",
)


class PackError(Exception):
    """A pack that cannot be used. `faults` has a sentence for each thing wrong."""

    def __init__(self, folder: Path, faults: list[str]) -> None:
        self.folder, self.faults = folder, faults
        how_many = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
        super().__init__("\n".join([f"The practice pack {folder.name} cannot be used: {how_many}.", *faults]))


def load_pack(folder: Path) -> Pack:
    """The pack in a folder. Raises PackError with every fault."""
    loaded, faults = _load(Path(folder).absolute())
    if loaded is None or faults:
        raise PackError(Path(folder), _sentences(faults))
    return loaded


def check(folder: Path) -> list[str]:
    """Every fault of the pack in a folder, as sentences; none: it can be used."""
    return _sentences(_load(Path(folder).absolute())[1])


def _sentences(faults: list[Fault]) -> list[str]:
    return [str(fault) for fault in sorted(set(faults), key=lambda fault: fault.order)]


def _load(folder: Path) -> tuple[Pack | None, list[Fault]]:
    if not _looks_like_a_pack(folder):
        sentence = f"is not the folder of a practice pack: {nearest(folder.name, _packs_beside(folder))}"
        return None, [Fault("/".join(folder.parts[-2:]), "", sentence)]
    several = _several(folder)
    names = [*FILES, *several]
    sources, faults = _read_all(folder, names)
    parts: dict[str, Part] = {}
    for name, source in sources.items():
        part, wrong = _check(source, FILES.get(name) or several[name])
        faults += wrong
        if part is not None:
            parts[name] = part
    faults += [*_strangers(folder, names), *disagreements(sources), *between_parts(folder, parts)]
    return (None, faults) if faults else (_whole(parts), [])


def _looks_like_a_pack(folder: Path) -> bool:
    return os.access(folder, os.R_OK | os.X_OK) and any(
        (folder / name).exists() for name in ("authority.toml", "areas.toml")
    )


def _read_all(folder: Path, names: list[str]) -> tuple[dict[str, Source], list[Fault]]:
    sources, faults = {}, _no_assessment_form(folder)
    for name in names:
        source, wrong = read(folder / name)
        faults += wrong
        if source is not None:
            sources[name] = source
    return sources, faults


def _packs_beside(folder: Path) -> list[str]:
    return [each.parent.name for each in folder.parent.glob("*/authority.toml")]


def _several(folder: Path) -> dict[str, type[Part]]:
    return {path.name: model for pattern, model in SEVERAL.items() for path in sorted(folder.glob(pattern))}


def _strangers(folder: Path, names: list[str]) -> list[Fault]:
    """Files nothing reads, which are most often a name spelt wrongly."""
    found = []
    for path in sorted(folder.iterdir()):
        if path.name not in names and not path.name.startswith(".") and path.suffix != ".md":
            found.append(
                Fault(
                    named(path),
                    "",
                    f"is not a file of a practice pack: {nearest(path.name, KNOWN)}",
                )
            )
    return found


def _no_assessment_form(folder: Path) -> list[Fault]:
    if any(folder.glob(ASSESSMENT_FORM)):
        return []
    return [
        Fault(
            named(folder / "assessment-form-1.toml"),
            "",
            "is missing: copy it from another pack and change what differs",
        )
    ]


def _check(source: Source, model: type[Part]) -> tuple[Part | None, list[Fault]]:
    try:
        return model.model_validate(_frozen(source.values)), []
    except ValidationError as error:
        return None, faults_of(error, model, source.file_of, source.file)


def _frozen(values: Any) -> Any:
    """Lists become tuples, so that what is loaded cannot be changed."""
    if isinstance(values, dict):
        return {key: _frozen(value) for key, value in values.items()}
    return tuple(_frozen(value) for value in values) if isinstance(values, list) else values


def _whole(parts: dict[str, Part]) -> Pack:
    files = {name.removesuffix(".toml"): part for name, part in parts.items() if name in FILES}
    forms = [part for part in parts.values() if isinstance(part, AssessmentForm)]
    frameworks = [part for part in parts.values() if isinstance(part, Framework)]
    pathways = [part for part in parts.values() if isinstance(part, Pathway)]
    tools = [part for part in parts.values() if isinstance(part, AuditTool)]
    return Pack(
        **files,  # type: ignore[arg-type]
        assessment_forms=tuple(sorted(forms, key=lambda form: form.version)),
        frameworks=tuple(sorted(frameworks, key=lambda framework: (framework.from_on, framework.code))),
        pathways=tuple(sorted(pathways, key=lambda pathway: (pathway.order, pathway.code))),
        audit_tools=tuple(sorted(tools, key=lambda tool: (tool.code, tool.version))),
    )
