"""Takes the practice pack's audit tools into use. Safe to run at every start."""

import json
from functools import lru_cache
from pathlib import Path
from uuid import UUID

from hearth.foundation.core.pack import Pack, PackError
from hearth.foundation.core.packs.audits import AuditTool
from hearth.oversight.quality.models import AuditToolVersion


def definition_of(tool: AuditTool) -> dict[str, object]:
    """A tool as it is stored: without defaults, so that a new kind of setting never makes an old one look changed."""
    stored: dict[str, object] = json.loads(tool.model_dump_json(by_alias=True, exclude_defaults=True))
    return stored


def read_definition(definition: dict[str, object]) -> AuditTool:
    """A stored tool, read again."""
    return AuditTool.model_validate_json(json.dumps(definition))


@lru_cache(maxsize=32)
def tool_of(version_id: UUID) -> AuditTool:
    """The tool that a sample was drawn with. A stored version never changes, so each process reads it once."""
    return read_definition(AuditToolVersion.objects.get(pk=version_id).definition)


def sync_audit_tools(pack: Pack, using: str = "owner") -> None:
    """Store each version of each tool; refuse one that was changed after it was taken into use."""
    stored = {(each.code, each.version): each for each in AuditToolVersion.objects.using(using)}
    faults = []
    for tool in pack.audit_tools:
        held = stored.get((tool.code, tool.version))
        if held is None:
            AuditToolVersion(
                code=tool.code, version=tool.version, definition=definition_of(tool), digest=tool.fingerprint
            ).save(using=using, force_insert=True)
        elif read_definition(held.definition) != tool:
            faults.append(_changed(pack, tool))
    if faults:
        raise PackError(Path(pack.authority.code), faults)


def _changed(pack: Pack, tool: AuditTool) -> str:
    newest = max(each.version for each in pack.audit_tools if each.code == tool.code)
    return (
        f"practice/{pack.authority.code}/audit-tool-{tool.code}-{tool.version}.toml: it or a file it includes was changed after it was "
        "taken into use, and audits are read with it: put it back as it was, and make your changes in "
        f"audit-tool-{tool.code}-{newest + 1}.toml"
    )
