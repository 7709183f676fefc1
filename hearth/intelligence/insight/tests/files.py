"""Small files of feeds, as partners would send them; everybody in them is invented."""

import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

ATTENDANCE = "UPN,NativeId,date,am/pm,code\n"
EMERGENCY = "attendance id,NHS Number,arrival date,site\n"
OFFENCES = "personId,dateOfOffence,typeOfOffence,natureOfInvolvement\n"
CARE = "personId,NHS Number,status,startDate,endDate,contactName,contactPhone\n"
NEET = "YoungPersonsID,UniquePupilNo,GivenName,FamilyName,DOB,Postcode,ActivityCode,ActivityStartDate,LevelOfNeedCode,LDD\n"


def attendance(marks: dict[str, str], first: dt.date) -> str:
    """A pupil's marks, a morning and an afternoon a day from `first` on: `{"A1": "//OO"}` is a day there and a day missed."""
    rows = [
        f"{upn},S1,{first + dt.timedelta(days=place // 2)},{'PM' if place % 2 else 'AM'},{mark}\n"
        for upn, each in marks.items()
        for place, mark in enumerate(each)
    ]
    return ATTENDANCE + "".join(rows)


def emergency(visits: Iterable[tuple[str, str, str]]) -> str:
    """Visits: their number, whose, and when."""
    return EMERGENCY + "".join(f"{number},{nhs},{day},General\n" for number, nhs, day in visits)


def linked(path: Path, rows: list[dict[str, Any]]) -> Path:
    """A file as a run of matching writes one."""
    names = ("feed", "organisation", "scheme", "value", "person", "household", "register_person")
    schema = pa.schema([(name, pa.string()) for name in names])
    pq.write_table(pa.Table.from_pylist(rows, schema=schema), path)
    return path
