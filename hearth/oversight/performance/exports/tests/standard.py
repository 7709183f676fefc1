"""Checks files against the standards themselves: their heads, what may be blank, what a category takes, keys that join.

It knows nothing of how Hearth makes a file: the rules are read from `standards/`, which others wrote.
"""

import csv
import datetime as dt
import io
import json
import zipfile
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

HERE = Path(__file__).parent / "standards"
SEXES = {"M", "F", "U"}
UN = {"UN1", "UN2", "UN3", "UN4", "UN5", "UN6", "UN7"}
DISABILITIES = {"NONE", "MOB", "HAND", "PC", "INC", "COMM", "LD", "HEAR", "VIS", "BEH", "CON", "AUT", "DDA"}
ENDS = {"Outcomes met", "Step-up", "NFA"}
OUTCOMES = {"NFA", "Information and Advice", "EH Referral", "CIN Referral"}
IDENTIFIERS = {"Case Number", "UPN", "NHS Number", "Home Office", "NI", "YOT", "Court", "RAA", "Incident"}


def rules() -> dict[str, list[dict[str, Any]]]:
    """The rules of 2026 for every list."""
    return json.loads((HERE / "annex-a-2026.json").read_text(encoding="utf-8"))["lists"]


def opened(content: bytes) -> dict[str, list[tuple[Any, ...]]]:
    """Every sheet of a workbook as another tool reads it, by name in its order."""
    book = load_workbook(io.BytesIO(content))
    return {sheet.title: [tuple(row) for row in sheet.iter_rows(values_only=True)] for sheet in book}


