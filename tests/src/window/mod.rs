//! The real application in a virtual display, driven through WebDriver as a person would drive it.

mod chart;
mod desktop;
mod display;
mod driver;
mod glossary;
mod steps;
mod turn;
mod webdriver;

use std::path::PathBuf;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::programs;
pub use desktop::Desktop;
pub use display::Display;
pub use driver::Start;
pub use webdriver::{Element, Key, Refusal, Session};

/// How long anything may take to show. Long, because machines differ; nothing is measured by it.
const PATIENCE: Duration = Duration::from_secs(90);

/// A running application and its one window.
pub struct Window {
    session: Session,
    driver: driver::Driver,
    name: String,
}

impl Window {
    /// The WebDriver session, for what has no method here.
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// The virtual display.
    pub fn display(&self) -> &Display {
        self.driver.display()
    }

    /// What lies outside the page: dialogs of the system, other programs.
    pub fn desktop(&self) -> Desktop {
        Desktop::on(self.driver.display().name())
    }

    /// Process ids of the application and what it started.
    pub fn processes(&self) -> Vec<u32> {
        self.driver.descendants()
    }

    /// Asks until there is an answer.
    ///
    /// # Panics
    /// When there is none after a long time; a screenshot shows what was there instead.
    #[track_caller]
    pub fn wait_for<T>(&self, what: &str, mut ask: impl FnMut() -> Option<T>) -> T {
        let began = Instant::now();
        loop {
            if let Some(answer) = ask() {
                return answer;
            }
            if began.elapsed() > PATIENCE {
                let text = self.script("return document.body.innerText", &[]);
                panic!("no {what} in the window, which says: {text}");
            }
            thread::sleep(Duration::from_millis(40));
        }
    }

    /// The element of this CSS selector, once it is shown.
    #[track_caller]
    pub fn element(&self, selector: &str) -> Element {
        self.wait_for(selector, || {
            let found = self.session.find(selector).ok().flatten()?;
            self.session.is_displayed(&found).unwrap_or(false).then_some(found)
        })
    }

    /// The element of this test id, once it is shown.
    #[track_caller]
    pub fn by_test_id(&self, id: &str) -> Element {
        self.element(&test_id(id))
    }

    /// Whether there is an element of this test id now.
    pub fn has(&self, id: &str) -> bool {
        self.session.find(&test_id(id)).is_ok_and(|found| found.is_some())
    }

    /// Waits until there is no element of this test id.
    #[track_caller]
    pub fn gone(&self, id: &str) {
        self.wait_for(&format!("window without {id}"), || (!self.has(id)).then_some(()));
    }

    /// Clicks on the element of this test id, once it can be.
    #[track_caller]
    pub fn click(&self, id: &str) {
        self.click_on(&test_id(id));
    }

    /// Clicks on the element of this selector, once it is there, enabled, and nothing lies over it.
    #[track_caller]
    pub fn click_on(&self, selector: &str) {
        let mut last = String::new();
        let clicked = self.try_for(|| {
            let found = self.session.find(selector).ok().flatten()?;
            if !self.session.is_enabled(&found).unwrap_or(false) {
                "it is disabled".clone_into(&mut last);
                return None;
            }
            // It may be redrawn meanwhile, or something may pass over it: that is tried again.
            self.session.click(&found).map_err(|refusal| last = refusal.to_string()).ok()
        });
        assert!(clicked.is_some(), "{selector} cannot be clicked: {last}");
    }

    fn try_for<T>(&self, mut ask: impl FnMut() -> Option<T>) -> Option<T> {
        let began = Instant::now();
        while began.elapsed() < PATIENCE {
            if let Some(answer) = ask() {
                return Some(answer);
            }
            thread::sleep(Duration::from_millis(40));
        }
        None
    }

    /// Types into the field of this test id, in place of what stood there.
    #[track_caller]
    pub fn type_into(&self, id: &str, text: &str) {
        let field = self.by_test_id(id);
        self.session.clear(&field).expect("a field can be emptied");
        self.session.send_keys(&field, text).expect("a field takes keys");
    }

    /// Chooses the option of this value in the listbox of this test id.
    #[track_caller]
    pub fn choose(&self, id: &str, value: &str) {
        self.click(id);
        self.click_on(&format!(".choice-item[data-value=\"{value}\"]"));
        self.wait_for(&format!("{value} in {id}"), || (self.attribute(id, "data-value")? == value).then_some(()));
    }

    /// The text of the element of this test id.
    #[track_caller]
    pub fn text(&self, id: &str) -> String {
        self.wait_for(id, || {
            let found = self.session.find(&test_id(id)).ok().flatten()?;
            self.session.text(&found).ok()
        })
    }

    /// An attribute of the element of this test id, when there is one.
    pub fn attribute(&self, id: &str, name: &str) -> Option<String> {
        let found = self.session.find(&test_id(id)).ok().flatten()?;
        self.session.attribute(&found, name).ok().flatten()
    }

    /// The middle of the element of this selector, in pixels of the window.
    #[track_caller]
    pub fn middle_of(&self, selector: &str) -> (i16, i16) {
        let at = self.wait_for(selector, || {
            let at = self.script(
                "const { left, top, width, height } = document.querySelector(arguments[0])?.getBoundingClientRect() ?? { width: 0 };
                 return width > 0 ? [Math.round(left + width / 2), Math.round(top + height / 2)] : null",
                &[selector.into()],
            );
            at.is_array().then_some(at)
        });
        let number = |at: &Value| at.as_i64().and_then(|at| i16::try_from(at).ok()).expect("a place on the screen");
        (number(&at[0]), number(&at[1]))
    }

