"""What the tests of documents begin from. They stand on plans, as one of the rooms that declare documents."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings as project
from django.db import connections, transaction
from django.db.utils import load_backend

from hearth.casework.plans.actions import start_plan
from hearth.casework.plans.documents.actions import add_plan_document
from hearth.casework.plans.documents.models import PlanDocument
from hearth.casework.plans.models import Plan
from hearth.config import environment
from hearth.foundation.core.reader import acting_as
from hearth.records.documents.tests.clamd import Clamd, clamd
from hearth.records.documents.tests.files import a_document
from hearth.records.documents.tests.s3 import KEY, SECRET, Store
from hearth.records.documents.tests.s3 import store as s3


@pytest.fixture
def worker(db: None) -> Iterator[None]:
    """Everything that follows runs on a connection of the worker's role, rolled back at the end as the web's is."""
    web = connections["default"]
    told = {**web.settings_dict, **environment.database(project.TEST_ADDRESSES.worker)}
    connections["default"] = load_backend(str(told["ENGINE"])).DatabaseWrapper(told, alias="default")
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    connections["default"].close()
    connections["default"] = web


@pytest.fixture
def plan(cast: Any, case: Any) -> Plan:
    """The Ashworths' plan, being made."""
    with acting_as(cast.family_worker):
        return start_plan(by=cast.family_worker, case=case, type="early_help")


@pytest.fixture
def add(cast: Any, plan: Plan) -> Callable[..., PlanDocument]:
    """Attach a file to the plan, as its worker unless told otherwise."""

    def make(content: bytes | None = None, name: str = "letter.pdf", by: Any = None, **more: Any) -> PlanDocument:
        by = by or cast.family_worker
        with acting_as(by):
            return add_plan_document(by=by, plan=plan, **a_document(content, name, **more))

    return make


@pytest.fixture
def scanner(settings: Any) -> Iterator[Clamd]:
    """A scanner that the settings name."""
    with clamd() as (server, address):
        settings.HEARTH_CLAMD = address
        yield server


@pytest.fixture
def objects(settings: Any) -> Iterator[Store]:
    """A store that the settings name."""
    with s3() as made:
        settings.HEARTH_STORE_URL, settings.HEARTH_STORE_KEY, settings.HEARTH_STORE_SECRET = made.address, KEY, SECRET
        yield made
