"""Words of the dashboard, explained in place (domain.md 9)."""

from targets.status import PROJECTION

WORDS = [
    {
        "term": "Diperbarui",
        "meaning": "Saat angka terakhir diperbarui. Data yang baru disimpan dihitung sendiri, biasanya dalam satu "
        "menit; muat ulang halaman untuk melihatnya.",
    },
    {"term": "Realisasi", "meaning": "Yang sudah dicapai, dihitung dari baris yang dapat dibuka satu per satu."},
    {
        "term": "Rencana sampai kini",
        "meaning": "Bagian tahun yang sudah lewat. Tahun yang sudah selesai: 100% dari target.",
    },
    {
        "term": "Tercapai, sesuai rencana, tertinggal, kritis",
        "meaning": "Tercapai: 100% target atau lebih. Sesuai rencana: tidak di bawah rencana sampai kini. "
        "Tertinggal: di bawah rencana. Kritis: di bawah tiga perempat rencana.",
    },
    {"term": "Perkiraan akhir tahun", "meaning": PROJECTION.partition(": ")[2].capitalize()},
    {"term": "Salur", "meaning": "Uang yang sudah keluar dan tidak kembali; belum tentu sudah diambil penerima."},
    {
        "term": "Luncuran",
        "meaning": "Dibayar di luar tahun anggarannya; ditampilkan terpisah, sudah termasuk realisasi.",
    },
    {
        "term": "Penerima",
        "meaning": "Orang atau keluarga berbeda, dihitung sekali. Satu orang dapat termasuk beberapa kelompok PAS "
        "dan program, maka angka antarkelompok dan antarprogram tidak dijumlahkan.",
    },
    {
        "term": "Langsung di tingkat ini",
        "meaning": "Baris yang tercatat pada wilayah ini sendiri, tanpa wilayah di bawahnya, "
        "sehingga jumlah anak wilayah sama dengan induknya.",
    },
    {
        "term": "Disamarkan",
        "meaning": "Jumlah 1 sampai 4 orang dari kelompok yang termasuk data pribadi spesifik, di luar wilayah Anda.",
    },
]
