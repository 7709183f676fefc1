"""Another authority's directory, on this machine, for tests."""

import json
import threading
import uuid
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit


def key(name: str) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_DNS, name))


def entry(name: str, **told: Any) -> dict[str, Any]:
    """A whole service of another authority."""
    location = {
        "id": key(f"place of {name}"), "location_type": "physical", "name": "The Hut", "latitude": 53.4, "longitude": -2.9,
        "addresses": [{"id": key(f"address of {name}"), "address_1": "2 Dock Road", "city": "Bootle", "state_province": "Sefton",
                       "postal_code": "l20 1aa", "country": "GB", "address_type": "physical"}],
        "accessibility": [{"id": key(f"ramp of {name}"), "description": "A ramp"}],
    }  # fmt: skip
    term = {
        "id": key("term"),
        "name": "Play",
        "description": "Play",
        "taxonomy": "Service types",
        "taxonomy_id": key("types"),
    }
    return {
        "id": key(name), "name": name, "status": "active", "description": "Fun.", "last_modified": "2026-05-01T10:00:00.000Z",
        "assured_date": "2026-05-01", "minimum_age": 2, "maximum_age": 9,
        "organization": {"id": key("their council"), "name": "Sefton", "description": "Council", "website": "https://sefton.example"},
        "service_at_locations": [{"id": key(f"at {name}"), "location": location}],
        "schedules": [{"id": key(f"when {name}"), "byday": "MO,WE", "freq": "WEEKLY", "opens_at": "10:00:00", "closes_at": "12:00:00Z"}],
        "cost_options": [{"id": key(f"cost {name}"), "amount": 0}],
        "contacts": [{"id": key(f"contact {name}"), "name": "Jo", "phones": [{"id": key(f"phone {name}"), "number": "0151 496 0000"}]}],
        "attributes": [{"id": key(f"about {name}"), "taxonomy_term": term}],
    } | told  # fmt: skip


class Elsewhere:
    """Another authority's directory, on this machine; `asked` is every address that was asked for."""

    def __init__(self) -> None:
        self.held: list[dict[str, Any]] = []
        self.asked: list[str] = []
        self.each, self.broken, self.pages = 2, set[str](), True
        elsewhere = self

        class Answers(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                elsewhere.answer(self)

            def log_message(self, *args: Any) -> None:
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Answers)
        self.address = f"http://127.0.0.1:{self.server.server_port}/api"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def answer(self, handler: Any) -> None:
        self.asked.append(handler.path)
        parts, status, said = urlsplit(handler.path), 200, {}
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if parts.path.endswith("/services"):
            page = int(asked["page"])
            since = asked.get("modified_after", "")[:10]
            rows = [each for each in self.held if str(each.get("last_modified", "9"))[:10] >= since]
            shown = rows[(page - 1) * self.each : page * self.each] if self.pages else rows
            names = ("id", "name", "status", "last_modified", "organization")
            said = {"total_items": len(rows), "contents": [{n: each[n] for n in names if n in each} for each in shown]}
        else:
            wanted = parts.path.rpartition("/")[2]
            found = [each for each in self.held if each.get("id") == wanted]
            status, said = (500, {}) if wanted in self.broken else (200, found[0]) if found else (404, {})
        body = json.dumps(said).encode()
        handler.send_response(status)
        handler.end_headers()
        handler.wfile.write(body)
