"""Plain words: what each state and each reason means, and what to do next. Pages and API read them here."""

from personnel.models import Activity, AllowanceLine, AllowanceProposal, MonthlyReport, Termination
from pilar.core.machines import Words

STATES: dict[type, dict[str, Words]] = {
    MonthlyReport.State: {
        "diajukan": Words(
            "Menunggu diterima petugas lain.",
            "Yang memeriksa pilar ini menerimanya, atau mengembalikan dengan catatan.",
        ),
        "diterima": Words("Diterima.", "Selesai."),
        "dikembalikan": Words("Dikembalikan dengan catatan.", "Lengkapi kegiatannya, lalu ajukan lagi."),
    },
    Activity.State: {
        "draf": Words("Masih ditulis; belum dikirim untuk diperiksa.", "Lengkapi, lalu ajukan."),
        "diajukan": Words(
            "Menunggu diperiksa petugas lain.",
            "Yang berwenang memeriksa kegiatan pilar ini memverifikasi, atau mengembalikan dengan catatan.",
        ),
        "terverifikasi": Words("Sudah diperiksa dan dihitung dalam capaian.", "Selesai."),
        "dikembalikan": Words(
            "Dikembalikan dengan catatan; belum dihitung.", "Perbaiki menurut catatannya, lalu ajukan lagi."
        ),
    },
    AllowanceProposal.State: {
        "disusun": Words(
            "Kabupaten/kota menyusun daftarnya.",
            "Isi daftar, putuskan setiap orang, lalu ajukan.",
        ),
        "diajukan": Words(
            "Menunggu tingkat berikutnya memeriksa.",
            "Provinsi meneruskan daftar berdana APBN; daftar APBD disetujui tingkat yang mendanai.",
        ),
        "diteruskan": Words(
            "Provinsi sudah meneruskannya ke Kementerian Sosial.",
            "Kementerian Sosial menyetujui, menolak orang per orang, atau mengembalikan dengan catatan.",
        ),
        "disetujui": Words("Disetujui tingkat yang mendanai; uang dikirim bank.", "Catat hasil bank setiap orang."),
        "dibayar": Words("Hasil bank semua orang sudah tercatat.", "Selesai. Yang gagal dibayar masih dapat dicatat."),
    },
    AllowanceLine.State: {
        "belum": Words(
            "Berhak menurut penugasannya, tetapi belum diputuskan.",
            "Usulkan, atau catat mengapa tidak diusulkan.",
        ),
        "diusulkan": Words("Diusulkan untuk semester ini.", "Tunggu keputusan tingkat berikutnya, lalu hasil bank."),
        "tidak_diusulkan": Words(
            "Tidak diusulkan; petugas, tanggal, dan sebabnya tercatat.",
            "Bila keliru, minta Dinas Sosial kabupaten/kota mengusulkannya selama daftar masih disusun.",
        ),
        "tidak_berlaku": Words(
            "Tali asih tidak berlaku baginya pada semester ini; ini bukan penghilangan.",
            "Bila status kepegawaian atau penugasannya keliru, perbaiki lalu isi daftar lagi.",
        ),
        "ditolak": Words(
            "Ditolak tingkat di atas kabupaten/kota, dengan alasannya.",
            "Tanyakan alasannya kepada kantor yang menolak; perbaiki untuk semester berikut.",
        ),
        "dibayar": Words("Uangnya sudah dikirim ke rekeningnya.", "Selesai."),
        "gagal_bayar": Words(
            "Bank tidak dapat mengirimkannya.", "Perbaiki sebabnya, lalu catat pembayaran bila sudah masuk."
        ),
    },
    Termination.State: {
        "diusulkan": Words(
            "Diusulkan kantor wilayah kerjanya; orangnya masih bertugas.",
            "Dinas Sosial provinsi meneruskan atau menolaknya; pengusul masih dapat menariknya.",
        ),
        "diteruskan": Words(
            "Provinsi sudah meneruskannya; orangnya masih bertugas.",
            "Kementerian Sosial memutuskan dengan nomor keputusan, atau menolaknya.",
        ),
        "diputuskan": Words("Penugasannya berakhir pada hari terakhir itu.", "Serahkan dampingannya bila masih ada."),
        "ditolak": Words("Ditolak dengan catatan; penugasannya berjalan terus.", "Usulkan lagi bila sebabnya berubah."),
        "ditarik": Words("Ditarik pengusulnya; penugasannya berjalan terus.", "Selesai."),
    },
}

#: why somebody is left out, rejected or not paid; `lain` needs a note
LEAVE_OUT_REASONS = {
    "tidak_aktif": "Tidak aktif bertugas pada semester ini",
    "tanpa_laporan": "Laporan tugas tidak ada",
    "sanksi": "Sedang dalam sanksi",
    "data_rekening": "Data rekening belum lengkap",
    "data_ganda": "Tercatat ganda atau diusulkan di daftar lain",
    "permintaan_sendiri": "Atas permintaan sendiri",
    "kuota": "Kuota anggaran tidak mencukupi",
    "lain": "Alasan lain (ditulis di catatan)",
}
FAIL_REASONS = {
    "rekening_salah": "Nomor rekening salah",
    "rekening_tutup": "Rekening tidak aktif atau ditutup",
    "nama_beda": "Nama rekening berbeda",
    "lain": "Alasan lain (ditulis di catatan)",
}
#: given by PILAR itself when the list is filled
NOT_APPLICABLE_REASONS = {
    "status_kepegawaian": "Status kepegawaiannya tidak menerima tali asih pada semester ini",
    "tanpa_bulan": "Tidak bertugas pada akhir bulan mana pun dalam semester ini",
}
REASONS = LEAVE_OUT_REASONS | FAIL_REASONS | NOT_APPLICABLE_REASONS


def reason_text(code: str) -> str:
    """The words of a reason; an unknown one as it was written."""
    return REASONS.get(code, code)
