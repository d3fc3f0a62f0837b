//! Frame times of the chart in the real window, while it is panned and zoomed by hand: the application, its page, a workspace with charts of
//! files that came in, a pointer on the display. `cargo xtask bench chart`, or
//! `cargo bench --profile dev --workspace --features koplamp-desktop/custom-protocol --bench frames`.
//!
//! A frame is the time between two calls of `requestAnimationFrame`, which WebKit makes when the frame before is on its way to the screen. The
//! floor is a frame of the same window in which nothing is drawn: the surface is only filled with a colour. Beside them stands what a frame costs
//! the processors, in all processes of the application: it hardly depends on what else the computer does. With `--check` it fails when the middle
//! frame while panning the largest chart takes longer than was agreed; on a computer that is busy with other things, when it costs more than that.

use std::fmt::Write as _;
use std::time::Duration;

use koplamp_tests::Case;
use koplamp_tests::case::PASSPHRASE;
use koplamp_tests::window::{Start, Window};
use serde_json::Value;

/// With 0 in this variable the window draws with layers although there is no graphics processor: what is saved without them can be measured.
const LAYERS: &str = "WEBKIT_DISABLE_COMPOSITING_MODE";
/// Entities and links.
const SIZES: [(u32, u32); 3] = [(300, 600), (1_000, 2_000), (5_000, 20_000)];
/// How often everything is measured, in turn; the median counts.
const ROUNDS: usize = 3;
/// Milliseconds that the middle frame of the largest chart may take.
const GOAL: f64 = 33.0;
/// A mouse tells its place so often.
const MOUSE: Duration = Duration::from_millis(8);
/// A wheel clicks so often when it is turned fast.
const WHEEL: Duration = Duration::from_millis(40);
/// Moves of one round.
const MOVES: u32 = 350;

fn main() {
    let check = std::env::args().any(|argument| argument == "--check");
    let case = Case::new();
    for (entities, links) in SIZES {
        let file = case.write(&format!("{entities}.csv"), network(entities, links));
        let labels = ["--organisation", "politie", "--source", "BVH", "--purpose", "wpg-8"];
        let name = entities.to_string();
        let import = ["import", file.to_str().expect("a path in text"), "--chart", &name];
        let came = case.json("interchange", &[&import[..], &labels].concat());
        assert_eq!(came["entities"], entities, "{came}");
    }
    let mut start = Start::new(&case, "frames").argument(case.workspace());
    if let Some(value) = std::env::var_os(LAYERS) {
        start = start.variable(LAYERS, value);
    }
    let window = start.window();
    window.set_size(1280, 800);
    window.open(PASSPHRASE);
    window.click("room-chart");

    println!("milliseconds a frame: median / 95th percentile (of the processors), in a window of 1280 x 800");
    println!("| entities/links | floor | pan, all in view | zoom | pan, four times nearer | zoom |");
    let mut largest = [Frames { median: f64::NAN, slow: f64::NAN, processor: f64::NAN }; 3];
    for (entities, links) in SIZES {
        open(&window, &entities.to_string());
        let mut rows: [Vec<Frames>; 5] = Default::default();
        for _ in 0..ROUNDS {
            fit(&window);
            rows[0].push(floor(&window));
            rows[1].push(pan(&window));
            rows[2].push(zoom(&window));
            nearer(&window);
            rows[3].push(pan(&window));
            rows[4].push(zoom(&window));
        }
        let rows = rows.map(|rounds| Frames::middle(&rounds));
        let mut line = format!("| {entities}/{links} |");
        for row in &rows {
            let _ = write!(line, " {:.0} / {:.0} ({:.1}) |", row.median, row.slow, row.processor);
        }
        println!("{line}");
        largest = [rows[0], rows[1], rows[3]];
    }
    let [floor, all, near] = largest;
    let pan = all.median.max(near.median);
    println!("panning the largest chart: {pan:.1} ms, {:.2} times the floor (goal: {GOAL} ms)", pan / floor.median);
    let (load, processors) = (load(), std::thread::available_parallelism().map_or(1, usize::from));
    let busy = load > processors as f64 + 1.0;
    println!(
        "{load} processes wanted the {processors} processors{}",
        if busy { ": the times are theirs, too" } else { "" }
    );
    let counts = if busy { all.processor.max(near.processor) } else { pan };
    if check && counts > GOAL {
        eprintln!("frames: panning takes {counts:.1} ms, and {GOAL} were agreed");
        std::process::exit(1);
    }
}

