"""A claim: every condition on dated evidence, frozen, checked by a second person, and seen when it no longer holds."""

import dataclasses
import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import ProgrammingError
from django.urls import reverse

from hearth.casework.cases.actions import reopen_case
from hearth.casework.cases.models import Case
from hearth.casework.plans.closing.actions import take_up_case
from hearth.casework.plans.models import Outcome
from hearth.casework.plans.outcomes.actions import end_outcome
from hearth.foundation.audit.models import AuditEvent
from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.reader import acting_as
from hearth.foundation.core.refusals import Refused
from hearth.oversight.programmes import actions, gathering, queries
from hearth.oversight.programmes.freezing import canonical, digest_of
from hearth.oversight.programmes.holding import CHANGED, HOLDS, NO_LONGER, holdings
from hearth.oversight.programmes.models import Claim, NamedNeed
from hearth.oversight.programmes.needs import MET, NOT_KNOWN, NOT_MET, later_by
from hearth.oversight.programmes.tests.conftest import DAYS_AGO, ago
from hearth.oversight.programmes.working import work_out


def _answers(cast: Any, helped: Any, framework: str = "local") -> dict[str, str]:
    with acting_as(cast.analyst):
        page = queries.case_page(cast.analyst, helped.case.reference)
    one = next(each for each in page["frameworks"] if each.framework.code == framework)
    return {each.code: each.answer for each in one.worked.conditions}


def _holding(cast: Any, claim: Claim) -> Any:
    with acting_as(cast.analyst):
        return holdings(cast.analyst, [Claim.objects.get(pk=claim.pk)])[claim.pk]


def _page(client: Any, name: str, *args: Any) -> str:
    return str(client.get(reverse(name, args=args)).content.decode())


def test_what_nobody_has_said_is_not_known_and_what_was_not_reached_is_not_met(
    cast: Any, helped: Any, name_needs: Any, look: Any
) -> None:
    family = helped(reached=(1,))
    on_record = dict.fromkeys(
        ("dependent_child", "assessment", "lead_practitioner", "plan", "in_time", "not_again"), MET
    )
    assert _answers(cast, family) == {**on_record, "needs": NOT_KNOWN, "met": NOT_KNOWN, "sustained": NOT_KNOWN}
    name_needs(family)
    assert _answers(cast, family) == {**on_record, "needs": MET, "met": NOT_MET, "sustained": NOT_MET}
    name_needs(family, second="")  # the other outcome is about no need of this programme
    assert _answers(cast, family) == {**on_record, "needs": MET, "met": MET, "sustained": NOT_KNOWN}
    look(family, 20, "relationships")
    assert set(_answers(cast, family).values()) == {MET}


def test_the_page_shows_each_condition_with_its_dated_evidence_and_names_nobody(
    cast: Any, as_client: Any, claimable: Any, kept_of: Any
) -> None:
    shown = _page(as_client(cast.analyst), "claim_case", claimable.case.reference)
    for words in ("Outcome 1 of plan", "1 child under 18", "signed off", "Asked the family: still met", "Make a claim"):
        assert words in shown
    for name in ("Ashworth", "Kelly", "Jake", "Calm mornings", "Done"):
        assert name not in shown
    assert "programmes.case_opened" in {event.verb for event in kept_of(cast.analyst)}
    listed = as_client(cast.analyst).get(reverse("families_to_claim_for")).content.decode()
    assert claimable.case.reference in listed and "Can be claimed" in listed and "Ashworth" not in listed
    found = as_client(cast.analyst).get(
        reverse("families_to_claim_for"), {"reference": claimable.family.reference.lower()}
    )
    assert found.url == reverse("claim_case", args=[claimable.case.reference])


def test_a_day_short_of_six_months_is_not_sustained_and_six_months_are(
    cast: Any, as_client: Any, helped: Any, name_needs: Any, local: Any, look: Any
) -> None:
    family = helped()
    name_needs(family)
    listed = as_client(cast.analyst).get(reverse("families_to_claim_for")).content.decode()
    assert "every need has stayed met for as long as the programme asks" in listed.partition("Missing: ")[2], (
        "the list says what is missing"
    )
    reached = ago(DAYS_AGO["reached"])
    due = later_by(reached, 6, "months")
    look(family, (clock.today() - due).days + 1, "relationships", "safety")
    with acting_as(cast.analyst):
        make = {"by": cast.analyst, "case": family.case.id, "framework": local}
        with pytest.raises(Refused) as refused:
            actions.make_claim(**make, as_at=due - dt.timedelta(days=1))
        assert "lasted long enough" in str(refused.value)
        with pytest.raises(Refused) as refused:
            actions.make_claim(**make, as_at=due)
        assert "Look again" in str(refused.value), "somebody looked the day before, and nobody since"
    look(family, (clock.today() - due).days, "relationships", "safety")
    with acting_as(cast.analyst):
        assert actions.make_claim(**make, as_at=due).as_at == due