def formulas(content: bytes) -> list[str]:
    """Cells that a spreadsheet would work out."""
    book = load_workbook(io.BytesIO(content))
    return [cell.coordinate for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def faults_of_workbook(content: bytes) -> list[str]:
    """Everything in an inspection workbook that the rules do not take."""
    sheets, wanted = opened(content), rules()
    faults = [] if list(sheets) == list(wanted) else [f"sheets are {list(sheets)}"]
    for name, columns in wanted.items():
        rows = sheets.get(name, [()])
        if list(rows[0]) != [column["head"] for column in columns]:
            faults.append(f"{name}: heads are {rows[0]}")
        for number, row in enumerate(rows[1:], 2):
            faults += [f"{name} row {number}: {fault}" for fault in _faults_of_row(columns, row)]
    return faults + [f"a formula in {cell}" for cell in formulas(content)]


def _faults_of_row(columns: list[dict[str, Any]], row: tuple[Any, ...]) -> list[str]:
    found = []
    for column, value in zip(columns, row, strict=True):
        head = column["head"]
        if value in (None, ""):
            found += [] if column["can_be_blank"] else [f"{head} is blank"]
        elif "date" in column and not isinstance(value, dt.datetime):
            found.append(f"{head} is no date: {value!r}")
        elif "numeric" in column and not (isinstance(value, int) and value >= column["numeric"].get("min_value", 0)):
            found.append(f"{head} is no whole number: {value!r}")
        elif "takes" in column and value not in column["takes"] and head != "Referral NFA?":
            found.append(f"{head} is no such category: {value!r}")
        elif head == "Referral NFA?" and value not in ("a) Yes", "b) No"):
            found.append(f"{head} is neither yes nor no: {value!r}")
    return found


def tables(content: bytes) -> dict[str, list[dict[str, str]]]:
    """Each table of a dataset, as a loader reads it."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return {
            name.removesuffix(".csv"): list(csv.DictReader(io.StringIO(packed.read(name).decode("utf-8"), newline="")))
            for name in packed.namelist()
            if name.endswith(".csv")
        }


def heads(content: bytes) -> dict[str, list[str]]:
    """The first line of each table."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        names = [name for name in packed.namelist() if name.endswith(".csv")]
        return {
            name.removesuffix(".csv"): packed.read(name).decode("utf-8").split("\r\n")[0].split(",") for name in names
        }


def columns_of_dataset() -> dict[str, list[str]]:
    """Names and order as the standard has them."""
    lines = (HERE / "ssd-1.4.5.txt").read_text(encoding="utf-8").splitlines()
    pairs = (line.split(": ") for line in lines if line and not line.startswith("#"))
    return {name: columns.split(", ") for name, columns in pairs}


# Each table: its key, and where each of its other keys must be found.
KEYS: dict[str, tuple[str, dict[str, str]]] = {
    "ssd_person": ("pers_person_id", {}),
    "ssd_family": ("fami_table_id", {"fami_person_id": "ssd_person"}),
    "ssd_address": ("addr_table_id", {"addr_person_id": "ssd_person"}),
    "ssd_disability": ("disa_table_id", {"disa_person_id": "ssd_person"}),
    "ssd_contacts": ("cont_contact_id", {"cont_person_id": "ssd_person"}),
    "ssd_early_help_episodes": (
        "earl_episode_id", {"earl_person_id": "ssd_person", "earl_episode_worker_id": "ssd_professionals"},
    ),
    "ssd_involvements": (
        "invo_involvements_id", {"invo_person_id": "ssd_person", "invo_professional_id": "ssd_professionals"},
    ),
    "ssd_professionals": ("prof_professional_id", {}),
    "ssd_linked_identifiers": ("link_table_id", {"link_person_id": "ssd_person"}),
}  # fmt: skip
DATES = {
    "ssd_person": [("pers_dob", "pers_death_date")],
    "ssd_address": [("addr_address_start_date", "addr_address_end_date")],
    "ssd_contacts": [("cont_contact_date", "cont_contact_date")],
    "ssd_early_help_episodes": [("earl_episode_start_date", "earl_episode_end_date")],
    "ssd_involvements": [("invo_involvement_start_date", "invo_involvement_end_date")],
    "ssd_linked_identifiers": [("link_valid_from_date", "link_valid_to_date")],
}
CODES: dict[str, dict[str, set[str]]] = {
    "ssd_person": {"pers_sex": SEXES, "pers_upn_unknown": UN | {""}},
    "ssd_disability": {"disa_disability_code": DISABILITIES},
    "ssd_early_help_episodes": {"earl_episode_end_reason": ENDS | {""}},
    "ssd_linked_identifiers": {"link_identifier_type": IDENTIFIERS},
}
NEVER_BLANK = ("earl_episode_start_date", "cont_contact_date", "invo_involvement_start_date")


def faults_of_dataset(content: bytes) -> list[str]:
    """Everything in a dataset that the standard does not take."""
    found = tables(content)
    faults = [] if heads(content) == columns_of_dataset() else [f"tables and columns are {heads(content)}"]
    known = {name: [row[key] for row in found[name]] for name, (key, _) in KEYS.items()}
    for name, (key, others) in KEYS.items():
        if len(set(known[name])) != len(known[name]) or not all(0 < len(value) <= 48 for value in known[name]):
            faults.append(f"{name}: {key} is not there once, or too long")
        for row in found[name]:
            faults += [
                f"{name}: {column} {row[column]!r} is not found"
                for column, table in others.items()
                if row[column] not in known[table]
            ]
            faults += _faults_of_values(name, row)
    return faults


def _faults_of_values(name: str, row: dict[str, str]) -> list[str]:
    faults = [
        f"{name}: {column} is {row[column]!r}"
        for column, takes in CODES.get(name, {}).items()
        if row[column] not in takes
    ]
    for first, last in DATES.get(name, []):
        days = [dt.date.fromisoformat(row[column]) if row[column] else None for column in (first, last)]
        if days[0] and days[1] and days[0] > days[1]:
            faults.append(f"{name}: {first} is after {last}")
        if first in NEVER_BLANK and days[0] is None:
            faults.append(f"{name}: {first} is blank")
    if name == "ssd_contacts" and row["cont_contact_outcome_json"]:
        told = set(json.loads(row["cont_contact_outcome_json"]).values())
        faults += [] if told <= OUTCOMES else [f"{name}: came of it {told}"]
    if name == "ssd_address" and (" " in row["addr_address_postcode"] or not json.loads(row["addr_address_json"])):
        faults.append(f"{name}: the address is {row}")
    return faults
