package extract

// The words by which names of agencies are told from the rest of a sentence.
// They are the general vocabulary of Vietnamese administration, folded; names
// of places and of particular agencies are not among them.

// headNouns begin a name and are written with a capital when they do.
var headNouns = newPhraseSet(
	"so, ban, bo, cuc, chi cuc, tong cuc, vu, phong, to, vien, truong, dai, bao, hoi, doan, quan khu, kho bac, ngan hang",
	"van phong, thanh tra, cong an, cong ty, tong cong ty, tap doan",
	"uy ban, ubnd, hdnd, hoi dong, mttq, ubmttq, ubmttqvn, mat tran, tinh uy, thanh uy, huyen uy, dang uy, tinh doan",
	"thanh doan, huyen doan, thuong truc, tt tinh uy, tt hdnd",
	"trung tam, cong thong tin, cong ttdt, hiep hoi, lien minh, lien doan, lien hiep, hop tac xa, quy, bao hiem xa hoi",
	"bhxh, buu dien, vien thong, dien luc, thong ke",
	"toa an, tand, vien kiem sat, vksnd, thi hanh an, kiem toan, chi cuc thue, thue, hai quan, vnpt, viettel, mobifone",
	"evn, kbnn, nhnn, qlda, vp hdnd, vpub, cuc thads, ubtp, bch",
	"thu truong, giam doc, pho giam doc, chu tich, pho chu tich, chanh van phong, pho chanh van phong, chanh thanh tra",
	"truong ban, pho truong ban, bi thu, pho bi thu, bo truong, thu tuong, pho thu tuong, thong doc, tong thanh tra",
	"tong giam doc, cuc truong, chi cuc truong, vien truong, chanh an, tu lenh, chi huy truong, hieu truong, truong phong",
	"truong cac, lanh dao, nguoi dung dau, tong bien tap, thanh vien, chu nhiem, tham muu truong, thu ky",
	"co quan, don vi, dia phuong, chinh quyen, cac cap, cac nganh, doanh nghiep, to chuc, luc luong, chu dau tu, nha thau",
	"nha dau tu, bo phan, khoi, cum, lien doan, mat tran to quoc, nganh",
	"tinh, thanh pho, huyen, thi xa, phuong, xa, dac khu, quan, cac chi nhanh, chi nhanh, hang thong tan, thong tan xa",
	"ttxvn, vtv, vov, btvtu, tthdnd, cvp, pcvp, chu rung, btt, btv, bcd, ttdt",
)

// groupNouns begin a name after "các", "những", "mọi" or "từng" however written.
var groupNouns = newPhraseSet(
	"so, bo, ban, nganh, co quan, don vi, dia phuong, to chuc, doan the, doanh nghiep, hoi, hiep hoi, truong, vien, phong",
	"cap, cuc, chi cuc, vu, tinh, thanh pho, huyen, thi xa, quan, xa, phuong, dac khu, thon, luc luong, nha thau",
	"chu dau tu, nha dau tu, thanh vien, uy vien, ngan hang, tap doan, tong cong ty, cong ty, hop tac xa, khu",
	"ban quan ly, chu rung, dong chi, bi thu, chu tich, thu truong, giam doc, bo truong, pho thu tuong, pho chu tich",
	"trung tam, co so, benh vien, bo phan, to, doan, nhom, sinh vien, khoi, mat tran, cong an, chi nhanh, don vi tu van",
	"don vi su nghiep, chi hoi, phong ban, bao, dai, thon ban, ubnd, uy ban, toa an, vien kiem sat, van phong, cong dong",
	"ca nhan, chu du an, chu cong trinh, chu co so, bch, doi, tram, bieu, chu the, chu dap, chu ho, chu phuong tien, ho kinh doanh, chu thau",
)

// lowNouns begin a name in small letters without "các".
var lowNouns = newPhraseSet(
	"co quan, don vi, chinh quyen, doanh nghiep, luc luong, chu dau tu, nha thau, nha dau tu, dia phuong, lanh dao",
	"doi tuong thuc hien, nguoi dung dau, tung, to cong tac",
)

// joinedNouns go on a name after a comma or "và" though not capitals: they
// belong to the group ("các sở, ban, ngành"; "UBND các xã, phường, đặc khu").
var joinedNouns = newPhraseSet(
	"so, ban, nganh, doan the, don vi, dia phuong, to chuc, ca nhan, bo, co quan, huyen, thi xa, thanh pho, thi tran",
	"quan, xa, phuong, dac khu, thanh, thi, tinh, doanh nghiep, hiep hoi, hoi, linh vuc, phong, cap, truong, vien",
	"bao chi, to dan pho, thon, ban quan ly, tap doan, tong cong ty, nha thau, khu vuc, hop tac xa, khu cong nghiep",
	"chinh tri, truyen thong, chu rung, mat tran, co so, thuong mai, du lich, the thao, phat thanh, truyen hinh",
)