    /// Number of elements of this selector.
    pub fn count(&self, selector: &str) -> usize {
        let count = self.script("return document.querySelectorAll(arguments[0]).length", &[selector.into()]);
        count.as_u64().and_then(|count| usize::try_from(count).ok()).unwrap_or(0)
    }

    /// Presses these keys together.
    #[track_caller]
    pub fn press(&self, keys: &[Key]) {
        self.session.press(keys).expect("keys can be pressed");
    }

    /// Runs JavaScript in the page as the automation, which no content security policy binds.
    #[track_caller]
    pub fn script(&self, code: &str, arguments: &[Value]) -> Value {
        self.session.script(code, arguments).unwrap_or_else(|refusal| panic!("{code}: {refusal}"))
    }

    /// Calls a command of the shell as the page does. The error is what the page gets.
    ///
    /// # Errors
    /// What the command rejects with.
    #[track_caller]
    pub fn invoke(&self, command: &str, arguments: Value) -> Result<Value, Value> {
        self.invoke_each(command, &[arguments]).pop().expect("an outcome for each call")
    }

    /// Calls a command with these arguments in turn; the outcome of each call.
    #[track_caller]
    pub fn invoke_each(&self, command: &str, arguments: &[Value]) -> Vec<Result<Value, Value>> {
        let code = "const [command, each, done] = arguments;
            const outcomes = [];
            const next = () => {
                if (outcomes.length === each.length) return done(outcomes);
                window.__TAURI_INTERNALS__.invoke(command, each[outcomes.length]).then(
                    (value) => outcomes.push({ value: value === undefined ? null : value }),
                    (error) => outcomes.push({ error: error instanceof Error ? String(error) : error }),
                ).then(next);
            };
            next();";
        let answer = self.session.script_async(code, &[command.into(), arguments.into()]);
        let answer = answer.unwrap_or_else(|refusal| panic!("{command} gives no answer: {refusal}"));
        let outcomes = answer.as_array().unwrap_or_else(|| panic!("{command}: {answer}"));
        let outcome =
            |one: &Value| one.get("error").map_or_else(|| Ok(one["value"].clone()), |error| Err(error.clone()));
        outcomes.iter().map(outcome).collect()
    }

    /// Everything that the page holds, as text.
    pub fn page(&self) -> String {
        self.script("return document.documentElement.outerHTML", &[]).as_str().unwrap_or_default().to_owned()
    }

    /// Makes the inside of the window this large, in pixels.
    #[track_caller]
    pub fn set_size(&self, width: u32, height: u32) {
        self.session.set_size(width, height).expect("the window can be resized");
        self.wait_for(&format!("size of {width}x{height}"), || {
            let size = self.script("return [innerWidth, innerHeight]", &[]);
            (size == json!([width, height])).then_some(())
        });
    }

    /// Keeps a picture of the window, and gives its path.
    #[track_caller]
    pub fn screenshot(&self, name: &str) -> PathBuf {
        let folder = programs::target().join("screenshots");
        self.screenshot_in(&folder, &format!("{}-{name}", self.name))
    }

    /// Keeps a picture of the window in this folder.
    #[track_caller]
    pub fn screenshot_in(&self, folder: &std::path::Path, name: &str) -> PathBuf {
        std::fs::create_dir_all(folder).expect("a folder can be made");
        let path = folder.join(format!("{name}.png"));
        // What moves has come to rest (a thing that never does is not waited for), and two frames later it is drawn.
        let drawn = "const done = arguments[0];
            const ends = document.getAnimations().filter((moving) => moving.effect?.getComputedTiming().endTime !== Infinity);
            Promise.allSettled(ends.map((moving) => moving.finished))
                .then(() => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))";
        self.session.script_async(drawn, &[]).expect("the page draws");
        let png = self.desktop().picture().expect("a picture can be taken");
        std::fs::write(&path, png).expect("a picture can be kept");
        path
    }

    /// Moves the pointer over the status bar, where nothing explains itself: what was explained elsewhere goes.
    pub fn point_away(&self) {
        self.desktop().glide((900, 600), (600, 785));
        thread::sleep(Duration::from_millis(400));
    }

    /// Keeps the picture of the guide that shows what is on screen, when `KOPLAMP_PICTURES` names a folder for them.
    #[track_caller]
    pub fn guide_picture(&self, name: &str) {
        if let Some(folder) = std::env::var_os("KOPLAMP_PICTURES") {
            self.point_away();
            self.screenshot_in(folder.as_ref(), name);
        }
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        if thread::panicking()
            && let Ok(png) = self.desktop().picture()
        {
            let path = programs::target().join("screenshots").join(format!("{}-failed.png", self.name));
            drop(std::fs::create_dir_all(path.parent().unwrap_or(&path)));
            drop(std::fs::write(&path, png));
            eprintln!("the window at the end: {}", path.display());
        }
        self.session.end();
    }
}

fn test_id(id: &str) -> String {
    format!("[data-testid=\"{id}\"]")
}
