"""The database's clock decides; who is to hear is told; opened files are checked; a tender says from which intention it comes."""

import uuid

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import hearth.foundation.core.clock
from hearth.commissioning.procurement import policies, timekeeping
from hearth.commissioning.procurement.telling.functions import telling


class Migration(migrations.Migration):
    dependencies = [
        ("needs", "0002_policies"),
        ("procurement", "0002_policies"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CallFollower",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(default=hearth.foundation.core.clock.now, editable=False)),
            ],
            options={
                "verbose_name": "follower of calls",
                "verbose_name_plural": "followers of calls",
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="tender",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="tender",
            name="update_update",
        ),
        migrations.AddField(
            model_name="openedfile",
            name="scan",
            field=models.CharField(
                choices=[
                    ("unchecked", "Not yet checked for viruses"),
                    ("clean", "Checked for viruses"),
                    ("found", "Held a virus, and was destroyed"),
                ],
                default="unchecked",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="openedfile",
            name="scanned_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="tender",
            name="intention",
            field=models.ForeignKey(
                blank=True,
                help_text="the commissioning intention that it comes from; read by whoever reads that",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="tenders",
                to="needs.intention",
            ),
        ),
        migrations.AddField(
            model_name="tenderevent",
            name="intention",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                help_text="the commissioning intention that it comes from; read by whoever reads that",
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="needs.intention",
            ),
        ),
        migrations.AlterField(
            model_name="openedfile",
            name="content",
            field=models.BinaryField(help_text="empty, where it held a virus: it then stays under its seal alone"),
        ),
        migrations.AlterField(
            model_name="publishedanswer",
            name="question",
            field=models.OneToOneField(
                blank=True,
                help_text="none: a clarification",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="answer",
                to="procurement.supplierquestion",
            ),
        ),
        migrations.AlterField(
            model_name="publishedanswer",
            name="words",
            field=models.TextField(help_text="the question, or what is made clear, as it is published"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="tender",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "procurement_tenderevent" ("background", "created_at", "deadline_at", "id", "intention_id", "opened_at", "outcomes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_key", "published_at", "published_by_id", "questions_until", "reference", "sealed_keys", "standstill_days", "state", "title", "withdrawn_at", "withdrawn_why", "written_by_id") VALUES (NEW."background", NEW."created_at", NEW."deadline_at", NEW."id", NEW."intention_id", NEW."opened_at", NEW."outcomes", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_key", NEW."published_at", NEW."published_by_id", NEW."questions_until", NEW."reference", NEW."sealed_keys", NEW."standstill_days", NEW."state", NEW."title", NEW."withdrawn_at", NEW."withdrawn_why", NEW."written_by_id"); RETURN NULL;',
                    hash="f9e7117ce9e1733c626ad2c2e8fed774d9119126",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_c31b1",
                    table="procurement_tender",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="tender",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "procurement_tenderevent" ("background", "created_at", "deadline_at", "id", "intention_id", "opened_at", "outcomes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_key", "published_at", "published_by_id", "questions_until", "reference", "sealed_keys", "standstill_days", "state", "title", "withdrawn_at", "withdrawn_why", "written_by_id") VALUES (NEW."background", NEW."created_at", NEW."deadline_at", NEW."id", NEW."intention_id", NEW."opened_at", NEW."outcomes", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_key", NEW."published_at", NEW."published_by_id", NEW."questions_until", NEW."reference", NEW."sealed_keys", NEW."standstill_days", NEW."state", NEW."title", NEW."withdrawn_at", NEW."withdrawn_why", NEW."written_by_id"); RETURN NULL;',
                    hash="5df4f117c6e942602c3f6980548f79d24abe0037",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_cd0ff",
                    table="procurement_tender",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="callfollower",
            name="tender",
            field=models.ForeignKey(
                blank=True,
                help_text="none: each new call",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="procurement.tender",
            ),
        ),
        migrations.AddField(
            model_name="callfollower",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddConstraint(
            model_name="callfollower",
            constraint=models.UniqueConstraint(
                fields=("user", "tender"), name="callfollower_once", nulls_distinct=False
            ),
        ),
        *timekeeping.clocks(),
        *policies.followers(),
        *policies.checking(),
        *telling(),
    ]
