"""Whoever loads feeds sees tokens and withdraws them; each makes their own; and nothing else of one is ever rewritten."""

from django.db import migrations

from hearth.foundation.core.policies import gate_function, gate_reads, protect

LOADS = "hearth_holds(hearth_reader(), 'load_feeds')"


class Migration(migrations.Migration):
    dependencies = [("feeds", "0003_tokens")]
    operations = [
        protect("feeds_feedtoken", read=LOADS, add=f"{LOADS} and by_id = hearth_reader()", change=LOADS),
        migrations.RunSQL(
            """revoke update on feeds_feedtoken from hearth_web, hearth_worker;
            grant update (last_used_at, withdrawn_at, withdrawn_by_id, withdrawn_why) on feeds_feedtoken
                to hearth_web, hearth_worker""",
            "grant update on feeds_feedtoken to hearth_web, hearth_worker",
        ),
        gate_reads("feeds_feedtoken"),
        # Whose a secret is, asked before there is a reader, by its digest alone. Good only while whoever made it loads feeds.
        gate_function(
            "hearth_feed_token(given text, today date)",
            "table(reference varchar, by_id uuid, good boolean)",
            """select t.reference, t.by_id,
                    t.withdrawn_at is null and t.until_on >= today and o.ended_on is null and hearth_holds(t.by_id, 'load_feeds')
                from feeds_feedtoken t join accounts_organisation o on o.id = t.organisation_id where t.digest = given""",
        ),
    ]
