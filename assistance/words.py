"""Plain words: what each state and each reason means, and what to do next. Pages, API and exports read them here."""

from assistance.models import (
    AtensiCase,
    Batch,
    Decree,
    Disbursement,
    GraduationCase,
    Objection,
    Participation,
    Proposal,
    ResultFile,
)
from pilar.core.machines import Words
from pilar.core.models import Programme

STATES: dict[type, dict[str, Words]] = {
    Proposal.State: {
        "diajukan": Words(
            "Sudah diusulkan dan belum diperiksa di lapangan.", "Tunjuk petugas verval, lalu catat hasilnya."
        ),
        "layak": Words(
            "Pemeriksaan di lapangan menyatakan layak; belum ada SK.", "Masukkan ke SK penetapan program ini."
        ),
        "tidak_layak": Words(
            "Pemeriksaan di lapangan menyatakan tidak layak.", "Selesai. Bila keadaannya berubah, ajukan usulan baru."
        ),
        "ditetapkan": Words("Namanya sudah tercantum dalam SK penetapan.", "Selesai. Lanjutkan di kepesertaannya."),
        "ditarik": Words("Usulan ditarik oleh pengusulnya.", "Selesai. Ajukan usulan baru bila diperlukan."),
    },
    Participation.State: {
        "calon": Words("Layak menurut verval, menunggu SK penetapan.", "Masukkan ke SK, lalu ajukan penetapannya."),
        "aktif": Words("Ditetapkan dalam SK dan berhak disalurkan.", "Masukkan ke daftar penyaluran tahap berikut."),
        "ditangguhkan": Words(
            "Penyaluran dihentikan sementara karena alasan yang tercatat.",
            "Selesaikan sebabnya, lalu lanjutkan atau akhiri kepesertaannya.",
        ),
        "berakhir": Words(
            "Tidak lagi menerima program ini.", "Selesai. Kembali menerima hanya lewat usulan baru dengan alasan."
        ),
    },
    Decree.State: {
        "disusun": Words("Nama-namanya sedang disusun.", "Pilih calon penerima, lalu ajukan penetapan."),
        "diajukan": Words(
            "Menunggu pejabat di tingkat yang mendanai.",
            "Pejabat menetapkan dengan nomor dan tanggal SK, atau mengembalikan dengan catatan.",
        ),
        "ditetapkan": Words("SK berlaku; semua namanya menjadi penerima aktif.", "Buat daftar penyaluran."),
    },
    Batch.Approval: {
        "dicatat": Words(
            "Mencatat penyaluran menurut SK yang terbit di luar PILAR; tidak disetujui di sini.",
            "Catat apa yang terjadi pada tiap baris.",
        ),
        "disusun": Words("Isi daftar sedang disusun.", "Isi dari penerima aktif, periksa, lalu ajukan persetujuan."),
        "diajukan": Words(
            "Menunggu persetujuan pejabat di tingkat yang mendanai.",
            "Pejabat menyetujui, atau mengembalikan dengan catatan.",
        ),
        "disetujui": Words("Disetujui; isinya masih menunggu final closing.", "Lakukan final closing sebelum salur."),
        "ditutup": Words("Isi daftar dibekukan; uang atau barang boleh disalurkan.", "Salurkan, lalu unggah hasilnya."),
        "selesai": Words("Setiap baris sudah jelas akhirnya.", "Selesai."),
    },
    Disbursement.State: {
        "sk": Words("Ditetapkan dalam SK, belum disalurkan.", "Salurkan, lalu catat tanggal salurnya."),
        "salur": Words(
            "Sudah disalurkan; belum pasti diterima.", "Pastikan uangnya diterima, lalu catat tanggal terima."
        ),
        "transaksi": Words("Sudah di tangan penerima.", "Selesai."),
        "tidak_transaksi": Words(
            "Sudah disalurkan tetapi belum diambil.",
            "Hubungi penerima; bila tidak juga diambil, uangnya dikembalikan dan dicatat retur.",
        ),
        "retur": Words(
            "Uang atau barangnya kembali.", "Perbaiki sebab pengembaliannya, lalu bayar ulang; atau setorkan ke kas."
        ),
        "setor_kas": Words("Uangnya sudah disetor ke kas negara dan tidak dibayar ulang.", "Selesai."),
    },
    GraduationCase.State: {
        "diusulkan": Words("Diusulkan keluar dari program.", "Lakukan asesmen di lapangan dengan daftar periksa."),
        "dinilai": Words("Asesmen selesai.", "Pejabat selain pengusul memutuskan."),
        "transisi": Words(
            "Diputuskan lulus; masih dalam masa transisi dan sudah dihitung.",
            "Dampingi; tutup pada akhir masa transisi.",
        ),
        "keluar": Words("Sudah keluar dari program.", "Selesai. Kembali menerima hanya lewat usulan baru."),
        "ditolak": Words("Tidak jadi lulus.", "Selesai. Ajukan lagi bila keadaannya berubah."),
        "batal": Words("Dibatalkan dalam masa transisi; tidak dihitung lagi.", "Selesai. Keluarga tetap menerima."),
    },
    AtensiCase.State: {
        "dinilai": Words("Kebutuhannya sudah dinilai.", "Susun rencana layanan menurut komponen dan nilainya."),
        "direncanakan": Words("Rencana layanan sudah ditetapkan.", "Berikan layanannya, lalu catat dengan buktinya."),
        "dilayani": Words("Layanan sedang diberikan.", "Catat komponen yang belum dilayani, lalu selesaikan."),
        "selesai": Words("Semua komponen rencana sudah dilayani.", "Selesai."),
        "dihentikan": Words("Kasus dihentikan sebelum selesai.", "Selesai. Bila perlu, mulai dengan asesmen baru."),
    },
    Objection.State: {
        "masuk": Words("Sanggahan masuk dan belum diperiksa.", "Periksa di lapangan sebelum batas 14 hari."),
        "diterima": Words("Sanggahan terbukti.", "Usulkan orangnya, atau akhiri kepesertaannya, menurut jenisnya."),
        "ditolak": Words("Sanggahan tidak terbukti.", "Selesai."),
    },
    ResultFile.State: {
        "diunggah": Words(
            "Barisnya tersimpan dan sedang dicocokkan dengan daftar.", "Tunggu sampai selesai diperiksa."
        ),
        "diperiksa": Words(
            "Setiap baris sudah dicocokkan; daftar penyaluran belum berubah.",
            "Lihat baris yang bermasalah, lalu terapkan yang cocok atau buang berkasnya.",
        ),
        "diterapkan": Words("Baris yang cocok sedang dicatat ke daftar.", "Tunggu; bila terhenti, lanjutkan."),
        "selesai": Words("Semua baris yang cocok sudah dicatat ke daftar.", "Perbaiki baris yang bermasalah."),
        "dibuang": Words("Berkas tidak dipakai lagi.", "Selesai. Unggah berkas yang benar bila ada."),
    },
}

