"""What a manager says when returning an assessment is about one page: of the family, or of one child."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0006_document_policies"),
        ("people", "0017_lifted_because"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="sectioncomment", name="one_comment_a_section"),
        migrations.AddField(
            model_name="sectioncomment",
            name="person",
            field=models.ForeignKey(
                blank=True,
                help_text="the child whose page it is; empty for the family's, and for what was said of every child's at once",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.person",
            ),
        ),
        migrations.AddConstraint(
            model_name="sectioncomment",
            constraint=models.UniqueConstraint(
                fields=("step", "section", "person"), name="one_comment_a_page", nulls_distinct=False
            ),
        ),
    ]