/// How many processes wanted a processor in the last minute (`proc_loadavg(5)`), this one included.
fn load() -> f64 {
    let text = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    text.split(' ').next().and_then(|load| load.parse().ok()).unwrap_or(0.0)
}

/// A list of links: groups of thirty, nine links in ten within a group, as investigations have them. Invented, and the same each time.
fn network(entities: u32, links: u32) -> String {
    let mut state = 7_u64;
    let mut draw = |below: u32| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        u32::try_from(state >> 33).expect("31 bits") % below
    };
    let mut text = String::from("source,target,type,date,amount\n");
    let mut line = |a: u32, b: u32| {
        let _ = writeln!(text, "Persoon {entities}-{a},Persoon {entities}-{b},,,");
    };
    // Everybody is in it.
    (0..entities).for_each(|one| line(one, (one + 1) % entities));
    for _ in entities..links {
        let source = draw(entities);
        let group = source - source % 30;
        let near = draw(10) < 9;
        let target = if near { group + draw(30.min(entities - group)) } else { draw(entities) };
        line(source, if target == source { (source + 1) % entities } else { target });
    }
    text
}

fn open(window: &Window, name: &str) {
    window.click("chart-chooser");
    let charts = window.invoke("charts", serde_json::json!({})).expect("there are charts");
    let chart = charts.as_array().into_iter().flatten().find(|chart| chart["name"] == name);
    let id = chart.and_then(|chart| chart["id"].as_str()).expect("the chart came in").to_owned();
    window.click_on(&format!("[data-testid=chart-open][data-chart=\"{id}\"]"));
    window.wait_for("chart", || {
        let shown = window.script("return document.querySelector('[data-testid=chart-name]').textContent", &[]);
        (shown == name).then_some(())
    });
    at_rest(window);
}

fn at_rest(window: &Window) {
    window.wait_for("chart at rest", || {
        let settled = "const canvas = document.querySelector('[data-testid=chart-canvas]');
                       return canvas && canvas.koplampChart && canvas.koplampChart.settled";
        (window.script(settled, &[]) == true).then_some(())
    });
}

/// What a series of frames took, in milliseconds.
#[derive(Debug, Clone, Copy)]
struct Frames {
    median: f64,
    /// Nineteen in twenty are quicker.
    slow: f64,
    /// What one cost the processors.
    processor: f64,
}

impl Frames {
    fn new(mut times: Vec<f64>, processor: f64) -> Self {
        times.sort_by(f64::total_cmp);
        let at = |part: usize| times[times.len() * part / 100];
        Self { median: at(50), slow: at(95), processor: processor / times.len() as f64 }
    }

    fn middle(rounds: &[Self]) -> Self {
        let of = |pick: fn(&Self) -> f64| {
            let mut values: Vec<f64> = rounds.iter().map(pick).collect();
            values.sort_by(f64::total_cmp);
            values[values.len() / 2]
        };
        Self { median: of(|one| one.median), slow: of(|one| one.slow), processor: of(|one| one.processor) }
    }
}

/// Milliseconds that the processors have spent on the application (`proc(5)`, fields 14 and 15; Linux counts hundredths of a second).
fn spent(window: &Window) -> f64 {
    let ticks = |process: u32| {
        let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
        let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
        Some(fields.get(11)?.parse::<f64>().ok()? + fields.get(12)?.parse::<f64>().ok()?)
    };
    window.processes().into_iter().filter_map(ticks).sum::<f64>() * 10.0
}

