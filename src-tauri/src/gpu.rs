//! Whether the computer has a graphics processor, and how the web view draws without one.
//!
//! WebKitGTK puts its layers together with OpenGL, also where OpenGL is only a program: then each frame costs the processor the whole window.
//! Without layers it draws what has changed, which costs a fraction of that while a chart is panned (`docs/measurements.md`).

use std::env;
use std::fs::{self, File};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;

/// The variable by which WebKitGTK is told to draw without layers. Its setting of the same meaning (`hardware-acceleration-policy`) comes too
/// late: the page has its layers by then, and a wheel turned over it is lost (WebKitGTK 2.50).
const WITHOUT_LAYERS: &str = "WEBKIT_DISABLE_COMPOSITING_MODE";

/// Where there is no graphics processor, has the web view draw without layers: the program starts anew in its own place with the variable set,
/// because a running one cannot change its environment safely. Comes back when there is nothing to do, or it cannot be done.
pub(crate) fn spare_the_processor() {
    if env::var_os(WITHOUT_LAYERS).is_some() || is_there(Path::new("/dev")) {
        return;
    }
    let Ok(program) = env::current_exe() else { return };
    let error = Command::new(program).args(env::args_os().skip(1)).env(WITHOUT_LAYERS, "1").exec();
    eprintln!("koplamp-desktop: warning: charts will move slowly, for the program cannot be started anew: {error}");
}

/// Whether one can be used: the kernel shows each as a file `dri/renderD128` and so on, NVIDIA's own driver also as `nvidia0`.
fn is_there(devices: &Path) -> bool {
    let usable = |path: &Path| File::open(path).is_ok();
    let renderers = fs::read_dir(devices.join("dri")).into_iter().flatten().flatten();
    let mut renderers = renderers.filter(|entry| entry.file_name().to_string_lossy().starts_with("renderD"));
    renderers.any(|entry| usable(&entry.path())) || usable(&devices.join("nvidia0"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_graphics_processor_is_a_device_that_can_be_opened() {
        let devices = tempfile::tempdir().unwrap();
        let at = |name: &str| devices.path().join(name);
        assert!(!is_there(devices.path()), "no devices at all");
        fs::create_dir(at("dri")).unwrap();
        fs::write(at("dri/card0"), "").unwrap();
        assert!(!is_there(devices.path()), "a screen is no processor");
        fs::write(at("dri/renderD128"), "").unwrap();
        assert!(is_there(devices.path()));
        fs::remove_file(at("dri/renderD128")).unwrap();
        fs::write(at("nvidia0"), "").unwrap();
        assert!(is_there(devices.path()));
    }
}
