"""Given and family names that are common in Bengkulu; combined at random they name nobody."""


def words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


MALE = words(
    "Ahmad Agus Aldi Andri Anton Arif Asep Bambang Budi Dedi Deni Dodi Doni Edi Eko Erwin Fadli Fahmi Fauzan Ferdi "
    "Firman Gilang Hadi Hamdan Harun Hasan Hendra Herman Heru Ibrahim Ilham Imran Indra Irfan Iskandar Ismail Jafri "
    "Jumadi Junaidi Kamal Karim Kurnia Latif Lukman Mahmud Mansur Mirwan Mulyadi Mustafa Nasir Nazar Nopian Nur "
    "Oktavian Putra Rahmat Randi Ridwan Riko Rizal Robi Rudi Rusdi Sahrul Salim Samsul Sapri Sirajudin Sofyan Subhan "
    "Sudirman Suharto Sulaiman Supardi Surya Syafri Syahril Tarmizi Taufik Thamrin Umar Usman Wahyu Wawan Yansori "
    "Yanto Yogi Yudi Yusuf Zainal Zamzami Zulfikar Zulkifli"
)
FEMALE = words(
    "Aminah Anita Anisa Asmara Aulia Ayu Citra Dahlia Desi Dewi Dian Dina Eka Elda Elisa Elly Emi Endang Erna Evi "
    "Fatimah Febri Fitri Hartati Hasnah Helda Herlina Ida Ika Indah Intan Ismiati Jumiati Juwita Kartini Kholifah "
    "Kurniati Laila Lena Leni Lestari Lilis Lina Linda Mahdalena Mardiana Marlena Marni Maryam Maya Mega Meli Melati "
    "Nadia Nani Neli Novita Nuraini Nurbaiti Nurjanah Oktarina Puspa Putri Rahma Ratna Reni Resti Rita Rohani Rosita "
    "Rukmini Sari Septi Sinta Siti Sri Sulastri Sumarni Susi Suryani Tati Tuti Upik Vera Wati Widya Wiwik Yanti Yeni "
    "Yuliana Yunita Yusnita Zahara Zubaidah Zuraida"
)
LAST_MALE = words(
    "Ansori Apriadi Arifin Aswandi Azhari Bahri Candra Darmawan Efendi Fahlevi Febrian Firdaus Gunawan Hakim Hamzah "
    "Haryanto Hasibuan Hermawan Hidayat Irawan Jaya Kusuma Lubis Mahendra Marzuki Maulana Mirdin Muslim Nasution "
    "Nugraha Nugroho Oktaviansyah Pratama Purnama Purwanto Rahman Ramadhan Rasyid Rosadi Saputra Sanjaya Setiawan "
    "Siregar Sitorus Subagio Suhendra Sukmana Susanto Suryadi Syahputra Syaputra Tanjung Wahyudi Wibowo Wijaya "
    "Yulianto Zakaria Zulkarnain"
)
LAST_FEMALE = words(
    "Agustina Amelia Anggraini Apriani Ariyanti Astuti Damayanti Febriani Fitriani Handayani Hasanah Hayati Indriani "
    "Kartika Kurniasih Kusumawati Mariana Marlinda Maulida Mulyani Ningsih Novianti Nurhasanah Oktaviani Permata "
    "Pertiwi Puspita Puspitasari Rahayu Rahmadani Rahmawati Ramadani Rosdiana Safitri Salamah Saputri Septiani "
    "Sulistiawati Suryanti Susanti Syafitri Tarigan Triana Utami Wahyuni Widiastuti Wulandari Yulianti Zahra"
)
FEMALE_MARIND = words("Agustina Elisabet Katarina Maria Paulina Regina")
MALE_MARIND = words("Benediktus Hendrikus Kanisius Petrus Stefanus Yohanes")
LAST_MARIND = words("Basik Gebze Kaize Mahuze Ndiken Samkakai")
