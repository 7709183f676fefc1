"""Forms are taken into use from the practice pack, and never change under an assessment."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import Error, connections, transaction
from django.http import QueryDict

from hearth.casework.assessments import actions, answers, overview, queries
from hearth.casework.assessments.boxes import boxes_of_form, in_words
from hearth.casework.assessments.forms import WriteSectionForm
from hearth.casework.assessments.models import FormVersion
from hearth.casework.assessments.setup import definition_of, read_definition, sync_forms
from hearth.casework.assessments.tests.conftest import fill_in, send, sign_off
from hearth.foundation.core.pack import Pack, PackError, load_pack, pack
from hearth.foundation.core.packs.assessment_form import AssessmentForm


def changed(form: Any, **changes: Any) -> Any:
    return form.model_copy(update=changes)


def with_forms(*forms: AssessmentForm) -> Pack:
    return pack().model_copy(update={"assessment_forms": forms})


def test_the_packs_forms_are_there_and_a_second_start_changes_nothing(db):
    before = list(FormVersion.objects.values_list("id", flat=True))
    sync_forms(pack())
    assert list(FormVersion.objects.values_list("id", flat=True)) == before
    assert FormVersion.objects.filter(code=pack().assessment_form.code, version=1).exists()


@pytest.mark.parametrize("practice", ["lancashire", "stockton", "essex"])
def test_each_authoritys_form_is_the_same_after_being_stored(practice):
    for form in load_pack(Path(settings.PRACTICE_DIR) / practice).assessment_forms:
        assert read_definition(definition_of(form)) == form


@pytest.mark.parametrize("practice", ["lancashire", "stockton", "essex"])
def test_every_page_of_each_authoritys_form_can_be_drawn_and_saved_empty(practice):
    for form in load_pack(Path(settings.PRACTICE_DIR) / practice).assessment_forms:
        for section in form.sections:
            drawn = WriteSectionForm(QueryDict(), section=section, held={})
            assert drawn.is_valid() and set(drawn.typed().values()) <= {None}
            assert all(f'name="{name}"' in str(drawn) or f'name="{name}-day"' in str(drawn) for name in drawn.fields)


def test_a_form_changed_after_it_was_used_is_refused_with_the_name_of_its_file(db):
    with pytest.raises(PackError) as refused:
        sync_forms(with_forms(changed(pack().assessment_form, title="Another form")))
    assert "practice/lancashire/assessment-form-1.toml" in str(refused.value) and "assessment-form-2.toml" in str(
        refused.value
    )


def test_nobody_changes_a_form_from_a_page(cast, as_):
    with as_(cast.administrator):
        for change in (
            lambda: FormVersion.objects.update(digest="x"),
            lambda: FormVersion.objects.all().delete(),
            lambda: FormVersion(code="caf", version=9, definition={}, digest="x").save(force_insert=True),
        ):
            with pytest.raises(Error), transaction.atomic():
                change()


@pytest.fixture
def second_form(own_database: Any, db: None) -> Pack:
    """The pack with a second version of its form, without one question. It stays in the database of this file."""
    old = pack().assessment_form
    last = old.sections[-1]
    fewer = changed(last, questions=tuple(q for q in last.questions if q.code != "worries"))
    new = changed(old, version=2, sections=(*old.sections[:-1], fewer))
    owner = connections["owner"].copy()
    with owner.cursor() as cursor:
        cursor.execute(
            "insert into assessments_formversion (id, created_at, code, version, definition, digest)"
            " values (gen_random_uuid(), now(), %s, 2, %s, %s) on conflict do nothing",
            [new.code, json.dumps(definition_of(new)), new.fingerprint],
        )
    owner.close()
    return with_forms(old, new)


def test_an_assessment_keeps_its_form_and_the_next_version_takes_the_new_one(
    second_form, cast, case, assessment, as_, monkeypatch
):
    fill_in(cast.family_worker, assessment)
    sign_off(cast.manager, send(cast.family_worker, assessment, cast.manager))
    monkeypatch.setattr(actions, "pack", lambda: second_form)
    with as_(cast.family_worker):
        following = actions.start_new_version(by=cast.family_worker, assessment=assessment, because="The form changed.")
        assert queries.form_of(following).version == 2 and queries.form_of(assessment).question("worries")
        shown = overview.changes(cast.family_worker, queries.assessment_of(cast.family_worker, following.reference))
        held = answers.all_answers(cast.family_worker, following)
    assert (None, "worries", "") not in held and (None, "must_change", "") in held
    assert [change.label for _, changes in shown["dropped"] for change in changes] == ["What are we worried about?"]


def test_every_kind_of_answer_has_words():
    samples = {
        "text": "a",
        "long_text": "b",
        "strengths_and_needs": "c",
        "yes_no_not_sure": "not_sure",
        "scale_0_10": 0,
        "date": "2026-11-03",
    }
    words = {
        box.question.kind: in_words(box.question, samples[box.question.kind])
        for _, box in boxes_of_form(pack().assessment_form)
        if box.question.kind in samples
    }
    assert (words["yes_no_not_sure"], words["scale_0_10"], words["date"]) == ("Not sure", "0", "3 November 2026")
