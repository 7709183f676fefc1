"""What the open directory answers, said in OpenAPI, so that another system can be told by its own tools."""

from typing import Any

from hearth.records.directory.api.parameters import EACH, MOST_EACH

SCHEMAS = "https://raw.githubusercontent.com/openreferral/uk-profile/main/schema/"
VERSION = "HSDS-UK-3.0"
PROFILE = "https://github.com/OpenReferralUK/uk-profile/blob/main/docs/index.md"
PAGE = {
    "total_items": "integer", "total_pages": "integer", "page_number": "integer", "size": "integer", "first_page": "boolean",
    "last_page": "boolean", "empty": "boolean",
}  # fmt: skip
ABOUT = {
    "search": ("string", "Each word must begin a word of the entry."),
    "page": ("integer", "Number of the page, from 1."),
    "per_page": ("integer", f"How many on a page: {EACH} if left out, {MOST_EACH} at most."),
    "taxonomy_term_id": ("string", "Services about this term."),
    "taxonomy_id": ("string", "Services about any term of this taxonomy."),
    "minimum_age": ("number", "Services whose minimum age is at least this."),
    "maximum_age": ("number", "Services whose maximum age is at most this."),
    "start_time": ("string", "Held at a time that begins no sooner, such as 09:30."),
    "end_time": ("string", "Held at a time that ends no later."),
    "day": ("string", "Held on this day: MO, TU, WE, TH, FR, SA or SU."),
    "organization_id": ("string", "Services of this organisation."),
    "modified_after": ("string", "Services that changed at this moment or since."),
    "full": ("boolean", "true: each entry with all that hangs from it."),
    "postcode": ("string", "The nearest to this postcode first."),
    "proximity": ("string", "No farther from the postcode than so many metres."),
}
PAGED = ("page", "per_page")
OF_SERVICES = (
    "search", *PAGED, "taxonomy_term_id", "taxonomy_id", "minimum_age", "maximum_age", "start_time", "end_time", "day",
    "organization_id", "modified_after",
)  # fmt: skip
LISTS: tuple[tuple[str, tuple[str, ...], str, str], ...] = (
    ("services", (*OF_SERVICES, "full"), "compiled/service_list.json", "compiled/service.json"),
    ("taxonomies", PAGED, "taxonomy.json", "taxonomy.json"),
    ("taxonomy_terms", PAGED, "taxonomy_term.json", "taxonomy_term.json"),
    (
        "service_at_locations",
        (*OF_SERVICES, "postcode", "proximity"),
        "compiled/service_at_location_list.json",
        "compiled/service_at_location.json",
    ),
)


def document(base: str) -> dict[str, Any]:
    """The whole document. `base` is where this directory answers."""
    paths: dict[str, Any] = {"/": {"get": _get("getAPIMetaInformation", "What this is.", [], _details())}}
    for name, parameters, listed, whole in LISTS:
        many = _get(f"list_{name}", f"A page of {name}.", [_ref(each) for each in parameters], _page(listed))
        one = _get(f"get_{name}", f"One of {name}, with all that hangs from it.", [_key()], {"$ref": SCHEMAS + whole})
        one["responses"]["404"] = _problem("Nothing has this id.")
        paths |= {f"/{name}": {"get": many}, f"/{name}/{{id}}": {"get": one}}
    return {
        "openapi": "3.0.3",
        "info": {"title": "Directory of services", "version": "3.0", "description": f"Open Referral UK, {VERSION}."},
        "servers": [{"url": base}],
        "paths": paths,
        "components": {
            "parameters": {name: _parameter(name, kind, words) for name, (kind, words) in ABOUT.items()},
            "schemas": {
                "Page": {"type": "object", "properties": {name: {"type": kind} for name, kind in PAGE.items()}},
                "Problem": {
                    "type": "object",
                    "required": ["status", "error"],
                    "properties": {"status": {"type": "integer"}, "error": {"type": "string"}},
                },
            },
        },
    }


def _get(name: str, words: str, parameters: list[Any], schema: dict[str, Any]) -> dict[str, Any]:
    return {
        "operationId": name,
        "summary": words,
        "parameters": parameters,
        "responses": {
            "200": {"description": words, "content": {"application/json": {"schema": schema}}},
            "400": _problem("The question cannot be read; the answer says why."),
            "429": _problem("Too many questions in this minute; Retry-After says how long to wait."),
        },
    }


def _problem(words: str) -> dict[str, Any]:
    return {
        "description": words,
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }


def _parameter(name: str, kind: str, words: str) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "description": words, "schema": {"type": kind}}


def _ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/parameters/{name}"}


def _key() -> dict[str, Any]:
    return {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}


def _page(listed: str) -> dict[str, Any]:
    contents = {"type": "array", "items": {"$ref": SCHEMAS + listed}}
    return {"allOf": [{"$ref": "#/components/schemas/Page"}], "properties": {"contents": contents}}


def _details() -> dict[str, Any]:
    names = ("version", "profile", "openapi_url")
    return {"type": "object", "required": list(names), "properties": {name: {"type": "string"} for name in names}}
