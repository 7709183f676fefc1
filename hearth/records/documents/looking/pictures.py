"""Pictures: proved by decoding them, and written anew, so that nothing travels with them but the picture.

A telephone writes the place, the moment and the owner into a picture. All of it is dropped; which way up it is stays.
"""

import io

from PIL import Image, JpegImagePlugin, UnidentifiedImageError

from hearth.records.documents.looking.found import Found, cannot_keep

MOST_PIXELS = 64_000_000  # about 190 MB once decoded
WAY_UP = 0x0112
KINDS = {"JPEG": ("image/jpeg", "jpg"), "MPO": ("image/jpeg", "jpg"), "PNG": ("image/png", "png"),
         "GIF": ("image/gif", "gif"), "WEBP": ("image/webp", "webp")}  # fmt: skip
TOO_LARGE = "This picture has more dots than can be opened safely. Make it smaller and add that."
DAMAGED = "This picture is cut off or damaged. Send it again from where it was taken."


def look(content: bytes) -> Found | None:
    """A picture that a browser can show."""
    try:
        picture = Image.open(io.BytesIO(content), formats=("JPEG", "PNG", "GIF", "WEBP"))
    except UnidentifiedImageError:
        return None
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as fault:
        raise cannot_keep("too_many_dots", TOO_LARGE) from fault
    except Exception as fault:  # a decoder may fail in any way on what was made to break it
        raise cannot_keep("damaged", DAMAGED) from fault
    with picture:
        return _whole(picture)


def _whole(picture: Image.Image) -> Found:
    if picture.width * picture.height > MOST_PIXELS:
        raise cannot_keep("too_many_dots", TOO_LARGE)
    try:
        if picture.format != "MPO" and getattr(picture, "is_animated", False):
            raise cannot_keep("moving", "This is a moving picture. Add a still one.")
        media_type, ending = KINDS[str(picture.format)]
        picture.load()
        return Found(media_type, ending, _bare(picture))
    except (OSError, SyntaxError, ValueError, EOFError, IndexError) as fault:
        raise cannot_keep("damaged", DAMAGED) from fault


def _bare(picture: Image.Image) -> bytes:
    """The same picture without anything that was written about it. JPEG keeps its own tables: nothing is lost twice."""
    wanted: dict[str, object] = {"icc_profile": picture.info.get("icc_profile")}
    way_up = picture.getexif().get(WAY_UP, 1)
    if way_up in range(2, 9):
        exif = Image.Exif()
        exif[WAY_UP] = way_up
        wanted["exif"] = exif.tobytes()
    kind = "JPEG" if picture.format == "MPO" else str(picture.format)
    if isinstance(picture, JpegImagePlugin.JpegImageFile):
        wanted |= {"qtables": picture.quantization, "subsampling": JpegImagePlugin.get_sampling(picture)}
    if kind == "WEBP":
        wanted |= {"quality": 95}
    picture.info = {name: picture.info[name] for name in ("transparency",) if name in picture.info}
    written = io.BytesIO()
    picture.save(written, kind, **wanted)
    return written.getvalue()
