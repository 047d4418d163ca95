//! Programs outside that are installed: Tesseract reads pictures of text, pdftoppm draws pages, LibreOffice converts
//! documents. Each is found when it is needed, runs in a folder of its own that goes away, and not for long.

mod run;
mod tesseract;

use std::sync::{Mutex, OnceLock};

use cthd::finding::Text;
use cthd::output::Catalogue;
use cthd::read::{How, Picture, Programs, ReadError, Recognised};
use indicatif::{ProgressBar, ProgressStyle};
#[cfg(feature = "serve")]
pub(super) use run::stay_in_this_group;
use run::{Call, Folder};

/// Most seconds that the office program may take: a cold start is slow.
const OFFICE_SECONDS: u64 = 180;
/// Most seconds that drawing a page may take.
const DRAW_SECONDS: u64 = 60;

/// The programs of this machine.
#[derive(Debug)]
pub(super) struct Installed {
    /// What stands before the bar that shows how far recognition is.
    label: String,
    bar: Mutex<Option<ProgressBar>>,
    languages: OnceLock<Result<Vec<String>, ReadError>>,
}

impl Installed {
    pub(super) fn new(catalogue: &Catalogue) -> Self {
        let label = catalogue.render(&Text::new("progress-recognising"));
        Self { label, bar: Mutex::new(None), languages: OnceLock::new() }
    }
}

impl Programs for Installed {
    fn recognise(&self, pictures: &[Picture], how: How) -> Result<Vec<Vec<Recognised>>, ReadError> {
        let languages = self.languages.get_or_init(tesseract::languages).as_ref().map_err(Clone::clone)?;
        tesseract::recognise(pictures, how, languages)
    }

    fn draw(&self, pdf: &[u8], password: Option<&str>, page: u32, dpi: u32) -> Result<Vec<u8>, ReadError> {
        let folder = Folder::new("pdftoppm")?;
        let file = folder.write("file.pdf", pdf)?;
        let page = page.to_string();
        let mut call = Call::new("pdftoppm", "PDF", DRAW_SECONDS);
        call.args(["-gray", "-singlefile", "-r", &dpi.to_string(), "-f", &page, "-l", &page]);
        if let Some(password) = password {
            call.args(["-upw", password]);
        }
        call.args([&file, &folder.path("page")]);
        call.run(&folder)?;
        folder.read("page.pgm")
    }

    fn convert(&self, bytes: &[u8], format: &'static str) -> Result<Vec<u8>, ReadError> {
        let folder = Folder::new("soffice")?;
        let file = folder.write(&format!("file.{format}"), bytes)?;
        let mut call = Call::new("soffice", format, OFFICE_SECONDS);
        // A profile of its own: a running office program holds the usual one.
        let profile = format!("-env:UserInstallation=file://{}", folder.path("profile").display());
        call.args([
            "--headless",
            "--norestore",
            "--nolockcheck",
            &profile,
            "--convert-to",
            "docx",
            "--outdir",
        ]);
        call.args([&folder.path(""), &file]);
        call.run(&folder)?;
        folder.read("file.docx")
    }

    fn progress(&self, page: u32, pages: u32) {
        let Ok(mut bar) = self.bar.lock() else { return };
        let shown = bar.get_or_insert_with(|| {
            let style = ProgressStyle::with_template("{prefix} {bar:30} {pos}/{len}");
            let bar = ProgressBar::new(u64::from(pages)).with_prefix(self.label.clone());
            if let Ok(style) = style { bar.with_style(style) } else { bar }
        });
        shown.set_position(u64::from(page));
        if page >= pages {
            shown.finish_and_clear();
            *bar = None;
        }
    }
}

impl Drop for Installed {
    fn drop(&mut self) {
        if let Some(bar) = self.bar.lock().ok().and_then(|mut bar| bar.take()) {
            bar.finish_and_clear();
        }
    }
}
