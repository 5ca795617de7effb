"""Who sees which rows: the gate in Python, and the same ranges in PostgreSQL."""

from datetime import date

import pytest
from django.db import ProgrammingError, connection, transaction

from assistance.models import Beneficiary, Disbursement, GroupMembership
from personnel.models import Assignment, Personnel
from pilar.core import rls
from pilar.core.access import Access
from pilar.core.models import Pillar, Programme, Region, RegionGrant, RegionSuccession, User
from pilar.core.rights import Right
from pilar.core.scoping import SLOTS, enter_scope, leave_scope, reach_of, scope_transaction
from targets.models import Achievement
from tests import factories as make


def names(queryset) -> set[str]:
    return set(queryset.values_list("name", flat=True))


@pytest.fixture
def two_people(cast):
    make.make_person(name="Orang Kota")
    make.make_person(name="Orang Rejang", region=make.REJANG_LEBONG)


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ("owner", {"Orang Kota"}),
        ("neighbour", {"Orang Rejang"}),
        ("province", {"Orang Kota", "Orang Rejang"}),
        ("staff", {"Orang Kota", "Orang Rejang"}),
        ("auditor", {"Orang Kota", "Orang Rejang"}),
        ("stranger", set()),
    ],
)
def test_the_gate_shows_the_grants_area(cast, two_people, who, seen):
    assert names(Personnel.objects.visible_to(getattr(cast, who))) == seen


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ("owner", {"Orang Kota"}),
        ("neighbour", {"Orang Rejang"}),
        ("province", {"Orang Kota", "Orang Rejang"}),
        ("auditor", {"Orang Kota", "Orang Rejang"}),
        ("stranger", set()),
    ],
)
def test_the_database_shows_no_more_when_the_gate_is_forgotten(cast, two_people, who, seen):
    with scope_transaction(getattr(cast, who)):
        assert names(Personnel.objects.all()) == seen


def test_a_row_of_another_region_cannot_be_written(cast):
    with pytest.raises(ProgrammingError, match="row-level security"), scope_transaction(cast.owner):
        make.make_person(region=make.REJANG_LEBONG)


def test_a_foreign_row_cannot_be_changed_or_deleted(cast, two_people):
    with scope_transaction(cast.owner):
        assert Personnel.objects.filter(name="Orang Rejang").update(name="Diubah") == 0
        assert Personnel.objects.filter(name="Orang Rejang").delete()[0] == 0


def test_an_auditor_reads_all_and_writes_nothing(cast):
    with pytest.raises(ProgrammingError, match="row-level security"), scope_transaction(cast.auditor):
        make.make_person()


def test_a_partition_read_directly_is_refused(cast):
    with pytest.raises(ProgrammingError, match="permission denied"), scope_transaction(cast.owner):
        connection.cursor().execute("SELECT count(*) FROM assistance_disbursement_2024")


@pytest.mark.parametrize(
    "table", ["targets_ledgerentry", "targets_participation", "targets_dirtysubject", "django_session"]
)
def test_engine_and_session_tables_are_closed_to_a_scope(cast, table):
    with pytest.raises(ProgrammingError, match="permission denied"), scope_transaction(cast.staff):
        connection.cursor().execute(f"SELECT count(*) FROM {table}")


def test_an_expired_grant_opens_nothing(cast, two_people):
    RegionGrant.objects.filter(user=cast.owner).update(valid_until=date(2024, 1, 1))
    assert not Personnel.objects.visible_to(cast.owner).exists()


def test_a_grant_narrowed_to_a_pillar_hides_the_others(cast):
    tksk, tagana = (make.make_person(name=code) for code in ("TKSK", "TAGANA"))
    make.make_assignment(tksk, pillar="TKSK")
    make.make_assignment(tagana, pillar="TAGANA")
    RegionGrant.objects.filter(user=cast.owner).update(pillars=[Pillar.objects.get(code="TKSK").pk])
    with scope_transaction(cast.owner):
        assert names(Personnel.objects.all()) == names(Personnel.objects.visible_to(cast.owner)) == {"TKSK"}
        assert Assignment.objects.count() == Assignment.objects.visible_to(cast.owner).count() == 1


def test_a_grant_narrowed_to_a_programme_hides_the_others(cast):
    meals = make.make_line(make.make_batch(programme="PERMAKANAN"), make.make_beneficiary(name="Makan"))
    make.make_line(make.make_batch(programme="YAPI"), make.make_beneficiary(name="Yatim"))
    RegionGrant.objects.filter(user=cast.owner).update(programmes=[Programme.objects.get(code="PERMAKANAN").pk])
    with scope_transaction(cast.owner):
        assert list(Disbursement.objects.all()) == list(Disbursement.objects.visible_to(cast.owner)) == [meals]
        assert names(Beneficiary.objects.all()) == names(Beneficiary.objects.visible_to(cast.owner)) == {"Makan"}


