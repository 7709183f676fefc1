"""Writers, approvers and publishers of a place work on its reports; an approved one stands; everybody reads what is published."""

from django.db import migrations

from hearth.oversight.performance.reports.policies import editions, letting_go, reports


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_initial"), ("performance", "0002_policies"), ("returns", "0002_policies")]
    operations = [*reports(), *editions(), *letting_go()]
