//! Files handed to the real window the way people do it: chosen in the system's dialog, and dragged from a file manager.

use koplamp_tests::Case;
use koplamp_tests::case::PASSPHRASE;
use koplamp_tests::window::Start;

#[test]
fn files_are_chosen_in_the_dialog_of_the_system() {
    let case = Case::new();
    case.write("home/melding.txt", "Een melding over de kade.");
    let window = Start::new(&case, "dialog").argument(case.workspace()).window();
    window.open(PASSPHRASE);
    window.click("import-open");
    let desktop = window.desktop();
    let before = desktop.count();
    window.click("import-files");
    desktop.wait_for(before + 1);
    desktop.choose_first_of_home();
    desktop.wait_for(before);
    assert_eq!(window.take_in("politie", "BVH", "wpg-8"), 1);
    assert_eq!(window.search("kade"), 1);
}

#[test]
fn files_are_dragged_onto_the_window() {
    let case = Case::new();
    let one = case.write("bronnen/melding.txt", "Een melding over de kade.");
    case.write("bronnen/map/tweede.txt", "Nog een over de kade.");
    let folder = case.at("bronnen/map");
    let window = Start::new(&case, "drag").argument(case.workspace()).window();
    window.open(PASSPHRASE);
    window.desktop().drop_files(&[&one, &folder]);
    window.by_test_id("import-start");
    window.screenshot("dropped");
    assert_eq!(window.take_in("politie", "BVH", "wpg-8"), 2, "a file, and all that is in a folder");
    assert_eq!(window.search("kade"), 2);
}