def test_sensitive_groups_need_the_right_to_personal_data(cast):
    person = make.make_beneficiary(groups=[9, 12])
    for user, groups in ((cast.owner, {9, 12}), (cast.clerk, {12})):
        with scope_transaction(user):
            rows = GroupMembership.objects.filter(beneficiary=person)
            assert set(rows.values_list("group", flat=True)) == groups
            assert set(rows.visible_to(user).values_list("group", flat=True)) == groups


def test_a_new_area_reads_its_past_and_cannot_write_it(cast):
    old = Region.objects.create(code=1799000000, name="Kabupaten Lama", level=2, valid_until=date(2022, 1, 1))
    RegionSuccession.objects.create(old=old, new_id=make.KOTA, valid_from=date(2022, 1, 1))
    make.make_person(name="Orang Lama", region=old.code)
    with scope_transaction(cast.owner):
        assert names(Personnel.objects.visible_to(cast.owner)) == names(Personnel.objects.all()) == {"Orang Lama"}
        assert Personnel.objects.update(name="Diubah") == 0


def test_figures_above_the_kabupaten_are_open_and_those_below_are_not(cast):
    for level, region in ((2, make.REJANG_LEBONG), (3, make.CURUP)):
        Achievement.objects.create(
            year=2024, level=level, region_id=region, measure=10, dim=1, breakdown=1, period=1, n=1, value=1
        )
    with scope_transaction(cast.owner):
        assert [a.level for a in Achievement.objects.all()] == [2]
        assert [a.level for a in Achievement.objects.visible_to(cast.owner)] == [2]


def test_more_grants_than_slots_are_refused_with_a_sentence(cast):
    kecamatan = Region.objects.filter(level=3)[: SLOTS + 1]
    for region in kecamatan:
        RegionGrant.objects.create(user=cast.stranger, region=region, valid_from=date(2023, 1, 1))
    with pytest.raises(Exception, match="lebih dari 8"):
        reach_of(cast.stranger)


def test_rights_follow_role_and_grant(cast):
    assert reach_of(cast.owner).can(Right.ENTER, make.SELEBAR)
    assert not reach_of(cast.owner).can(Right.ENTER, make.CURUP)
    assert not reach_of(cast.owner).can(Right.DECIDE, make.SELEBAR)
    assert reach_of(cast.colleague).can(Right.DECIDE, make.SELEBAR)
    assert not reach_of(cast.auditor).can(Right.ENTER, make.SELEBAR)


def test_a_scope_ends_with_its_transaction(committed):
    with scope_transaction(User.objects.get(username="owner")):
        pass
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('pilar.lo1', true), current_user = session_user")
        assert cursor.fetchone() in (("", True), (None, True))


def test_entering_a_scope_empties_what_the_last_one_set(cast):
    enter_scope(reach_of(cast.province))
    enter_scope(reach_of(cast.stranger))
    assert not Personnel.objects.exists()
    leave_scope()


def test_policies_in_the_database_are_the_declared_ones(land):
    declared = {
        (model._meta.db_table, name)
        for model in rls.our_models()
        if getattr(model, "scope", None)
        for name, _ in rls.policies_for(model._meta.db_table, model.scope)
    }
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename, policyname FROM pg_policies")
        present = set(cursor.fetchall())
    assert declared - present == set()


def test_row_security_is_on_for_every_scoped_table_and_every_partition(land):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_class c LEFT JOIN pg_inherits i ON i.inhrelid = c.oid"
            " WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relrowsecurity"
            " AND (i.inhrelid IS NOT NULL OR c.relname = ANY(%s))",
            [[m._meta.db_table for m in rls.our_models() if getattr(m, "scope", None)]],
        )
        assert cursor.fetchall() == []


def test_no_web_role_holds_a_right_that_nobody_declared(land):
    open_tables = {m._meta.db_table for m in rls.our_models() if getattr(m, "access", None) is not Access.ENGINE}
    known = open_tables | set(rls.PLAIN_TABLES) | {"django_migrations", "django_content_type"}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT table_name FROM information_schema.role_table_grants"
            " WHERE grantee IN ('pilar_web', 'pilar_region', 'pilar_national', 'pilar_member', 'PUBLIC')"
            " AND table_schema = 'public'"
        )
        assert {row[0] for row in cursor.fetchall()} - known == set()