// modifiers go on a name in small letters.
var modifiers = newPhraseSet(
	"lien quan, co lien quan, truc thuoc, thuoc, tren dia ban, dong tren dia ban, trong tinh, trong thanh pho",
	"trong toan tinh, dong trong tinh, cua tinh, cua thanh pho, cua dia phuong, cap tinh, cap huyen, cap xa, cap co so",
	"cap tren, dia phuong, quan ly, nha nuoc, nhan dan, quan ly nganh, tham muu quan ly, o dia phuong, cac cap",
	"lam nhiem vu, chuyen mon, chuc nang, co thu, co rung, co dao, co dieu kien, khac, nay, minh, o trung uong, ngang bo",
	"tu van, thi cong, co tham quyen, co trach nhiem lien quan, phu trach, su dung ngan sach, nghiep vu, kiem tra dang",
	"la to chuc, la ho gia dinh, la ca nhan, truc thuoc trung uong, tai dia phuong, tren dia ban tinh, dong hanh, hoat dong tren dia ban, theo nganh doc",
)

// verbs end a name in a sentence; tested on words in small letters only.
var verbs = newPhraseSet(
	"chu tri, phoi hop, chi dao, tham muu, tham gia, xay dung, to chuc, trien khai, thuc hien, huong dan, kiem tra",
	"don doc, theo doi, giam sat, bao cao, tong hop, ra soat, tiep tuc, tang cuong, day manh, day nhanh, khan truong",
	"khan truong, nghiem tuc, nghiem chinh, chu dong, kip thoi, can cu, tren co so, co trach nhiem, chiu trach nhiem",
	"phat huy, quyet liet, nghien cuu, de xuat, ban hanh, tham dinh, bo tri, can doi, phan bo, quan triet, tuyen truyen",
	"van dong, pho bien, tap trung, uu tien, bao dam, dam bao, nang cao, hoan thien, hoan thanh, thuong xuyen, dinh ky",
	"phan cong, thanh lap, kien toan, cu the, ap dung, khai thac, van hanh, cung cap, cap nhat, chia se, ket noi, dong bo",
	"so hoa, thuc day, phat trien, mo rong, giai quyet, xu ly, khac phuc, thao go, ho tro, tao dieu, khuyen khich",
	"thu hut, huy dong, dao tao, boi duong, tap huan, kiem soat, ngan chan, phat hien, dau tranh, phan anh, kien nghi",
	"gop y, lay y, cong khai, cong bo, thong bao, thong ke, danh gia, so ket, tong ket, long ghep, lua chon, phe duyet",
	"quyet dinh, dieu chinh, sua doi, bai bo, thay the, dang ky, ky ket, phat dong, dinh huong, truc tiep, chuan bi",
	"su dung, mua sam, tiep nhan, tra loi, lam viec, lam dau, dong thoi, bam sat, kien quyet, dung dau, nhanh chong",
	"tich cuc, yeu cau, de nghi, giup, van ban, du toan, lap du, lap ke, ke hoach, quan tam, ket hop, cung co, doi moi",
	"rut kinh, khen thuong, xem xet, xac dinh, xac nhan, hop dong, ra quan, cam ket, tu kiem, tu ra, dua tin, ban giao",
	"quan ly, ngoai viec, toan dien, hieu qua, chap hanh, tuan thu, giai trinh, thi hanh, tang toc, dong hanh, bao ve",
	"giu gin, gui, nang cap, hinh thanh, cat giam, don gian, phan cap, nhan dien, tinh gon, sap xep, tich hop, tai cau",
	"duy tri, tu chu, hoc tap, lam tot, tiep thu, khao sat, thu thap, doi chieu, nop, hoan tat, lien he, thanh tra",
	"kiem dem, dieu tra, dieu phoi, chinh sua, chuyen giao, chuyen doi, huong toi, chu trong, lam ro, siet chat, on dinh",
	"dieu hanh, nhiem vu, tien hanh, thong nhat, hop xet, trao doi, tham khao, thong tin den, lam can cu, neu cao",
	"niem yet, nhac nho, phan tich, phan loai, bien soan, soan thao, xac minh, xep loai, xep hang, kiem diem, khoi phuc, ung pho, canh bao, so tan, gan voi, vao cuoc, dau moi, phan hoi, phan anh, gop phan, dau thau, mo lop, tiep can",
	"khoi cong, binh on, thi diem, nhan rong, phong ngua, ngan ngua, xu phat, truc ban, chinh ly, do dac, chong that, thong quan, lap dat",
	"tuyen dung, giai ngan, phat song, tuan tra, truy quet, xoa bo, di doi, cuu tro, chi tra, thu hoi, chan chinh, dang tai, phat hanh",
	"thu gom, phan luong, lam sach, xac thuc, thanh toan, quyet toan, nghiem thu, giao nop, bo sung, dieu dong, luan chuyen, doi thoai",
	"canh gac, chuan hoa, hoan chinh, dien tap, khoanh vung, keo dai, rut ngan, he thong hoa, cap dien, quang ba, nhan ban, ton vinh",
)

