"""The Standard Safeguarding Dataset: the tables that early help can fill, six years back, with keys that join.

An episode is a case, one row for each child of it. Without a value there is an empty cell, and never a guess.
"""

import datetime as dt
import json
from collections.abc import Callable, Iterator

from hearth.foundation.core.pack import label_of, pack
from hearth.oversight.performance.exports import codes
from hearth.oversight.performance.exports.checking import NOBODY, Checked, Gap, Keeper, keeper_of
from hearth.oversight.performance.exports.reading import Asked, rows_of
from hearth.oversight.performance.exports.writing import Cell

YEARS = 6
PLACEHOLDER = "SSD_PH"  # the dataset's own, where nobody leads
TABLES: dict[str, str] = {
    "ssd_person": "pers_legacy_id pers_person_id pers_upn pers_forename pers_surname pers_sex pers_gender pers_ethnicity pers_dob"
    " pers_single_unique_id pers_upn_unknown pers_send_flag pers_expected_dob pers_death_date pers_is_mother pers_nationality",
    "ssd_family": "fami_table_id fami_family_id fami_person_id",
    "ssd_address": "addr_table_id addr_person_id addr_address_type addr_address_start_date addr_address_end_date"
    " addr_address_postcode addr_address_json",
    "ssd_disability": "disa_table_id disa_person_id disa_disability_code",
    "ssd_contacts": "cont_contact_id cont_person_id cont_contact_date cont_contact_source_code cont_contact_source_desc"
    " cont_contact_outcome_json",
    "ssd_early_help_episodes": "earl_episode_id earl_person_id earl_episode_start_date earl_episode_end_date earl_episode_reason"
    " earl_episode_end_reason earl_episode_organisation earl_episode_worker_id",
    "ssd_involvements": "invo_involvements_id invo_professional_id invo_professional_role_id invo_professional_team invo_person_id"
    " invo_involvement_start_date invo_involvement_end_date invo_worker_change_reason invo_referral_id",
    "ssd_professionals": "prof_professional_id prof_staff_id prof_professional_name prof_social_worker_registration_no"
    " prof_agency_worker_flag prof_professional_job_title prof_professional_caseload prof_professional_department"
    " prof_full_time_equivalency",
    "ssd_linked_identifiers": "link_table_id link_person_id link_identifier_type link_identifier_value link_valid_from_date"
    " link_valid_to_date",
}
_KINDS = {"nhs": "NHS Number", "upn": "UPN", "case": "Case Number"}


def window_of(day: dt.date) -> dt.date:
    """The first day of the six years that end on a day."""
    try:
        return day.replace(year=day.year - YEARS)
    except ValueError:
        return dt.date(day.year - YEARS, 2, 28)


def tables(
    asked: Asked, checked: Checked, left_out: dict[str, int]
) -> Iterator[tuple[str, list[str], Iterator[list[Cell]]]]:
    """Each table in order: its name, its columns, its rows."""
    rows: dict[str, Callable[[Asked, Checked, dict[str, int]], Iterator[list[Cell]]]] = {
        "ssd_person": _persons, "ssd_family": _families, "ssd_address": _addresses, "ssd_disability": _disabilities,
        "ssd_contacts": _contacts, "ssd_early_help_episodes": _episodes, "ssd_involvements": _involvements,
        "ssd_professionals": _professionals, "ssd_linked_identifiers": _identifiers,
    }  # fmt: skip
    for name, columns in TABLES.items():
        yield name, columns.split(), rows[name](asked, checked, left_out)


def _note(checked: Checked, where: str, row: str, what: str, *, wanted: bool = False, keeper: Keeper = NOBODY) -> None:
    table, column = where.split(".")
    checked.note(Gap(table, column, row, what, wanted, keeper))


def _persons(asked: Asked, checked: Checked, left_out: dict[str, int]) -> Iterator[list[Cell]]:
    for row in rows_of("persons", asked):
        unborn = row.expected_on is not None
        for column, what, missing in (
            ("pers_sex", "no_sex", row.sex == "U"),
            ("pers_ethnicity", "no_ethnicity", row.ethnicity == codes.NOT_OBTAINED),
            ("pers_dob", "no_birth_date", row.born_on is None),
            ("pers_upn", "no_upn", row.upn is None),
            ("pers_single_unique_id", "no_nhs_number", row.nhs_number is None),
        ):
            if missing and not unborn:
                _note(checked, f"ssd_person.{column}", row.child, what, keeper=keeper_of(row))
        yield [
            None, row.child, row.upn, row.given_name, row.family_name, row.sex, None, row.ethnicity, row.born_on, row.nhs_number,
            None, None, row.expected_on, row.died_on, "Y" if row.is_mother else None, None,
        ]  # fmt: skip