/// Notes when frames begin, and whether something moved in each, while `act` is done. Frames in which nothing does are not counted.
fn frames(window: &Window, act: impl FnOnce()) -> Frames {
    window.script(
        "const picture = document.querySelector('[data-testid=chart-canvas] .pictures');
         const noted = (window.noted = { times: [], moved: [], on: true });
         let before = '';
         const note = (time) => {
             const laid = window.eachFrame?.() ?? picture.firstElementChild.style.transform;
             noted.times.push(time);
             noted.moved.push(laid !== before);
             before = laid;
             if (noted.on) requestAnimationFrame(note);
         };
         requestAnimationFrame(note)",
        &[],
    );
    let before = spent(window);
    act();
    let after = spent(window);
    let noted = window.script("noted.on = false; return [noted.times, noted.moved]", &[]);
    let times: Vec<f64> = list(&noted[0]).map(|time| time.as_f64().expect("a number")).collect();
    let moved: Vec<bool> = list(&noted[1]).map(|moved| moved == true).collect();
    // A picture that is laid after its frame was noted is seen in the next.
    let gaps = times.windows(2).zip(moved.windows(2)).filter(|(_, moved)| moved.contains(&true));
    let gaps: Vec<f64> = gaps.map(|(pair, _)| pair[1] - pair[0]).collect();
    assert!(gaps.len() > 10, "something moved in {} of {} frames only", gaps.len(), times.len());
    Frames::new(gaps, after - before)
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn floor(window: &Window) -> Frames {
    window.script(
        "const { left, top, width, height } = document.querySelector('[data-testid=chart-canvas]').getBoundingClientRect();
         const sheet = document.createElement('div');
         sheet.id = 'sheet';
         sheet.style.cssText = `position:fixed;left:${left}px;top:${top}px;width:${width}px;height:${height}px;z-index:9`;
         document.body.append(sheet);
         let turn = 0;
         window.eachFrame = () => { turn = 1 - turn; return (sheet.style.background = turn ? '#fff' : '#eee'); }",
        &[],
    );
    let floor = frames(window, || std::thread::sleep(MOUSE * MOVES));
    window.script("window.eachFrame = undefined; document.getElementById('sheet').remove()", &[]);
    floor
}

/// The middle of the drawing surface, in pixels of the window.
fn middle(window: &Window) -> (i16, i16) {
    let middle = window.script(
        "const at = document.querySelector('[data-testid=chart-canvas]').getBoundingClientRect();
         return [at.left + at.width / 2, at.top + at.height / 2]",
        &[],
    );
    let pixel = |value: &Value| value.as_f64().expect("a number") as i16;
    (pixel(&middle[0]), pixel(&middle[1]))
}

fn pan(window: &Window) -> Frames {
    let (x, y) = middle(window);
    let path = (0..MOVES).map(|at| {
        let at = f64::from(at);
        (x + (250.0 * (at / 50.0).sin()) as i16, y + (100.0 * (at / 33.0).sin()) as i16)
    });
    frames(window, || window.desktop().drag(path, MOUSE))
}

fn zoom(window: &Window) -> Frames {
    let clicks = MOUSE.as_millis() as u32 * MOVES / WHEEL.as_millis() as u32;
    // Eight clicks in, eight clicks out.
    let turns = (0..clicks).map(|at| at / 8 % 2 == 0);
    frames(window, || window.desktop().wheel(middle(window), turns, WHEEL))
}

/// The whole chart in view.
fn fit(window: &Window) {
    window.click("chart-fit");
    at_rest(window);
}

/// Four times nearer than that.
fn nearer(window: &Window) {
    fit(window);
    let scale = |window: &Window| {
        let scale =
            window.script("return document.querySelector('[data-testid=chart-canvas]').koplampChart.scale", &[]);
        scale.as_f64().expect("a scale")
    };
    let wanted = 4.0 * scale(window);
    while scale(window) < wanted {
        window.desktop().wheel(middle(window), [true], WHEEL);
    }
    at_rest(window);
}
