//! The part of the WebDriver protocol that these tests speak (W3C WebDriver, <https://www.w3.org/TR/webdriver2/>).

use std::fmt;
use std::time::Duration;

use serde_json::{Value, json};
use ureq::Agent;

/// The name under which an element's reference travels (section 12.2 of the specification).
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";
/// A picture of the largest window is well below this.
const LONGEST_ANSWER: u64 = 64 << 20;

/// A session: one application.
pub struct Session {
    agent: Agent,
    url: String,
    ended: bool,
}

/// An element of the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Element(String);

/// Why the WebDriver did not do something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The error code of the specification.
    pub error: String,
    /// What it said.
    pub message: String,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.error, self.message)
    }
}

/// A key to press.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is the key of that name")]
pub enum Key {
    Control,
    Shift,
    Enter,
    Escape,
    Delete,
    Char(char),
}

impl Key {
    /// Its code point (section 17.4.2 of the specification).
    fn value(self) -> String {
        match self {
            Self::Control => '\u{e009}',
            Self::Shift => '\u{e008}',
            Self::Enter => '\u{e007}',
            Self::Escape => '\u{e00c}',
            Self::Delete => '\u{e017}',
            Self::Char(character) => character,
        }
        .to_string()
    }
}

type Answer<T> = Result<T, Refusal>;

fn agent(patience: Duration) -> Agent {
    Agent::config_builder().http_status_as_error(false).timeout_global(Some(patience)).proxy(None).build().into()
}

impl Session {
    /// Whether a WebDriver listens there.
    pub fn is_ready(port: u16) -> bool {
        agent(Duration::from_secs(5)).get(format!("http://127.0.0.1:{port}/status")).call().is_ok()
    }

    /// Starts an application.
    ///
    /// # Errors
    /// When the WebDriver cannot.
    pub fn begin(port: u16, capabilities: &Value) -> Answer<Self> {
        let url = format!("http://127.0.0.1:{port}/session");
        let mut session = Self { agent: agent(Duration::from_secs(180)), url, ended: true };
        let begun = session.call("POST", "", Some(&json!({ "capabilities": capabilities })))?;
        let id = begun["sessionId"].as_str().unwrap_or_default();
        session.url = format!("{}/{id}", session.url);
        session.ended = false;
        let timeouts = json!({ "script": 120_000, "pageLoad": 120_000, "implicit": 0 });
        session.call("POST", "/timeouts", Some(&timeouts))?;
        Ok(session)
    }

    fn call(&self, method: &str, path: &str, body: Option<&Value>) -> Answer<Value> {
        let url = format!("{}{path}", self.url);
        let sent = match (method, body) {
            ("GET", _) => self.agent.get(url).call(),
            ("DELETE", _) => self.agent.delete(url).call(),
            (_, body) => self.agent.post(url).send_json(body.unwrap_or(&json!({}))),
        };
        let broken = |error: ureq::Error| Refusal { error: "no answer".into(), message: error.to_string() };
        let mut response = sent.map_err(broken)?;
        let failed = response.status().as_u16() >= 400;
        let mut answer: Value = response.body_mut().with_config().limit(LONGEST_ANSWER).read_json().map_err(broken)?;
        let value = answer["value"].take();
        if failed {
            let text = |key: &str| value[key].as_str().unwrap_or_default().to_owned();
            return Err(Refusal { error: text("error"), message: text("message") });
        }
        Ok(value)
    }

    /// The first element of this CSS selector, if there is one.
    ///
    /// # Errors
    /// When the page cannot be asked.
    pub fn find(&self, selector: &str) -> Answer<Option<Element>> {
        let query = json!({ "using": "css selector", "value": selector });
        match self.call("POST", "/element", Some(&query)) {
            Ok(found) => Ok(found[ELEMENT].as_str().map(|id| Element(id.to_owned()))),
            Err(refusal) if refusal.error == "no such element" => Ok(None),
            Err(refusal) => Err(refusal),
        }
    }

    fn of(&self, element: &Element, what: &str) -> Answer<Value> {
        self.call("GET", &format!("/element/{}/{what}", element.0), None)
    }

    /// Whether it is shown.
    ///
    /// # Errors
    /// When it is not there any more.
    pub fn is_displayed(&self, element: &Element) -> Answer<bool> {
        Ok(self.of(element, "displayed")? == true)
    }

    /// Whether it can be used.
    ///
    /// # Errors
    /// When it is not there any more.
    pub fn is_enabled(&self, element: &Element) -> Answer<bool> {
        Ok(self.of(element, "enabled")? == true)
    }

    /// Its text as it is shown.
    ///
    /// # Errors
    /// When it is not there any more.
    pub fn text(&self, element: &Element) -> Answer<String> {
        Ok(self.of(element, "text")?.as_str().unwrap_or_default().to_owned())
    }

    /// An attribute.
    ///
    /// # Errors
    /// When it is not there any more.
    pub fn attribute(&self, element: &Element, name: &str) -> Answer<Option<String>> {
        Ok(self.of(element, &format!("attribute/{name}"))?.as_str().map(str::to_owned))
    }

    /// Clicks in its middle, as a mouse does.
    ///
    /// # Errors
    /// When something lies over it, or it is not there any more.
    pub fn click(&self, element: &Element) -> Answer<()> {
        self.call("POST", &format!("/element/{}/click", element.0), None).map(drop)
    }

    /// Empties a field.
    ///
    /// # Errors
    /// When it is no field.
    pub fn clear(&self, element: &Element) -> Answer<()> {
        self.call("POST", &format!("/element/{}/clear", element.0), None).map(drop)
    }

    /// Types into a field.
    ///
    /// # Errors
    /// When it takes no keys.
    pub fn send_keys(&self, element: &Element, text: &str) -> Answer<()> {
        self.call("POST", &format!("/element/{}/value", element.0), Some(&json!({ "text": text }))).map(drop)
    }

    /// Presses these keys in turn, and lets go of them in the opposite order.
    ///
    /// # Errors
    /// When the window does not take them.
    pub fn press(&self, keys: &[Key]) -> Answer<()> {
        let down = keys.iter().map(|key| json!({ "type": "keyDown", "value": key.value() }));
        let up = keys.iter().rev().map(|key| json!({ "type": "keyUp", "value": key.value() }));
        let actions: Vec<Value> = down.chain(up).collect();
        let body = json!({ "actions": [{ "type": "key", "id": "keyboard", "actions": actions }] });
        self.call("POST", "/actions", Some(&body)).map(drop)
    }

    /// Runs JavaScript and gives what it returns.
    ///
    /// # Errors
    /// When it throws.
    pub fn script(&self, code: &str, arguments: &[Value]) -> Answer<Value> {
        self.call("POST", "/execute/sync", Some(&json!({ "script": code, "args": arguments })))
    }

    /// Runs JavaScript and gives what it hands to its last argument, a function.
    ///
    /// # Errors
    /// When it throws, or hands over nothing.
    pub fn script_async(&self, code: &str, arguments: &[Value]) -> Answer<Value> {
        self.call("POST", "/execute/async", Some(&json!({ "script": code, "args": arguments })))
    }

    /// Resizes the window.
    ///
    /// # Errors
    /// When it cannot be.
    pub fn set_size(&self, width: u32, height: u32) -> Answer<()> {
        self.call("POST", "/window/rect", Some(&json!({ "x": 0, "y": 0, "width": width, "height": height }))).map(drop)
    }

    /// Ends the application.
    pub fn end(&mut self) {
        if !self.ended {
            self.ended = true;
            // It may have ended already.
            drop(self.call("DELETE", "", None));
        }
    }
}
