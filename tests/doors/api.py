"""Endpoints of the catalogues, personnel, targets and figures."""

from tests import factories as make
from tests.doors.door import Door
from tests.doors.rows import pk_of, plan_of_step

API = (
    Door("api-root", "401 200 200 200 200 200"),
    # the description of the API holds no data
    Door("api-schema", "200 200 200 200 200 200"),
    Door("api-docs", "200 200 200 200 200 200"),
    # regions and catalogues, the same for everybody
    Door("api-region-list", "401 200 200 200 200 200"),
    Door("api-region-detail", "401 200 200 200 200 200", keys=lambda rows: {"pk": make.KOTA}),
    Door("api-pillar-list", "401 200 200 200 200 200"),
    Door("api-pillar-detail", "401 200 200 200 200 200", keys=lambda rows: {"pk": 1}),
    Door("api-programme-list", "401 200 200 200 200 200"),
    Door("api-programme-detail", "401 200 200 200 200 200", keys=lambda rows: {"pk": 1}),
    Door("api-group-list", "401 200 200 200 200 200"),
    Door("api-group-detail", "401 200 200 200 200 200", keys=lambda rows: {"pk": 1}),
    Door("api-year-list", "401 200 200 200 200 200"),
    Door("api-year-detail", "401 200 200 200 200 200", keys=lambda rows: {"pk": 2024}),
    Door("api-export-list", "401 200 200 200 200 200", "401 400 400 400 400 400"),
    Door("api-export-detail", "401 200 404 404 404 404", keys=pk_of("taken")),
    Door("api-export-cancel", "401 405 405 405 405 405", "401 200 404 404 404 404", keys=pk_of("taken")),
    Door("api-export-file", "401 404 404 404 404 404", keys=pk_of("taken"), about="belum selesai"),
    Door("api-office-list", "401 200 200 200 200 200", "401 400 400 400 400 400"),
    Door("api-office-detail", "401 200 200 200 200 200", keys=pk_of("office")),
    Door("api-report-list", "401 200 200 200 200 200"),
    Door("api-report-detail", "401 400 400 400 400 400", keys=lambda rows: {"pk": "verval"}, about="tanpa wilayah"),
    *(
        Door(
            "api-report-detail",
            f"401 {get}",
            keys=lambda rows: {"pk": "capaian-pas"},
            query=f"tahun=2024&wilayah={where}&format={form}",
            about=f"{form}, {where}",
        )
        for form in ("json", "csv", "xlsx")
        for where, get in (("17.71", "200 200 200 200 200"), ("17.71.01", "200 403 403 200 200"))
    ),
    Door("indikator-list", "401 200 200 200 200 200"),
    Door("indikator-detail", "401 200 200 200 200 200", keys=lambda rows: {"code": "PENERIMA_PAS"}),
    Door("api-target-list", "401 200 200 200 200 200", "401 400 400 400 400 400"),
    Door("api-personnel-list", "401 200 200 200 200 200", "401 400 400 400 400 400"),
    Door("api-personnel-detail", "401 200 404 404 200 200", keys=pk_of("person")),
    Door("api-personnel-employment", "401 405 405 405 405 405", "401 400 404 404 400 400", keys=pk_of("person")),
    Door("api-personnel-photo", "401 200 404 404 200 200", "401 400 404 404 400 400", keys=pk_of("person")),
    Door("api-attachment-detail", "401 200 404 404 200 200", keys=pk_of("attachment")),
    Door("api-attachment-original", "401 200 404 404 200 200", keys=pk_of("attachment")),
    Door("api-attachment-withdraw", "401 405 405 405 405 405", "401 400 404 404 400 400", keys=pk_of("attachment")),
    Door("api-allowance-rate-list", "401 200 200 200 200 200"),
    Door("api-allowance-rate-detail", "401 200 200 200 200 200", keys=lambda rows: {"pk": rows.rate.pk}),
    Door("api-allowance-list", "401 200 200 200 200 200", "401 400 400 400 400 400"),
    Door("api-allowance-detail", "401 200 404 404 200 200", keys=pk_of("allowance")),
    *(
        Door(f"api-allowance-{act}", "401 405 405 405 405 405", f"401 {post}", keys=pk_of("allowance"))
        for act, post in (
            ("fill", "409 404 404 403 409"),
            ("propose-lines", "200 404 404 403 200"),
            ("propose", "409 404 404 403 409"),
            ("forward", "409 404 404 403 409"),
            ("approve", "409 404 404 403 409"),
            ("send-back", "400 404 404 400 400"),
            ("pay", "400 404 404 400 400"),
        )
    ),
    Door("api-allowance-line-list", "401 200 200 200 200 200"),
    Door("api-allowance-line-detail", "401 200 404 404 200 200", keys=pk_of("allowance_line")),
    *(
        Door(f"api-allowance-line-{act}", "401 405 405 405 405 405", f"401 {post}", keys=pk_of("allowance_line"))
        for act, post in (
            ("propose", "200 404 404 403 200"),
            ("leave-out", "400 404 404 400 400"),
            ("reject", "400 404 404 400 400"),
            ("pay", "400 404 404 400 400"),
            ("fail", "400 404 404 400 400"),
        )
    ),
    Door("api-assignment-list", "401 200 200 200 200 200"),
    Door("api-assignment-detail", "401 200 404 404 200 200", keys=pk_of("assignment")),
    Door("api-activity-kind-list", "401 200 200 200 200 200"),
    Door("api-activity-kind-detail", "401 200 200 200 200 200", keys=lambda rows: {"pk": 1}),
    Door("api-activity-list", "401 200 200 200 200 200", "401 400 400 400 400 400"),
    Door("api-activity-photos", "401 200 404 404 200 200", "401 400 404 404 400 400", keys=pk_of("unchecked")),
    Door("api-monthlyreport-list", "401 200 200 200 200 200", "401 400 400 400 400 400"),
    Door("api-monthlyreport-detail", "401 200 404 404 200 200", keys=pk_of("report")),
    Door("api-monthlyreport-paper", "401 200 404 404 200 200", keys=pk_of("report")),
    Door("api-monthlyreport-accept", "401 405 405 405 405 405", "401 200 404 404 403 200", keys=pk_of("report")),
    Door("api-monthlyreport-send-back", "401 405 405 405 405 405", "401 400 404 404 400 400", keys=pk_of("report")),
    Door("api-activity-step-list", "401 200 200 200 200 200"),
    Door("api-activity-step-detail", "401 200 404 404 200 200", keys=pk_of("activity_step")),
    *(
        Door(f"api-activity-{act}", "401 405 405 405 405 405", f"401 {post}", keys=pk_of("unchecked"))
        for act, post in (
            ("change", "400 404 404 400 400"),
            ("submit", "409 404 404 403 409"),
            ("verify", "200 404 404 403 200"),
            ("send-back", "400 404 404 400 400"),
        )
    ),
    Door("api-activity-detail", "401 200 404 404 200 200", keys=pk_of("activity")),
    Door("api-target-detail", "401 200 200 200 200 200", keys=pk_of("target"), about="kabupaten"),
    Door("api-target-detail", "401 200 404 404 200 200", keys=pk_of("goal"), about="orang"),
    Door("api-target-detail", "401 200 404 404 200 200", keys=pk_of("draft"), about="draf"),
    Door("api-freeze-list", "401 200 200 200 200 200", "401 400 400 400 400 400"),
    Door("api-freeze-detail", "401 200 200 200 200 200", keys=pk_of("freeze")),
    Door("api-freeze-lift", "401 405 405 405 405 405", "401 400 400 400 400 400", keys=pk_of("freeze")),
    Door("api-freeze-exempt", "401 405 405 405 405 405", "401 400 400 400 400 400", keys=pk_of("freeze")),
    Door("api-closure-list", "401 200 200 200 200 200", "401 400 400 400 400 400"),
    Door("api-closure-detail", "401 200 200 200 200 200", keys=pk_of("closure")),
    Door("api-closure-close", "401 405 405 405 405 405", "401 403 403 403 403 200", keys=pk_of("closure")),
    Door("api-closure-drop", "401 405 405 405 405 405", "401 400 400 400 400 400", keys=pk_of("closure")),
    Door("api-closure-repeat", "401 405 405 405 405 405", "401 403 403 403 403 409", keys=pk_of("closure")),
    Door("api-correction-list", "401 200 200 200 200 200", query="tahun=2024&wilayah=17.71"),
    Door("api-correction-list", "401 200 403 403 200 200", query="tahun=2024&wilayah=17.71.01", about="kecamatan"),
    Door("api-target-sheet", "401 405 405 405 405 405", "401 400 400 400 400 400"),
    Door("api-target-submit", "401 405 405 405 405 405", "401 200 404 404 403 200", keys=pk_of("draft")),
    Door("api-target-approve", "401 405 405 405 405 405", "401 403 403 403 403 200", keys=pk_of("asked")),
    Door("api-target-send-back", "401 405 405 405 405 405", "401 400 400 400 400 400", keys=pk_of("asked")),
    Door("api-target-drop", "401 405 405 405 405 405", "401 204 404 404 403 204", keys=pk_of("draft")),
    Door("api-target-history", "401 200 200 200 200 200", keys=pk_of("asked")),
    Door("api-target-submit-many", "401 405 405 405 405 405", "401 400 400 400 400 400"),
    Door("api-target-approve-many", "401 405 405 405 405 405", "401 400 400 400 400 400"),
    Door("api-target-send-back-many", "401 405 405 405 405 405", "401 400 400 400 400 400"),
    Door("api-target-shared-out", "401 200 200 200 200 200", keys=pk_of("target")),
    Door("api-target-allocate", "401 405 405 405 405 405", "401 400 400 400 400 400", keys=pk_of("target")),
    Door("api-target-accept-rest", "401 405 405 405 405 405", "401 400 400 400 400 400", keys=pk_of("asked")),
    Door("api-target-by-rule", "401 405 405 405 405 405", "401 400 400 400 400 400"),
    Door("api-personal-rule-list", "401 200 200 200 200 200", "401 400 400 400 400 400"),
    Door("api-personal-rule-detail", "401 200 200 200 200 200", keys=pk_of("personal_rule")),
    Door("api-ratio-list", "401 200 200 200 200 200", "401 400 400 400 400 400"),
    Door("api-ratio-detail", "401 200 200 200 200 200", keys=lambda rows: {"code": "tidak-layak-dari-verval"}),
    Door(
        "api-ratio-figures",
        "401 200 200 200 200 200",
        keys=lambda rows: {"code": "tidak-layak-dari-verval"},
        query="tahun=2024&wilayah=17.71",
    ),
    Door("api-base-list", "401 200 200 200 200 200", "401 400 400 400 400 400"),
    Door("api-base-detail", "401 200 200 200 200 200", keys=pk_of("base")),
    Door("api-workplan-list", "401 200 200 200 200 200", "401 400 400 400 400 400"),
    Door("api-workplan-detail", "401 200 200 200 200 200", keys=plan_of_step),
    *(
        Door(f"api-workplan-{act}", "401 405 405 405 405 405", "401 400 400 400 400 400", keys=plan_of_step)
        for act in ("write", "renew", "agree", "step")
    ),
    Door("api-workstep-list", "401 200 200 200 200 200"),
    Door("api-workstep-detail", "401 200 200 200 200 200", keys=pk_of("step")),
    *(
        Door(f"api-workstep-{act}", "401 405 405 405 405 405", "401 400 400 400 400 400", keys=pk_of("step"))
        for act in ("change", "move")
    ),
    Door("api-workstep-remove", "401 405 405 405 405 405", "401 204 403 403 403 204", keys=pk_of("step")),
    Door("api-warning-list", "401 200 200 200 200 200", query="wilayah=17.71"),
    Door("angka-rilis-list", "401 200 200 200 200 200", "401 400 400 400 400 400"),
    Door("angka-rilis-detail", "401 200 200 200 200 200", keys=pk_of("figure")),
    Door("capaian-list", "401 200 200 200 200 200", query="tahun=2024&wilayah=17.71"),
    Door("capaian-baris", "401 200 200 200 200 200", query="tahun=2024&wilayah=17.71&indikator=PENERIMA_PAS&rincian=3"),
    Door(
        "capaian-peta-kini",
        "401 200 200 200 200 200",
        query="tahun=2024&wilayah=17.71&indikator=PENERIMA_PAS&rincian=3",
    ),
    Door(
        "capaian-sejenis", "401 200 200 200 200 200", query="tahun=2024&wilayah=17.71&indikator=PENERIMA_PAS&rincian=3"
    ),
)
