"""Fields that read places, dates and sums as people here write them."""

from datetime import date

import pytest
from django import forms

from pilar.core.forms import IndonesianDateField, RegionField, RupiahField
from pilar.core.models import Region
from pilar.core.regions import Level
from pilar.core.rights import Right
from pilar.core.views import GatedForm
from tests import factories as make


class PlaceForm(GatedForm):
    place = RegionField(right=Right.ENTER)
    district = RegionField(right=Right.ENTER, levels=[Level.DISTRICT], required=False)
    anywhere = RegionField(right=None, required=False)


def filled(user, **data):
    form = PlaceForm({"place": "17.71", **data}, user=user)
    form.is_valid()
    return form


@pytest.mark.parametrize(
    "text",
    ["17.71.01", "177101", "17.71.01 Selebar", "17.71.01 Selebar, Kota Bengkulu, Bengkulu", "Selebar", " selebar "],
)
def test_a_place_is_read_by_code_code_and_name_or_name(cast, text):
    assert filled(cast.owner, place=text).cleaned_data["place"].code == make.SELEBAR


def test_a_name_needs_no_kind_before_it(cast):
    assert filled(cast.neighbour, place="Rejang Lebong").cleaned_data["place"].code == make.REJANG_LEBONG


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Wilayah belum diisi"),
        ("Antah Berantah", "Tidak ada wilayah “Antah Berantah”"),
        ("Gading Cem", "Mungkin maksud Anda: 17.71.02 Gading Cempaka, Kota Bengkulu, Bengkulu. Tulis lengkap"),
        ("17.99", "Tidak ada wilayah “17.99”"),
        ("17.71.01 Teluk Segara", "Kode 17.71.01 adalah Selebar, bukan “Teluk Segara”"),
        ("17.02", "Anda tidak berwenang mengisi data di Kabupaten Rejang Lebong. Wewenang Anda: Kota Bengkulu."),
        ("17", "Anda tidak berwenang mengisi data di Bengkulu"),
        ("Nasional", "Anda tidak berwenang mengisi data di Nasional"),
    ],
)
def test_a_wrong_place_is_refused_in_words(cast, text, sentence):
    assert sentence in filled(cast.owner, place=text).errors["place"][0]


def test_a_name_that_fits_several_places_asks_for_the_code(cast):
    form = filled(cast.admin, place="Sukamaju")
    assert "tempat bernama “Sukamaju”" in form.errors["place"][0]
    assert len(form.fields["place"].widget.offered) > 1


def test_a_name_that_is_unique_in_ones_own_area_is_enough(cast):
    anywhere = Region.objects.filter(name="Sawah Lebar").count()
    assert filled(cast.owner, place="Sawah Lebar").cleaned_data["place"].code // 10**6 == 1771
    assert anywhere >= 1


def test_only_the_level_asked_for_fits(cast):
    form = filled(cast.owner, district="17.71")
    assert form.errors["district"] == ["Kota Bengkulu adalah kabupaten/kota; di sini diperlukan kecamatan."]


def test_a_code_that_ended_is_not_entered_any_more(cast):
    Region.objects.filter(pk=make.SELEBAR).update(valid_until=date(2024, 1, 1))
    assert "tidak berlaku lagi sejak 1 Januari 2024" in filled(cast.owner, place="17.71.01").errors["place"][0]


def test_a_filter_takes_any_place(cast):
    assert filled(cast.owner, anywhere="17.02").cleaned_data["anywhere"].code == make.REJANG_LEBONG


def test_without_a_user_nothing_is_allowed(land):
    with pytest.raises(forms.ValidationError, match="belum ada"):
        RegionField(right=Right.ENTER).clean("17.71")


def test_the_field_works_without_a_script(cast):
    html = str(PlaceForm(user=cast.owner)["place"])
    assert 'list="id_place_list"' in html
    assert 'data-region="/wilayah/?hak=enter"' in html
    assert '<option value="17.71.01 Selebar, Kota Bengkulu, Bengkulu">' in html


def test_a_stored_place_is_shown_with_its_path(cast):
    form = PlaceForm(user=cast.owner, initial={"place": Region.objects.get(pk=make.SELEBAR)})
    assert 'value="17.71.01 Selebar, Kota Bengkulu, Bengkulu"' in str(form["place"])


def test_what_was_typed_comes_back_escaped(cast):
    assert "<script>" not in str(filled(cast.owner, place='"><script>')["place"])


@pytest.mark.parametrize("text", ["2024-11-24", "24/11/2024", "24-11-2024", "24.11.2024"])
def test_dates_are_read_in_both_orders(text):
    assert IndonesianDateField().clean(text) == date(2024, 11, 24)


def test_a_date_that_does_not_exist_is_refused():
    with pytest.raises(forms.ValidationError, match="Tanggal ini tidak ada"):
        IndonesianDateField().clean("31/02/2024")


def test_a_date_is_handed_to_the_browsers_own_field():
    assert IndonesianDateField().widget.format_value(date(2024, 11, 24)) == "2024-11-24"


@pytest.mark.parametrize("text", ["1234567", "1.234.567", "Rp1.234.567", "rp 1.234.567", "1.234.567,00", "1.234.567,-"])
def test_sums_are_read_with_points_and_prefix(text):
    assert RupiahField().clean(text) == 1_234_567


@pytest.mark.parametrize("text", ["1,234,567", "1.5", "12.34.567", "seribu", "1.234,50", "-5"])
def test_a_sum_that_may_mean_two_things_is_refused(text):
    with pytest.raises(forms.ValidationError):
        RupiahField().clean(text)


def test_zero_rupiah_needs_to_be_allowed():
    with pytest.raises(forms.ValidationError):
        RupiahField().clean("0")
    assert RupiahField(min_value=0).clean("0") == 0
