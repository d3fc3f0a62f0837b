//! The desktop shell: commands, events, jobs. It has no logic of its own.
//!
//! Every command is an adapter: check, call the workspace on a blocking thread, convert. The shell knows no database, no index and no
//! format; no argument from the web view is trusted, and the web view never names a file to read: files are chosen in a dialog or
//! dropped on the window, kept here, and known to the web view by a token.

mod arguments;
mod commands;
mod desk;
mod error;
#[cfg(target_os = "linux")]
mod gpu;
mod idle;
mod selection;
mod window;

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::{Arc, OnceLock};

use tauri::{DragDropEvent, Emitter, Manager, RunEvent, WindowEvent};

use desk::Desk;

/// Starts the application and returns when its window is closed.
pub fn run() -> ExitCode {
    #[cfg(target_os = "linux")]
    gpu::spare_the_processor();
    let given = match arguments::parse(std::env::args_os().skip(1)) {
        Ok(given) => given,
        Err(message) => {
            eprintln!("koplamp-desktop: {message}");
            return ExitCode::from(2);
        }
    };
    if let Err(error) = koplamp_workspace::harden_process() {
        eprintln!("koplamp-desktop: warning: {error}");
    }
    let desk = Arc::new(Desk::new(given));
    let profile: Arc<OnceLock<PathBuf>> = Arc::default();
    let built = tauri::Builder::default()
        .plugin(tauri_plugin_dialog::init())
        .manage(Arc::clone(&desk))
        .invoke_handler(commands::handler())
        .on_window_event(|window, event| {
            if let WindowEvent::DragDrop(DragDropEvent::Drop { paths, .. }) = event {
                let desk = window.state::<Arc<Desk>>();
                if let Some(selection) = desk.selections().keep(paths.clone()) {
                    // A window that is closing cannot be told, and need not be.
                    drop(window.emit("koplamp://dropped", selection));
                }
            }
        })
        .setup({
            let profile = Arc::clone(&profile);
            move |app| {
                if let Some(folder) = window::open(app.handle())? {
                    profile.get_or_init(|| folder);
                }
                idle::watch(app.handle().clone());
                Ok(())
            }
        })
        .build(tauri::generate_context!());
    match built {
        Ok(app) => {
            app.run(move |_, event| {
                if let RunEvent::Exit = event {
                    if let Err(error) = desk.lock("end") {
                        eprintln!("koplamp-desktop: {error}");
                    }
                    if let Some(folder) = profile.get() {
                        window::remove(folder);
                    }
                }
            });
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("koplamp-desktop: the window could not be opened: {error}");
            ExitCode::FAILURE
        }
    }
}
