"""Whoever ran an import reads it; the rows hold what another system wrote of children."""

from django.db import migrations

from hearth.foundation.core.policies import gate_function, gate_reads, protect

OWN = "by_id = hearth_reader() and hearth_holds(hearth_reader(), 'import_records')"
OF_RUN = "exists (select 1 from imports_importrun r where r.id = {table}.run_id)"


class Migration(migrations.Migration):
    dependencies = [("imports", "0001_initial"), ("accounts", "0002_policies"), ("people", "0002_policies")]
    operations = [
        protect("imports_importrun", read=OWN),
        protect(
            "imports_importfile",
            read=OF_RUN.format(table="imports_importfile"),
            remove=OF_RUN.format(table="imports_importfile"),
        ),
        protect("imports_importrow", read=OF_RUN.format(table="imports_importrow")),
        gate_reads("imports_importrow"),
        # Whoever imports learns that a row was loaded before, by whomever, and nothing else about it.
        gate_function(
            "hearth_row_is_loaded(wanted text)",
            "boolean",
            """select hearth_holds(hearth_reader(), 'import_records')
                and exists (select 1 from imports_importrow where digest = wanted and outcome = 'loaded')""",
        ),
    ]
