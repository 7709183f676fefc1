"""A report as a Word file (Office Open XML): real headings, heads of tables, words for drawings, and the language."""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from hearth.oversight.performance.reports.contents import Content
from hearth.oversight.performance.reports.papers.pdf import paragraphs
from hearth.oversight.performance.reports.papers.pictures import alternative, png_of

WIDE, TALL = 5_040_000, 2_660_000  # of a drawing, in the format's own units: 14 cm by 7.4
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
STYLES = Path(__file__).parent / "word-styles.xml"
STAMP = (2000, 1, 1, 0, 0, 0)  # so that the same report is the same file
SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
PART = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def word_of(content: Content, digest: str) -> bytes:
    """The file. Without a digest it is a draft, and says so."""
    pictures: list[bytes] = []
    body = "".join(_body(content, digest, pictures))
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in (
            *_fixed(content),
            ("word/_rels/document.xml.rels", _links(len(pictures))),
            ("word/document.xml", _document(body)),
        ):
            file.writestr(zipfile.ZipInfo(name, STAMP), text, zipfile.ZIP_DEFLATED)
        for number, picture in enumerate(pictures, 1):
            file.writestr(zipfile.ZipInfo(f"word/media/chart{number}.png", STAMP), picture)
    return made.getvalue()


def _body(content: Content, digest: str, pictures: list[bytes]) -> Iterator[str]:
    yield _paragraph(content["title"], "Heading1")
    yield _paragraph(content["authority"], "Subtitle")
    draft = [] if digest else ["This is a draft. It was not approved."]
    for line in (*draft, *content["about"], f"{content['reference']}, version {content['number']}."):
        yield _paragraph(line, "Quiet")
    for section in content["sections"]:
        yield _paragraph(section["title"], "Heading2")
        yield from (_paragraph(each) for each in paragraphs(section["words"]))
        if not section["words"] and not section["blocks"]:
            yield _paragraph("None in this report.", "Quiet")
        for block in section["blocks"]:
            yield from _block(block, pictures)
    if digest:
        yield _paragraph("How this report is kept", "Heading2")
        yield _paragraph(f"Its figures and words are frozen. SHA-256 of what it says: {digest}")


def _block(block: dict[str, Any], pictures: list[bytes]) -> Iterator[str]:
    kind = block["kind"]
    if kind == "table":
        yield _paragraph(block["caption"], "Heading3")
        yield _table(block)
    elif kind == "chart":
        pictures.append(png_of(block["picture"]))
        yield _paragraph(block["title"], "Heading3")
        yield _drawing(len(pictures), block["title"], alternative(block))
        yield _paragraph(block["said"], "Quiet")
    elif kind == "study":
        yield _paragraph(block["title"], "Heading3")
        yield from (_paragraph(each) for each in paragraphs(block["words"]))
        yield _paragraph(block["consent"], "Quiet")
    elif kind == "terms":
        for name, words in block["rows"]:
            yield _paragraph(name, "Heading3")
            yield _paragraph(words)
    else:
        yield from (_paragraph(each, "Quiet") for each in paragraphs(block["words"]))


def _words(text: str, *, bold: bool = False) -> str:
    said = escape(NOT_XML.sub("", text))
    return f'<w:r>{"<w:rPr><w:b/></w:rPr>" if bold else ""}<w:t xml:space="preserve">{said}</w:t></w:r>'


def _paragraph(text: str, style: str = "Normal", *, right: bool = False, bold: bool = False) -> str:
    side = '<w:jc w:val="right"/>' if right else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{side}</w:pPr>{_words(text, bold=bold)}</w:p>'


def _table(block: dict[str, Any]) -> str:
    heads = [(words, number) for words, number in block["heads"]]
    caption = quoteattr(NOT_XML.sub("", block["caption"]))
    first = _row(
        (_cell(words, right=number, bold=True) for words, number in heads),
        "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>",
    )
    rows = "".join(
        _row(_cell(words, right=heads[place][1], bold=place == 0) for place, words in enumerate(row))
        for row in block["rows"]
    )
    grid = "".join(f'<w:gridCol w:w="{9600 // len(heads)}"/>' for _ in heads)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="Figures"/><w:tblW w:w="5000" w:type="pct"/><w:tblLook w:val="04A0" w:firstRow="1" w:lastRow="0" '
        f'w:firstColumn="1" w:lastColumn="0" w:noHBand="0" w:noVBand="1"/><w:tblCaption w:val={caption}/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
        f"{first}{rows}</w:tbl>{_paragraph('')}"
    )


def _row(cells: Iterable[str], more: str = "<w:trPr><w:cantSplit/></w:trPr>") -> str:
    return f"<w:tr>{more}{''.join(cells)}</w:tr>"


def _cell(words: str, *, right: bool, bold: bool) -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="0" w:type="auto"/></w:tcPr>{_paragraph(words, "Cell", right=right, bold=bold)}</w:tc>'


def _drawing(number: int, title: str, alt: str) -> str:
    said = f"name={quoteattr(f'Chart {number}')} title={quoteattr(NOT_XML.sub('', title))} descr={quoteattr(NOT_XML.sub('', alt))}"
    box = f'<a:off x="0" y="0"/><a:ext cx="{WIDE}" cy="{TALL}"/>'
    return (
        f'<w:p><w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{WIDE}" cy="{TALL}"/><wp:docPr id="{number}" {said}/>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr>'
        f'<pic:cNvPr id="{number}" {said}/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="chart{number}"/><a:stretch><a:fillRect/></a:stretch>'
        f'</pic:blipFill><pic:spPr><a:xfrm>{box}</a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
        "</pic:pic></a:graphicData></a:graphic>"
        "</wp:inline></w:drawing></w:r></w:p>"
    )


def _document(body: str) -> str:
    edges = " ".join(f'w:{side}="1134"' for side in ("top", "right", "bottom", "left"))
    page = f'<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar {edges} w:header="567" w:footer="567" w:gutter="0"/></w:sectPr>'
    return f"{HEAD}<w:document {SPACES}><w:body>{body}{page}</w:body></w:document>"


def _links(pictures: int) -> str:
    charts = "".join(
        f'<Relationship Id="chart{number}" Type="{OFFICE}/image" Target="media/chart{number}.png"/>'
        for number in range(1, pictures + 1)
    )
    styles = f'<Relationship Id="styles" Type="{OFFICE}/styles" Target="styles.xml"/>'
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{styles}{charts}</Relationships>'


def _fixed(content: Content) -> Iterator[tuple[str, str]]:
    """What is in every such file: what its parts are, its title and language, and its styles."""
    yield (
        "[Content_Types].xml",
        f'{HEAD}<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
        f'<Override PartName="/word/document.xml" ContentType="{PART}.document.main+xml"/>'
        f'<Override PartName="/word/styles.xml" ContentType="{PART}.styles+xml"/>'
        '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>',
    )
    yield (
        "_rels/.rels",
        f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="document" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>'
        f'<Relationship Id="core" Type="{PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>',
    )
    yield (
        "docProps/core.xml",
        f'{HEAD}<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(content['title'])}</dc:title><dc:creator>{escape(content['authority'])}</dc:creator><dc:language>en-GB</dc:language>"
        "</cp:coreProperties>",
    )
    yield "word/styles.xml", STYLES.read_text(encoding="utf-8")
