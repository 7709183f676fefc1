"""That panels decided on training is given to the workforce lead without a word of a family; which course answers it is read by all."""

from django.db import migrations

from hearth.oversight.quality.workforce import functions
from hearth.oversight.quality.workforce.policies import answers


class Migration(migrations.Migration):
    dependencies = [("workforce", "0003_needs"), ("panels", "0006_running_policies"), ("people", "0017_lifted_because")]
    operations = [*functions.needs(), *answers()]