def test_a_claim_is_frozen_with_its_digest_and_worked_out_again_the_same(
    cast: Any, as_client: Any, claimable: Any, claim_for: Any, name_needs: Any
) -> None:
    claim = claim_for(claimable)
    assert claim.digest == digest_of(claim.content) and "Ashworth" not in claim.content and "Jake" not in claim.content
    assert (claim.framework_version, claim.state) == ("2026.2", "waiting")
    holding = _holding(cast, claim)
    assert (holding.state, holding.same, holding.why) == (HOLDS, True, ())
    name_needs(claimable, "home", "crime")  # what is named later is of a later claim
    assert _holding(cast, claim).same
    shown = _page(as_client(cast.quality_auditor), "claim", claim.reference)
    assert "letter for letter" in shown and claim.digest in shown and "Check this claim" not in shown
    with acting_as(cast.analyst):
        event = AuditEvent.objects.filter(verb="programmes.claim_made", actor_id=cast.analyst.id)
        assert [each.detail["digest"] for each in event] == [claim.digest]


def test_the_database_lets_nobody_change_what_was_frozen_and_a_change_is_seen(
    cast: Any, as_client: Any, claimable: Any, claim_for: Any, monkeypatch: Any
) -> None:
    claim = claim_for(claimable)
    for column in ("content", "digest", "as_at", "made_by_id"):
        with (
            acting_as(cast.analyst),
            pytest.raises(ProgrammingError),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"update programmes_claim set {column} = {column}")  # noqa: S608
    claim.content = claim.content.replace('"target_score":8', '"target_score":5')
    assert not claim.is_as_frozen
    with acting_as(cast.analyst):
        assert holdings(cast.analyst, [claim])[claim.pk].state == CHANGED
    monkeypatch.setattr("hearth.oversight.programmes.models.digest_of", lambda text: digest_of(text + " "))
    assert "The evidence was changed" in _page(as_client(cast.analyst), "claim", claim.reference)
    assert "Evidence was changed" in _page(as_client(cast.analyst), "claims")


def test_whoever_made_a_claim_never_checks_it(
    cast: Any, as_client: Any, claimable: Any, claim_for: Any, accept: Any
) -> None:
    officer = cast.senior_development_officer  # who may make claims, and check those of others
    claim = claim_for(claimable, by=officer)
    check = reverse("check_claim", args=[claim.reference])
    assert as_client(officer).post(check, {"accept": "yes", "words": ""}).status_code == 403
    with acting_as(officer):
        with pytest.raises(Refused, match="Somebody else must check it"):
            actions.check_claim(by=officer, claim=claim, accept=True)
        with pytest.raises(IntegrityError, match="claim_checked_by_somebody_else"), transaction.atomic():
            Claim.objects.filter(pk=claim.pk).update(state="accepted", checked_by=officer, checked_at=clock.now())
    assert as_client(cast.analyst).post(check, {"accept": "yes", "words": ""}).status_code == 403, "who may not check"
    client = as_client(cast.strategic_lead)
    assert client.post(check, {"accept": "no", "words": ""}).status_code == 422, "a reason is needed"
    assert client.post(check, {"accept": "yes", "words": "Seen"}).status_code == 302
    assert client.post(check, {"accept": "no", "words": "No"}).status_code == 403, "once"
    shown = _page(client, "claim", claim.reference)
    assert "Accepted" in shown and cast.strategic_lead.full_name in shown and "Seen" in shown


def test_one_claim_of_a_family_under_a_framework_is_in_force(
    cast: Any, as_client: Any, claimable: Any, claim_for: Any
) -> None:
    first = claim_for(claimable)
    with pytest.raises(Refused, match="claimed for already"):
        claim_for(claimable)
    client, withdraw = as_client(cast.analyst), reverse("withdraw_claim", args=[first.reference])
    assert client.post(withdraw, {"why": ""}).status_code == 422
    assert client.post(withdraw, {"why": "Made too early"}).status_code == 302
    assert client.post(withdraw, {"why": "Again"}).status_code == 403
    second = claim_for(claimable)
    shown = _page(client, "claims")
    assert first.reference in shown and second.reference in shown and "Withdrawn" in shown
    returned = reverse("check_claim", args=[second.reference])
    as_client(cast.strategic_lead).post(returned, {"accept": "no", "words": "The plan ended early"})
    assert claim_for(claimable).state == "waiting", "a returned one can be made again"


