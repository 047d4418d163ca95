//! Colours and formats of the workbook's cells.

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder};

use crate::finding::{Outcome, Severity};

const LINE: u32 = 0x00C8_CED6;
const HEADER: u32 = 0x00DC_E6F1;
const GROUP: u32 = 0x00EE_F2F7;
const TOTAL: u32 = 0x00E4_EAF2;
const AGAIN: u32 = 0x00F7_F7F4;
const MUTED: u32 = 0x005A_6472;

/// A cell with text.
pub(super) fn text() -> Format {
    let format = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    format.set_border(FormatBorder::Thin).set_border_color(LINE)
}

/// A title over a sheet.
pub(super) fn title() -> Format {
    Format::new().set_bold().set_font_size(13)
}

/// A line under the title.
pub(super) fn subtitle() -> Format {
    Format::new().set_font_color(MUTED)
}

/// A header cell.
pub(super) fn header() -> Format {
    let format = text().set_bold().set_background_color(HEADER);
    format.set_align(FormatAlign::Center).set_align(FormatAlign::VerticalCenter)
}

/// A cell of a group's heading.
pub(super) fn group(format: Format) -> Format {
    format.set_bold().set_background_color(GROUP)
}

/// A cell of a total.
pub(super) fn total(format: Format) -> Format {
    format.set_bold().set_background_color(TOTAL)
}

/// A cell of a row that adds up again.
pub(super) fn again() -> Format {
    text().set_italic().set_font_color(MUTED).set_background_color(AGAIN)
}

/// A number with as many decimal places as are printed.
pub(super) fn number(format: Format, scale: u32) -> Format {
    format.set_num_format(number_format(scale)).set_align(FormatAlign::Right)
}

/// A day.
pub(super) fn date(format: Format) -> Format {
    format.set_num_format("dd/mm/yyyy").set_align(FormatAlign::Right)
}

/// "#,##0.00" for two decimal places.
pub(super) fn number_format(scale: u32) -> String {
    let mut format = "#,##0".to_owned();
    if scale > 0 {
        format.push('.');
        format.extend((0..scale).map(|_| '0'));
    }
    format
}

/// The colour of a finding's cell; of an accepted one's it is grey.
pub(super) fn finding(format: Format, severity: Severity, accepted: bool) -> Format {
    format.set_background_color(match (severity, accepted) {
        (_, true) => 0x00E3_E3E3,
        (Severity::Error, _) => 0x00FB_C9C4,
        (Severity::Warning, _) => 0x00FF_E7A3,
        (Severity::Info, _) => 0x00D5_E5F7_u32,
    })
}

/// The colour of a check's outcome.
pub(super) fn outcome(format: Format, outcome: Outcome) -> Format {
    let (fill, font) = match outcome {
        Outcome::Holds => (0x00E3_F1E4_u32, 0x0020_5C2B_u32),
        Outcome::Fails => (0x00FB_C9C4, 0x0084_1A12),
        Outcome::Unverifiable => (0x00EC_ECEC, 0x0055_5555),
    };
    format.set_background_color(fill).set_font_color(font)
}
