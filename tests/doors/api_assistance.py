"""Endpoints of assistance."""

from tests.doors.door import Door
from tests.doors.rows import key_of_line, pk_of

API = (
    Door("api-price-list", "401 200 200 200 200 200"),
    Door("api-price-detail", "401 200 200 200 200 200", keys=pk_of("price")),
    Door("api-rule-list", "401 200 200 200 200 200"),
    Door("api-rule-detail", "401 200 200 200 200 200", keys=pk_of("rule")),
    Door("api-proof-rule-list", "401 200 200 200 200 200"),
    Door("api-proof-rule-detail", "401 200 200 200 200 200", keys=pk_of("proof_rule")),
    Door("api-proposal-minutes", "401 200 404 404 200 200", "401 400 404 404 400 400", keys=pk_of("proposal")),
    Door("api-proposal-list", "401 200 200 200 200 200", "401 400 400 400 400 400"),
    Door("api-proposal-detail", "401 200 404 404 200 200", keys=pk_of("proposal")),
    Door("api-proposal-withdraw", "401 405 405 405 405 405", "401 400 404 404 400 400", keys=pk_of("proposal")),
    Door("api-proposal-assign", "401 405 405 405 405 405", "401 400 400 400 400 400"),
    Door("api-batch-list", "401 200 200 200 200 200", "401 400 400 400 400 400"),
    Door("api-batch-detail", "401 200 404 404 200 200", keys=pk_of("batch")),
    Door("api-batch-export", "401 200 404 404 200 200", keys=pk_of("batch")),
    Door("api-result-list", "401 200 200 200 200 200", "401 400 400 400 400 400"),
    Door("api-result-detail", "401 200 404 404 200 200", keys=pk_of("result")),
    Door("api-result-rows", "401 200 404 404 200 200", keys=pk_of("result")),
    Door("api-result-faults", "401 200 404 404 200 200", keys=pk_of("result")),
    Door("api-result-apply", "401 405 405 405 405 405", "401 200 404 404 403 200", keys=pk_of("result")),
    Door("api-result-drop", "401 405 405 405 405 405", "401 400 404 404 400 400", keys=pk_of("result")),
    Door("api-result-check", "401 405 405 405 405 405", "401 409 404 404 403 409", keys=pk_of("result")),
    Door("api-batch-draft", "401 405 405 405 405 405", "401 400 400 400 400 400"),
    Door("api-batch-coverage", "401 200 404 404 200 200", keys=pk_of("batch")),
    *(
        Door(f"api-batch-{act}", "401 405 405 405 405 405", "401 409 404 404 403 409", keys=pk_of("batch"))
        for act in ("fill", "propose", "close", "settle")
    ),
    Door("api-batch-approve", "401 405 405 405 405 405", "401 409 404 404 409 409", keys=pk_of("batch")),
    *(
        Door(f"api-batch-{act}", "401 405 405 405 405 405", "401 400 404 404 400 400", keys=pk_of("batch"))
        for act in ("send-back", "accept-unverified", "pay", "hand-over", "revise", "note")
    ),
    Door("api-line-list", "401 200 200 200 200 200", "401 400 400 400 400 400"),
    Door("api-line-detail", "401 200 404 404 200 200", keys=key_of_line),
    Door("api-line-proofs", "401 200 404 404 200 200", "401 400 404 404 400 400", keys=key_of_line),
    Door("api-batch-asked", "401 200 404 404 200 200", keys=pk_of("batch")),
    Door("api-batch-proofs", "401 200 404 404 200 200", "401 400 404 404 400 400", keys=pk_of("batch")),
    Door("api-verification-proofs", "401 200 404 404 200 200", "401 400 404 404 400 400", keys=pk_of("verification")),
    Door("api-line-step", "401 405 405 405 405 405", "401 400 404 404 400 400", keys=key_of_line),
    *(
        Door(f"api-line-{act}", "401 405 405 405 405 405", "401 400 404 404 400 400", keys=key_of_line)
        for act in ("repay", "correct", "remove")
    ),
    Door("api-beneficiary-list", "401 200 200 200 200 200", "401 400 400 400 400 400"),
    Door("api-beneficiary-detail", "401 200 404 404 200 200", keys=pk_of("payee")),
    Door("api-decree-list", "401 200 200 200 200 200", "401 400 400 400 400 400"),
    Door("api-decree-detail", "401 200 404 404 200 200", keys=pk_of("decree")),
    Door("api-decree-fill", "401 405 405 405 405 405", "401 200 404 404 403 200", keys=pk_of("decree")),
    Door("api-decree-remove", "401 405 405 405 405 405", "401 400 404 404 400 400", keys=pk_of("decree")),
    Door("api-decree-propose", "401 405 405 405 405 405", "401 409 404 404 403 409", keys=pk_of("decree")),
    Door("api-decree-send-back", "401 405 405 405 405 405", "401 400 404 404 400 400", keys=pk_of("decree")),
    Door("api-decree-decide", "401 405 405 405 405 405", "401 400 404 404 400 400", keys=pk_of("decree")),
    Door("api-participation-list", "401 200 200 200 200 200"),
    Door("api-participation-detail", "401 200 404 404 200 200", keys=pk_of("participation")),
    Door(
        "api-participation-suspend", "401 405 405 405 405 405", "401 400 404 404 400 400", keys=pk_of("participation")
    ),
    Door("api-participation-resume", "401 405 405 405 405 405", "401 400 404 404 400 400", keys=pk_of("participation")),
    Door("api-participation-end", "401 405 405 405 405 405", "401 400 404 404 400 400", keys=pk_of("participation")),
    Door(
        "api-participation-reverify", "401 405 405 405 405 405", "401 400 404 404 400 400", keys=pk_of("participation")
    ),
    Door("api-beneficiary-by-nik", "401 405 405 405 405 405", "401 400 400 400 400 400"),
    Door("api-beneficiary-timeline", "401 200 404 404 200 200", keys=pk_of("payee")),
    Door("api-beneficiary-change", "401 405 405 405 405 405", "401 400 404 404 400 400", keys=pk_of("payee")),
    Door("api-beneficiary-membership", "401 405 405 405 405 405", "401 400 404 404 400 400", keys=pk_of("payee")),
    Door("api-beneficiary-membership-end", "401 405 405 405 405 405", "401 400 404 404 400 400", keys=pk_of("payee")),
    Door("api-beneficiary-card", "401 405 405 405 405 405", "401 400 404 404 400 400", keys=pk_of("payee")),
    Door("api-beneficiary-guardian", "401 405 405 405 405 405", "401 400 404 404 400 400", keys=pk_of("payee")),
    Door("api-beneficiary-guardian-end", "401 405 405 405 405 405", "401 400 404 404 400 400", keys=pk_of("payee")),
    Door("api-beneficiary-circumstance", "401 405 405 405 405 405", "401 400 404 404 400 400", keys=pk_of("payee")),
    Door("api-atensi-list", "401 200 200 200 200 200", "401 400 400 400 400 400"),
    Door("api-atensi-detail", "401 200 404 404 200 200", keys=pk_of("care")),
    *(
        Door(f"api-atensi-{act}", "401 405 405 405 405 405", "401 400 404 404 400 400", keys=pk_of("care"))
        for act in ("plan", "serve", "close", "stop")
    ),
    Door("api-graduation-list", "401 200 200 200 200 200", "401 400 400 400 400 400"),
    Door("api-graduation-confirm", "401 405 405 405 405 405", "401 403 404 404 403 409", keys=pk_of("graduation")),
    Door("api-graduation-cancel", "401 405 405 405 405 405", "401 400 404 404 400 400", keys=pk_of("graduation")),
    Door("api-graduation-detail", "401 200 404 404 200 200", keys=pk_of("graduation")),
    Door("api-graduation-case-list", "401 200 200 200 200 200", "401 400 400 400 400 400"),
    Door("api-graduation-case-detail", "401 200 404 404 200 200", keys=pk_of("leaving")),
    Door("api-graduation-case-checklist", "401 200 200 200 200 200"),
    *(
        Door(f"api-graduation-case-{act}", "401 405 405 405 405 405", "401 400 404 404 400 400", keys=pk_of("leaving"))
        for act in ("assess", "decide", "reject", "cancel", "leave")
    ),
    Door("api-verification-list", "401 200 200 200 200 200", "401 400 400 400 400 400"),
    Door("api-verification-detail", "401 200 404 404 200 200", keys=pk_of("verification")),
    Door("api-unverified-list", "401 200 200 200 200 200"),
    Door(
        "api-unverified-detail",
        "401 404 404 404 404 404",
        keys=lambda rows: {"pk": 0},
        about="tidak ada yang menunggu",
    ),
    Door("api-coverage-list", "401 200 403 403 200 200", query="wilayah=17.71"),
    Door("api-recap-list", "401 200 403 403 200 200", query="tahun=2024&wilayah=17.71"),
    Door("api-objection-list", "401 200 200 200 200 200", "401 400 400 400 400 400"),
    Door("api-objection-detail", "401 200 404 404 200 200", keys=pk_of("objection")),
    Door("api-objection-answer", "401 405 405 405 405 405", "401 400 404 404 400 400", keys=pk_of("objection")),
)
