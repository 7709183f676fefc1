"""Gets entries from where a feed answers, or from a file. It asks no other host than the one it was given."""

import json
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

EACH = 100
MOST_PAGES = 100_000
LARGEST = 64 * 1024 * 1024  # bytes of one answer
TRIES, SECONDS, LONGEST_WAIT = 3, 30, 60
WHOLE = (
    "schedules",
    "service_at_locations",
    "regular_schedules",
    "contacts",
)  # an entry with one of these is no list's


class FeedProblemError(Exception):
    """Why a feed could not be read, in a sentence."""


@dataclass(frozen=True)
class Told:
    """An entry as it was told, how many the feed says that it has, whether it is of 1.0; with a fault, it could not be fetched."""

    entry: dict[str, Any]
    expected: int
    older: bool = False
    fault: str = ""


class _SameHost(urllib.request.HTTPRedirectHandler):
    """Follows a redirection to the same host alone."""

    def redirect_request(self, req: Any, fp: Any, code: Any, msg: Any, headers: Any, newurl: str) -> Any:
        before, after = urllib.parse.urlsplit(req.full_url), urllib.parse.urlsplit(newurl)
        if after.scheme not in ("http", "https") or after.netloc != before.netloc:
            raise FeedProblemError(
                f"{before.netloc} sends us on to {after.netloc or newurl}. Give that address, if it is right."
            )
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def is_address(where: str) -> bool:
    """Whether it is asked over the network; otherwise it is a file."""
    return where.startswith(("https://", "http://"))


def entries(where: str, since: str = "", has: Any = None) -> Iterator[Told]:
    """Every entry of a feed, in full. `has` says of an entry in a list whether we hold it as it is: then it is not asked for."""
    return (
        _from_address(where.rstrip("/"), since, has or (lambda entry: False))
        if is_address(where)
        else _from_file(where)
    )


def _from_address(base: str, since: str, has: Any) -> Iterator[Told]:
    seen = ""
    for page in range(1, MOST_PAGES):
        asked = {"page": page, "per_page": EACH, "full": "true"} | ({"modified_after": since} if since else {})
        answer = _get(f"{base}/services?{urllib.parse.urlencode(asked)}")
        rows = _rows(answer)
        first = str(rows[0].get("id")) if rows and isinstance(rows[0], dict) else ""
        if not rows or first == seen:  # one that knows no pages gives the same again
            return
        seen = first
        expected = _whole(answer, "total_items", "totalElements")
        for row in rows:
            yield _in_full(base, row, expected, "content" in answer, has)
        if answer.get("last_page", answer.get("last")) is True or page >= (
            _whole(answer, "total_pages", "totalPages") or page + 1
        ):
            return
    raise FeedProblemError(f"There is no end to it: {MOST_PAGES} pages were read.")


def _in_full(base: str, row: Any, expected: int, older: bool, has: Any) -> Told:
    if not isinstance(row, dict) or any(name in row for name in WHOLE) or has(row):
        return Told(row if isinstance(row, dict) else {"told": row}, expected, older)
    try:
        whole = _get(f"{base}/services/{urllib.parse.quote(str(row.get('id', '')), safe='')}")
    except FeedProblemError as fault:
        return Told(row, expected, older, str(fault))
    return Told(whole, expected, older)


def _rows(answer: dict[str, Any]) -> list[Any]:
    rows = answer.get("contents", answer.get("content"))
    if not isinstance(rows, list):
        raise FeedProblemError("What it answers is no page of Open Referral: there is no list of contents.")
    return rows


def _whole(answer: dict[str, Any], *names: str) -> int:
    found = next((answer[name] for name in names if isinstance(answer.get(name), int)), 0)
    return max(int(found), 0)


def _get(url: str) -> dict[str, Any]:
    """One answer, asked again where the other side is busy or does not answer."""
    opener = urllib.request.build_opener(_SameHost)
    request = urllib.request.Request(url, headers={"Accept": "application/json", "User-Agent": "Hearth directory"})  # noqa: S310
    for tries_left in reversed(range(TRIES)):
        try:
            with opener.open(request, timeout=SECONDS) as response:
                return _json(response.read(LARGEST + 1), url)
        except urllib.error.HTTPError as fault:
            if fault.code not in (429, 500, 502, 503, 504) or not tries_left:
                raise FeedProblemError(f"{url} answers {fault.code}.") from None
            time.sleep(_wait(fault.headers.get("Retry-After", "")))
        except OSError as fault:
            if not tries_left:
                raise FeedProblemError(f"{url} does not answer: {getattr(fault, 'reason', fault)}.") from None
            time.sleep(1)
    raise AssertionError("a try gives an answer, or says why not")


def _wait(asked: str) -> float:
    return min(float(asked), LONGEST_WAIT) if asked.isascii() and asked.isdigit() else 1


def _json(content: bytes, where: str) -> dict[str, Any]:
    if len(content) > LARGEST:
        raise FeedProblemError(f"{where} gives more than {LARGEST >> 20} megabytes at once.")
    try:
        found = json.loads(content)
    except (ValueError, RecursionError):
        raise FeedProblemError(f"{where} gives no JSON.") from None
    if not isinstance(found, dict):
        raise FeedProblemError(f"{where} gives no page of Open Referral.")
    return found


def _from_file(where: str) -> Iterator[Told]:
    """A page, a list of services, one service, or a service a line."""
    try:
        text = Path(where).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as fault:
        raise FeedProblemError(
            f"{where} cannot be read: {getattr(fault, 'strerror', None) or 'it is no UTF-8'}."
        ) from None
    try:
        found = json.loads(text)
        rows, older = _listed(found), isinstance(found, dict) and "content" in found
    except (ValueError, RecursionError):
        rows, older = [_line(line, where) for line in text.splitlines() if line.strip()], False
    for row in rows:
        yield Told(row if isinstance(row, dict) else {"told": row}, len(rows), older)


def _listed(found: Any) -> list[Any]:
    if isinstance(found, dict):
        rows = found.get("contents", found.get("content", [found]))
        return rows if isinstance(rows, list) else [rows]
    return found if isinstance(found, list) else [found]


def _line(line: str, where: str) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        raise FeedProblemError(f"{where} is no JSON.") from None
