//! What a person does in the window, step by step.

use super::Window;

impl Window {
    /// Makes a workspace from the opening screen, and gives the recovery key that was shown.
    #[track_caller]
    pub fn create(&self, name: &str, organisation: &str, person: &str, passphrase: &str) -> String {
        if !self.has("create-name") {
            self.click("create-workspace");
        }
        self.type_into("create-name", name);
        self.choose("create-organisation", organisation);
        self.type_into("create-person", person);
        self.type_into("create-passphrase", passphrase);
        self.type_into("create-passphrase-again", passphrase);
        self.click("create-submit");
        self.by_test_id("recovery-key");
        self.attribute("recovery-key", "data-key").expect("the recovery key is shown")
    }

    /// Types a passphrase on the opening screen and presses the button.
    #[track_caller]
    pub fn unlock(&self, passphrase: &str) {
        self.type_into("passphrase", passphrase);
        self.click("unlock");
    }

    /// Opens the workspace that the opening screen offers.
    #[track_caller]
    pub fn open(&self, passphrase: &str) {
        self.unlock(passphrase);
        self.by_test_id("room-search");
    }

    /// Gives the files that wait their labels, takes them in, and gives the number of documents that came in.
    #[track_caller]
    pub fn take_in(&self, organisation: &str, source: &str, purpose: &str) -> usize {
        self.choose("import-organisation", organisation);
        self.type_into("import-source", source);
        self.choose("import-purpose", purpose);
        self.click("import-start");
        self.wait_for("report of the import", || self.attribute("import-report", "data-imported")?.parse().ok())
    }

    /// Searches, and gives the number of documents found.
    #[track_caller]
    pub fn search(&self, query: &str) -> usize {
        self.click("room-search");
        self.type_into("search-query", query);
        self.click("search-submit");
        self.hits()
    }

    /// The number of documents found, once the search that was asked for last has been answered.
    #[track_caller]
    pub fn hits(&self) -> usize {
        self.wait_for("answer to the search", || {
            let total = self.script(
                "const results = document.querySelector('.results');
                 if (!results || results.ariaBusy === 'true' || results.querySelector('.asked')) return null;
                 if (results.querySelector('[data-testid=nothing-found]')) return 0;
                 const count = results.querySelector('[data-testid=hit-count]');
                 return count && Number(count.dataset.total)",
                &[],
            );
            total.as_u64().and_then(|total| usize::try_from(total).ok())
        })
    }

    /// Opens the first hit at its first passage, and gives what is highlighted there.
    #[track_caller]
    pub fn open_first_hit(&self) -> String {
        self.click("hit-passage");
        self.by_test_id("document-view");
        self.current_match()
    }

    /// The highlighted match, once it is on screen.
    #[track_caller]
    pub fn current_match(&self) -> String {
        self.wait_for("highlighted passage on screen", || {
            let text = self.script(
                "const mark = document.querySelector('[data-testid=match-current]');
                 if (!mark) return null;
                 const at = mark.getBoundingClientRect(), frame = mark.closest('[data-scroller]').getBoundingClientRect();
                 return at.top >= frame.top && at.bottom <= frame.bottom && at.height > 0 ? mark.textContent : null",
                &[],
            );
            text.as_str().map(str::to_owned)
        })
    }

    /// Shows the window in this theme.
    #[track_caller]
    pub fn set_theme(&self, theme: &str) {
        while self.attribute("theme-switch", "data-theme").as_deref() != Some(theme) {
            self.click("theme-switch");
        }
    }

    /// Locks by hand and waits for the opening screen.
    #[track_caller]
    pub fn lock(&self) {
        self.click("lock");
        self.by_test_id("passphrase");
    }
}
