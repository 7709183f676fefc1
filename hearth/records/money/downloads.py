"""A table as a file that leaves the product."""

from collections.abc import Sequence

from django.http import HttpResponse

from hearth.foundation.core import clock
from hearth.foundation.core.spreadsheet import Sheet, csv_of_sheet, xlsx_file

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def as_workbook(name: str, sheets: Sequence[Sheet]) -> HttpResponse:
    """Several tables in one Excel file."""
    response = HttpResponse(xlsx_file(sheets), content_type=XLSX)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}-{clock.today()}.xlsx"'
    return response


def as_file(sheet: Sheet, kind: str) -> HttpResponse:
    """The table as Excel where that was asked for, and otherwise as CSV; either says what its figures mean."""
    if kind == "xlsx":
        response = HttpResponse(xlsx_file([sheet]), content_type=XLSX)
    else:
        kind, response = "csv", HttpResponse(csv_of_sheet(sheet), content_type="text/csv; charset=utf-8")
    name = f"{sheet.name.lower().replace(' ', '-')}-{clock.today()}.{kind}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
