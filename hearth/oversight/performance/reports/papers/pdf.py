"""A report as an accessible PDF (PDF/UA): tagged, titled, in English; made from data, never from markup."""

import json
import re
from pathlib import Path
from typing import Any

import typst

from hearth.casework.assessments.printable import printable
from hearth.foundation.core import clock
from hearth.oversight.performance.reports.contents import Content
from hearth.oversight.performance.reports.papers.pictures import alternative, fonts, svg_of

TEMPLATE = Path(__file__).parents[1] / "templates" / "reports" / "report.typ"


def pdf_of(content: Content, digest: str) -> bytes:
    """The document. Without a digest it is a draft, and says so."""
    today = clock.today()
    data = {
        "title": content["title"], "authority": content["authority"], "about": content["about"], "reference": content["reference"],
        "number": str(content["number"]), "digest": digest, "date": {"year": today.year, "month": today.month, "day": today.day},
        "sections": [
            {"title": each["title"], "words": paragraphs(each["words"]), "blocks": [_block(block) for block in each["blocks"]]}
            for each in content["sections"]
        ],
    }  # fmt: skip
    return typst.compile(  # type: ignore[no-any-return, unused-ignore]
        TEMPLATE, format="pdf", pdf_standards="ua-1", font_paths=fonts(), ignore_system_fonts=True, root=TEMPLATE.parent,
        sys_inputs={"data": json.dumps(_printable(data))}, timestamp=int(clock.now().timestamp()),
    )  # fmt: skip


def _block(block: dict[str, Any]) -> dict[str, Any]:
    """A block with a drawing in place of where its dots are."""
    if block["kind"] == "chart":
        return {
            "kind": "chart",
            "title": block["title"],
            "said": block["said"],
            "svg": svg_of(block["picture"]),
            "alt": alternative(block),
        }
    return block | {"words": paragraphs(block["words"])} if "words" in block else block


def paragraphs(text: str) -> list[str]:
    """Typed text by paragraph."""
    return [" ".join(block.split()) for block in re.split(r"\n\s*\n", text) if block.strip()]


def _printable(data: Any) -> Any:
    """Every text in the data as our fonts can show it."""
    if isinstance(data, str):
        return printable(data)
    if isinstance(data, dict):
        return {key: value if key == "svg" else _printable(value) for key, value in data.items()}
    return [_printable(value) for value in data] if isinstance(data, list | tuple) else data
