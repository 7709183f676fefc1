"""What a joint commissioner need not pay any more; and which contracts the night looks at; a claim's mark is of its family."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from hearth.commissioning.contracts import functions
from hearth.foundation.core.policies import READERS


class Migration(migrations.Migration):
    dependencies = [
        ("contracts", "0002_policies"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="contractpart",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="contractpart",
            name="update_update",
        ),
        migrations.AddField(
            model_name="contractpart",
            name="released_pence",
            field=models.BigIntegerField(
                default=0,
                help_text="of a joint commissioner's part, what is not needed any more: of the authority's own the ledger says it",
            ),
        ),
        migrations.AddField(
            model_name="contractpartevent",
            name="released_pence",
            field=models.BigIntegerField(
                default=0,
                help_text="of a joint commissioner's part, what is not needed any more: of the authority's own the ledger says it",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="contractpart",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "contracts_contractpartevent" ("area_id", "contract_id", "created_at", "id", "organisation_id", "pence", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "released_pence", "share_id") VALUES (NEW."area_id", NEW."contract_id", NEW."created_at", NEW."id", NEW."organisation_id", NEW."pence", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reference", NEW."released_pence", NEW."share_id"); RETURN NULL;',
                    hash="8ebf27ced0de927380fdabe8d72bf06de361f57c",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_e07e0",
                    table="contracts_contractpart",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="contractpart",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "contracts_contractpartevent" ("area_id", "contract_id", "created_at", "id", "organisation_id", "pence", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "released_pence", "share_id") VALUES (NEW."area_id", NEW."contract_id", NEW."created_at", NEW."id", NEW."organisation_id", NEW."pence", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reference", NEW."released_pence", NEW."share_id"); RETURN NULL;',
                    hash="16b19157ee5c61dbd6bffc4e6f273f7183506224",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_80a1a",
                    table="contracts_contractpart",
                    when="AFTER",
                ),
            ),
        ),
        migrations.RunSQL(
            f"grant update (released_pence) on contracts_contractpart to {READERS}",
            f"revoke update (released_pence) on contracts_contractpart from {READERS}",
        ),
        *functions.late(),
        *functions.bought(),
        *functions.marks(),
    ]
