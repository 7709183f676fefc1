"""Who reads volunteers and whom they help; who may be matched with whom; hours that name nobody; what is let go."""

from django.db import migrations

from hearth.oversight.quality.volunteers import functions, policies


class Migration(migrations.Migration):
    dependencies = [
        ("volunteers", "0001_initial"), ("accounts", "0005_forgetting"), ("people", "0017_lifted_because"), ("cases", "0011_held_by_a_team"),
    ]  # fmt: skip
    operations = [
        *functions.helping(),
        *policies.volunteers(),
        *policies.helping(),
        *functions.seen_by_the_gate(),
        *functions.standing(),
        *functions.counting(),
        *functions.letting_go(),
    ]