def test_a_claim_whose_case_is_opened_again_is_shown_as_no_longer_holding(
    cast: Any, as_client: Any, claimable: Any, claim_for: Any, accept: Any
) -> None:
    claim = accept(claim_for(claimable))
    with acting_as(cast.manager):
        reopen_case(by=cast.manager, case=Case.objects.get(pk=claimable.case.pk), because=_reason(same_case=False))
    holding = _holding(cast, claim)
    assert (holding.state, holding.same) == (NO_LONGER, False), "a case that follows was opened on the day of the claim"
    listed, shown = _page(as_client(cast.analyst), "claims"), _page(as_client(cast.analyst), "claim", claim.reference)
    assert "No longer holds" in listed and "follows it" in listed
    assert "No longer holds" in shown and "later cases of the family" in shown and "Accepted" in shown
    with acting_as(cast.analyst):
        now = Claim.objects.get(pk=claim.pk)
        assert (now.state, now.content) == ("accepted", claim.content), "shown, never changed"


def _reason(*, same_case: bool) -> str:
    return next(each.code for each in pack().closure.reopen_reasons if each.same_case is same_case)


def test_an_outcome_taken_up_again_undoes_the_claim_and_keeps_a_waiting_one_from_being_accepted(
    cast: Any, claimable: Any, claim_for: Any, accept: Any
) -> None:
    claim = claim_for(claimable, days_ago=5)
    with acting_as(cast.manager):
        case = Case.objects.get(pk=claimable.case.pk)
        take_up_case(by=cast.manager, case=case, because=_reason(same_case=True))
    assert "taken up again" in " ".join(_holding(cast, claim).why)
    with acting_as(cast.family_worker):
        end_outcome(by=cast.family_worker, outcome=Outcome.objects.get(plan=claimable.plan, number=2), state="open")
    holding = _holding(cast, claim)
    assert holding.state == NO_LONGER and "stands at 6" in " ".join(holding.why)
    assert "the plan, its outcomes and reviews" in holding.differs
    with pytest.raises(Refused, match="does not hold any more"):
        accept(claim)


def test_a_need_that_somebody_saw_come_back_is_shown_and_the_evidence_stays_the_same(
    cast: Any, claimable: Any, claim_for: Any, look: Any
) -> None:
    claim = claim_for(claimable, days_ago=10)
    look(claimable, 5, "safety", still_met=False)
    assert _holding(cast, claim).state == HOLDS, "it came back after the day of the claim"
    look(claimable, 30, "safety", still_met=False)
    holding = _holding(cast, claim)
    assert (holding.state, holding.same) == (NO_LONGER, True), "what stood when it was made is what was frozen"
    assert (
        "This is not so: “Every need that was found is met”." in holding.why[0]
        and "the need was there again" in holding.why[0]
    )


def test_needs_are_named_by_a_person_once_and_what_was_said_before_is_kept(
    cast: Any, as_client: Any, helped: Any, name_needs: Any, local: Any
) -> None:
    family = helped()
    address = reverse("name_needs", args=[family.case.reference, "local"])
    client = as_client(cast.analyst)
    page = client.get(address).content.decode()
    assert "Outcome 2 of plan" in page and "Calm mornings" not in page
    assert client.post(address, {"need_1": "relationships", "need_2": "none", "seen": ""}).status_code == 409, (
        "out of date"
    )
    name_needs(family)
    name_needs(family, second="")
    with acting_as(cast.analyst):
        rows = NamedNeed.objects.filter(case=family.case.pk).exclude(need="relationships").order_by("created_at")
        assert [(row.need, row.ended_at is None) for row in rows] == [
            ("safety", False),
            ("", True),
        ]
        named = AuditEvent.objects.filter(verb="programmes.needs_named")
        assert {event.subject for event in named} == {family.case.reference}
        with pytest.raises(Refused, match="another plan"):
            actions.name_needs(
                by=cast.analyst, case=family.case.id, framework=local, needs={str(family.case.id): ""}, seen=""
            )


