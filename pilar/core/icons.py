"""What each icon draws, by its name, on a grid of 20. A page shows a hundred of them: hence a table, no conditions."""

from django.utils.safestring import SafeString, mark_safe

#: name -> the inside of its svg
PATHS: dict[str, str] = {
    "beranda": '<path d="M3 9.5 10 3.5l7 6M5 8v8.5h3.5V12h3v4.5H15V8"/>',
    "dasbor": '<path d="M3 17h14M5 14V9M9 14V4M13 14v-3M17 14V6.5"/>',
    "personel": '<circle cx="7.5" cy="7" r="2.8"/><path d="M2.5 16.5c0-3 2-5 5-5s5 2 5 5M12.5 4.4a2.8 2.8 0 0 1 0 5.2M14.5 11.9c1.9.7 3 2.4 3 4.6"/>',  # noqa: E501
    "kegiatan": '<rect x="3" y="4.5" width="14" height="12" rx="1"/><path d="M3 8h14M6.5 2.5v3.5M13.5 2.5v3.5M7 12l2 2 4-4"/>',  # noqa: E501
    "penerima": '<circle cx="10" cy="5.2" r="2.4"/><path d="M5 12.5c.3-2.5 2.2-4 5-4s4.7 1.5 5 4M3 12.5l3.5 4h7l3.5-4"/>',  # noqa: E501
    "penyaluran": '<rect x="2.5" y="5" width="15" height="10" rx="1"/><circle cx="10" cy="10" r="2.2"/><path d="M5 7.5v.01M15 12.5v.01"/>',  # noqa: E501
    "verval": '<path d="M8.5 5h8M8.5 10h8M8.5 15h8M2.8 5l1.2 1.2L6.2 4M2.8 10l1.2 1.2L6.2 9M2.8 15l1.2 1.2L6.2 14"/>',
    "target": '<circle cx="10" cy="10" r="7"/><circle cx="10" cy="10" r="3.5"/><path d="M10 10h.01"/>',
    "langkah": '<path d="M2.5 16.5h4v-4h4v-4h4v-4h3"/>',
    "angka-rilis": '<path d="M5 2.5h7l3.5 3.5v11.5H5zM12 2.5V6h3.5M8 10.5h4.5M8 13.5h4.5"/>',
    "impor": '<path d="M6.5 3v12M3.5 12l3 3 3-3M13.5 17V5M10.5 8l3-3 3 3"/>',
    "laporan": '<path d="M5 2.5h10v15H5zM8 13v-2M10 13V7M12 13V9.5"/>',
    "pengaturan": '<path d="M3 6h8M15 6h2M3 14h2M9 14h8"/><circle cx="13" cy="6" r="2"/><circle cx="7" cy="14" r="2"/>',
    "pengguna": '<circle cx="10" cy="6.8" r="3.2"/><path d="M3.5 17c.4-3.4 3-5.4 6.5-5.4s6.1 2 6.5 5.4"/>',
    "akun": '<circle cx="10" cy="6.8" r="3.2"/><path d="M3.5 17c.4-3.4 3-5.4 6.5-5.4s6.1 2 6.5 5.4"/>',
    "cari": '<circle cx="8.8" cy="8.8" r="5.3"/><path d="m12.8 12.8 4.2 4.2"/>',
    "pemberitahuan": '<path d="M5 13.5V9a5 5 0 0 1 10 0v4.5l1.5 1.5h-13zM8.5 17.5h3"/>',
    "pekerjaan": '<path d="M10 3a7 7 0 1 0 7 7M10 6.5V10l2.5 1.5"/>',
    "wilayah": '<path d="M10 17.5s5.5-4.7 5.5-9a5.5 5.5 0 0 0-11 0c0 4.3 5.5 9 5.5 9z"/><circle cx="10" cy="8.5" r="1.8"/>',  # noqa: E501
    "kanan": '<path d="m7.5 4.5 5.5 5.5-5.5 5.5"/>',
    "kiri": '<path d="M12.5 4.5 7 10l5.5 5.5"/>',
    "bawah": '<path d="m4.5 7.5 5.5 5.5 5.5-5.5"/>',
    "naik": '<path d="M10 16V4M5.5 8.5 10 4l4.5 4.5"/>',
    "turun": '<path d="M10 4v12M5.5 11.5 10 16l4.5-4.5"/>',
    "tutup": '<path d="m5 5 10 10M15 5 5 15"/>',
    "tambah": '<path d="M10 4v12M4 10h12"/>',
    "benar": '<path d="m4 10.5 4 4 8-9"/>',
    "lainnya": '<path d="M3.5 5.5h13M3.5 10h13M3.5 14.5h13"/>',
    "cetak": '<path d="M6 7V3h8v4M6 14H3V7h14v7h-3M6 11.5h8V17H6z"/>',
    "unduh": '<path d="M10 3v9.5M6 8.5l4 4 4-4M3.5 16.5h13"/>',
    "unggah": '<path d="M10 13V3.5M6 7.5l4-4 4 4M3.5 16.5h13"/>',
    "saring": '<path d="M3 5h14M5.5 10h9M8 15h4"/>',
    "ubah": '<path d="m4 13-.8 3.8L7 16l9-9-3-3zM11 6l3 3"/>',
    "hapus": '<path d="M3.5 5.5h13M8 5.5V3h4v2.5M5.5 5.5l.7 11.5h7.6l.7-11.5"/>',
    "bantuan": '<circle cx="10" cy="10" r="7"/><path d="M8 8a2 2 0 1 1 3 1.7c-.7.4-1 .8-1 1.6M10 13.7v.01"/>',
    "info": '<circle cx="10" cy="10" r="7"/><path d="M10 9.2v4.3M10 6.6v.01"/>',
    "peringatan": '<path d="M10 3.2 17.5 16.5h-15zM10 8v4M10 14.2v.01"/>',
    "galat": '<path d="M7 2.8h6L17.2 7v6L13 17.2H7L2.8 13V7zM10 6.5v4.3M10 13.5v.01"/>',
    "kunci": '<rect x="4.5" y="9" width="11" height="8" rx="1"/><path d="M7 9V6.5a3 3 0 0 1 6 0V9"/>',
    "mata": '<path d="M2.5 10S5 5 10 5s7.5 5 7.5 5-2.5 5-7.5 5-7.5-5-7.5-5z"/><circle cx="10" cy="10" r="2.2"/>',
    "jam": '<circle cx="10" cy="10" r="7"/><path d="M10 6v4l2.8 1.8"/>',
    "tema": '<circle cx="10" cy="10" r="6.5"/><path d="M10 3.5v13a6.5 6.5 0 0 0 0-13z" fill="currentColor"/>',
    "keluar": '<path d="M8 3.5H4v13h4M8.5 10h8M13.5 7l3 3-3 3"/>',
    "status-achieved": '<circle cx="10" cy="10" r="7.5" fill="currentColor"/><path class="icon__cut" d="m6.5 10.3 2.5 2.5 4.5-5"/>',  # noqa: E501
    "status-on_track": '<rect x="3.5" y="3.5" width="13" height="13" rx="1" fill="currentColor"/><path class="icon__cut" d="M7 8.3h6M7 11.7h6"/>',  # noqa: E501
    "status-behind": '<path d="M2.5 4h15L10 17z" fill="currentColor"/><path class="icon__cut" d="M10 7v3.5M8.5 9.3l1.5 1.5 1.5-1.5"/>',  # noqa: E501
    "status-critical": '<path d="M10 1.8 18.2 10 10 18.2 1.8 10z" fill="currentColor"/><path class="icon__cut" d="M10 6.3v4.5M10 13.5v.01"/>',  # noqa: E501
    "status-unknown": '<circle cx="10" cy="10" r="7" stroke-dasharray="2.5 2.5"/>',
}


def icon_path(name: str) -> SafeString:
    """Empty for a name that draws nothing."""
    return mark_safe(PATHS.get(name, ""))  # noqa: S308 - our own drawings
