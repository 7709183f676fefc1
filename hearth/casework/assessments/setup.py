"""Takes the practice pack's forms into use. Safe to run at every start."""

import json
from pathlib import Path

from hearth.casework.assessments.models import FormVersion
from hearth.foundation.core.pack import Pack, PackError
from hearth.foundation.core.packs.assessment_form import AssessmentForm


def definition_of(form: AssessmentForm) -> dict[str, object]:
    """A form as it is stored: without defaults, so that a new kind of setting never makes an old form look changed."""
    stored: dict[str, object] = json.loads(form.model_dump_json(by_alias=True, exclude_defaults=True))
    return stored


def read_definition(definition: dict[str, object]) -> AssessmentForm:
    """A stored form, read again."""
    return AssessmentForm.model_validate_json(json.dumps(definition))


def sync_forms(pack: Pack, using: str = "owner") -> None:
    """Store each version of the form; refuse one that was changed after it was taken into use."""
    stored = {(form.code, form.version): form for form in FormVersion.objects.using(using)}
    faults = []
    for form in pack.assessment_forms:
        held = stored.get((form.code, form.version))
        if held is None:
            FormVersion(
                code=form.code, version=form.version, definition=definition_of(form), digest=form.fingerprint
            ).save(using=using, force_insert=True)
        elif read_definition(held.definition) != form:
            faults.append(_changed(pack, form))
    if faults:
        raise PackError(Path(pack.authority.code), faults)


def _changed(pack: Pack, form: AssessmentForm) -> str:
    newest = max(each.version for each in pack.assessment_forms)
    return (
        f"practice/{pack.authority.code}/assessment-form-{form.version}.toml: it or a file it includes was changed "
        "after it was taken into use, and assessments are read with it: put it back as it was, and make your changes "
        f"in assessment-form-{newest + 1}.toml"
    )
