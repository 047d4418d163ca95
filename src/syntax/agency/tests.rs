//! One line a cell: the agencies that it names.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use super::*;

fn check(cases: &[(&str, &[&str])]) {
    let grammar = &*crate::syntax::GRAMMAR;
    let found: Vec<(&str, Vec<String>)> = cases
        .iter()
        .map(|(raw, _)| {
            let found = agencies(raw, &grammar.agencies);
            for (range, agency) in &found {
                assert_eq!(raw.get(range.clone()).map(squeeze).as_deref(), Some(agency.raw.as_str()));
            }
            (*raw, found.into_iter().map(|(_, agency)| agency.raw).collect())
        })
        .collect();
    let expected: Vec<(&str, Vec<String>)> =
        cases.iter().map(|(raw, out)| (*raw, out.iter().map(|&s| s.to_owned()).collect())).collect();
    for (found, expected) in found.iter().zip(&expected) {
        assert_eq!(found, expected);
    }
}

#[test]
fn a_list_whose_line_ends_were_lost_is_parted_at_its_dashes() {
    check(&[
        ("- Công an xã - Hội Nông dân xã", &["Công an xã", "Hội Nông dân xã"]),
        (
            "- Phòng Văn hóa - Xã hội - Sở Y tế - UBND các xã, phường",
            &["Phòng Văn hóa - Xã hội", "Sở Y tế", "UBND các xã, phường"],
        ),
        ("Văn phòng HĐND - UBND xã", &["Văn phòng HĐND - UBND xã"]),
    ]);
}

#[test]
fn names_of_one_kind_that_lost_their_line_end_are_two() {
    check(&[
        (
            "Bộ Thông tin và Truyền thông Bộ Khoa học và Công nghệ",
            &["Bộ Thông tin và Truyền thông", "Bộ Khoa học và Công nghệ"],
        ),
        ("Cục Quản lý giá Bộ Tài chính", &["Cục Quản lý giá Bộ Tài chính"]),
    ]);
}

#[test]
fn a_plus_between_names_parts_them() {
    check(&[
        ("Đồn Biên phòng Lý Sơn + Hội Nông dân", &["Đồn Biên phòng Lý Sơn", "Hội Nông dân"]),
        ("+ Công an xã\n+ Các thôn", &["Công an xã", "Các thôn"]),
        ("UBND xã Trường Lâm, Công an xã Đoàn Kết", &["UBND xã Trường Lâm", "Công an xã Đoàn Kết"]),
        ("Công an xã Đoàn Thanh niên xã", &["Công an xã", "Đoàn Thanh niên xã"]),
    ]);
}

#[test]
fn firms_and_clubs_are_bodies_of_their_own() {
    check(&[
        ("Viettel Quảng Trị, VNPT Quảng Trị", &["Viettel Quảng Trị", "VNPT Quảng Trị"]),
        ("Bảo tàng tỉnh, Già làng các thôn", &["Bảo tàng tỉnh", "Già làng các thôn"]),
        ("Viện Hải dương học Câu lạc bộ lặn", &["Viện Hải dương học", "Câu lạc bộ lặn"]),
        (
            "Công ty cổ phần Tập đoàn Minh Phú, Trường Đại học Công đoàn",
            &["Công ty cổ phần Tập đoàn Minh Phú", "Trường Đại học Công đoàn"],
        ),
    ]);
}

#[test]
fn abbreviations_that_stand_alone_are_names() {
    check(&[
        ("VTV, VOV, TTXVN, các địa phương", &["VTV", "VOV", "TTXVN", "các địa phương"]),
        ("Phòng VH, XH và GD", &["Phòng VH, XH và GD"]),
    ]);
}

