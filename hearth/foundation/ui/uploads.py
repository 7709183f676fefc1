"""Files on their way in: a request may send what it likes, and no more than the limit of it is ever kept."""

import io
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, TemporaryFileUploadHandler

FILES_AT_ONCE = 4  # files of the largest size that one request may bring; what is beyond is thrown away as it comes


SEALED = "sealed_"  # begins the name of a box whose file is written to no disk: it is to be kept under a seal alone


def largest() -> int:
    """The most bytes of one file."""
    return int(settings.HEARTH_FILE_MEGABYTES) * 1_000_000


class LimitedUpload(TemporaryFileUploadHandler):
    """Writes a file to a temporary one, up to the limit, and reads past the rest without keeping it.

    The file then says its true size, so that its field can refuse it while everything else on the form is still there.
    """

    kept = 0
    cut = False

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """The next file of the request begins: in the memory of the process, where it is to be sealed."""
        self.cut = False
        if not str(args[0] if args else kwargs.get("field_name")).startswith(SEALED):
            super().new_file(*args, **kwargs)
            return
        FileUploadHandler.new_file(self, *args, **kwargs)
        about = (self.file_name, self.content_type, 0, self.charset, self.content_type_extra)
        self.file = InMemoryUploadedFile(io.BytesIO(), self.field_name, *about)  # type: ignore[assignment]

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """A part of the file."""
        self.cut = self.cut or start + len(raw_data) > largest() or self.kept > FILES_AT_ONCE * largest()
        if self.cut:
            self.file.truncate(0)
        else:
            self.kept += len(raw_data)
            self.file.write(raw_data)

    def upload_interrupted(self) -> None:
        """The request broke off: what was written goes."""
        if isinstance(getattr(self, "file", None), InMemoryUploadedFile):
            self.file.close()
        else:
            super().upload_interrupted()

    def file_complete(self, file_size: int) -> Any:
        """The whole file has come; one that was not kept whole is too large, whatever else it is."""
        return super().file_complete(max(file_size, largest() + 1) if self.cut else file_size)
