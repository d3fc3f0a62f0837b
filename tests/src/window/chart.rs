//! What an analyst does on the chart, step by step.

use serde_json::{Value, json};

use super::Window;

impl Window {
    /// The chart as it is drawn, once it has come to rest.
    #[track_caller]
    pub fn chart_at_rest(&self) -> Value {
        self.wait_for("chart at rest", || {
            let chart = self.script(
                "const canvas = document.querySelector('[data-testid=chart-canvas]');
                 const chart = canvas && canvas.koplampChart;
                 return chart && chart.settled && chart.nodes.length > 0 ? JSON.parse(JSON.stringify(chart)) : null",
                &[],
            );
            (!chart.is_null()).then_some(chart)
        })
    }

    /// Opens a panel beside the chart, unless it is open: `paths`, `brokers`, `measures`.
    #[track_caller]
    pub fn open_panel(&self, panel: &str) {
        if self.attribute("chart-panel", "data-panel").as_deref() != Some(panel) {
            self.click(&format!("chart-{panel}"));
        }
        self.element(&format!("[data-testid=chart-panel][data-panel={panel}]"));
    }

    /// Measures the chart and puts first what stands between organisations.
    #[track_caller]
    pub fn measure_bridging(&self) {
        self.open_panel("measures");
        self.click("chart-measures-start");
        self.element("[role=table][data-testid=chart-measures]");
        self.click("chart-sort-bridging");
        self.wait_for("the order between organisations", || {
            (self.count("[aria-sort=descending] > [data-testid=chart-sort-bridging]") == 1).then_some(())
        });
    }

    /// Scrolls through the table of measures to the row of an entity and chooses it. The pairs of organisations between which it stands, as
    /// `one+other`.
    #[track_caller]
    pub fn choose_measured(&self, entity: &str) -> Vec<String> {
        let row = format!("[data-testid=chart-measures-row][data-entity=\"{entity}\"]");
        let mut top = 0;
        self.wait_for(&format!("row of {entity}"), || {
            let found = self.script(
                "const [row, top] = arguments;
                 const found = document.querySelector(row);
                 if (found) { found.scrollIntoView({ block: 'center' }); return true; }
                 const list = document.querySelector('[role=table][data-testid=chart-measures] .rows > *');
                 list.scrollTop = top;
                 return list.scrollTop < top ? 'end' : null",
                &[row.as_str().into(), top.into()],
            );
            top = if found == "end" { 0 } else { top + 100 };
            (found == true).then_some(())
        });
        let between =
            self.script("return document.querySelector(arguments[0]).dataset.between || ''", &[row.as_str().into()]);
        // By its key: while it scrolls, a list takes no presses of the mouse.
        let found = self.element(&row);
        self.session.send_keys(&found, "\u{e007}").expect("a row takes keys");
        self.page_of(entity);
        between.as_str().unwrap_or_default().split_whitespace().map(str::to_owned).collect()
    }

    /// Waits for the page of this entity or link.
    #[track_caller]
    pub fn page_of(&self, entity: &str) {
        self.element(&format!("[data-testid=entity-page][data-entity=\"{entity}\"]"));
    }

    /// Asks for the shortest paths between two entities, each found by the first words of its name. How many there are.
    #[track_caller]
    pub fn find_paths(&self, from: (&str, &str), to: (&str, &str)) -> usize {
        self.open_panel("paths");
        for (field, (entity, name)) in [("chart-paths-from", from), ("chart-paths-to", to)] {
            if self.has(&format!("{field}-value")) {
                self.click(&format!("{field}-clear"));
            }
            self.type_into(field, name);
            // A press chooses; the list goes with it.
            self.click_on(&format!("[data-testid={field}-option][data-entity=\"{entity}\"]"));
            self.by_test_id(&format!("{field}-value"));
        }
        let before = self.script("return document.querySelectorAll('[data-testid=chart-path]').length > 0", &[]);
        self.click("chart-paths-find");
        if before == true {
            self.wait_for("new search for paths", || {
                let at = self.script(
                    "return document.querySelector('[data-testid=chart-path][aria-expanded=true]') === null",
                    &[],
                );
                (at == true).then_some(())
            });
        }
        self.by_test_id("chart-paths-found");
        self.count("[data-testid=chart-path]")
    }

    /// Shows these in the table beside the chart, the first as the current one: the way to choose without aiming.
    #[track_caller]
    pub fn choose_in_table(&self, entities: &[&str]) {
        if !self.has("chart-table-entities") {
            self.click("chart-table");
        }
        let (first, others) = entities.split_first().expect("something is chosen");
        for (place, entity) in others.iter().chain([first]).enumerate() {
            self.wait_for(&format!("row of {entity}"), || {
                let chosen = self.script(
                    "const row = document.querySelector(`[data-testid=chart-table-entities-row][data-ids=\"${arguments[0]}\"]`);
                     row?.dispatchEvent(new MouseEvent('click', { bubbles: true, ctrlKey: arguments[1] }));
                     return row !== null",
                    &[(*entity).into(), (place > 0).into()],
                );
                (chosen == true).then_some(())
            });
        }
        self.page_of(first);
    }

    /// Judges that entities on the chart are one, with the reason; the first stands for all.
    #[track_caller]
    pub fn judge_one(&self, entities: &[&str], reason: &str) {
        self.choose_in_table(entities);
        self.click("merge-selected");
        self.type_into("merge-reason", reason);
        self.click("merge-submit");
        self.gone("entities-selected");
        let gone = json!(&entities[1..]);
        self.wait_for("one entity instead of several", || {
            let there = self.script(
                "return arguments[0].some((id) => document.querySelector(`[data-testid=chart-table-entities-row][data-ids=\"${id}\"]`))",
                std::slice::from_ref(&gone),
            );
            (there == false).then_some(())
        });
    }

    /// Ranks the brokers of the chart; their names, the first first.
    #[track_caller]
    pub fn rank_brokers(&self) -> Vec<String> {
        self.open_panel("brokers");
        self.click("chart-brokers-start");
        self.by_test_id("chart-broker");
        let names = self.script(
            "return [...document.querySelectorAll('[data-testid=chart-broker] strong')].map((name) => name.textContent)",
            &[],
        );
        names.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
    }
}
