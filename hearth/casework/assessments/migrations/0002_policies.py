"""Whoever may open a family's assessments reads and writes them; a signed-off one is frozen by the database itself."""

from django.db import migrations

from hearth.foundation.core.policies import append_only, events, protect
from hearth.records.people.policies import family_condition, of_family, person_condition

CATEGORY = "assessment"
# A child who is restricted hides what was written about them, also from whoever may open the rest of the family.
ABOUT_SOMEBODY_SHOWN = f"(person_id is null or {person_condition('assessments_answer')})"


def _family(table: str) -> str:
    return family_condition(table, category=CATEGORY)


class Migration(migrations.Migration):
    dependencies = [("assessments", "0001_initial"), ("cases", "0002_policies"), ("people", "0002_policies")]
    operations = [
        protect("assessments_formversion", read="true", add="false", change="false"),
        migrations.RunSQL(
            "revoke insert, update, delete on assessments_formversion from hearth_web, hearth_worker",
            "grant insert, update, delete on assessments_formversion to hearth_web, hearth_worker",
        ),
        of_family("assessments_assessment", category=CATEGORY),
        protect("assessments_answer", read=f"{ABOUT_SOMEBODY_SHOWN} and {_family('assessments_answer')}"),
        append_only(
            "assessments_assessmentstep",
            read=_family("assessments_assessmentstep"),
            add=_family("assessments_assessmentstep"),
        ),
        append_only(
            "assessments_sectioncomment",
            read=_family("assessments_sectioncomment"),
            add=_family("assessments_sectioncomment"),
        ),
        events("assessments_assessmentevent", "assessments_assessment"),
        events("assessments_answerevent", "assessments_answer"),
        migrations.RunSQL(
            """
            create function assessment_is_frozen() returns trigger language plpgsql
                set search_path = public, pg_temp as $$
            begin
                raise exception 'A signed-off assessment is frozen.';
            end $$;
            create trigger frozen before update on assessments_assessment for each row
                when (old.status = 'signed_off') execute function assessment_is_frozen();

            create function answer_needs_an_open_assessment() returns trigger language plpgsql
                set search_path = public, pg_temp as $$
            begin
                if exists (select 1 from assessments_assessment a
                           where a.id = new.assessment_id and a.status not in ('draft', 'returned')) then
                    raise exception 'This assessment is not being written: its answers are frozen.';
                end if;
                return new;
            end $$;
            create trigger frozen before insert or update on assessments_answer for each row
                execute function answer_needs_an_open_assessment();
            """,
            """
            drop trigger frozen on assessments_answer; drop function answer_needs_an_open_assessment();
            drop trigger frozen on assessments_assessment; drop function assessment_is_frozen();
            """,
        ),
    ]
