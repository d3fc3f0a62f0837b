//! Tauri's build step, told where its files lie: the manifest is one folder up.

fn main() {
    // Tauri's own step watches its configuration only: without this, a command that was added to a permission stays forbidden.
    for watched in ["src-tauri/permissions", "src-tauri/capabilities"] {
        println!("cargo:rerun-if-changed={watched}");
    }
    let attributes = tauri_build::Attributes::new()
        .capabilities_path_pattern("src-tauri/capabilities/**/*")
        .app_manifest(tauri_build::AppManifest::new().permissions_path_pattern("src-tauri/permissions/**/*"));
    if let Err(error) = tauri_build::try_build(attributes) {
        println!("cargo:warning=tauri-build: {error:#}");
        std::process::exit(1);
    }
}
