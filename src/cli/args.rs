//! The arguments as they are typed. What each does is said in `messages/*/cli.ftl`, under `help-…`.

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Args, Parser, Subcommand, ValueEnum};
use cthd::output::export::TableName;
use cthd::read::Format;

#[derive(Debug, Parser)]
#[command(name = "cthd", version, disable_help_flag = true, disable_version_flag = true)]
#[command(disable_help_subcommand = true)]
pub(super) struct Arguments {
    #[command(flatten)]
    pub(super) common: Common,
    #[command(subcommand)]
    pub(super) command: Option<Command>,
}

/// Options of every command.
#[derive(Debug, Args)]
pub(super) struct Common {
    #[arg(long, global = true, value_name = "vi|en", value_enum, hide_possible_values = true)]
    pub(super) lang: Option<Language>,
    #[arg(long, global = true, value_name = "DIR")]
    pub(super) grammars: Option<PathBuf>,
    #[arg(long, global = true, value_name = "auto|always|never", value_enum, default_value = "auto")]
    #[arg(hide_possible_values = true, hide_default_value = true)]
    pub(super) color: Colour,
}

/// Options of every command that reads documents.
#[derive(Debug, Args)]
pub(super) struct Reading {
    #[arg(long, value_name = "PASSWORD")]
    pub(super) password: Option<String>,
    #[arg(long, value_name = "FORMAT", value_parser = PossibleValuesParser::new(Format::NAMES.map(|it| it.0)))]
    #[arg(hide_possible_values = true)]
    pub(super) format_hint: Option<String>,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    Check(CheckArgs),
    Parse(ParseArgs),
    Diff(DiffArgs),
    Batch(BatchArgs),
    #[cfg(feature = "store")]
    Import(ImportArgs),
    #[cfg(feature = "store")]
    Log(LogArgs),
    #[cfg(feature = "store")]
    Show(ShowArgs),
    #[cfg(feature = "store")]
    List(ListArgs),
    Export(ExportArgs),
    Report(ReportArgs),
    Coverage(CoverageArgs),
    Rules(RulesArgs),
    Explain(ExplainArgs),
    Schema(SchemaArgs),
    #[cfg(feature = "serve")]
    Serve(ServeArgs),
    Completions(CompletionsArgs),
    Man(ManArgs),
}

#[derive(Debug, Args)]
pub(super) struct CheckArgs {
    #[arg(value_name = "FILE")]
    #[cfg_attr(feature = "store", arg(required_unless_present = "store", conflicts_with = "store"))]
    #[cfg_attr(not(feature = "store"), arg(required = true))]
    pub(super) files: Vec<PathBuf>,
    #[cfg(feature = "store")]
    #[arg(long, value_name = "DB")]
    pub(super) store: Option<String>,
    #[cfg(feature = "store")]
    #[arg(long, value_name = "ID", requires = "store")]
    pub(super) programme: Option<String>,
    #[cfg(feature = "store")]
    #[arg(long, value_name = "N", requires = "programme")]
    pub(super) at_version: Option<i64>,
    #[arg(long, value_name = "text|json|sarif|github|junit", value_enum, default_value = "text")]
    #[arg(hide_possible_values = true, hide_default_value = true)]
    pub(super) format: CheckFormat,
    #[arg(long, value_name = "CODES", value_delimiter = ',')]
    pub(super) select: Vec<String>,
    #[arg(long, value_name = "CODES", value_delimiter = ',')]
    pub(super) ignore: Vec<String>,
    #[arg(long, value_name = "error|warning|info|never", value_enum, default_value = "error")]
    #[arg(hide_possible_values = true, hide_default_value = true)]
    pub(super) fail_on: FailOn,
    #[arg(long, value_name = "FILE")]
    pub(super) baseline: Option<PathBuf>,
    #[arg(long, short)]
    pub(super) quiet: bool,
    #[command(flatten)]
    pub(super) reading: Reading,
}

#[derive(Debug, Args)]
pub(super) struct ParseArgs {
    #[arg(value_name = "FILE")]
    pub(super) file: PathBuf,
    #[arg(long, short, value_name = "OUT")]
    pub(super) output: Option<PathBuf>,
    #[arg(long, value_name = "json|ndjson", value_enum, default_value = "json")]
    #[arg(hide_possible_values = true, hide_default_value = true)]
    pub(super) format: ParseFormat,
    #[arg(long)]
    pub(super) compact: bool,
    #[command(flatten)]
    pub(super) reading: Reading,
}

