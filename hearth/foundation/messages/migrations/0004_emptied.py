"""A message that is done with is emptied when the pack says."""

from django.db import migrations, models

from hearth.foundation.messages.functions import emptying


class Migration(migrations.Migration):
    dependencies = [
        ("outbox", "0003_outbox"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="message",
            name="message_has_one_recipient",
        ),
        migrations.AddField(
            model_name="message",
            name="emptied_at",
            field=models.DateTimeField(
                blank=True,
                help_text="when its address and link were let go, by the pack; that it was sent stays",
                null=True,
            ),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(
                condition=models.Q(("emptied_at", None), ("status__in", ["sent", "given_up"])),
                fields=["created_at"],
                name="message_to_empty",
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("to_user_id", None), models.Q(("address", ""), _negated=True)),
                    models.Q(("address", ""), ("to_user_id__isnull", False)),
                    models.Q(("address", ""), ("emptied_at__isnull", False)),
                    _connector="OR",
                ),
                name="message_has_one_recipient",
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("emptied_at", None),
                    models.Q(("address", ""), ("link", ""), ("status__in", ["sent", "given_up"])),
                    _connector="OR",
                ),
                name="only_a_done_message_is_emptied",
            ),
        ),
        *emptying(),
    ]
