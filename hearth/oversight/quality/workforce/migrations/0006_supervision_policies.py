"""What two people write in supervision is theirs; a manager opens it for a reason; the night reminds, and lets go of it."""

from django.db import migrations

from hearth.oversight.quality.workforce import functions
from hearth.oversight.quality.workforce.policies import notes_stand, supervision


class Migration(migrations.Migration):
    dependencies = [("workforce", "0005_supervision")]
    operations = [*functions.supervision(), *supervision(), *notes_stand()]
