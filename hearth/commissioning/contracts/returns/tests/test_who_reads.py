"""A provider reads its own returns and no other's, by address, by upload or by export; a district its contracts'; nobody else any."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.db.utils import IntegrityError, ProgrammingError
from django.urls import reverse

from hearth.commissioning.contracts.models import Contract
from hearth.commissioning.contracts.returns import actions, queries, rules
from hearth.commissioning.contracts.returns.asking import actions as asking
from hearth.commissioning.contracts.returns.models import (
    ListedPerson,
    PeopleCheck,
    PeopleList,
    PeopleMatch,
    Return,
    ReturnChase,
    ReturnFigure,
    ReturnQuery,
)
from hearth.commissioning.contracts.returns.people import actions as people
from hearth.commissioning.contracts.returns.tests.conftest import SAID, figures_of
from hearth.foundation.core.refusals import Refused

MODELS = (Return, ReturnFigure, ReturnQuery, ReturnChase, PeopleList, ListedPerson, PeopleCheck, PeopleMatch)
NOTHING = (
    "practitioner", "family_worker", "other_manager", "panel_coordinator", "charity_worker", "charity_manager", "health_visitor",
    "administrator",
)  # fmt: skip
ADDRESSES = (
    "quarterly_return", "write_return", "send_return", "correct_return", "query_return", "certify_return", "return_people", "send_people",
    "add_person_to_list",
)  # fmt: skip


def same(user: Any, model: Any) -> list[Any]:
    """What `visible_to` shows, and the rows themselves: the same."""
    rows = list(model.objects.visible_to(user))
    assert set(rows) == set(model._default_manager.all()), (user, model)
    return rows


@pytest.fixture
def full(owner: Return, fill: Any, send: Any, ask: Any, cast: Any, as_: Any) -> Return:
    """A return with a person on its list, chased, sent and asked about."""
    with as_(cast.provider):
        people.add_person_to_list(by=cast.provider, owner=owner, given_name="Zzdee", family_name="Zzmarsh")
    send(fill(owner, 9, 41, 8800, difficulties="Zzdifficult"))
    ask(owner, question="Zzquestion")
    return owner


def test_another_provider_reads_nothing_by_address_by_upload_or_by_export(
    full: Return, other_provider: Any, cast: Any, as_: Any, as_client: Any
) -> None:
    with as_(other_provider):
        assert not any(same(other_provider, model) for model in MODELS)
        assert queries.paid_in(full) is None
        for name, value in (("state", "draft"), ("difficulties", "x")):
            assert Return.objects.update(**{name: value}) == 0
        assert ListedPerson.objects.all().delete()[0] == 0
    client = as_client(other_provider)
    for name in ADDRESSES:
        address = reverse(name, args=[full.reference])
        assert client.get(address).status_code == 404, name
        assert (
            client.post(address, {"file": SimpleUploadedFile("p.csv", b"Given name,Family name\nA,B\n")}).status_code
            == 404
        ), name
    for name, of in (("answer_query", 1), ("take_off_list", 1), ("return_matches", "both")):
        assert client.get(reverse(name, args=[full.reference, of])).status_code == 404
    assert client.get(reverse("contract_progress", args=[full.contract.reference])).status_code == 404
    for table, of in (
        ("figures", full.reference),
        ("totals", full.reference),
        ("progress", f"contract:{full.contract.reference}"),
    ):
        assert client.post(reverse("download_returns"), {"table": table, "of": of}).status_code == 404, table
    for table in ("returns", "progress"):
        assert (
            "Family support at home" not in client.post(reverse("download_returns"), {"table": table}).content.decode()
        )


def test_a_provider_reads_its_own(full: Return, cast: Any, as_: Any) -> None:
    with as_(cast.provider):
        assert same(cast.provider, Return) == [full] and len(same(cast.provider, ReturnFigure)) == 3
        assert len(same(cast.provider, ReturnQuery)) == len(same(cast.provider, ListedPerson)) == 1
        assert not same(cast.provider, PeopleCheck) and not same(cast.provider, PeopleMatch)


@pytest.mark.parametrize("who", ["development_officer", "commissioner", "strategic_lead", "board_member"])
def test_the_authority_reads_returns_and_nobody_on_a_list(who: str, full: Return, cast: Any, as_: Any) -> None:
    user = getattr(cast, who)
    with as_(user):
        assert same(user, Return) == [full] and len(same(user, ReturnFigure)) == 3
        assert not same(user, ListedPerson) and not ListedPerson.objects.exists()


@pytest.mark.parametrize("who", NOTHING)
def test_nobody_else_reads_anything(who: str, full: Return, cast: Any, as_: Any, as_client: Any) -> None:
    user = getattr(cast, who)
    with as_(user):
        assert not any(same(user, model) for model in MODELS)
    for name in ("quarterly_returns", "returns_progress"):
        assert as_client(user).get(reverse(name)).status_code == 403
    assert as_client(user).get(reverse("quarterly_return", args=[full.reference])).status_code == 404


def test_information_governance_finds_names_and_reads_no_return(full: Return, cast: Any, as_: Any) -> None:
    user = cast.information_governance
    with as_(user):
        assert [row.given_name for row in same(user, ListedPerson)] == ["Zzdee"] and not same(user, Return)


def test_a_district_reads_the_returns_of_contracts_that_it_has_a_part_in_and_no_others(
    make_contract: Any, agreement: Any, owner: Return, other_officer: Any, cast: Any, as_: Any
) -> None:
    with as_(cast.development_officer):
        assert Return.objects.count() == 1
    theirs = make_contract(
        agreement=agreement, parts=(0, 500_000), cap=100_000, manager=other_officer, title="The other's"
    )
    with as_(other_officer):
        made = actions.make_return(by=other_officer, contract=theirs, quarter=owner.quarter)
        assert made is not None and set(same(other_officer, Return)) == {owner, made}, (
            "both districts pay for the first"
        )
    with as_(cast.development_officer):
        assert same(cast.development_officer, Return) == [owner]


def test_while_it_is_being_made_no_page_or_file_shows_the_authority_what_is_in_it(
    owner: Return, fill: Any, cast: Any, as_: Any, as_client: Any
) -> None:
    fill(owner, 9, 41, 8800, difficulties="Zzdraft", spent_pence=123_456)
    client = as_client(cast.development_officer)
    page = client.get(reverse("quarterly_return", args=[owner.reference])).content.decode()
    assert "Zzdraft" not in page and "1,234" not in page and "is making it" in page
    for table, of in (
        ("figures", owner.reference),
        ("returns", ""),
        ("progress", f"contract:{owner.contract.reference}"),
    ):
        told = client.post(reverse("download_returns"), {"table": table, "of": of}).content.decode()
        assert "1234" not in told and ",41," not in told, table
    assert "41" in as_client(cast.provider).get(reverse("quarterly_return", args=[owner.reference])).content.decode()


def test_only_the_provider_writes_sends_and_answers(full: Return, other_provider: Any, cast: Any, as_: Any) -> None:
    for by in (cast.development_officer, cast.commissioner, cast.charity_worker, cast.charity_manager, other_provider):
        with as_(cast.provider):
            query = ReturnQuery.objects.select_related("figure").get(owner=full)
        with as_(by):
            for do in (
                lambda by=by: actions.write_return(by=by, owner=full, figures={}, **SAID),
                lambda by=by: actions.send_return(by=by, owner=full),
                lambda by=by, query=query: asking.answer_query(by=by, owner=full, query=query, answer="x"),
                lambda by=by: people.add_person_to_list(by=by, owner=full, given_name="A", family_name="B"),
            ):
                with pytest.raises(Refused):
                    do()


def test_a_provider_never_certifies_nor_asks_whatever_else_they_may(
    full: Return, answer: Any, cast: Any, as_: Any
) -> None:
    by = cast.provider  # a role that checks contracts is never a partner's: the database lets nobody appoint them
    with as_(by):
        for do in (
            lambda: asking.certify_return(by=by, owner=full),
            lambda: asking.query_return(by=by, owner=full, part="spent", question="x"),
        ):
            with pytest.raises(Refused):
                do()
        with pytest.raises((ProgrammingError, IntegrityError)), transaction.atomic():
            Return.objects.filter(pk=full.pk).update(state="certified", certified_at=full.created_at, certified_by=by)


@pytest.mark.parametrize(
    "who", ["strategic_lead", "board_member", "analyst", "elected_member", "family_worker", "provider"]
)
def test_only_who_checks_the_contract_asks_and_certifies(who: str, full: Return, cast: Any, as_: Any) -> None:
    by = getattr(cast, who)
    with as_(by):
        assert not rules.checks(by, full.contract)
        for do in (
            lambda: asking.query_return(by=by, owner=full, part="spent", question="x"),
            lambda: asking.certify_return(by=by, owner=full),
        ):
            with pytest.raises(Refused):
                do()


def test_what_was_sent_is_not_rewritten_past_the_product(sent: Return, cast: Any, as_: Any) -> None:
    with as_(cast.provider):
        assert ReturnFigure.objects.update(actual=1) == 0, "its figures wait for a query"
        for change in ({"number": 7, "why_again": "x"}, {"quarter": sent.created_at.date()}):
            with pytest.raises((ProgrammingError, IntegrityError)), transaction.atomic():
                Return.objects.update(**change)
    row = PeopleCheck(
        people_id=sent.pk, turn=1, listed=1, in_both=1, theirs=1, ours=1, unsure=0, checked_at=sent.created_at
    )
    for by in (cast.development_officer, cast.commissioner):
        with as_(by):
            assert ReturnFigure.objects.update(actual=1) == 0
            with pytest.raises(ProgrammingError), transaction.atomic():
                row.save(force_insert=True)


def test_nobody_makes_a_return_of_anothers_contract(contract: Contract, owner: Return, cast: Any, as_: Any) -> None:
    for by in (cast.provider, cast.analyst, cast.charity_manager):
        row = Return(
            reference="RT-MINE", contract=contract, organisation=contract.provider, quarter=contract.quarters[0], ends_on=owner.ends_on,
            due_on=owner.due_on,
        )  # fmt: skip
        with as_(by), pytest.raises(ProgrammingError), transaction.atomic():
            row.save(force_insert=True)


def test_a_figure_of_another_return_is_not_asked_about(
    full: Return, make_contract: Any, agreement: Any, cast: Any, as_: Any
) -> None:
    other = make_contract(agreement=agreement, title="Another", parts=(2_000, 0), cap=1_000, price=500)
    with as_(cast.development_officer):
        made = actions.make_return(by=cast.development_officer, contract=other, quarter=full.quarter)
        assert made is not None
        figure = ReturnFigure.objects.filter(owner=made).first()
        with pytest.raises(Refused, match="Choose the figure"):
            asking.query_return(by=cast.development_officer, owner=full, part="figure", figure=figure, question="x")
        assert figures_of(made, 1, 2, 3)
