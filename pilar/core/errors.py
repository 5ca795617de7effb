"""How PILAR refuses: what happened, which rule, what to do, who can lift it."""


class Refusal(Exception):
    """A rule said no. Its text is shown to the user as it stands.

    Args:
        happened: the sentence that says what was not done and why.
        remedy: what to do now and who can lift the rule.
        rule: short name of the rule, for logs, tests and API clients.
    """

    def __init__(self, happened: str, remedy: str, *, rule: str) -> None:
        super().__init__(f"{happened} {remedy}")
        self.happened = happened
        self.remedy = remedy
        self.rule = rule


def no_right(act: str, lifter: str) -> Refusal:
    return Refusal(
        f"Anda tidak berwenang {act} di wilayah ini.",
        f"Wewenang diatur oleh {lifter} di halaman Pengguna & wewenang.",
        rule="wewenang",
    )


def not_for_members() -> Refusal:
    return Refusal(
        "Halaman ini untuk petugas, bukan untuk akun anggota pilar.",
        "Yang dapat Anda buka ada di “Halaman saya”. Bila Anda juga petugas, minta akun petugas kepada Dinas Sosial.",
        rule="wewenang",
    )
