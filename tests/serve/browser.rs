//! The page in a real Chromium: a file is dropped, its report is read, filtered, opened, switched, downloaded.
//!
//! `CTHD_SCREENSHOTS=1` writes the pictures in `docs/screenshots/` anew.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use fantoccini::{Client, ClientBuilder, Locator};
use serde_json::{Value, json};

use crate::{Server, common};

/// How long the page may take for what it does.
const PATIENCE: Duration = Duration::from_secs(60);

/// Chromium behind its driver; both end with the test.
struct Browser {
    driver: Child,
    /// Open as long as the driver may write to it.
    _output: BufReader<ChildStdout>,
    url: String,
    downloads: tempfile::TempDir,
}

/// What the page is looked at in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Window {
    Desk,
    Phone,
    /// A desk whose owner wants dark pages.
    Dark,
}

impl Window {
    fn size(self) -> (u32, u32) {
        if self == Self::Phone { (390, 844) } else { (1440, 1000) }
    }
}

impl Browser {
    /// Nothing where Chromium or its driver is not installed.
    fn start() -> Option<Self> {
        common::program("chromium")?;
        let driver = common::program("chromedriver")?;
        let mut driver = Command::new(driver)
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut output = BufReader::new(driver.stdout.take().unwrap());
        let mut line = String::new();
        while !line.contains("started successfully") {
            line.clear();
            assert!(output.read_line(&mut line).unwrap() > 0, "it says its port");
        }
        let port: String =
            line.rsplit("on port").next().unwrap().chars().filter(char::is_ascii_digit).collect();
        let downloads = tempfile::TempDir::new().unwrap();
        Some(Self { driver, _output: output, url: format!("http://127.0.0.1:{port}"), downloads })
    }

