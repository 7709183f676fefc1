"""What partners sent goes when the practice pack says, as the tidying identity."""

from django.db import migrations

from hearth.intelligence.feeds.functions import letting_go


class Migration(migrations.Migration):
    dependencies = [("feeds", "0004_token_policies")]
    operations = letting_go()
