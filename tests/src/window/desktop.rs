//! The part of a desktop that lies outside the page: what is on the screen, keys for dialogs of the system, the mouse itself, and files dragged
//! from another program.
//!
//! There is no window manager on the virtual display: keys go to the window under the pointer.

use std::error::Error;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use x11rb::connection::Connection;
use x11rb::protocol::Event;
use x11rb::protocol::xproto::{
    Atom, AtomEnum, BUTTON_PRESS_EVENT, BUTTON_RELEASE_EVENT, ClientMessageEvent, ConnectionExt as _, CreateWindowAux,
    EventMask, ImageFormat, KEY_PRESS_EVENT, KEY_RELEASE_EVENT, MOTION_NOTIFY_EVENT, MapState, PropMode,
    SELECTION_NOTIFY_EVENT, SelectionNotifyEvent, WindowClass,
};
use x11rb::protocol::xtest::ConnectionExt as _;
use x11rb::rust_connection::RustConnection;
use x11rb::wrapper::ConnectionExt as _;

use super::PATIENCE;

/// Keysyms of keys that write nothing (X11, `keysymdef.h`).
const RETURN: u32 = 0xff0d;
const DOWN: u32 = 0xff54;
const HOME: u32 = 0xff50;
const ALT: u32 = 0xffe9;

/// Buttons of a pointer, as X11 numbers them; a click of the wheel is a button, too.
const MIDDLE: u8 = 2;
const WHEEL_UP: u8 = 4;
const WHEEL_DOWN: u8 = 5;

/// A window that is shown: its id, place and size.
struct Shown {
    id: u32,
    x: i16,
    y: i16,
    width: u16,
    height: u16,
}

/// A second program on the display.
pub struct Desktop {
    display: RustConnection,
    root: u32,
}

impl Desktop {
    /// On this display.
    pub fn on(display: &str) -> Self {
        let (display, screen) = x11rb::connect(Some(display)).expect("the display takes another program");
        let root = display.setup().roots[screen].root;
        Self { display, root }
    }

    /// The windows that are shown, the topmost last.
    fn windows(&self) -> Vec<Shown> {
        let tree = self.display.query_tree(self.root).expect("a request").reply().expect("the tree of windows");
        let shown = |id: u32| {
            let attributes = self.display.get_window_attributes(id).ok()?.reply().ok()?;
            let at = self.display.get_geometry(id).ok()?.reply().ok()?;
            let real = attributes.map_state == MapState::VIEWABLE && at.width > 50 && at.height > 50;
            real.then_some(Shown { id, x: at.x, y: at.y, width: at.width, height: at.height })
        };
        tree.children.into_iter().filter_map(shown).collect()
    }

    /// Number of windows that are shown.
    pub fn count(&self) -> usize {
        self.windows().len()
    }

    /// Waits until so many windows are shown.
    #[track_caller]
    pub fn wait_for(&self, count: usize) {
        let began = Instant::now();
        while self.count() != count {
            assert!(began.elapsed() < PATIENCE, "{count} windows are expected, {} are there", self.count());
            thread::sleep(Duration::from_millis(50));
        }
    }

