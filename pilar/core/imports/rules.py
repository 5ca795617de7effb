"""The rules that a cell or a row of any kind may break, in words: a label for the group, and what to do."""

from pilar.core.imports.kinds import Kind, Rule

COMMON: dict[str, Rule] = {
    "wajib": Rule("kolom wajib kosong", "Isi selnya."),
    "tanda_nul": Rule("isi sel bukan teks", "Ketik ulang isi sel; di dalamnya ada tanda kosong (NUL)."),
    "terlalu_panjang": Rule("isi sel terlalu panjang", "Pendekkan isinya."),
    "baris_panjang": Rule(
        "baris terlalu panjang",
        "Baris ini lebih panjang dari 4.000 tanda. Periksa tanda kutip, hapus isi yang tidak perlu.",
    ),
    "nik": Rule("NIK salah tulis", "Cocokkan dengan KTP."),
    "nik_excel": Rule(
        "NIK dirusak Excel",
        "Excel menyimpan NIK ini sebagai bilangan, padahal bilangannya hanya memuat 15 angka; angka ke-16 hilang dan "
        "tidak bisa ditebak. Format kolom sebagai Teks dahulu, lalu ketik ulang NIK dari KTP.",
    ),
    "nik_nol": Rule(
        "NIK diduga dirusak Excel",
        "Lebih dari separuh NIK di berkas ini berakhir dengan 0, tanda bahwa Excel pernah membuang angka ke-16. Pakai "
        "berkas asalnya, atau ketik ulang NIK dari KTP di kolom berformat Teks.",
    ),
    "tanggal": Rule("tanggal tidak terbaca", "Tulis hari/bulan/tahun, misalnya 15/03/2024."),
    "tanggal_bilangan": Rule(
        "tanggal berupa bilangan", "Format sel sebagai Tanggal, atau tulis sebagai teks, misalnya 15/03/2024."
    ),
    "tanggal_batas": Rule("tanggal di luar batas", "Periksa tahunnya; yang dicatat adalah yang sudah terjadi."),
    "kode_wilayah": Rule("kode wilayah salah tulis", "Tulis kode Kemendagri, misalnya 17.71.01.1001, sebagai teks."),
    "pilihan": Rule("isi di luar pilihan", "Pilih salah satu dari daftar di templat."),
    "bilangan": Rule("bukan bilangan bulat", "Tulis angka saja, misalnya 600000 atau 600.000."),
    "bilangan_batas": Rule("bilangan di luar batas", "Periksa banyaknya angka."),
    "ya_tidak": Rule("bukan ya atau tidak", "Tulis ya, atau kosongkan."),
    "ganda": Rule("tertulis dua kali di berkas", "Sisakan satu baris; bila keduanya benar, gabungkan isinya."),
    "wilayah_kosong": Rule("wilayah kosong", "Isi kode wilayah, atau nama kabupaten/kota, kecamatan, dan desanya."),
    "wilayah_tidak_ada": Rule(
        "wilayah tidak dikenal", "Periksa ejaan dan induknya, atau isi kode wilayah dari lembar Wilayah di templat."
    ),
    "wilayah_pilih": Rule(
        "nama wilayah dimiliki beberapa tempat", "Pilih tempatnya di halaman ini, atau isi kode wilayah di berkas."
    ),
    "wilayah_beda": Rule("kode dan nama wilayah berbeda", "Perbaiki salah satunya; nama boleh dikosongkan."),
    "wilayah_berakhir": Rule("kode wilayah tidak berlaku lagi", "Pakai kode penerusnya."),
    "wilayah_tingkat": Rule("wilayah terlalu luas", "Isi paling sedikit sampai kabupaten/kota."),
    "wilayah_luar": Rule(
        "di luar wilayah impor ini", "Pindahkan ke berkas wilayahnya, atau ulangi impor dengan wilayah yang lebih luas."
    ),
    "wewenang": Rule(
        "Anda tidak berwenang mengisi data di wilayah itu", "Minta petugas wilayah itu, atau admin di atas Anda."
    ),
    "aturan": Rule("ditolak aturan pengisian", "Perbaiki menurut keterangannya."),
    "berubah": Rule("datanya berubah sesudah diperiksa", "Periksa lagi berkasnya, lalu putuskan dengan isi yang baru."),
}  # fmt: skip


def rule_of(kind: Kind, code: str) -> Rule:
    return kind.rules.get(code) or COMMON[code]
