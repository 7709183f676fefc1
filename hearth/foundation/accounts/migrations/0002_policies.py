"""Who may read and write accounts; and the functions that answer what a reader holds and whom they may appoint."""

from django.db import migrations

from hearth.foundation.accounts.functions import functions, management_functions
from hearth.foundation.core.policies import events, gate_reads, protect

ADMINISTERS = "hearth_holds(hearth_reader(), 'administer')"
MANAGES = "hearth_may_manage(hearth_reader(), organisation_id)"
MANAGES_PERSON = "hearth_may_manage_person(hearth_reader(), {column})"
APPOINTS = "hearth_may_appoint(hearth_reader(), user_id, role, area_id)"
TABLES = (
    "accounts_user",
    "accounts_organisation",
    "accounts_area",
    "accounts_team",
    "accounts_appointment",
    "accounts_rolepermission",
    "accounts_signinlink",
)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial"), ("core", "0001_roles_and_reader")]
    operations = [
        gate_reads(*TABLES),
        *functions(),
        *management_functions(),
        # Areas and the permissions of roles come from the practice pack and from code: nobody changes them from a page.
        migrations.RunSQL(
            "revoke insert, update, delete on accounts_area, accounts_rolepermission from hearth_web, hearth_worker", ""
        ),
        protect("accounts_organisation", read="true", add=ADMINISTERS, change=ADMINISTERS),
        protect("accounts_team", read="true", add=MANAGES, change=MANAGES),
        # Sign-in reads a user before there is a reader, and writes when they were last here as that user. Somebody invited
        # has no password until they choose it.
        protect(
            "accounts_user",
            read="true",
            add=f"{MANAGES} and password like '!%'",
            change=f"id = hearth_reader() or {MANAGES_PERSON.format(column='id')}",
        ),
        # Nobody writes another's password, and nobody moves a person to another organisation.
        migrations.RunSQL(
            """revoke update on accounts_user from hearth_web, hearth_worker;
            grant update (last_login, email, full_name, job_title, phone, is_active, search_text, openid_subject,
                sessions_ended, last_here_at) on accounts_user to hearth_web, hearth_worker""",
            "grant update on accounts_user to hearth_web, hearth_worker",
        ),
        # A role is the one thing that must never be taken by oneself, whatever a page forgets.
        protect("accounts_appointment", read="true", add=APPOINTS, change=APPOINTS),
        protect(
            "accounts_signinlink",
            read=f"user_id = hearth_reader() or {MANAGES_PERSON.format(column='user_id')}",
            add=f"made_by_id = hearth_reader() and {MANAGES_PERSON.format(column='user_id')}",
            change=MANAGES_PERSON.format(column="user_id"),
        ),
        events("accounts_organisationevent", "accounts_organisation"),
        events("accounts_teamevent", "accounts_team"),
        events("accounts_userevent", "accounts_user"),
        events("accounts_appointmentevent", "accounts_appointment"),
        gate_reads(
            "accounts_user", "accounts_organisation", "accounts_team", "accounts_appointment", "accounts_signinlink"
        ),
    ]
