"""The named cases of the example data, for tests and for `docs/data-contoh.md`.

Each name occurs once in the whole example (a generated person never gets one of them), so a test
finds the row by name. All people are fictional; amounts are whole rupiah.

- MOVER: a child whose family moved from Kota Bengkulu to Rejang Lebong on MOVED_ON; YAPI stages
  1 and 2 of 2024 were paid there, 3 and 4 here. One person in the province, one in each of the two.
- TWO_AND_TWO: a child in PAS 1 and 2 that received YAPI and ATENSI in 2024.
- RETURNED: a permakanan line of 2024 stage 2 that came back (retur) and was paid again; the second
  line points at the first through `repays_id`, and only the second counts.
- LATE_CORRECTION: a line of budget year 2023, paid in December 2023, reported with a batch of 2024.
- SPLIT_REGION: paid in budget year 2023 under OLD_CODE, in 2024 under NEW_CODE.
- NO_DISTRICT: an ATENSI line that only names Kota Bengkulu ("tanpa kecamatan").
- CARRY_OVER: a line of budget year 2024 paid in January 2025 (luncuran, month 13).
- COMPANION: a PKH companion of Kota Bengkulu with COMPANION_GRADUATED counted graduations in 2024
  against a target of COMPANION_TARGET; beside them one of 2023, one removed by the system (does
  not count), one cancelled, and one family that was handed over and graduated with a colleague.
- TWO_DISTRICTS: a PKH companion with two kecamatan who counts once.
- NO_COMPANION: a family that graduated while nobody looked after it.
- WAITING_VERVAL: three children of Kota Bengkulu, proposed for YAPI, whom nobody has visited yet.
- WAITING_DECREE: two candidates who stand in no SK; about one of them, OBJECTED, an objection was filed on
  OBJECTION_FILED that must be checked until OBJECTION_DUE.
- SUSPENDED, ENDED: participants of YAPI who were stopped before the first payment of 2024, the second by death.
- PUBLISHED_APART: the printed figure that the registry contradicts.
"""

from datetime import date

MOVER = "Dimas Aprilianto"
MOVED_ON = date(2024, 7, 1)
TWO_AND_TWO = "Fajar Ramadhani Putra"
RETURNED = "Nurhayati Zakaria"
LATE_CORRECTION = "Rosmala Intan"
SPLIT_REGION = "Yosepha Gebze"
NO_DISTRICT = "Marlan Effendi"
CARRY_OVER = "Sarinah Usman"
COMPANION = "Rina Marlina"
COMPANION_GRADUATED = 7
COMPANION_TARGET = 10
TWO_DISTRICTS = "Andi Kurniawan"
NO_COMPANION = "Halimah Tusadiah"
WAITING_VERVAL = ("Kirana Larasati", "Bagas Prasetyo", "Galuh Anjani")
WAITING_DECREE = ("Rokayah Sundari", "Mawardi Alamsyah")
OBJECTED = "Mawardi Alamsyah"
OBJECTION_FILED, OBJECTION_DUE = date(2024, 12, 20), date(2025, 1, 3)
SUSPENDED = "Ratih Purbasari"
ENDED = "Sabirin Alwi"
PUBLISHED_APART = "C63-BENTENG-TKSK-2024"

OLD_CODE = 9101000000
NEW_CODE = 9301000000

RESERVED = frozenset(
    {
        MOVER,
        TWO_AND_TWO,
        RETURNED,
        LATE_CORRECTION,
        SPLIT_REGION,
        NO_DISTRICT,
        CARRY_OVER,
        COMPANION,
        TWO_DISTRICTS,
        NO_COMPANION,
        *WAITING_VERVAL,
        *WAITING_DECREE,
        SUSPENDED,
        ENDED,
    }
)
