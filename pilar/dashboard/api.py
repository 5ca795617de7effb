"""Achievement for REST clients: the figures of the dashboard and the rows behind them, by the same functions."""

from typing import Any

from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from personnel.models import Personnel
from pilar.core.api.fields import RegionCodeField
from pilar.core.api.listing import KeysetPagination
from pilar.core.measures import OUTSIDE_YEAR, Cell
from pilar.core.models import Region
from pilar.core.regions import slug
from pilar.core.scoping import narrow_choices
from pilar.core.views import region_from, year_from
from pilar.dashboard.figures import Address, figure_at, indicator_from, period_from, personal_figure
from pilar.dashboard.marks import status_word
from pilar.dashboard.row_data import RowSerializer, row_data
from pilar.dashboard.rows import closed_sentence, correction_sentence, count_seen, kind_of, rows_of, with_names
from targets import achievement, breakdowns
from targets.achievement import Figure
from targets.breakdowns import is_counted
from targets.closed import closure_of
from targets.corrections import changed_since
from targets.freshness import freshness
from targets.maps import Mapped, on_todays_map
from targets.models import Indicator
from targets.openness import require_open
from targets.peers import Comparison, Peer, compare_peers
from targets.states import State
from targets.status import PROJECTION


class FigureSerializer(serializers.Serializer[Figure]):
    """One figure. `realisasi` is null while `disamarkan` (small number) or `tertutup` (outside the grant)."""

    tahun = serializers.IntegerField(source="cell.year")
    wilayah = RegionCodeField(source="cell.region")
    langsung = serializers.BooleanField(source="cell.direct", help_text="hanya baris di tingkat ini sendiri")
    indikator = serializers.CharField(source="indicator.code")
    satuan = serializers.CharField(source="indicator.unit")
    rincian = serializers.IntegerField(source="cell.breakdown")
    masa = serializers.IntegerField(source="cell.period", help_text="0: setahun; 1-12; 13: luncuran; 21-24: triwulan")
    nama_rincian = serializers.CharField(source="label")
    target = serializers.IntegerField(allow_null=True)
    versi_target = serializers.IntegerField(source="target_version", help_text="0: tanpa target")
    keadaan_target = serializers.SerializerMethodField()
    realisasi = serializers.IntegerField(source="realised", allow_null=True)
    persen = serializers.DecimalField(source="percent", max_digits=12, decimal_places=2, allow_null=True)
    rencana = serializers.DecimalField(
        source="pace", max_digits=6, decimal_places=2, help_text="persen target setahun yang seharusnya tercapai kini"
    )
    perkiraan = serializers.IntegerField(source="projected", allow_null=True, help_text=PROJECTION)
    keadaan = serializers.SerializerMethodField()
    jumlah_baris = serializers.IntegerField(source="rows", allow_null=True)
    luncuran = serializers.IntegerField(source="carry_over", help_text="sudah termasuk realisasi")
    disamarkan = serializers.BooleanField(source="suppressed")
    tertutup = serializers.BooleanField(source="closed")

    def get_keadaan_target(self, figure: Figure) -> str:
        """ "disetujui", atau "diajukan" selama belum ada versi yang disetujui; kosong tanpa target."""
        state = State.SUBMITTED if figure.pending else State.APPROVED
        return state.value if figure.target is not None else ""

    def get_keadaan(self, figure: Figure) -> str:
        return status_word(figure)


class AchievementSerializer(serializers.Serializer[Any]):
    tahun = serializers.IntegerField()
    wilayah = RegionCodeField()
    diperbarui = serializers.DateTimeField(allow_null=True)
    ditutup = serializers.DateTimeField(allow_null=True, help_text="angka tahun ini tetap sejak saat itu")
    hasil = FigureSerializer(many=True)


class RowsSerializer(serializers.Serializer[Any]):
    """One page of the rows behind a figure; `tertutup` says why some are not listed."""

    angka = FigureSerializer()
    tertutup = serializers.CharField()
    koreksi = serializers.CharField(help_text="tahun yang sudah ditutup: bagaimana barisnya berubah sesudah itu")
    next = serializers.CharField(allow_null=True)
    previous = serializers.CharField(allow_null=True)
    results = RowSerializer(many=True)


class PeerSerializer(serializers.Serializer[Peer]):
    peringkat = serializers.IntegerField(source="rank", allow_null=True)
    wilayah_ini = serializers.BooleanField(source="own")
    nama = serializers.CharField(source="region.name")
    penerima = serializers.IntegerField(source="served", help_text="orang atau keluarga berbeda, semua program")
    per_penerima = serializers.DecimalField(
        source="rate",
        max_digits=18,
        decimal_places=2,
        allow_null=True,
        help_text="rupiah per penerima; lain per 1.000",
    )
    angka = FigureSerializer(source="figure")


class PeersSerializer(serializers.Serializer[Comparison]):
    jenis = serializers.CharField(source="kind")
    aturan = serializers.CharField(source="rule")
    menurut_target = serializers.BooleanField(source="by_target", help_text="peringkat menurut persen target")
    hasil = PeerSerializer(source="peers", many=True)


