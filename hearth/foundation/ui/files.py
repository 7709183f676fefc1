"""Files that a page hands over."""

from django.http import HttpResponse

TYPES = {
    "txt": "text/plain; charset=utf-8",
    "zip": "application/zip",
    "csv": "text/csv; charset=utf-8",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def file_response(content: str | bytes, name: str) -> HttpResponse:
    """A file to keep, by its name."""
    response = HttpResponse(content, content_type=TYPES[name.rpartition(".")[2]])
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
