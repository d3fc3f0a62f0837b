//! What an analyst does with words: looks through other eyes, opens the card of a word, answers mappings.

use serde_json::Value;

use super::{Key, Window};

impl Window {
    /// Looks through the eyes of this organisation.
    #[track_caller]
    pub fn look_through(&self, organisation: &str) {
        self.press(&[Key::Control, Key::Shift, Key::Char('b')]);
        self.click_on(&format!("[data-testid=lens-option][data-organisation={organisation}]"));
        self.element(&format!("[data-testid=lens][data-lens={organisation}]"));
        self.gone("lens-option");
    }

    /// Presses the underlined word at this character of the page that is read, and waits for its card.
    #[track_caller]
    pub fn open_card(&self, start: u64) {
        self.click_on(&format!("[data-testid=sense-word][data-sense=\"{start}\"]"));
        self.by_test_id("sense-card");
    }

    /// The underlined words on screen: the character at which each begins, and what it says.
    #[track_caller]
    pub fn sense_words(&self) -> Vec<(u64, String)> {
        let words = self.script(
            "return [...document.querySelectorAll('[data-testid=sense-word]')].map((word) => [Number(word.dataset.sense), word.textContent])",
            &[],
        );
        let words = words.as_array().cloned().unwrap_or_default();
        words.iter().filter_map(|word| Some((word[0].as_u64()?, word[1].as_str()?.to_owned()))).collect()
    }

    /// The texts of all elements of this selector.
    pub fn texts(&self, selector: &str) -> Vec<String> {
        let texts = self.script(
            "return [...document.querySelectorAll(arguments[0])].map((one) => one.textContent.trim())",
            &[selector.into()],
        );
        texts.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
    }

    /// Shows the window at both sizes that everything has to fit in, light and dark, and keeps a picture of each.
    #[track_caller]
    pub fn pictures(&self, name: &str) {
        for (width, height) in [(1280, 800), (1920, 1080)] {
            self.set_size(width, height);
            for theme in ["dark", "light"] {
                self.press_theme(theme);
                self.screenshot(&format!("{name}-{width}-{theme}"));
            }
            let too_wide = self.script("return document.documentElement.scrollWidth > innerWidth", &[]);
            assert_eq!(too_wide, false, "{name} fits in {width} pixels");
        }
        self.set_size(1280, 800);
    }

    /// Shows this theme by its key: a press of the mouse would close what is open.
    fn press_theme(&self, theme: &str) {
        while self.attribute("theme-switch", "data-theme").as_deref() != Some(theme) {
            self.press(&[Key::Control, Key::Shift, Key::Char('t')]);
        }
    }
}
