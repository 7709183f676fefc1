"""A refusal that waits for an officer is kept as such, so that it stands on their desk."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

# As `actions._note_disputed` does for one family.
MARK = """
    update sharing_consent c set disputed = true
    where c.decision = 'refused' and c.withdrawn_at is null and (c.until_on is null or c.until_on >= current_date)
    and exists (select 1 from sharing_consent g where g.person_id = c.person_id and g.organisation_id = c.organisation_id
        and g.decision = 'given' and g.withdrawn_at is null and (g.until_on is null or g.until_on >= current_date))
    and not exists (select 1 from sharing_settlement s where s.person_id = c.person_id
        and s.organisation_id = c.organisation_id and s.set_aside_at is null)
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_sign_in"),
        ("people", "0015_look_up_in_loops"),
        ("sharing", "0008_kept_with_who_decided"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="consent",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="consent",
            name="update_update",
        ),
        migrations.AddField(
            model_name="consent",
            name="disputed",
            field=models.BooleanField(
                default=False,
                help_text="a refusal where somebody else agreed, and an officer is to decide what follows",
            ),
        ),
        migrations.AddField(
            model_name="consentevent",
            name="disputed",
            field=models.BooleanField(
                default=False,
                help_text="a refusal where somebody else agreed, and an officer is to decide what follows",
            ),
        ),
        migrations.AddIndex(
            model_name="consent",
            index=models.Index(condition=models.Q(("disputed", True)), fields=["created_at"], name="consent_disputed"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="consent",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "sharing_consentevent" ("asked", "categories", "competence", "created_at", "decider_id", "decider_name", "decision", "disputed", "family_id", "from_on", "id", "organisation_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_by_id", "recorded_how", "reference", "replaced", "until_on", "who_decided", "withdrawn_at", "withdrawn_by_id", "withdrawn_why", "words") VALUES (NEW."asked", NEW."categories", NEW."competence", NEW."created_at", NEW."decider_id", NEW."decider_name", NEW."decision", NEW."disputed", NEW."family_id", NEW."from_on", NEW."id", NEW."organisation_id", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."recorded_by_id", NEW."recorded_how", NEW."reference", NEW."replaced", NEW."until_on", NEW."who_decided", NEW."withdrawn_at", NEW."withdrawn_by_id", NEW."withdrawn_why", NEW."words"); RETURN NULL;',
                    hash="ae85e62781d0fcfb8e4f9ab9411c5dfd6b7981fb",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_d319a",
                    table="sharing_consent",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="consent",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "sharing_consentevent" ("asked", "categories", "competence", "created_at", "decider_id", "decider_name", "decision", "disputed", "family_id", "from_on", "id", "organisation_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_by_id", "recorded_how", "reference", "replaced", "until_on", "who_decided", "withdrawn_at", "withdrawn_by_id", "withdrawn_why", "words") VALUES (NEW."asked", NEW."categories", NEW."competence", NEW."created_at", NEW."decider_id", NEW."decider_name", NEW."decision", NEW."disputed", NEW."family_id", NEW."from_on", NEW."id", NEW."organisation_id", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."recorded_by_id", NEW."recorded_how", NEW."reference", NEW."replaced", NEW."until_on", NEW."who_decided", NEW."withdrawn_at", NEW."withdrawn_by_id", NEW."withdrawn_why", NEW."words"); RETURN NULL;',
                    hash="849bb91e9a42bda68cf3931729a0d507fda33a94",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_00db3",
                    table="sharing_consent",
                    when="AFTER",
                ),
            ),
        ),
        migrations.RunSQL(MARK, migrations.RunSQL.noop),
    ]
