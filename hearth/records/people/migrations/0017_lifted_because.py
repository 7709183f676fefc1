"""Lifting a restriction asks why."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0016_hidden_places"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="restriction",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="restriction",
            name="update_update",
        ),
        migrations.AddField(
            model_name="restriction",
            name="lifted_because",
            field=models.TextField(
                blank=True, default="", help_text="empty for what was lifted before a reason was asked"
            ),
        ),
        migrations.AddField(
            model_name="restrictionevent",
            name="lifted_because",
            field=models.TextField(
                blank=True, default="", help_text="empty for what was lifted before a reason was asked"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="restriction",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "people_restrictionevent" ("created_at", "family_id", "id", "lifted_at", "lifted_because", "lifted_by_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "placed_by_id", "reason") VALUES (NEW."created_at", NEW."family_id", NEW."id", NEW."lifted_at", NEW."lifted_because", NEW."lifted_by_id", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."placed_by_id", NEW."reason"); RETURN NULL;',
                    hash="20f5a3dad561662ad6c12665cff3c324a55d826f",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_22d7a",
                    table="people_restriction",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="restriction",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "people_restrictionevent" ("created_at", "family_id", "id", "lifted_at", "lifted_because", "lifted_by_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "placed_by_id", "reason") VALUES (NEW."created_at", NEW."family_id", NEW."id", NEW."lifted_at", NEW."lifted_because", NEW."lifted_by_id", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."placed_by_id", NEW."reason"); RETURN NULL;',
                    hash="d6223441e3c00ff0660d1c5f0414d55e49197c60",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_6d4e8",
                    table="people_restriction",
                    when="AFTER",
                ),
            ),
        ),
    ]
