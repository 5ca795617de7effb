from django.core.files.uploadhandler import FileUploadHandler

from pilar.core.tables import MAX_BYTES


class BoundedUploadHandler(FileUploadHandler):
    """Stands before the others and hands them no more of a file than is needed to see that it is too big.

    The rest is read and forgotten, so that whoever reads the file says the sentence and no disk fills up.
    """

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        return raw_data if start <= MAX_BYTES else None

    def file_complete(self, file_size: int) -> None:
        return None
