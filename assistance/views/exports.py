"""Downloads: sent in pieces, never as one page in memory."""

from typing import Any

from django.http import HttpRequest, StreamingHttpResponse
from django.views import View

from assistance.services.exports import batch_export, result_faults_export
from assistance.views.lines import OfBatch
from assistance.views.result_files import OfResult
from pilar.core.downloads import csv_answer
from pilar.core.views import PageMixin


class BatchExportView(OfBatch, PageMixin, View):
    """The lines of a list; reading them in bulk is recorded."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> StreamingHttpResponse:
        return csv_answer(batch_export(actor=self.actor, batch=self.batch), f"daftar-{self.batch.pk}")


class ResultFaultsView(OfResult, PageMixin, View):
    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> StreamingHttpResponse:
        return csv_answer(result_faults_export(actor=self.actor, file=self.file), f"bermasalah-{self.file.pk}")
