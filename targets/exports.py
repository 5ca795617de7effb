"""Lists of this app that can be taken away. Figures are taken away as reports (pilar.reports)."""

from pilar.core.exports import Column, Form, ListExport, place_columns, register, words
from targets.filters import PublishedFilter
from targets.models import PublishedFigure

register(
    ListExport(
        name="angka-rilis",
        title="Angka rilis",
        rows=PublishedFigure.objects.all,
        filters=PublishedFilter,
        ordering=("-published_on", "id"),
        columns=(
            Column("kode", "Kode", "code"),
            Column("judul", "Judul", "title"),
            *place_columns(),
            Column("terbit", "Terbit", "published_on", Form.DATE),
            Column("tahun", "Tahun", "year", Form.NUMBER),
            Column("definisi", "Definisi", words(PublishedFigure, "definition")),
            Column("tercetak", "Total tercetak", "headline_printed"),
            Column("total", "Total", "headline", Form.NUMBER),
            Column("sumber", "Sumber", "source_name"),
            Column("alamat", "Alamat sumber", "source_url"),
        ),
    )
)
