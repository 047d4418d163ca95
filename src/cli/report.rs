//! `cthd report`: the audit as one page of HTML.

use cthd::finding::Text;
use cthd::output::sarif::RuleText;
use cthd::output::{Catalogue, Lang, Page, html};
use cthd::rules;

use super::accepting::Accepting;
use super::args::ReportArgs;
use super::failure::{Failure, shown};
use super::settings::Settings;
use super::{input, print};

pub(super) fn run(args: &ReportArgs, settings: &Settings<'_>) -> Result<(), Failure> {
    let output = args.output.as_deref().filter(|path| !input::is_standard(path));
    if let Some(path) = output.filter(|path| input::same_file(&args.file, path)) {
        return Err(Failure(Text::new("error-same-file").with("file", shown(path))));
    }
    let mut accepting = Accepting::resolve(args.baseline.as_deref())?;
    let parsed = input::parse(&args.file, &args.reading, settings)?;
    let first = settings.catalogue;
    let second = Catalogue::new(if first.lang() == Lang::Vi { Lang::En } else { Lang::Vi });
    let catalogues = [first, &second];
    let reports = accepting.audit_in(&args.file, &parsed, None, settings, &catalogues)?;
    let [one, other] = reports.as_slice() else { return Ok(()) };
    let page = html::write(html::Input {
        document: &parsed.document,
        source: &parsed.source,
        reports: [one, other],
        catalogues,
        rule: &rule,
    });
    print::to(output, |out| out.write_all(page.as_bytes()))
}

/// What is said of a rule in a language.
pub(crate) fn rule(code: &str, lang: Lang) -> Option<RuleText> {
    let rule = rules::find(code)?;
    let page = Page::of(rule.page, lang);
    Some(RuleText { summary: page.summary(), page: page.text.to_owned(), severity: rule.severity })
}