def _families(asked: Asked, checked: Checked, left_out: dict[str, int]) -> Iterator[list[Cell]]:
    for row in rows_of("families", asked):
        yield [f"{row.family}-{row.child}", row.family, row.child]


def _addresses(asked: Asked, checked: Checked, left_out: dict[str, int]) -> Iterator[list[Cell]]:
    for row in rows_of("addresses", asked):
        said = {"LINES": row.lines} | ({"UPRN": row.uprn} if row.uprn else {})
        yield [
            row.id, row.child, None, row.from_on, row.until_on, row.postcode.replace(" ", ""),
            json.dumps(said, ensure_ascii=False),
        ]  # fmt: skip


def _disabilities(asked: Asked, checked: Checked, left_out: dict[str, int]) -> Iterator[list[Cell]]:
    for row in rows_of("disabilities", asked):
        yield [f"{row.child}-{row.code}", row.child, row.code]


def _contacts(asked: Asked, checked: Checked, left_out: dict[str, int]) -> Iterator[list[Cell]]:
    for row in rows_of("contacts", asked):
        if row.adult:
            left_out["adults:ssd_contacts"] = left_out.get("adults:ssd_contacts", 0) + 1
            continue
        code = codes.source_code(row.source)
        keeper = keeper_of(row)
        if row.cluster is None:
            _note(checked, "ssd_contacts.cont_person_id", row.child, "not_matched", keeper=keeper)
        if code == codes.UNKNOWN:
            _note(checked, "ssd_contacts.cont_contact_source_code", row.child, "no_source", wanted=True, keeper=keeper)
        said = codes.outcome_of_contact(row.outcome)
        yield [
            f"{row.request}-{row.child}" if not row.child.startswith(row.request) else row.child, row.child, row.received_on,
            code, codes.SOURCE_WORDS[code], json.dumps({"OUTCOME": said}) if said else None,
        ]  # fmt: skip


def _episodes(asked: Asked, checked: Checked, left_out: dict[str, int]) -> Iterator[list[Cell]]:
    labels = {reason.code: reason.label for reason in pack().request_form.reasons}
    for row in rows_of("episodes", asked):
        reasons = [labels[code] for code in json.loads(row.reasons) if code in labels]
        reason = "; ".join(reasons) or label_of(pack().front_door.outcomes, row.because)
        keeper = Keeper(row.case_reference, row.keeper or "", row.keeper_email or "", row.organisation or "")
        for column, what, missing in (
            ("earl_episode_reason", "no_reason", not reasons),
            (
                "earl_episode_end_reason",
                "no_end_reason",
                row.ended_on is not None and not codes.end_of_episode(row.end_reason),
            ),
            ("earl_episode_worker_id", "no_lead", row.worker is None),
        ):
            if missing:
                _note(
                    checked,
                    f"ssd_early_help_episodes.{column}",
                    row.child,
                    what,
                    wanted=column.endswith("worker_id"),
                    keeper=keeper,
                )
        yield [
            f"{row.case_reference}-{row.child}", row.child, row.started_on, row.ended_on, reason or None,
            codes.end_of_episode(row.end_reason) or None, row.organisation or None, row.worker or PLACEHOLDER,
        ]  # fmt: skip


def _involvements(asked: Asked, checked: Checked, left_out: dict[str, int]) -> Iterator[list[Cell]]:
    for row in rows_of("involvements", asked):
        role = "Lead practitioner" if row.is_lead else row.role
        yield [row.id, row.worker, role, row.organisation, row.child, row.joined_on, row.left_on, None, None]


def _professionals(asked: Asked, checked: Checked, left_out: dict[str, int]) -> Iterator[list[Cell]]:
    for row in rows_of("professionals", asked):
        yield [row.worker, None, row.full_name, None, None, row.job_title, row.caseload, row.organisation, None]
    # So that the key of an episode that nobody leads is found here too.
    yield [PLACEHOLDER, None, "Nobody leads (placeholder)", None, None, None, None, None, None]


def _identifiers(asked: Asked, checked: Checked, left_out: dict[str, int]) -> Iterator[list[Cell]]:
    for row in rows_of("identifiers", asked):
        yield [row.id, row.child, _KINDS[row.kind], row.value, row.from_on, row.until_on]
