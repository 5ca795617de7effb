"""Pages of the dashboard, accounts, personnel and targets."""

from tests.doors.door import Door
from tests.doors.rows import (
    KOTA,
    SELEBAR,
    act_on,
    kind_of_person,
    of_allowance_line,
    of_move,
    of_step,
    person_of,
    pk_of,
    year_and,
)

ELDERLY = {"indicator": "PENERIMA_PAS", "breakdown": 3}

PAGES = (
    # dashboard
    Door("home", "302 302 302 302 302 302", "302 302 302 302 302 302"),
    Door("dashboard", "302 200 200 200 200 200", keys=year_and(KOTA)),
    Door("dashboard", "302 200 403 403 200 200", keys=year_and(SELEBAR), about="kecamatan"),
    Door("dashboard", "302 200 200 200 200 200", keys=year_and("nasional"), about="nasional"),
    Door("rollup-start", "302 405 405 405 405 405", "302 403 403 403 403 302", keys=year_and(KOTA)),
    Door("dashboard-rows", "302 200 200 200 200 200", keys=year_and(KOTA, **ELDERLY)),
    Door("dashboard-rows", "302 200 403 403 200 200", keys=year_and(SELEBAR, **ELDERLY), about="kecamatan"),
    Door(
        "dashboard-person-rows",
        "302 200 404 404 200 200",
        keys=lambda rows: {"year": 2024, "person": rows.person.pk, "indicator": "GRADUASI"},
    ),
    # reports
    Door("report-choose", "302 302 302 302 302 302"),
    Door("report", "302 200 200 200 200 200", keys=year_and(KOTA, kind="capaian-pas")),
    Door("report", "302 200 403 403 200 200", keys=year_and(SELEBAR, kind="penyaluran"), about="kecamatan"),
    Door(
        "report", "302 200 200 200 200 200", keys=year_and(KOTA, kind="verval"), query="periode=bulan-3", about="bulan"
    ),
    Door("report", "302 404 404 404 404 404", keys=year_and(KOTA, kind="lain"), about="tidak ada"),
    *(
        Door("report-file", f"302 {get}", keys=year_and(where, kind="rekap-pilar", file=file), about=f"{file}, {where}")
        for file, where, get in (
            ("pdf", KOTA, "200 200 200 200 200"),
            ("xlsx", KOTA, "200 200 200 200 200"),
            ("pdf", SELEBAR, "200 403 403 200 200"),
            ("xlsx", SELEBAR, "200 403 403 200 200"),
            ("exe", KOTA, "404 404 404 404 404"),
        )
    ),
    # accounts
    Door("login", "200 302 302 302 302 302", "200 302 302 302 302 302"),
    Door("logout", "405 405 405 405 405 405", "302 302 302 302 302 302"),
    Door("password_change", "302 200 200 200 200 200", "302 200 200 200 200 200"),
    Door("password_change_done", "302 200 200 200 200 200"),
    Door(
        "password_reset_confirm",
        "200 200 200 200 200 200",
        "200 200 200 200 200 200",
        keys=lambda rows: {"uidb64": "MQ", "token": "set-password"},
    ),
    Door("password_reset_complete", "200 200 200 200 200 200"),
    # users and their grants
    Door("user-list", "302 200 200 403 403 200"),
    Door("user-invite", "302 200 200 403 403 200", "302 422 422 403 403 422"),
    Door("user-detail", "302 200 404 403 403 200", keys=pk_of("colleague")),
    Door("user-reset", "302 200 404 403 403 200", "302 200 404 403 403 200", keys=pk_of("colleague")),
    Door("user-deactivate", "302 200 404 403 403 200", "302 302 404 403 403 302", keys=pk_of("colleague")),
    Door("grant-create", "302 200 404 403 403 200", "302 422 404 403 403 422", keys=pk_of("colleague")),
    Door(
        "grant-end",
        "302 200 404 403 403 200",
        "302 302 404 403 403 302",
        keys=lambda rows: {"pk": rows.colleague.pk, "grant": rows.grant.pk},
    ),
    Door("role-list", "302 200 200 200 200 200"),
    Door("token-list", "302 200 200 200 200 200"),
    Door("token-create", "302 200 200 200 200 200", "302 422 422 422 422 422"),
    Door("token-revoke", "302 200 404 404 404 404", "302 302 404 404 404 404", keys=pk_of("token")),
    Door("job-list", "302 200 200 200 200 200"),
    Door("job-detail", "302 200 404 404 200 200", keys=pk_of("job")),
    Door("job-cancel", "302 200 404 404 200 200", "302 302 404 404 422 302", keys=pk_of("job")),
    Door("audit-list", "302 200 200 403 200 200"),
    Door("office-list", "302 200 200 200 200 200"),
    Door("office-create", "302 200 200 403 403 200", "302 422 422 403 403 422"),
    Door("region-search", "302 200 200 200 200 200", query="q=selebar"),
    # proof: here the photo of a person
    Door("attachment-detail", "302 200 404 404 200 200", keys=pk_of("attachment")),
    Door("attachment-original", "302 200 404 404 200 200", keys=pk_of("attachment")),
    Door("attachment-thumbnail", "302 200 404 404 200 200", keys=pk_of("attachment")),
    Door("attachment-withdraw", "302 200 404 404 200 200", "302 422 404 404 422 422", keys=pk_of("attachment")),
    # personnel
    Door("personnel-list", "302 200 200 200 200 200", "302 422 422 422 422 422"),
    Door("personnel-create", "302 200 200 403 403 200", "302 422 422 403 403 422"),
    Door("personnel-detail", "302 200 404 404 200 200", keys=pk_of("person")),
    Door("personnel-photo", "302 200 404 404 403 200", "302 422 404 404 403 422", keys=pk_of("person")),
    Door("personnel-update", "302 200 404 404 403 200", "302 422 404 404 403 422", keys=pk_of("person")),
    Door("personnel-employment", "302 200 404 404 403 200", "302 422 404 404 403 422", keys=pk_of("person")),
    Door("activity-list", "302 200 200 200 200 200"),
    Door("activity-start", "302 200 200 403 403 200"),
    Door("activity-kinds", "302 200 404 403 403 200", keys=person_of),
    Door("activity-create", "302 200 404 403 403 200", "302 422 404 403 403 422", keys=kind_of_person),
    Door("activity-detail", "302 200 404 404 200 200", keys=pk_of("activity")),
    Door("activity-update", "302 200 404 403 403 200", "302 422 404 403 403 422", keys=pk_of("activity")),
    Door("activity-act", "302 200 404 404 403 200", "302 302 404 404 403 302", keys=act_on("unchecked", "verifikasi")),
    Door("allowance-list", "302 200 200 200 200 200"),
    Door("allowance-create", "302 200 200 403 403 200", "302 422 422 403 403 422"),
    Door("allowance-detail", "302 200 404 404 200 200", keys=pk_of("allowance")),
    Door(
        "allowance-act",
        "302 200 404 404 403 200",
        "302 422 404 404 403 422",
        keys=lambda rows: {"pk": rows.allowance.pk, "act": "ajukan"},
    ),
    Door(
        "allowance-line-act",
        "302 200 404 404 403 200",
        "302 422 404 404 403 422",
        keys=of_allowance_line("tidak-diusulkan"),
    ),
    Door("personnel-reveal", "302 405 405 405 405 405", "302 200 404 404 200 200", keys=pk_of("person")),
    Door("assignment-create", "302 200 404 404 403 200", "302 422 404 404 403 422", keys=pk_of("person")),
    Door(
        "assignment-end",
        "302 200 404 404 403 200",
        "302 422 404 404 403 422",
        keys=lambda rows: {"pk": rows.person.pk, "assignment": rows.assignment.pk},
    ),
    # closing a year
    Door("closure-list", "302 200 200 200 200 200"),
    Door("closure-propose", "302 403 403 403 403 200", "302 403 403 403 403 302", keys=lambda rows: {"year": 2025}),
    Door("closure-act", "302 403 403 403 403 200", "302 403 403 403 403 302", keys=act_on("closure", "tutup")),
    Door("closure-corrections", "302 200 200 200 200 200", keys=year_and(KOTA)),
    Door("closure-corrections", "302 200 403 403 200 200", keys=year_and(SELEBAR), about="kecamatan"),
    # targets
    Door("target-list", "302 200 200 200 200 200", keys=year_and(KOTA)),
    Door("target-create", "302 200 200 403 403 200", "302 422 422 403 403 422", keys=year_and(KOTA)),
    Door("target-waiting", "302 200 200 200 200 200", keys=year_and(KOTA)),
    Door("target-decide", "302 200 200 200 200 200", "302 422 422 422 422 422", keys=year_and(KOTA)),
    Door("target-detail", "302 200 200 200 200 200", keys=pk_of("target")),
    Door("target-detail", "302 200 404 404 200 200", keys=pk_of("goal"), about="orang"),
    Door("target-detail", "302 200 404 404 200 200", keys=pk_of("draft"), about="draf"),
    Door("target-act", "302 200 404 404 403 200", "302 302 404 404 403 302", keys=act_on("draft", "ajukan")),
    Door(
        "target-act",
        "302 403 403 403 403 200",
        "302 403 403 403 403 302",
        keys=act_on("asked", "setujui"),
        about="setujui",
    ),
    Door("target-freeze-list", "302 200 200 200 200 200", keys=year_and(KOTA)),
    Door("target-freeze-create", "302 403 403 403 403 200", "302 403 403 403 403 422", keys=year_and(KOTA)),
    Door("target-freeze-lift", "302 403 403 403 403 200", "302 403 403 403 403 422", keys=pk_of("freeze")),
    Door("target-freeze-except", "302 403 403 403 403 200", "302 403 403 403 403 422", keys=pk_of("freeze")),
    Door("target-sheet", "302 200 200 403 403 200", "302 302 302 403 403 302", keys=year_and(KOTA)),
    Door("target-allocation", "302 200 403 403 403 200", "302 422 403 403 403 422", keys=pk_of("target")),
    Door("target-personal", "302 200 200 200 200 200", "302 422 403 403 403 422", keys=year_and(KOTA)),
    Door("target-rule-list", "302 200 200 200 200 200"),
    Door("target-rule-create", "302 403 200 403 403 200", "302 403 422 403 403 422"),
    Door("target-base-list", "302 200 200 200 200 200"),
    Door(
        "target-base-fill",
        "302 200 403 403 403 200",
        "302 422 403 403 403 422",
        keys=lambda rows: {"region": KOTA},
    ),
    Door("target-person", "302 200 200 200 200 200", keys=year_and(KOTA), query="q=sari"),
    Door("workplan-detail", "302 200 200 200 200 200", keys=year_and(KOTA)),
    *(
        Door(f"workplan-{act}", "302 200 403 403 403 200", "302 422 403 403 403 422", keys=year_and(KOTA))
        for act in ("create", "write", "renew", "step-add")
    ),
    Door(
        "workplan-agree",
        "302 403 403 403 403 200",
        "302 403 403 403 403 422",
        keys=year_and(KOTA, party="kemensos"),
    ),
    Door("workplan-step-change", "302 200 403 403 403 200", "302 422 403 403 403 422", keys=of_step),
    Door("workplan-step-remove", "302 200 403 403 403 200", "302 302 403 403 403 302", keys=of_step),
    Door("workplan-step-move", "302 200 403 403 403 403", "302 422 403 403 403 403", keys=of_move),
    Door("warning-list", "302 200 200 200 200 200", keys=lambda rows: {"region": KOTA}),
    Door("warning-list", "302 200 403 403 200 200", keys=lambda rows: {"region": SELEBAR}, about="kecamatan"),
    Door("published-list", "302 200 200 200 200 200"),
    Door("published-create", "302 200 200 403 403 200", "302 422 422 403 403 422"),
    Door("published-detail", "302 200 200 200 200 200", keys=pk_of("figure")),
    # made-up figures only
    Door("styleguide", "200 200 200 200 200 200"),
)