def test_supporting_families_asks_for_three_needs_and_school_over_two_whole_terms(
    cast: Any, helped: Any, name_needs: Any, local: Any
) -> None:
    families = gathering.framework_of("supporting-families")
    assert families is not None and families.claim is not None
    case = helped()
    name_needs(case, "education", "domestic_abuse", framework=families)
    with acting_as(cast.analyst):
        day = clock.today()
        found = gathering.facts_of([(case.case.id, day)])[case.case.id, day]
        named = gathering.named_of(cast.analyst, [case.case.id])[case.case.id, families.code]
        basis = gathering.basis_now(families, found, named, [], [])
    answers = {each.code: each for each in work_out(basis).conditions}
    assert answers["in_time"].answer == NOT_MET and "31 March 2025" in answers["in_time"].missing
    assert answers["needs"].answer == NOT_MET and "3 are wanted" in answers["needs"].missing
    education = next(need for need in work_out(basis).needs if need.code == "education")
    assert (
        education.due_on
        == later_by(ago(DAYS_AGO["reached"]), 2, "terms")
        != later_by(ago(DAYS_AGO["reached"]), 6, "months")
    )
    assert canonical(dataclasses.asdict(education)), "as it is frozen"


def test_nobody_but_who_may_see_claims_of_the_district_sees_any(
    cast: Any, as_client: Any, claimable: Any, claim_for: Any, other_area: Any
) -> None:
    from hearth.foundation.accounts.models import Appointment

    claim = claim_for(claimable)
    pages = [
        reverse("claims"), reverse("claim", args=[claim.reference]), reverse("claim_case", args=[claimable.case.reference]),
        reverse("check_claim", args=[claim.reference]), reverse("name_needs", args=[claimable.case.reference, "local"]),
    ]  # fmt: skip
    for who in (
        "manager",
        "family_worker",
        "practitioner",
        "commissioner",
        "administrator",
        "information_governance",
        "charity_manager",
    ):
        somebody = getattr(cast, who)
        assert {as_client(somebody).get(page).status_code for page in pages} == {403}, who
        with acting_as(somebody):
            assert not Claim.objects.exists() and not NamedNeed.objects.exists(), who
            assert gathering.case_with(claimable.case.reference) is None, who
            assert gathering.facts_of([(claimable.case.id, clock.today())]) == {}, who
    elsewhere = cast.senior_development_officer
    with acting_as(cast.administrator):
        Appointment.objects.filter(user=elsewhere).update(area=other_area)
    client = as_client(elsewhere)
    assert [client.get(page).status_code for page in pages] == [200, 404, 404, 404, 404]
    assert claim.reference not in client.get(pages[0]).content.decode()
    with acting_as(elsewhere):
        assert not Claim.objects.exists() and gathering.signs_of([claimable.case.id]) == {}


def test_a_family_of_whom_anybody_is_restricted_is_claimed_for_by_those_on_the_list_alone(
    cast: Any, as_client: Any, claimable: Any, claim_for: Any
) -> None:
    from hearth.records.people.restrictions.actions import grant_restricted_access, place_restriction

    claim, govern = claim_for(claimable), cast.information_governance
    for reference in (claimable.child.reference, claimable.family.reference):
        with acting_as(govern):
            restriction = place_restriction(by=govern, reference=reference, reason="A threat was made")
        for who in (cast.analyst, cast.strategic_lead):
            client = as_client(who)
            assert client.get(reverse("claim", args=[claim.reference])).status_code == 404
            assert client.get(reverse("claim_case", args=[claimable.case.reference])).status_code == 404
            for page in ("claims", "families_to_claim_for"):
                shown = client.get(reverse(page)).content.decode()
                assert claim.reference not in shown and claimable.case.reference not in shown
        with acting_as(govern):
            grant_restricted_access(
                by=govern, restriction=restriction, reference=reference, user=cast.analyst, reason="Makes claims",
                until_on=clock.today() + dt.timedelta(days=9),
            )  # fmt: skip
        assert as_client(cast.analyst).get(reverse("claim", args=[claim.reference])).status_code == 200


def test_accepted_claims_leave_as_a_file_without_names_and_that_is_on_record(
    cast: Any, as_client: Any, claimable: Any, claim_for: Any, accept: Any, kept_of: Any
) -> None:
    claim = accept(claim_for(claimable))
    client = as_client(cast.strategic_lead)
    assert client.get(reverse("download_claims")).status_code == 302
    text = client.post(reverse("download_claims"), {"framework": "local"}).content.decode("utf-8-sig")
    heads, row, *rest = text.splitlines()
    assert claim.reference in row and claimable.case.reference in row and claim.digest in row and not rest
    assert "Ashworth" not in text and "Holds" in row and heads.startswith("Claim,Case")
    assert ("exported", 1) in {(event.kind, event.detail.get("claims")) for event in kept_of(cast.strategic_lead)}
