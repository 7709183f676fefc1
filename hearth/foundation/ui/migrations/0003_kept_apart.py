"""What is sent after a session ran out is kept beside the draft of another tab, and not in its place."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("ui", "0002_sent_forms"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="draft",
            name="draft_once_a_form",
        ),
        migrations.AddField(
            model_name="draft",
            name="apart",
            field=models.CharField(
                blank=True,
                default="",
                help_text="the copy of the page, where it was typed beside other words of another tab",
                max_length=36,
            ),
        ),
        migrations.AddConstraint(
            model_name="draft",
            constraint=models.UniqueConstraint(fields=("author_id", "path", "form", "apart"), name="draft_once_a_form"),
        ),
    ]