#[derive(Debug, Args)]
pub(super) struct DiffArgs {
    #[arg(value_name = "OLD")]
    pub(super) old: PathBuf,
    #[arg(value_name = "NEW")]
    pub(super) new: PathBuf,
    #[arg(long, value_name = "text|json|html", value_enum, default_value = "text")]
    #[arg(hide_possible_values = true, hide_default_value = true)]
    pub(super) format: DiffFormat,
    #[arg(long)]
    pub(super) why: bool,
    #[arg(long)]
    pub(super) exit_code: bool,
    #[command(flatten)]
    pub(super) reading: Reading,
}

#[derive(Debug, Args)]
pub(super) struct BatchArgs {
    #[arg(required = true, value_name = "DIR")]
    pub(super) folders: Vec<PathBuf>,
    #[arg(long, short, value_name = "OUT.ndjson|OUT.parquet")]
    #[cfg_attr(feature = "store", arg(required_unless_present = "store", conflicts_with = "store"))]
    pub(super) output: Option<PathBuf>,
    #[cfg(feature = "store")]
    #[arg(long, value_name = "DB")]
    pub(super) store: Option<String>,
    #[cfg(feature = "store")]
    #[arg(long, value_name = "ID", requires = "store")]
    pub(super) programme: Option<String>,
    #[arg(long)]
    pub(super) findings_only: bool,
    #[command(flatten)]
    pub(super) reading: Reading,
}

#[derive(Debug, Args)]
pub(super) struct ExportArgs {
    #[arg(value_name = "FILE")]
    #[cfg_attr(feature = "store", arg(required_unless_present = "store", conflicts_with = "store"))]
    #[cfg_attr(not(feature = "store"), arg(required = true))]
    pub(super) file: Option<PathBuf>,
    #[cfg(feature = "store")]
    #[arg(long, value_name = "DB", requires = "programme")]
    pub(super) store: Option<String>,
    #[cfg(feature = "store")]
    #[arg(long, value_name = "ID", requires = "store")]
    pub(super) programme: Option<String>,
    #[cfg(feature = "store")]
    #[arg(long, value_name = "N", requires = "store")]
    pub(super) at_version: Option<i64>,
    #[arg(long, value_name = "annotated|xlsx|csv|ndjson|parquet", value_enum)]
    #[arg(hide_possible_values = true)]
    pub(super) to: ExportFormat,
    #[arg(long, short, value_name = "OUT")]
    pub(super) output: Option<PathBuf>,
    #[arg(long, value_name = "TABLE", value_parser = PossibleValuesParser::new(TableName::ALL.map(TableName::name)))]
    #[arg(hide_possible_values = true)]
    pub(super) table: Option<String>,
    #[arg(long, value_name = "FILE")]
    pub(super) baseline: Option<PathBuf>,
    #[command(flatten)]
    pub(super) reading: Reading,
}

#[cfg(feature = "store")]
#[derive(Debug, Args)]
pub(super) struct ImportArgs {
    #[arg(required = true, value_name = "FILE")]
    pub(super) files: Vec<PathBuf>,
    #[arg(long, value_name = "DB")]
    pub(super) store: String,
    #[arg(long, value_name = "ID")]
    pub(super) programme: Option<String>,
    #[command(flatten)]
    pub(super) reading: Reading,
}

#[derive(Debug, Args)]
pub(super) struct ReportArgs {
    #[arg(value_name = "FILE")]
    pub(super) file: PathBuf,
    #[arg(long, short, value_name = "OUT")]
    pub(super) output: Option<PathBuf>,
    #[arg(long, value_name = "FILE")]
    pub(super) baseline: Option<PathBuf>,
    #[command(flatten)]
    pub(super) reading: Reading,
}

#[cfg(feature = "store")]
#[derive(Debug, Args)]
pub(super) struct LogArgs {
    #[arg(long, value_name = "DB")]
    pub(super) store: String,
    #[arg(long, value_name = "ID")]
    pub(super) programme: Option<String>,
    #[arg(long, value_name = "text|json", value_enum, default_value = "text")]
    #[arg(hide_possible_values = true, hide_default_value = true)]
    pub(super) format: PlainFormat,
}

