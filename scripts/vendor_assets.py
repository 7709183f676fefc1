"""Fetch the GOV.UK Frontend files that Hearth serves. For maintainers only: needs npm; nobody else needs Node.

    .venv/bin/python scripts/vendor_assets.py            fetch again, strip, write the manifest
    .venv/bin/python scripts/vendor_assets.py --check    do the kept files still match the manifest?

The typeface GDS Transport, the crown and the crest belong to services on gov.uk; a council's service may not use them,
so they are taken out here, once, and a test holds that they stay out.
"""

import base64
import hashlib
import json
import re
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

PACKAGE, VERSION = "govuk-frontend", "6.6.0"
KEPT = Path(__file__).resolve().parent.parent / "hearth/foundation/ui/static/ui/vendor"
MANIFEST = KEPT / "manifest.json"
LICENCE = """The MIT License (MIT)

Copyright (C) 2017 Crown Copyright (Government Digital Service)

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit
persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
"""
OUR_TYPEFACE = "Helvetica Neue,Helvetica,Arial,sans-serif"


def sha512(content: bytes) -> str:
    """The digest as browsers and npm write it."""
    return "sha512-" + base64.b64encode(hashlib.sha512(content).digest()).decode()


def without_crown(css: str) -> str:
    """The style sheet without the reserved typeface, the crest, or a map that is not there."""
    css = re.sub(r"/\*! Copyright \(c\) 2011 by Margaret Calvert.*?\*/", "", css, flags=re.DOTALL)
    css = re.sub(r"@font-face\{[^}]*\}", "", css)
    css = css.replace("GDS Transport,arial,sans-serif", OUR_TYPEFACE)
    css = re.sub(r"[^{}]*\{[^{}]*govuk-crest\.svg[^{}]*\}", "", css)
    return re.sub(r"/\*# sourceMappingURL=.*?\*/", "", css).strip() + "\n"


def without_map(script: str) -> str:
    """The script without a pointer to a map that is not there."""
    return re.sub(r"//# sourceMappingURL=\S+", "", script).strip() + "\n"


def fetch(folder: Path) -> bytes:
    """The package as published; npm checks its signature against the registry's."""
    command = ["npm", "pack", "--silent", f"{PACKAGE}@{VERSION}"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return next(folder.glob("*.tgz")).read_bytes()


def vendor() -> None:
    """Fetch, strip, and write the files with their manifest."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        package = fetch(folder)
        with tarfile.open(next(folder.glob("*.tgz"))) as archive:
            archive.extractall(folder, filter="data")
        source = folder / "package/dist/govuk"
        made = {
            "govuk-frontend.min.css": without_crown((source / "govuk-frontend.min.css").read_text()),
            "govuk-frontend.min.js": without_map((source / "govuk-frontend.min.js").read_text()),
            "LICENCE.txt": LICENCE,
        }
    KEPT.mkdir(parents=True, exist_ok=True)
    for file, text in made.items():
        (KEPT / file).write_text(text)
    manifest = {
        "package": PACKAGE,
        "version": VERSION,
        "package_sha512": sha512(package),
        "files": {file: sha512(text.encode()) for file, text in sorted(made.items())},
    }
    MANIFEST.write_text(json.dumps(manifest, indent=2) + "\n")


def faults() -> list[str]:
    """Each kept file that no longer is what the manifest says."""
    manifest = json.loads(MANIFEST.read_text())
    return [
        f"{file} is not the file that the manifest lists: run scripts/vendor_assets.py again."
        for file, digest in manifest["files"].items()
        if not (KEPT / file).exists() or sha512((KEPT / file).read_bytes()) != digest
    ]


if __name__ == "__main__":
    if "--check" in sys.argv:
        found = faults()
        print("\n".join(found) or "The kept files match the manifest.")
        sys.exit(1 if found else 0)
    vendor()
    print(f"{PACKAGE} {VERSION} is in {KEPT}.")
