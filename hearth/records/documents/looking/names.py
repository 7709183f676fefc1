"""A file's name as it may be shown and given back."""

import re

from hearth.foundation.core.text import clean

LONGEST = 100
# Endings that are taken off before the right one is put on: ours, and those that lie about what a file is.
ENDING = re.compile(
    r"\.(pdf|jpe?g|jfif|png|gif|webp|docx|docm|dotx|dotm|xlsx|xlsm|odt|ods|txt|rtf|csv|md|log|eml|msg|heic|tiff?|bmp|svg"
    r"|html?|xml|js|vbs|ps1|bat|cmd|com|exe|scr|pif|msi|lnk|zip|doc|xls)$",
    re.IGNORECASE,
)


def shown_name(name: str, ending: str) -> str:
    """Without folders, control characters and direction overrides, not too long, with the ending that its content has."""
    name = re.split(r"[/\\]", clean(name))[-1]
    name = re.sub(r'[\s"<>|:*?;]+', " ", name).strip(" .")
    if name.lower().endswith(f".{ending}"):
        name = name[: -len(ending) - 1]
    while ENDING.search(name):
        name = ENDING.sub("", name).strip(" .")
    return f"{name[:LONGEST].strip(' .') or 'Document'}.{ending}"