def test_a_reader_of_the_nation_with_one_areas_entry_grant_writes_there_only(cast):
    RegionGrant.objects.create(user=cast.auditor, region_id=make.KOTA, valid_from=date(2023, 1, 1), may_enter=True)
    with scope_transaction(cast.auditor):
        make.make_person()
    with pytest.raises(ProgrammingError, match="row-level security"), scope_transaction(cast.auditor):
        make.make_person(region=make.REJANG_LEBONG)


@pytest.mark.parametrize("table", ["core_role", "core_targetgroup", "targets_indicator"])
@pytest.mark.parametrize("who", ["auditor", "admin", "owner"])
def test_catalogues_are_written_by_nobodys_request(cast, who, table):
    with pytest.raises(ProgrammingError, match="permission denied"), scope_transaction(getattr(cast, who)):
        connection.cursor().execute(f"DELETE FROM {table}")


@pytest.mark.parametrize("verb", ["DELETE FROM {}", "UPDATE {} SET note = ''"])
@pytest.mark.parametrize("table", ["targets_publishedfigure", "assistance_step"])
def test_what_was_printed_or_has_happened_is_changed_by_nobodys_request(cast, table, verb):
    with pytest.raises(ProgrammingError, match="permission denied"), scope_transaction(cast.admin):
        connection.cursor().execute(verb.format(table))


def test_who_may_not_manage_users_cannot_raise_himself(cast):
    User.objects.filter(pk=cast.clerk.pk).update(role="sentra")
    clerk = User.objects.select_related("role").get(pk=cast.clerk.pk)
    with scope_transaction(clerk):
        assert User.objects.filter(pk=clerk.pk).update(role="admin_pusat") == 0
    with pytest.raises(ProgrammingError, match="row-level security"), scope_transaction(clerk):
        RegionGrant.objects.create(user=clerk, region_id=make.KOTA, valid_from=date(2023, 1, 1), may_approve=True)


def test_a_web_role_makes_no_temporary_table(cast):
    """The owner of the test connection may; the web's own login may not."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT r, has_database_privilege(r, current_database(), 'TEMP')"
            " FROM unnest(ARRAY['pilar_web', 'pilar_region', 'pilar_national', 'pilar_member', 'pilar_engine']) r"
        )
        assert [role for role, may in cursor.fetchall() if may] == ["pilar_engine"]


def test_no_definer_function_looks_into_temporary_tables_first(land):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT proname FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace AND NOT ("
            " proowner = 'pilar_engine'::regrole"
            " AND 'search_path=pg_catalog, public, pg_temp' = ANY(coalesce(proconfig, '{}')))"
        )
        assert cursor.fetchall() == []


def test_a_policy_in_the_database_says_what_the_declaration_says(land):
    """Names alone would pass with USING (true): the expression is compared as PostgreSQL itself prints it."""
    before = policy_texts()
    rls.apply()
    assert policy_texts() == before


def policy_texts() -> set:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename, policyname, roles::text, cmd, qual, with_check FROM pg_policies")
        return set(cursor.fetchall())


def test_any_number_of_villages_may_have_gone_before(cast):
    for i in range(SLOTS + 3):
        old = Region.objects.create(code=1799011001 + i, name=f"Desa Lama {i}", level=4, valid_until=date(2022, 1, 1))
        RegionSuccession.objects.create(old=old, new_id=make.SELEBAR + 1001, valid_from=date(2022, 1, 1))
        make.make_person(name=f"Orang {i}", region=old.code)
    with scope_transaction(cast.owner):
        seen = names(Personnel.objects.visible_to(cast.owner))
        assert seen == names(Personnel.objects.all())
        assert len(seen) == SLOTS + 3
        assert Personnel.objects.update(name="Diubah") == 0


def test_the_right_to_personal_data_holds_only_where_it_was_given(cast):
    RegionGrant.objects.create(user=cast.owner, region_id=make.REJANG_LEBONG, valid_from=date(2023, 1, 1))
    here, there = (make.make_beneficiary(groups=[9, 12], region=r) for r in (make.SELEBAR, make.CURUP))
    with scope_transaction(cast.owner):
        for rows in (GroupMembership.objects.all(), GroupMembership.objects.visible_to(cast.owner)):
            found = set(rows.values_list("beneficiary", "group"))
            assert found == {(here.pk, 9), (here.pk, 12), (there.pk, 12)}


def test_a_grant_cannot_give_a_right_that_the_role_has_not(cast):
    RegionGrant.objects.create(
        user=cast.stranger, region_id=make.KOTA, valid_from=date(2023, 1, 1), may_view_personal_data=True
    )
    assert reach_of(cast.stranger).personal == ()
