"""Touchpoints that people record by hand; and missed opportunities, read in their own areas by those who work with families."""

import uuid

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import hearth.foundation.core.clock
from hearth.foundation.core.policies import READERS, events, gate_reads, protect, row_by_row, said_again
from hearth.intelligence.insight.touchpoints.functions import counts_in_areas, recorded
from hearth.intelligence.insight.touchpoints.policies import EVENTS, RECORDED, RECORDS, TABLE, TAKEN_BACK


class Migration(migrations.Migration):
    dependencies = [
        ("insight", "0014_population"),
        ("people", "0017_lifted_because"),
        ("pghistory", "0007_auto_20250421_0444"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="RecordedTouchpoint",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(default=hearth.foundation.core.clock.now, editable=False)),
                ("reference", models.CharField(max_length=12, unique=True)),
                ("touchpoint", models.CharField(help_text="a code of the practice pack", max_length=40)),
                ("met_on", models.DateField()),
                ("met_by", models.CharField(help_text="who met the family, in words", max_length=200)),
                (
                    "words",
                    models.CharField(
                        blank=True, help_text="what whoever opens the family should know of it", max_length=500
                    ),
                ),
                ("key", models.UUIDField(help_text="of the page it was typed on: a page sent twice makes one row")),
                (
                    "withdrawn_at",
                    models.DateTimeField(
                        blank=True, help_text="recorded by mistake: kept, and shown as such", null=True
                    ),
                ),
                ("withdrawn_why", models.CharField(blank=True, max_length=200)),
                (
                    "family",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.family"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RecordedTouchpointEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                ("created_at", models.DateTimeField(default=hearth.foundation.core.clock.now, editable=False)),
                ("reference", models.CharField(max_length=12)),
                ("touchpoint", models.CharField(help_text="a code of the practice pack", max_length=40)),
                ("met_on", models.DateField()),
                ("met_by", models.CharField(help_text="who met the family, in words", max_length=200)),
                (
                    "words",
                    models.CharField(
                        blank=True, help_text="what whoever opens the family should know of it", max_length=500
                    ),
                ),
                ("key", models.UUIDField(help_text="of the page it was typed on: a page sent twice makes one row")),
                (
                    "withdrawn_at",
                    models.DateTimeField(
                        blank=True, help_text="recorded by mistake: kept, and shown as such", null=True
                    ),
                ),
                ("withdrawn_why", models.CharField(blank=True, max_length=200)),
                (
                    "family",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.family",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="insight.recordedtouchpoint",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddIndex(
            model_name="recordedtouchpoint",
            index=models.Index(fields=["person", "touchpoint"], name="touchpoint_recorded"),
        ),
        migrations.AddConstraint(
            model_name="recordedtouchpoint",
            constraint=models.UniqueConstraint(fields=("recorded_by", "key"), name="touchpoint_page_once"),
        ),
        migrations.AddConstraint(
            model_name="recordedtouchpoint",
            constraint=models.UniqueConstraint(
                condition=models.Q(("withdrawn_at", None)),
                fields=("person", "touchpoint", "met_on"),
                name="touchpoint_of_a_day_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="recordedtouchpoint",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("withdrawn_at", None), ("withdrawn_by", None)),
                    models.Q(
                        ("withdrawn_at__isnull", False),
                        ("withdrawn_by__isnull", False),
                        models.Q(("withdrawn_why", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="touchpoint_withdrawn_by_somebody",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="recordedtouchpoint",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "insight_recordedtouchpointevent" ("created_at", "family_id", "id", "key", "met_by", "met_on", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_by_id", "reference", "touchpoint", "withdrawn_at", "withdrawn_by_id", "withdrawn_why", "words") VALUES (NEW."created_at", NEW."family_id", NEW."id", NEW."key", NEW."met_by", NEW."met_on", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."recorded_by_id", NEW."reference", NEW."touchpoint", NEW."withdrawn_at", NEW."withdrawn_by_id", NEW."withdrawn_why", NEW."words"); RETURN NULL;',
                    hash="ddf2226e3b98e2b5bfc38ceaa15ad6f7933edeae",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_39e6f",
                    table="insight_recordedtouchpoint",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="recordedtouchpoint",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "insight_recordedtouchpointevent" ("created_at", "family_id", "id", "key", "met_by", "met_on", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_by_id", "reference", "touchpoint", "withdrawn_at", "withdrawn_by_id", "withdrawn_why", "words") VALUES (NEW."created_at", NEW."family_id", NEW."id", NEW."key", NEW."met_by", NEW."met_on", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."recorded_by_id", NEW."reference", NEW."touchpoint", NEW."withdrawn_at", NEW."withdrawn_by_id", NEW."withdrawn_why", NEW."words"); RETURN NULL;',
                    hash="d974c225e47a32afe13c344c36d7ebaf468017d8",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_9d7ab",
                    table="insight_recordedtouchpoint",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="recordedtouchpointevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="8b8ea174d297220b7554b26a89714e469d8f8ebc",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_08cff",
                    table="insight_recordedtouchpointevent",
                    when="BEFORE",
                ),
            ),
        ),
        protect(TABLE, read=RECORDED, add=RECORDS, change="false"),
        # What was recorded stays as it was: it can be taken back in one's own name, and nothing else.
        migrations.RunSQL(
            f"""revoke update on {TABLE} from {READERS};
            grant update (withdrawn_at, withdrawn_by_id, withdrawn_why) on {TABLE} to {READERS};
            alter policy changes on {TABLE} using ({row_by_row(RECORDED)} and withdrawn_at is null) with check ({TAKEN_BACK});""",
            f"grant update on {TABLE} to {READERS}",
        ),
        events(EVENTS, TABLE),
        gate_reads(TABLE),
        *recorded(),
        *said_again(counts_in_areas()),
    ]