// verbAt returns how many tokens a verb at i covers, 0 for none. Folding makes
// "tự rà" of "Đầu tư rà": the syllable without its mark begins no verb.
func verbAt(ts []token, i int) int {
	if at(ts, i).low == "tư" {
		return 0
	}
	return verbs.match(ts, i)
}

// modifierAt returns how many tokens a modifier at i covers, 0 for none; "khắc
// phục" folds like "khác".
func modifierAt(ts []token, i int) int {
	if at(ts, i).low == "khắc" {
		return 0
	}
	return modifiers.match(ts, i)
}

// stopWords end a name wherever they stand in small letters (marks kept).
var stopWords = map[string]bool{
	"phải": true, "cần": true, "đã": true, "đang": true, "sẽ": true, "được": true, "để": true, "đề": true, "theo": true, "trong": true, "tại": true,
	"về": true, "vê": true, "từ": true, "khi": true, "nếu": true, "nhằm": true, "do": true, "bằng": true, "với": true, "vào": true, "đến": true, "cho": true,
	"sau": true, "trước": true, "trên": true, "gửi": true, "trình": true, "lập": true, "cử": true, "rà": true, "xem": true, "chỉ": true, "sớm": true,
	"tự": true, "có": true, "qua": true, "không": true, "nghiêm": true, "mở": true, "giao": true, "ký": true, "căn": true, "đưa": true, "hỗ": true, "là": true,
	"hoặc": true, "như": true, "chưa": true, "vẫn": true, "còn": true, "hằng": true, "hàng": true, "nêu": true, "chịu": true, "mà": true, "cũng": true, "ngay": true, "mỗi": true, "tăng": true, "tổng": true,
	"chủ": false,
}

// plurals begin a group.
var plurals = map[string]bool{"các": true, "những": true, "mọi": true, "từng": true, "mỗi": true, "toàn": true, "một": true}

// orderVerbs hand a duty to whoever is named after them.
var orderVerbs = newPhraseSet("yeu cau, de nghi, giao, giao cho, phan cong, trach nhiem cua, nhiem vu cua, giao nhiem vu cho, uy quyen cho")

// clauseOpeners begin a clause before the one who must act is named.
var clauseOpeners = newPhraseSet(
	"tren co so, can cu, trong qua trinh, doi voi, de, nham, theo, hang nam, dinh ky, khi, sau khi, truong hop, nhan",
	"do vay, vi vay, do do, trong thoi gian, voi, trong pham vi, trong truong hop, neu, hang thang, hang quy, truoc ngay",
	"cung voi, ngoai ra, dong thoi, voi vai tro, tuy theo, trong thang, trong nam, trong quy, trong khi, tu nay",
	"ngay sau khi, moi, bam sat, trong do, tren day la, qua trinh",
)

// cellStops end the names of a cell: what follows says how, not who.
var cellStops = map[string]bool{"theo": true, "để": true, "nhằm": true, "căn": true}

// nameVerbs are the verbs that such names hold.
var nameVerbs = newPhraseSet(
	"phat trien, ho tro, dao tao, boi duong, nghien cuu, chuyen giao, chuyen doi, khai thac, quan ly, kiem soat, su dung",
	"bao ve, huong dan",
)

// headSpelling tells head nouns of one syllable from words that fold alike.
var headSpelling = map[string]string{
	"vien": "viện", "vu": "vụ", "dai": "đài", "thue": "thuế", "tinh": "tỉnh", "khoi": "khối", "cum": "cụm", "doan": "đoàn", "quy": "quỹ",
	"phuong": "phường", "huyen": "huyện", "cuc": "cục", "bao": "báo", "ban": "ban", "to": "tổ", "nganh": "ngành",
}