    async fn open(&self, window: Window) -> Client {
        let (width, height) = window.size();
        let mut options = json!({
            "args": [
                "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--disable-background-networking",
                "--disable-component-update", "--disable-sync", "--no-first-run", "--disable-dev-shm-usage",
                format!("--window-size={width},{height}"),
                if window == Window::Dark { "--force-dark-mode" } else { "--no-default-browser-check" }
            ],
            "prefs": { "download.default_directory": self.downloads.path() }
        });
        if window == Window::Phone {
            options["mobileEmulation"] =
                json!({ "deviceMetrics": { "width": width, "height": height, "pixelRatio": 1.5 } });
        }
        let capabilities = json!({ "goog:chromeOptions": options, "pageLoadStrategy": "normal" });
        let capabilities = capabilities.as_object().unwrap().clone();
        ClientBuilder::new(hyper_util::client::legacy::connect::HttpConnector::new())
            .capabilities(capabilities)
            .connect(&self.url)
            .await
            .expect("Chromium starts")
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

fn run(test: impl Future<Output = ()>) {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(test);
}

async fn script(client: &Client, text: &str, args: Vec<Value>) -> Value {
    client.execute(text, args).await.unwrap_or_else(|error| panic!("{text}: {error}"))
}

async fn until(client: &Client, condition: &str) {
    let start = Instant::now();
    while script(client, &format!("return Boolean({condition})"), Vec::new()).await != json!(true) {
        assert!(start.elapsed() < PATIENCE, "{condition}");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

async fn click(client: &Client, selector: &str) {
    let element = client.wait().at_most(PATIENCE).for_element(Locator::Css(selector)).await.expect(selector);
    script(
        client,
        "arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})",
        vec![serde_json::to_value(&element).unwrap()],
    )
    .await;
    element.click().await.unwrap_or_else(|error| panic!("{selector}: {error}"));
}

/// Keeps a picture for the documentation, where one is wanted.
async fn picture(client: &Client, name: &str) {
    if std::env::var_os("CTHD_SCREENSHOTS").is_some() {
        let folder = common::path("docs/screenshots");
        std::fs::create_dir_all(&folder).unwrap();
        // What a script did is drawn a little later.
        let drawn =
            "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done(true)))";
        client.execute_async(drawn, Vec::new()).await.unwrap();
        tokio::time::sleep(Duration::from_secs(1)).await;
        std::fs::write(folder.join(name), client.screenshot().await.unwrap()).unwrap();
    }
}

/// Drops a file on the page, as a person does.
async fn drop_file(client: &Client, name: &str, text: &str) {
    let dropped = "const data = new DataTransfer(); data.items.add(new File([arguments[1]], arguments[0]));\
                   document.querySelector('#drop').dispatchEvent(new DragEvent('drop', \
                   { dataTransfer: data, bubbles: true, cancelable: true }));";
    script(client, dropped, vec![json!(name), json!(text)]).await;
}

/// What axe finds wrong with a page. The library is under MPL and not kept here; `tests/all` fetches it.
async fn violations(client: &Client, place: &str) -> Vec<String> {
    let path = common::path("target/tools/node_modules/axe-core/axe.min.js");
    let Ok(axe) = std::fs::read_to_string(&path) else {
        use std::io::Write;
        let _ = writeln!(
            std::io::stderr(),
            "left out: {} is not there (npm install --prefix target/tools axe-core)",
            path.display()
        );
        return Vec::new();
    };
    script(client, &format!("{axe}; return typeof axe"), Vec::new()).await;
    let run = "const done = arguments[0]; axe.run(document, { resultTypes: ['violations'] }).then(\
               (it) => done(it.violations.map((v) => v.id + ': ' + v.help + ' ' + v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160)).join(' | '))),\
               (error) => done(['axe: ' + error]));";
    let found = client.execute_async(run, Vec::new()).await.expect("axe runs");
    let found =
        found.as_array().expect("a list").iter().map(|it| format!("{place}: {}", it.as_str().unwrap()));
    found.collect()
}

fn seed() -> (PathBuf, String) {
    let path = common::seeds()[0].clone();
    let text = common::read_text(&path);
    (path, text)
}

#[test]
fn a_dropped_file_becomes_a_report_that_can_be_read_filtered_opened_and_downloaded() {
    let Some(browser) = Browser::start() else { return };
    let server = Server::start();
    run(async {
        let client = browser.open(Window::Desk).await;
        client.goto(&server.url).await.unwrap();
        let mut wrong = violations(&client, "start").await;
        picture(&client, "start.png").await;
        let (_, text) = seed();
        drop_file(&client, "chương trình.txt", &text).await;
        until(&client, "document.documentElement.dataset.done === 'chương trình.txt'").await;
        client.enter_frame(0).await.unwrap();
        until(&client, "document.querySelector('li.finding')").await;
        picture(&client, "report.png").await;

        // The total of appendix 3B whose years do not add up, from the list to its cell.
        let finding = "[...document.querySelectorAll('li.finding[data-rule=A001]')].find((it) => it.innerText.includes('TỔNG CỘNG'))";
        let message = script(&client, &format!("return {finding}.innerText"), Vec::new()).await;
        assert!(
            message.as_str().unwrap().contains("360.548") && message.as_str().unwrap().contains("3.320"),
            "{message}"
        );
        script(&client, &format!("document.documentElement.style.scrollBehavior = 'auto'; {finding}.querySelector('a.where').click()"), Vec::new()).await;
        until(&client, "document.querySelector('td:is(:target, .target) details.sum.fails')").await;
        until(&client, "document.querySelector('td:is(:target, .target) details.sum').open").await;
        let panel = script(
            &client,
            "return document.querySelector('td:is(:target, .target) .panel').innerText",
            Vec::new(),
        )
        .await;
        for words in ["KHV năm 2026", "129.220", "357.228", "360.548", "3.320", "chênh lệch"] {
            assert!(panel.as_str().unwrap().contains(words), "{words} in {panel}");
        }
        let shown = "const it = document.querySelector('td:is(:target, .target) .panel').getBoundingClientRect(); \
                     return it.left >= 0 && it.right <= innerWidth && it.top >= 0 && it.bottom <= innerHeight";
        assert_eq!(script(&client, shown, Vec::new()).await, json!(true), "the panel is in sight");
        picture(&client, "sum.png").await;
        script(&client, "dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }))", Vec::new()).await;
        until(&client, "!document.querySelector('td:is(:target, .target) details.sum').open").await;
        // It opens by a click too.
        click(&client, "td:is(:target, .target) details.sum summary").await;
        until(&client, "document.querySelector('td:is(:target, .target) details.sum').open").await;
        script(&client, "dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }))", Vec::new()).await;

        // A table with what was found on its cells.
        let table = "[...document.querySelectorAll('section.appendix')].find((it) => it.querySelector('tr:nth-child(-n+6) td .tag'))";
        script(
            &client,
            &format!("{table}.scrollIntoView({{block: 'start', behavior: 'instant'}})"),
            Vec::new(),
        )
        .await;
        picture(&client, "table.png").await;
        script(
            &client,
            "document.querySelector('#charts').scrollIntoView({block: 'start', behavior: 'instant'})",
            Vec::new(),
        )
        .await;
        picture(&client, "charts.png").await;

        // Filters.
        let count = "[...document.querySelectorAll('li.finding')].filter((it) => !it.hidden).length";
        let errors =
            script(&client, "return document.querySelectorAll('li.finding.error').length", Vec::new()).await;
        for severity in ["warning", "info"] {
            click(&client, &format!("input[name=severity][value={severity}]")).await;
        }
        assert_eq!(script(&client, &format!("return {count}"), Vec::new()).await, errors);
        assert_eq!(
            script(&client, "return document.querySelector('.shown output').textContent", Vec::new()).await,
            json!(errors.to_string())
        );
        click(&client, "select[name=rule] option[value=A001]").await;
        let rules = script(&client, "return [...new Set([...document.querySelectorAll('li.finding')].filter((it) => !it.hidden).map((it) => it.dataset.rule))]", Vec::new()).await;
        assert_eq!(rules, json!(["A001"]));

        // The other language.
        let title = "return document.querySelector('#findings-title').innerText";
        assert_eq!(script(&client, title, Vec::new()).await, json!("Phát hiện"));
        client.clone().enter_parent_frame().await.unwrap();
        click(&client, "label[for=lang-en]").await;
        client.enter_frame(0).await.unwrap();
        until(&client, "document.querySelector('#findings-title').innerText === 'Findings'").await;
        // What is said in attributes follows, inside the frame and around it, and comes back.
        let hints = "return ['nav.contents', 'form.filters', 'div.scroll'].map((it) => document.querySelector(it).getAttribute('aria-label')).concat(\
                     document.title, [...document.querySelectorAll('[title]')].map((it) => it.title)).join('\\n')";
        let said = script(&client, hints, Vec::new()).await;
        let said = said.as_str().unwrap();
        assert!(said.starts_with("Contents\nFilter"), "{}", said.lines().next().unwrap());
        let left = said
            .lines()
            .filter(|it| it.contains("Không") || it.contains("tổng hàng") || it.contains("không khớp"));
        assert_eq!(left.collect::<Vec<_>>(), Vec::<&str>::new());
        client.clone().enter_parent_frame().await.unwrap();
        let around = "return [document.querySelector('.downloads').getAttribute('aria-label'), \
                      document.querySelector('#second').getAttribute('aria-label'), document.querySelector('iframe').title]";
        let english = script(&client, around, Vec::new()).await;
        assert_eq!(english, json!(["Download", "Compare with a new version", "Audit of a document"]));
        client.enter_frame(0).await.unwrap();
        wrong.extend(violations(&client, "report").await);
        client.enter_parent_frame().await.unwrap();
        wrong.extend(violations(&client, "frame").await);
        common::report(&wrong, "axe");

        let downloads = [
            ("check?", "chương trình.json"),
            ("export?to=xlsx", "chương trình.xlsx"),
            ("annotate?", "chương trình (annotated).html"),
        ];
        for (path, name) in downloads {
            click(&client, &format!("button[data-path='{path}']")).await;
            let file = browser.downloads.path().join(name);
            let start = Instant::now();
            while !file.exists() {
                assert!(start.elapsed() < PATIENCE, "{name} is downloaded");
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        }
        let report: Value =
            serde_json::from_slice(&common::read(&browser.downloads.path().join("chương trình.json")))
                .unwrap();
        assert_eq!(report["schema"], "cthd-report/1");

        // Another version beside it.
        let newer = browser.downloads.path().join("mới.txt");
        std::fs::write(
            &newer,
            text.replace("Lắp đặt thang máy", "Sửa chữa thang máy")
                .replace("lắp đặt thang máy", "sửa chữa thang máy"),
        )
        .unwrap();
        client.find(Locator::Id("second")).await.unwrap().send_keys(newer.to_str().unwrap()).await.unwrap();
        until(&client, "document.documentElement.dataset.done.includes('mới.txt')").await;
        client.enter_frame(0).await.unwrap();
        until(&client, "document.body && document.body.innerText.includes('thang máy') && document.styleSheets.length === 1").await;
        // It has the language of the page around it, and follows it.
        let heading = |words: &str| {
            format!(
                "[...document.querySelectorAll('main h2')].some((it) => it.checkVisibility() && it.innerText.includes('{words}'))"
            )
        };
        until(&client, &heading("Appendix")).await;
        common::report(&violations(&client, "versions").await, "axe");
        client.clone().enter_parent_frame().await.unwrap();
        click(&client, "label[for=lang-vi]").await;
        client.enter_frame(0).await.unwrap();
        until(&client, "document.documentElement.lang === 'vi'").await;
        until(&client, &heading("Phụ lục")).await;
        picture(&client, "versions.png").await;
        client.clone().enter_parent_frame().await.unwrap();

        // What is downloaded is of one file.
        assert_eq!(
            script(
                &client,
                "return document.querySelector('button[data-path]').checkVisibility()",
                Vec::new()
            )
            .await,
            json!(false)
        );
        let vietnamese = script(&client, around, Vec::new()).await;
        assert!(
            vietnamese.as_array().unwrap().iter().zip(english.as_array().unwrap()).all(|(vi, en)| vi != en)
        );

        // A file that is no document.
        click(&client, "#again").await;
        drop_file(&client, "a.txt", "").await;
        until(&client, "!document.querySelector('#problem').hidden").await;
        client.close().await.unwrap();
    });
}

#[test]
fn the_page_on_its_own_asks_for_nothing_and_fits_a_phone() {
    let Some(browser) = Browser::start() else { return };
    run(async {
        let folder = tempfile::TempDir::new().unwrap();
        let file = folder.path().join("report.html");
        let (seed, _) = seed();
        let status = Command::new(env!("CARGO_BIN_EXE_cthd"))
            .arg("report")
            .arg(seed.strip_prefix(common::path("")).unwrap())
            .arg("-o")
            .arg(&file)
            .current_dir(common::path(""))
            .status();
        assert!(status.unwrap().success());
        let client = browser.open(Window::Phone).await;
        client.goto(&format!("file://{}", file.display())).await.unwrap();
        let asked = script(
            &client,
            "return performance.getEntriesByType('resource').map((it) => it.name)",
            Vec::new(),
        )
        .await;
        assert_eq!(asked, json!([]));
        let wide =
            script(&client, "return document.documentElement.scrollWidth - innerWidth", Vec::new()).await;
        assert!(wide.as_i64().unwrap() <= 0, "{wide} pixels wider than the window");
        common::report(&violations(&client, "phone").await, "axe");
        picture(&client, "phone.png").await;
        client.close().await.unwrap();

        let client = browser.open(Window::Dark).await;
        client.goto(&format!("file://{}", file.display())).await.unwrap();
        let dark = script(&client, "return matchMedia('(prefers-color-scheme: dark)').matches", Vec::new());
        assert_eq!(dark.await, json!(true));
        common::report(&violations(&client, "dark").await, "axe");
        picture(&client, "dark.png").await;
        client.close().await.unwrap();
    });
}