#[test]
fn one_name_stays_one() {
    for raw in [
        "Ban Xây dựng Đoàn",
        "Ban Tổ chức - Xây dựng Đoàn",
        "Ban Phong trào Tỉnh đoàn",
        "Phòng Kinh tế, Hạ tầng và Đô thị",
        "Phòng Kinh tế, HT&ĐT",
        "Phòng Văn hóa – Xã hội",
        "Văn phòng HĐND và UBND",
        "Văn phòng HĐND và UBND phường",
        "Văn phòng Đảng ủy",
        "Đảng ủy Ủy ban nhân dân phường",
        "Ủy ban Mặt trận Tổ quốc Việt Nam phường",
        "Ủy ban MTTQVN và các tổ chức CT-XH phường",
        "Ủy ban MTTQ Việt Nam và các tổ chức chính trị - xã hội phường",
        "Ban Quản lý Dự án đầu tư và Xây dựng",
        "Ban Quản lý Khu công nghệ cao và các khu công nghiệp",
        "Công ty Phát triển hạ tầng Nhơn Hội",
        "Các ban Liên đoàn",
        "Phòng Đo đạc, Viễn thám",
        "Ban Quản lý Trung tâm thương mại",
        "Ban Tuyên giáo và Dân vận Tỉnh ủy",
        "Các phòng, ban, đơn vị",
        "Các phòng, ban, ngành và đơn vị",
        "các phòng, ban chuyên môn thuộc UBND xã",
        "Các Sở, Ban, Ngành thành phố",
        "Các cơ quan, tổ chức đảng có liên quan",
        "Các cơ quan, đơn vị có liên quan",
        "UBND các xã, phường",
        "UBND các xã, phường, đặc khu",
        "Sở Nông nghiệp và Môi trường",
        "Sở Văn hóa, Thể thao và Du lịch",
        "Viện KSND khu vực 3",
        "Trung tâm Văn hóa, Thông tin và Thể thao",
        "Ban Chỉ huy Quân sự xã",
        "Bộ Chỉ huy Quân sự tỉnh",
        "Trung tâm Phục vụ hành chính công",
        "Chi cục Thuế khu vực II",
        "Hội Nông dân",
        "Đoàn Thanh niên Cộng sản Hồ Chí Minh phường",
        "UBND thành phố Hải Phòng",
        "Chi bộ Trường Tiểu học Lê Lợi",
        "Hiệu trưởng các Trường học",
        "Đảng ủy các cơ quan, đơn vị",
        "Ban Công tác 35",
        "Các TCĐ trực thuộc",
        "Phòng Tài Nguyên Môi Trường",
        "PHÒNG VĂN HÓA VÀ XÃ HỘI",
        "BAN QUẢN LÝ DỰ ÁN ĐẦU TƯ XÂY DỰNG HỘI AN",
        "Đội Cảnh sát giao thông Công an huyện",
        "UBND xã (Phòng Kinh tế, Văn phòng)",
    ] {
        check(&[(raw, &[raw])]);
    }
}

#[test]
fn several_names_are_told_apart() {
    check(&[
        (
            "UBND phường, Công an phường và Ban chỉ huy Quân sự phường",
            &["UBND phường", "Công an phường", "Ban chỉ huy Quân sự phường"],
        ),
        (
            "UBND; Công an, Quân sự; các phòng, ban, ngành; các TCD trực thuộc",
            &["UBND", "Công an", "Quân sự", "các phòng, ban, ngành", "các TCD trực thuộc"],
        ),
        ("TTCT TX; các TCD trực thuộc", &["TTCT TX", "các TCD trực thuộc"]),
        ("Khối vận, Tổ dân vận", &["Khối vận", "Tổ dân vận"]),
        ("Ban Xây dựng Đảng, Văn phòng Đảng ủy", &["Ban Xây dựng Đảng", "Văn phòng Đảng ủy"]),
        (
            "Các cơ quan tham mưu giúp việc của Đảng ủy và các tổ chức đảng có liên quan",
            &["Các cơ quan tham mưu giúp việc của Đảng ủy", "các tổ chức đảng có liên quan"],
        ),
        (
            "Các cơ quan, đơn vị có liên quan, Các TCD trực thuộc",
            &["Các cơ quan, đơn vị có liên quan", "Các TCD trực thuộc"],
        ),
        ("Phòng Kinh tế, các đơn vị liên quan", &["Phòng Kinh tế", "các đơn vị liên quan"]),
        ("Phòng Kinh tế và đơn vị liên quan", &["Phòng Kinh tế", "đơn vị liên quan"]),
        (
            "Sở Tài chính; Sở Nội vụ và các sở, ngành liên quan",
            &["Sở Tài chính", "Sở Nội vụ", "các sở, ngành liên quan"],
        ),
        ("Đảng ủy, HĐND, UBND, UBMTTQ phường", &["Đảng ủy", "HĐND", "UBND", "UBMTTQ phường"]),
        (
            "Hội Nông dân, Hội LHPN, Đoàn TNCS Hồ Chí Minh",
            &["Hội Nông dân", "Hội LHPN", "Đoàn TNCS Hồ Chí Minh"],
        ),
        ("Văn phòng Đảng ủy và Văn phòng HĐND và UBND", &["Văn phòng Đảng ủy", "Văn phòng HĐND và UBND"]),
        ("Công an và Quân sự", &["Công an", "Quân sự"]),
        ("UBND các xã, phường, Công an tỉnh", &["UBND các xã, phường", "Công an tỉnh"]),
        ("Các phòng, ban, UBND các xã", &["Các phòng, ban", "UBND các xã"]),
        ("Phòng Kinh tế\nTrạm Y tế", &["Phòng Kinh tế", "Trạm Y tế"]),
        ("Phòng Kinh tế,\nHạ tầng và Đô thị", &["Phòng Kinh tế, Hạ tầng và Đô thị"]),
        ("- Phòng Kinh tế\n- Các trường học", &["Phòng Kinh tế", "Các trường học"]),
        ("Chủ trì: Sở Tài chính", &["Sở Tài chính"]),
    ]);
}