    /// A picture of the application's window and what lies over it, as PNG, once two in a row are the same. (WebDriver takes none of a web view
    /// that draws without layers: WebKitGTK 2.50 never answers.)
    ///
    /// # Errors
    /// When no window is shown, or not all of it is on the screen.
    pub fn picture(&self) -> Result<Vec<u8>, Box<dyn Error>> {
        let windows = self.windows();
        let Shown { x, y, width, height, .. } = *windows.first().ok_or("no window is shown")?;
        let take = || -> Result<Vec<u8>, Box<dyn Error>> {
            Ok(self.display.get_image(ImageFormat::Z_PIXMAP, self.root, x, y, width, height, !0)?.reply()?.data)
        };
        let mut pixels = take()?;
        // What blinks is never at rest.
        for _ in 0..20 {
            thread::sleep(Duration::from_millis(60));
            let before = std::mem::replace(&mut pixels, take()?);
            if before == pixels {
                break;
            }
        }
        // Xvfb has blue, green, red and a byte of nothing.
        let colours: Vec<u8> = pixels.chunks_exact(4).flat_map(|pixel| [pixel[2], pixel[1], pixel[0]]).collect();
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, width.into(), height.into());
        encoder.set_color(png::ColorType::Rgb);
        encoder.write_header()?.write_image_data(&colours)?;
        Ok(bytes)
    }

    /// Chooses the first file of the home folder in the file dialog on top. (To type a path is no way: the dialog completes it meanwhile.)
    #[track_caller]
    pub fn choose_first_of_home(&self) {
        let windows = self.windows();
        let dialog = windows.last().expect("a dialog is shown");
        self.point(dialog.x + dialog.width as i16 / 2, dialog.y + dialog.height as i16 / 2);
        let began = Instant::now();
        while self.windows().iter().any(|window| window.id == dialog.id) {
            assert!(began.elapsed() < PATIENCE, "the dialog stays");
            let alt = self.keycode(ALT);
            self.fake(KEY_PRESS_EVENT, alt, 0, 0);
            self.key(HOME);
            self.fake(KEY_RELEASE_EVENT, alt, 0, 0);
            // When its list is not read by then, nothing is chosen, and nothing happens.
            thread::sleep(Duration::from_millis(700));
            self.key(DOWN);
            self.key(RETURN);
            thread::sleep(Duration::from_millis(300));
        }
    }

    /// Drags with the middle button along these points of the display, one each `pause`.
    pub fn drag(&self, path: impl IntoIterator<Item = (i16, i16)>, pause: Duration) {
        let mut down = false;
        for (x, y) in path {
            self.fake(MOTION_NOTIFY_EVENT, 0, x, y);
            if !down {
                self.fake(BUTTON_PRESS_EVENT, MIDDLE, x, y);
                down = true;
            }
            thread::sleep(pause);
        }
        self.fake(BUTTON_RELEASE_EVENT, MIDDLE, 0, 0);
    }

    /// Turns the wheel at this point of the display, one click each `pause`: away from the hand (`true`) or towards it.
    pub fn wheel(&self, (x, y): (i16, i16), turns: impl IntoIterator<Item = bool>, pause: Duration) {
        self.point(x, y);
        for away in turns {
            let button = if away { WHEEL_UP } else { WHEEL_DOWN };
            self.fake(BUTTON_PRESS_EVENT, button, 0, 0);
            self.fake(BUTTON_RELEASE_EVENT, button, 0, 0);
            thread::sleep(pause);
        }
    }

    fn point(&self, x: i16, y: i16) {
        self.fake(MOTION_NOTIFY_EVENT, 0, x, y);
        thread::sleep(Duration::from_millis(300));
    }

    /// Presses the mouse's button at a place of the application's window.
    pub fn grasp(&self, at: (i16, i16)) {
        self.glide(at, at);
        self.fake(BUTTON_PRESS_EVENT, 1, 0, 0);
        thread::sleep(Duration::from_millis(100));
    }

    /// Moves the pointer from one place of the application's window to another, as a hand does: not in one leap.
    pub fn glide(&self, from: (i16, i16), to: (i16, i16)) {
        const STEPS: i16 = 12;
        let Shown { x, y, .. } = *self.windows().first().expect("the application's window is shown");
        for step in 1..=STEPS {
            let part = |from: i16, to: i16| {
                let way = i32::from(to - from) * i32::from(step) / i32::from(STEPS);
                from + i16::try_from(way).expect("a screen is small")
            };
            self.fake(MOTION_NOTIFY_EVENT, 0, x + part(from.0, to.0), y + part(from.1, to.1));
            thread::sleep(Duration::from_millis(30));
        }
    }

    /// Lets go of the mouse's button at this place of the application's window, where the pointer is. A hand is never quite still, and
    /// waits until what is under it has answered: a drop on what has not said that it takes it is none, for every program.
    pub fn let_go(&self, at: (i16, i16)) {
        for _ in 0..3 {
            self.glide(at, (at.0 + 3, at.1));
            self.glide((at.0 + 3, at.1), at);
        }
        thread::sleep(Duration::from_millis(400));
        self.fake(BUTTON_RELEASE_EVENT, 1, 0, 0);
    }

    fn fake(&self, kind: u8, detail: u8, x: i16, y: i16) {
        self.display
            .xtest_fake_input(kind, detail, 0, self.root, x, y, 0)
            .expect("a request")
            .check()
            .expect("input is taken");
    }

    /// Presses and lets go of the key with this symbol.
    fn key(&self, symbol: u32) {
        let key = self.keycode(symbol);
        self.fake(KEY_PRESS_EVENT, key, 0, 0);
        self.fake(KEY_RELEASE_EVENT, key, 0, 0);
        thread::sleep(Duration::from_millis(50));
    }

    fn keycode(&self, symbol: u32) -> u8 {
        let (first, last) = (self.display.setup().min_keycode, self.display.setup().max_keycode);
        let mapping = self.display.get_keyboard_mapping(first, last - first + 1).expect("a request").reply();
        let mapping = mapping.expect("the keys of the keyboard");
        let mut keys = (first..=last).zip(mapping.keysyms.chunks(usize::from(mapping.keysyms_per_keycode)));
        keys.find(|(_, symbols)| symbols.first() == Some(&symbol)).expect("a key of this symbol").0
    }

    fn atom(&self, name: &str) -> Atom {
        self.display.intern_atom(false, name.as_bytes()).expect("a request").reply().expect("an atom").atom
    }

    /// Drags files from this program onto the application's window and lets go of them (the XDND protocol, version 5).
    pub fn drop_files(&self, paths: &[&Path]) {
        let windows = self.windows();
        let Shown { id, x, y, width, height } = *windows.first().expect("the application's window is shown");
        let target = self.aware(id);
        let mine = self.display.generate_id().expect("an id");
        let aux = CreateWindowAux::new();
        let class = WindowClass::INPUT_OUTPUT;
        self.display
            .create_window(0, mine, self.root, 0, 0, 1, 1, 0, class, 0, &aux)
            .expect("a request")
            .check()
            .expect("a window");
        let (selection, list) = (self.atom("XdndSelection"), self.atom("text/uri-list"));
        self.display
            .set_selection_owner(mine, selection, x11rb::CURRENT_TIME)
            .expect("a request")
            .check()
            .expect("a selection");
        let uris: String =
            paths.iter().map(|path| format!("file://{}\r\n", path.to_str().expect("a path in text"))).collect();

        let say = |kind: &str, data: [u32; 5]| {
            let event = ClientMessageEvent::new(32, target, self.atom(kind), data);
            self.display
                .send_event(false, target, EventMask::NO_EVENT, event)
                .expect("a request")
                .check()
                .expect("a message");
        };
        let (middle_x, middle_y) = (x as u16 + width / 2, y as u16 + height / 2);
        self.point(middle_x as i16, middle_y as i16);
        let at = u32::from(middle_x) << 16 | u32::from(middle_y);
        let copy = self.atom("XdndActionCopy");
        say("XdndEnter", [mine, 5 << 24, list, 0, 0]);
        let began = Instant::now();
        let (mut last_move, mut dropped) = (Instant::now() - Duration::from_secs(1), false);
        loop {
            assert!(began.elapsed() < PATIENCE, "the window does not take the files");
            // A hand moves on while the other side makes up its mind.
            if !dropped && last_move.elapsed() > Duration::from_millis(200) {
                say("XdndPosition", [mine, 0, at, 0, copy]);
                last_move = Instant::now();
            }
            match self.display.poll_for_event().expect("the display is there") {
                Some(Event::SelectionRequest(request)) => {
                    self.display
                        .change_property8(PropMode::REPLACE, request.requestor, request.property, list, uris.as_bytes())
                        .expect("a request")
                        .check()
                        .expect("a property");
                    let answer = SelectionNotifyEvent {
                        response_type: SELECTION_NOTIFY_EVENT,
                        sequence: 0,
                        time: request.time,
                        requestor: request.requestor,
                        selection: request.selection,
                        target: request.target,
                        property: request.property,
                    };
                    self.display
                        .send_event(false, request.requestor, EventMask::NO_EVENT, answer)
                        .expect("a request")
                        .check()
                        .expect("an answer");
                }
                Some(Event::ClientMessage(message)) if message.type_ == self.atom("XdndStatus") => {
                    let accepted = message.data.as_data32()[1] & 1 == 1;
                    if accepted && !dropped {
                        dropped = true;
                        say("XdndDrop", [mine, 0, 0, 0, 0]);
                    }
                }
                Some(Event::ClientMessage(message)) if message.type_ == self.atom("XdndFinished") => return,
                Some(_) => {}
                None => thread::sleep(Duration::from_millis(10)),
            }
        }
    }

    /// The window that takes drags: this one, or one within it.
    fn aware(&self, window: u32) -> u32 {
        let aware = self.atom("XdndAware");
        let property = self.display.get_property(false, window, aware, AtomEnum::ANY, 0, 1).expect("a request").reply();
        if property.is_ok_and(|found| found.value_len > 0) {
            return window;
        }
        let children =
            self.display.query_tree(window).expect("a request").reply().map(|tree| tree.children).unwrap_or_default();
        children.into_iter().map(|child| self.aware(child)).find(|found| *found != 0).unwrap_or(0)
    }
}
