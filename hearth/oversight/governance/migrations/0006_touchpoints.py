"""Touchpoint facts go with the person or family they are about: the eraser may read and delete them."""

from django.db import migrations

from hearth.oversight.governance.erasing.functions import rights


class Migration(migrations.Migration):
    dependencies = [("governance", "0005_without_a_child"), ("insight", "0010_touchpoint_policies")]
    operations = rights()