#: A filed objection after its last day: shown, never stored.
OVERDUE = Words(
    "Batas 14 hari lewat dan sanggahan ini belum dijawab.",
    "Periksa dan jawab juga; keterlambatannya tetap terlihat.",
)

#: Why someone is found not eligible, is suspended or leaves (domain.md 3.6, 4.3).
REASONS: dict[str, Words] = {
    "mampu": Words("Keluarga sudah mampu atau memiliki aset.", "Bila keadaannya berubah, ajukan usulan baru."),
    "pekerjaan": Words(
        "Anggota keluarga ASN, TNI, Polri, atau pensiunan.", "Tunjukkan bukti bila keterangan itu keliru."
    ),
    "upah": Words("Upah keluarga setara UMK atau lebih.", "Tunjukkan bukti penghasilan bila keliru."),
    "meninggal": Words("Penerima meninggal dunia.", "Ahli waris melapor ke desa/kelurahan."),
    "pindah": Words("Penerima pindah ke wilayah lain.", "Usulkan di tempat tinggal yang baru."),
    "tidak_ditemukan": Words("Orang atau alamatnya tidak ditemukan.", "Perbaiki alamat, lalu usulkan lagi."),
    "ganda": Words("Tercatat dua kali.", "Pakai satu catatan saja."),
    "tanpa_komponen": Words("Tidak ada lagi komponen bantuan dalam keluarga.", "Tidak ada tindakan."),
    "judi": Words("Terkait judi daring menurut pemadanan.", "Ajukan keberatan dengan bukti bila keliru."),
    "sdm_kesos": Words(
        "Penerima atau keluarganya adalah anggota pilar (OVERLAP SDM KESOS).", "Anggota pilar tidak berhak menerima."
    ),
    "menolak": Words("Menolak atau mengundurkan diri.", "Tidak ada tindakan."),
    "umur": Words("Umurnya di luar batas program.", "Periksa tanggal lahir menurut KTP."),
    "desil": Words("Desilnya di atas batas program.", "Perbarui data DTSEN lewat desa/kelurahan."),
    "penerima_lain": Words("Menerima program lain yang tidak boleh dirangkap.", "Pilih salah satu program."),
    "tidak_sendiri": Words("Tidak tinggal seorang diri menurut KK.", "Perbarui KK bila keliru."),
    "graduasi": Words("Sudah lulus (graduasi) dari program.", "Kembali menerima hanya lewat usulan baru."),
    "tidak_transaksi": Words("Bantuan berulang kali tidak diambil.", "Hubungi penerima atau walinya."),
    "data": Words("Data rekening atau kependudukan tidak padan.", "Perbaiki data, lalu padankan lagi."),
    "lain": Words("Alasan lain; lihat catatannya.", "Baca catatan petugas."),
}
REASON_CHOICES = [(code, words.meaning.rstrip(".")) for code, words in REASONS.items()]