#[test]
fn a_lost_line_break_is_found() {
    check(&[
        (
            "Phòng Kinh tế, Hạ tầng và Đô thị Trường học thuộc phường",
            &["Phòng Kinh tế, Hạ tầng và Đô thị", "Trường học thuộc phường"],
        ),
        (
            "Phòng Kinh tế, Hạ tầng và Đô thị Ban Quản lý Dự án đầu tư và Xây dựng",
            &["Phòng Kinh tế, Hạ tầng và Đô thị", "Ban Quản lý Dự án đầu tư và Xây dựng"],
        ),
        ("Công đoàn Trường", &["Công đoàn Trường"]),
        ("UBND xã Phong Thạnh", &["UBND xã Phong Thạnh"]),
        ("UBND xã Phòng Kinh tế", &["UBND xã", "Phòng Kinh tế"]),
        (
            "Phòng An ninh mạng và phòng, chống tội phạm công nghệ cao",
            &["Phòng An ninh mạng và phòng, chống tội phạm công nghệ cao"],
        ),
        ("UBND xã Cửa Việt và BĐBP tỉnh", &["UBND xã Cửa Việt", "BĐBP tỉnh"]),
        ("Phòng Văn hóa - Xã hội Công an xã", &["Phòng Văn hóa - Xã hội", "Công an xã"]),
        ("Sở Xây dựng Sở Tài chính Công an tỉnh", &["Sở Xây dựng", "Sở Tài chính", "Công an tỉnh"]),
        ("Văn phòng HĐND và UBND Phòng Kinh tế", &["Văn phòng HĐND và UBND", "Phòng Kinh tế"]),
    ]);
}

#[test]
fn a_head_word_stands_for_a_list() {
    let grammar = &*crate::syntax::GRAMMAR;
    let found = agencies("Các sở: Tài chính, Xây dựng, Nội vụ; Công an tỉnh", &grammar.agencies);
    let names: Vec<&str> = found.iter().map(|(_, agency)| agency.name.as_str()).collect();
    assert_eq!(names, ["Sở Tài chính", "Sở Xây dựng", "Sở Nội vụ", "Công an tỉnh"]);
}

#[test]
fn names_are_written_out_under_one_key() {
    let grammar = &*crate::syntax::GRAMMAR;
    for (raw, name, key) in [
        ("Phòng Kinh tế, HT&ĐT", "Phòng Kinh tế, Hạ tầng và Đô thị", "phong-kinh-te-ha-tang-va-do-thi"),
        ("Phòng Văn hóa – Xã hội", "Phòng Văn hóa - Xã hội", "phong-van-hoa-xa-hoi"),
        ("Phòng VH-XH", "Phòng Văn hóa - Xã hội", "phong-van-hoa-xa-hoi"),
        ("Phòng Văn hoá-Xã hội", "Phòng Văn hóa - Xã hội", "phong-van-hoa-xa-hoi"),
        ("Ban XĐĐ", "Ban Xây dựng Đảng", "ban-xay-dung-dang"),
        ("Ban XDD", "Ban Xây dựng Đảng", "ban-xay-dung-dang"),
        ("Ban XD Đảng", "Ban Xây dựng Đảng", "ban-xay-dung-dang"),
        ("Ban Xây dựng đảng", "Ban Xây dựng Đảng", "ban-xay-dung-dang"),
        ("VPĐU", "Văn phòng Đảng ủy", "van-phong-dang-uy"),
        ("UBKT Đảng ủy", "Ủy ban Kiểm tra Đảng ủy", "uy-ban-kiem-tra-dang-uy"),
        ("UBND phường", "Ủy ban nhân dân phường", "uy-ban-nhan-dan-phuong"),
        ("các TCD trực thuộc", "Các tổ chức đảng trực thuộc", "cac-to-chuc-dang-truc-thuoc"),
        (
            "Văn phòng HĐND và UBND",
            "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân",
            "van-phong-hoi-dong-nhan-dan-va-uy-ban-nhan-dan",
        ),
        ("Sở Y tế.", "Sở Y tế", "so-y-te"),
    ] {
        let found = agencies(raw, &grammar.agencies);
        let [(_, agency)] = found.as_slice() else { unreachable!("{raw}: {found:?}") };
        assert_eq!((agency.name.as_str(), agency.key.as_str()), (name, key), "{raw}");
    }
}

#[test]
fn blank_cells_name_nobody() {
    check(&[("", &[]), (" - ", &[]), ("…", &[]), (";", &[])]);
}