#[cfg(feature = "store")]
#[derive(Debug, Args)]
pub(super) struct ShowArgs {
    #[arg(value_name = "UID")]
    pub(super) uid: String,
    #[arg(long, value_name = "DB")]
    pub(super) store: String,
    #[arg(long, value_name = "text|json", value_enum, default_value = "text")]
    #[arg(hide_possible_values = true, hide_default_value = true)]
    pub(super) format: PlainFormat,
}

#[cfg(feature = "store")]
#[derive(Debug, Args)]
pub(super) struct ListArgs {
    #[arg(long, value_name = "DB")]
    pub(super) store: String,
    #[arg(long, value_name = "ID")]
    pub(super) programme: Option<String>,
    #[arg(long, value_name = "KIND")]
    pub(super) kind: Option<String>,
    #[arg(long, value_name = "WORDS")]
    pub(super) find: Option<String>,
    #[arg(long, value_name = "text|json", value_enum, default_value = "text")]
    #[arg(hide_possible_values = true, hide_default_value = true)]
    pub(super) format: PlainFormat,
}

#[derive(Debug, Args)]
pub(super) struct CoverageArgs {
    #[arg(value_name = "FILE")]
    pub(super) file: PathBuf,
    #[arg(long, value_name = "text|json", value_enum, default_value = "text")]
    #[arg(hide_possible_values = true, hide_default_value = true)]
    pub(super) format: PlainFormat,
    #[command(flatten)]
    pub(super) reading: Reading,
}

#[derive(Debug, Args)]
pub(super) struct RulesArgs {
    #[arg(long, value_name = "text|json", value_enum, default_value = "text")]
    #[arg(hide_possible_values = true, hide_default_value = true)]
    pub(super) format: PlainFormat,
}

#[derive(Debug, Args)]
pub(super) struct ExplainArgs {
    #[arg(value_name = "CODE")]
    pub(super) rule: String,
}

#[derive(Debug, Args)]
pub(super) struct SchemaArgs {
    #[arg(value_name = "document|report|diff", value_enum, default_value = "document")]
    #[arg(hide_possible_values = true, hide_default_value = true)]
    pub(super) of: SchemaOf,
}

#[cfg(feature = "serve")]
#[derive(Debug, Args)]
pub(super) struct ServeArgs {
    #[arg(long, value_name = "N", default_value_t = 8642, hide_default_value = true)]
    pub(super) port: u16,
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1", hide_default_value = true)]
    pub(super) host: std::net::IpAddr,
    #[arg(long, value_name = "SECONDS", default_value_t = 120, hide_default_value = true)]
    #[arg(value_parser = clap::value_parser!(u64).range(1..=86_400))]
    pub(super) time_limit: u64,
    #[arg(long, value_name = "MB", default_value_t = 2048, hide_default_value = true)]
    #[arg(value_parser = clap::value_parser!(u64).range(16..=1 << 20))]
    pub(super) memory_limit: u64,
    /// How the server starts itself to work on an upload.
    #[arg(long, hide = true)]
    pub(super) answer: bool,
}

#[derive(Debug, Args)]
pub(super) struct CompletionsArgs {
    #[arg(value_name = "bash|elvish|fish|powershell|zsh", value_enum, hide_possible_values = true)]
    pub(super) shell: clap_complete::Shell,
}

#[derive(Debug, Args)]
pub(super) struct ManArgs {
    #[arg(value_name = "COMMAND")]
    pub(super) of: Option<String>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum Language {
    Vi,
    En,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum Colour {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum CheckFormat {
    Text,
    Json,
    Sarif,
    Github,
    Junit,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum FailOn {
    Error,
    Warning,
    Info,
    Never,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ExportFormat {
    Annotated,
    Xlsx,
    Csv,
    Ndjson,
    Parquet,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum ParseFormat {
    Json,
    Ndjson,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum DiffFormat {
    Text,
    Json,
    Html,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum PlainFormat {
    Text,
    Json,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum SchemaOf {
    Document,
    Report,
    Diff,
}