#: What may be recorded of a person as of a day: kind -> (its name, value -> its words).
CIRCUMSTANCES: dict[str, tuple[str, dict[str, str]]] = {
    "desil": ("Desil DTSEN", {str(n): f"desil {n}" for n in range(1, 11)}),
    "sekolah": (
        "Keadaan sekolah",
        {"bersekolah": "bersekolah", "tidak": "tidak bersekolah", "belum": "belum usia sekolah"},
    ),
    "tinggal_sendiri": ("Tinggal seorang diri (KK tunggal)", {"ya": "ya", "tidak": "tidak"}),
    "dukcapil": ("Pemadanan Dukcapil", {"belum": "belum dipadankan", "padan": "padan", "tidak_padan": "tidak padan"}),
    "meninggal": ("Meninggal dunia", {"ya": "ya", "tidak": "tidak (koreksi)"}),
}

#: Kinds that whoever is at the door can see or be shown; the others stand in registers.
SEEN_ON_THE_SPOT = ("tinggal_sendiri", "sekolah")


#: Goods go the same way in other words (domain.md 3.5): by the group or the centre that hands them over.
GOODS_CHANNELS = ("Pokmas", "Sentra")
GOODS_LABELS: dict[str, str] = {
    "sk": "ditetapkan (SK), belum disalurkan",
    "salur": "disalurkan ke {channel}",
    "transaksi": "diserahkan kepada penerima (BAST)",
    "tidak_transaksi": "sudah di {channel}, belum diambil penerima",
    "retur": "kembali dari {channel} (retur)",
    "setor_kas": "sisa dikembalikan",
}
GOODS: dict[str, Words] = {
    "sk": Words("Ditetapkan dalam SK, belum disalurkan ke {channel}.", "Salurkan ke {channel}, lalu catat tanggalnya."),
    "salur": Words(
        "Sudah di {channel}; belum pasti sampai ke penerima.",
        "Pastikan {channel} menyerahkannya, lalu catat penyerahannya dengan nomor BAST.",
    ),
    "transaksi": Words("Sudah diserahkan kepada penerima dengan berita acara (BAST).", "Selesai."),
    "tidak_transaksi": Words(
        "Sudah di {channel} tetapi belum diambil penerima.",
        "Hubungi penerima; bila tidak juga diambil, catat retur.",
    ),
    "retur": Words(
        "Barang atau uangnya kembali dari {channel}.", "Salurkan ulang, atau kembalikan sisanya dengan bukti setor."
    ),
    "setor_kas": Words("Sisa dari {channel} sudah dikembalikan dan tidak disalurkan ulang.", "Selesai."),
}


#: what is done to a line, where goods say it otherwise: code of the act -> its label
GOODS_ACTS: dict[str, str] = {
    "salur": "Catat disalurkan ke {channel}",
    "terima": "Catat diserahkan (BAST)",
    "bayar-ulang": "Salurkan ulang",
    "setor": "Catat sisa dikembalikan",
}
#: short labels for tables
LINE_SHORT: dict[str, str] = {
    "sk": "belum disalurkan",
    "salur": "disalurkan",
    "transaksi": "diterima",
    "tidak_transaksi": "belum diambil",
    "retur": "dikembalikan (retur)",
    "setor_kas": "disetor ke kas",
}
GOODS_SHORT = {
    **LINE_SHORT,
    "salur": "disalurkan ke {channel}",
    "transaksi": "diserahkan (BAST)",
    "setor_kas": "sisa dikembalikan",
}


def channel_of(programme: Programme) -> str:
    """ "Pokmas" or "Sentra" where the programme hands over goods; empty where it pays money."""
    channel = programme.channel.lower()
    return next((name for name in GOODS_CHANNELS if name.lower() in channel), "")


def line_label(state: str, programme: Programme) -> str:
    """A line's state as the programme's channel says it."""
    channel = channel_of(programme)
    if not channel:
        return str(Disbursement.State(state).label)
    return GOODS_LABELS[state].format(channel=channel)


def line_short(state: str, programme: Programme) -> str:
    """The same in as few words as a table has room for."""
    channel = channel_of(programme)
    return GOODS_SHORT[state].format(channel=channel) if channel else LINE_SHORT[state]


def act_label(code: str, label: str, programme: Programme) -> str:
    """What an act on a line is called, by the programme's channel; `label` is its name for money."""
    channel = channel_of(programme)
    return GOODS_ACTS.get(code, label).format(channel=channel) if channel else label


def line_words(state: str, programme: Programme) -> Words:
    """Meaning and next step of a line, as the programme's channel says them."""
    channel = channel_of(programme)
    if not channel:
        return words_of(state, Disbursement.State)
    found = GOODS[state]
    return Words(found.meaning.format(channel=channel), found.next_step.format(channel=channel))


def words_of(state: str, of: type) -> Words:
    """Meaning and next step of a state. Raises KeyError for a state nobody wrote words for."""
    return STATES[of][state]


def reason_words(code: str) -> Words | None:
    """None when no reason was needed."""
    return REASONS[code] if code else None