class MappedSerializer(serializers.Serializer[Mapped]):
    """`realisasi` is null where it cannot be told exactly; `sebab` says why not."""

    wilayah = RegionCodeField(source="region.code")
    nama = serializers.CharField(source="region.name")
    realisasi = serializers.IntegerField(source="realised", allow_null=True)
    sebab = serializers.CharField(source="why")
    asal = serializers.SerializerMethodField(help_text="kode wilayah lama yang dihitung di sini")
    angka = FigureSerializer(source="figure", allow_null=True, help_text="bila berasal dari satu wilayah saja")

    def get_asal(self, mapped: Mapped) -> list[str]:
        return [slug(region.code) for region in mapped.origin]


class StrictQuery(serializers.Serializer[Any]):
    """Query parameters; an unknown one is an error that names it."""

    paging = frozenset({"cursor", "page_size", "format"})

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if unknown := sorted(set(self.initial_data) - set(self.fields) - self.paging):
            raise serializers.ValidationError({name: ["Saringan ini tidak dikenal."] for name in unknown})
        return attrs


class FigureQuery(StrictQuery):
    tahun = serializers.IntegerField(help_text="tahun anggaran")
    wilayah = serializers.CharField(required=False, help_text="kode wilayah, misalnya 17.71, atau nasional")
    indikator = serializers.CharField(required=False, help_text="kode indikator; tanpa ini semua indikator")
    rincian = serializers.IntegerField(required=False, min_value=0, help_text="nomor program, pilar, atau kelompok PAS")
    turunan = serializers.BooleanField(
        default=False, help_text="1: wilayah satu tingkat di bawahnya; perlu indikator dan rincian"
    )
    orang = serializers.IntegerField(required=False, help_text="nomor personel, sebagai ganti wilayah")
    bulan = serializers.IntegerField(required=False, min_value=1, max_value=OUTSIDE_YEAR, help_text="13: luncuran")
    triwulan = serializers.IntegerField(required=False, min_value=1, max_value=4)
    versi = serializers.IntegerField(
        required=False, min_value=1, help_text="capaian terhadap versi target ini; tanpa ini versi yang berlaku"
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        attrs = super().validate(attrs)
        if "wilayah" not in attrs and "orang" not in attrs:
            raise serializers.ValidationError({"wilayah": ["Isi wilayah, misalnya 17.71, atau orang."]})
        if attrs["turunan"] and not {"indikator", "rincian", "wilayah"} <= set(attrs):
            raise serializers.ValidationError({"turunan": ["Turunan perlu wilayah, indikator, dan rincian."]})
        return attrs


class OneFigureQuery(StrictQuery):
    tahun = serializers.IntegerField()
    wilayah = serializers.CharField(help_text="kode wilayah, misalnya 17.71, atau nasional")
    indikator = serializers.CharField()
    rincian = serializers.IntegerField(min_value=0, help_text="0: semua, bila ukurannya menghitung itu")


class RowsQuery(StrictQuery):
    tahun = serializers.IntegerField()
    wilayah = serializers.CharField(required=False)
    indikator = serializers.CharField()
    rincian = serializers.IntegerField(required=False, min_value=0)
    bulan = serializers.IntegerField(required=False, min_value=1, max_value=OUTSIDE_YEAR, help_text="13: luncuran")
    triwulan = serializers.IntegerField(required=False, min_value=1, max_value=4)
    langsung = serializers.BooleanField(default=False)
    orang = serializers.IntegerField(required=False, help_text="nomor personel, sebagai ganti wilayah dan rincian")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        attrs = super().validate(attrs)
        if "orang" not in attrs and not {"wilayah", "rincian"} <= set(attrs):
            raise serializers.ValidationError({"wilayah": ["Isi wilayah dan rincian, atau orang."]})
        return attrs


class AchievementViewSet(viewsets.ViewSet):
    """Targets and what was reached, as on the dashboard: suppression and closed areas included."""

    pagination_class = KeysetPagination
    ordering: tuple[str, ...] = ("-id",)

    @extend_schema(summary="Capaian", parameters=[FigureQuery], responses=AchievementSerializer)
    def list(self, request: Request) -> Response:
        asked = _valid(FigureQuery, request)
        year = year_from(asked["tahun"]).year
        if "orang" in asked:
            person = _person(request, asked["orang"])
            found, place = (
                achievement.personal(
                    request.user, year=year, person=person, today=_today(), version=asked.get("versi")
                ),
                person.region_id,
            )
        else:
            region = region_from(asked["wilayah"])
            require_open(request.user, region)
            found, place = _figures(request.user, year, region.code, asked), region.code
        kept = closure_of(request.user, year)
        body = {
            "tahun": year,
            "wilayah": place,
            "diperbarui": freshness(year).drained_at,
            "ditutup": kept.closed_at if kept else None,
            "hasil": found,
        }
        return Response(AchievementSerializer(body).data)

    @extend_schema(summary="Wilayah sejenis, berperingkat", parameters=[OneFigureQuery], responses=PeersSerializer)
    @action(detail=False, url_path="sejenis")
    def sejenis(self, request: Request) -> Response:
        at, region = _one_figure(request)
        return Response(PeersSerializer(compare_peers(request.user, region=region, **at)).data)

    @extend_schema(
        summary="Angka satu tahun pada peta wilayah hari ini",
        parameters=[OneFigureQuery],
        responses=MappedSerializer(many=True),
        filters=False,
    )
    @action(detail=False, url_path="peta-kini", pagination_class=None)
    def peta_kini(self, request: Request) -> Response:
        """Wilayah satu tingkat di bawahnya menurut peta hari ini, dengan angka tahun itu."""
        at, region = _one_figure(request)
        require_open(request.user, region)
        found: Any = on_todays_map(request.user, region=region.code, **at)
        return Response(MappedSerializer(found, many=True).data)

    @extend_schema(summary="Baris di balik satu angka", parameters=[RowsQuery], responses=RowsSerializer)
    @action(detail=False, url_path="baris")
    def baris(self, request: Request) -> Response:
        asked = _valid(RowsQuery, request)
        figure, region = _asked_figure(request, asked)
        rows = rows_of(request.user, figure, _today())
        self.ordering = kind_of(rows).ordering
        pager = KeysetPagination()
        page = pager.paginate_queryset(rows.none() if figure.suppressed else rows, request, view=self) or []
        seen = None if figure.suppressed else count_seen(request.user, figure, rows)
        more = changed_since(request.user, figure)
        body = {
            "angka": figure,
            "tertutup": closed_sentence(request.user, figure, region, seen, more[0]),
            "koreksi": correction_sentence(request.user, figure, more),
            "next": pager.get_next_link(),
            "previous": pager.get_previous_link(),
            "results": [row_data(line) for line in with_names(request.user, page)],
        }
        return Response(RowsSerializer(body).data)


def _today() -> Any:
    return timezone.localdate()


def _valid(query: type[StrictQuery], request: Request) -> dict[str, Any]:
    asked = query(data=request.query_params.dict())
    asked.is_valid(raise_exception=True)
    found: dict[str, Any] = asked.validated_data
    return found


def _one_figure(request: Request) -> tuple[dict[str, Any], Region]:
    """Year, indicator, breakdown and day as the readers take them, and the region. Raises Http404."""
    asked = _valid(OneFigureQuery, request)
    indicator, breakdown = indicator_from(asked["indikator"]), asked["rincian"]
    if not is_counted(indicator, breakdown):
        raise Http404("Angka ini tidak ada.")
    year = year_from(asked["tahun"]).year
    at = {"year": year, "indicator": indicator, "breakdown": breakdown, "today": _today()}
    return at, region_from(asked["wilayah"])


def _person(request: Request, number: int) -> Personnel:
    person = narrow_choices(Personnel.objects.select_related("region"), request.user).filter(pk=number).first()
    if person is None:
        raise Http404("Orang ini tidak ada.")
    return person


def _figures(user: Any, year: int, region: int, asked: dict[str, Any]) -> list[Figure]:
    version = asked.get("versi")
    chosen: list[Indicator] | None = [indicator_from(asked["indikator"])] if "indikator" in asked else None
    period = period_from(str(asked.get("bulan", "")), str(asked.get("triwulan", "")))
    if asked["turunan"] and chosen:
        cell = Cell(year, region, breakdowns.dim_of(chosen[0], asked["rincian"]), asked["rincian"], period)
        return [figure for _, figure in achievement.parts_of(user, cell, chosen[0], today=_today(), version=version)]
    at: dict[str, Any] = {"year": year, "region": region, "today": _today(), "version": version, "period": period}
    found = achievement.figures(user, **at, only=chosen)
    for indicator in chosen or breakdowns.indicators():
        if whole := achievement.whole(user, indicator=indicator, **at):
            found.append(whole)
    return [f for f in found if asked.get("rincian") in (None, f.cell.breakdown)]


def _asked_figure(request: Request, asked: dict[str, Any]) -> tuple[Figure, Any]:
    """The figure whose rows are asked for, and the region it stands at."""
    year, indicator = year_from(asked["tahun"]).year, indicator_from(asked["indikator"])
    if "orang" in asked:
        person = _person(request, asked["orang"])
        return personal_figure(request.user, person, year, indicator, _today()), person.region
    region = region_from(asked["wilayah"])
    period = period_from(str(asked.get("bulan", "")), str(asked.get("triwulan", "")), indicator)
    address = Address(year, region, indicator, asked["rincian"], period, asked["langsung"])
    return figure_at(request.user, address, _today()), region


#: Routes of this app: (prefix, viewset, basename)
ROUTES: list[tuple[str, Any, str]] = [("capaian", AchievementViewSet, "capaian")]
