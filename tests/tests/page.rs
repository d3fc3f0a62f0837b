//! The page is not trusted: what it may call is refused when it makes no sense, and it can reach nothing else, neither files nor network.

use std::collections::BTreeSet;
use std::net::TcpListener;

use koplamp_tests::Case;
use koplamp_tests::case::PASSPHRASE;
use koplamp_tests::window::{Start, Window};
use serde_json::{Value, json};

/// What the page may call, and what each takes.
const COMMANDS: &[(&str, &[&str])] = &[
    ("places", &[]),
    ("codes", &[]),
    ("session", &[]),
    ("keychain", &["path"]),
    ("choose_folder", &["purpose"]),
    ("create_workspace", &["name", "organisation", "person", "passphrase", "folder", "deviceSecretFile"]),
    ("open_workspace", &["path", "passphrase", "deviceSecretFile", "acceptOlderCopy"]),
    ("recover_workspace", &["path", "recoveryKey", "passphrase", "deviceSecretFile", "acceptOlderCopy"]),
    ("change_passphrase", &["old", "new", "deviceSecretFile"]),
    ("lock", &["cause"]),
    ("active", &[]),
    ("choose_import", &["what"]),
    ("start_import", &["token", "labels", "channel"]),
    ("control_job", &["job", "act"]),
    ("search", &["request"]),
    ("export_results", &["request", "format", "language"]),
    ("documents", &["failed", "limit", "offset"]),
    ("open_document", &["document", "query", "senses"]),
    ("document_pages", &["document", "from", "to"]),
    ("export_original", &["document"]),
    ("rename_document", &["document", "title"]),
    ("label_documents", &["documents", "labels"]),
    ("remove_documents", &["documents"]),
    ("undo", &[]),
    ("redo", &[]),
    ("save_search", &["name", "query"]),
    ("saved_searches", &[]),
    ("drop_search", &["search"]),
    ("log_entries", &["before", "limit"]),
    ("verify_log", &[]),
    ("doctor", &[]),
    ("preferences", &[]),
    ("keep_preferences", &["preferences"]),
    ("schema", &[]),
    ("gradings", &[]),
    ("grading", &[]),
    ("choose_grading", &["scheme"]),
    ("entities", &["query", "limit", "offset"]),
    ("entity", &["entity"]),
    ("statements_in", &["document"]),
    ("state_facts", &["stated"]),
    ("withdraw_statements", &["statements"]),
    ("amend_statement", &["statement", "amendment"]),
    ("merge_entities", &["entities", "reason"]),
    ("unmerge_entities", &["merge"]),
    ("distinguish_entities", &["one", "other", "distinct"]),
    ("entity_matches", &["entity", "limit"]),
    ("choose_photo", &["entity", "document"]),
    ("portrait", &["document"]),
    ("suggestions", &["kind", "limit", "offset"]),
    ("accept_suggestions", &["suggestions", "into"]),
    ("reject_suggestions", &["suggestions"]),
    ("ignore_suggestions", &["suggestions"]),
    ("charts", &[]),
    ("make_chart", &["name", "entities"]),
    ("snapshot_chart", &["chart", "name"]),
    ("set_chart", &["chart", "name", "settings"]),
    ("drop_chart", &["chart"]),
    ("chart_view", &["chart", "language", "lens", "brush"]),
    ("overlay", &["chart", "overlay"]),
    ("place_on_chart", &["chart", "placed", "taken"]),
    ("add_to_chart", &["chart", "entities", "documents", "at"]),
    ("chart_expansions", &["chart", "entity"]),
    ("expand_on_chart", &["chart", "entity", "by", "limit"]),
    ("arrange_chart", &["chart", "arrangement"]),
    ("export_picture", &["chart", "format", "selection", "language", "lens"]),
    ("style_sheets", &[]),
    ("make_style_sheet", &["name", "organisation", "chart"]),
    ("set_style_sheet", &["sheet"]),
    ("drop_style_sheet", &["sheet"]),
    ("use_style_sheet", &["choice", "chart"]),
    ("import_style_sheet", &["token"]),
    ("export_style_sheet", &["sheet"]),
    ("start_measures", &["chart", "convention", "channel"]),
    ("start_brokers", &["chart", "players", "channel"]),
    ("start_key_players", &["chart", "players", "types", "channel"]),
    ("start_paths", &["chart", "request", "channel"]),
    ("start_exchange", &["token", "format", "labels", "chart", "channel"]),
    ("start_table", &["token", "mapping", "labels", "chart", "channel"]),
    ("try_table", &["token", "mapping"]),
    ("mappings", &[]),
    ("save_mapping", &["name", "mapping"]),
    ("drop_mapping", &["mapping"]),
    ("export_exchange", &["format", "chart"]),
    ("look_up", &["word", "lens"]),
    ("lens_labels", &["lens", "language"]),
    ("concept_history", &["concept"]),
    ("concept", &["concept"]),
    ("concepts", &["text", "organisation", "limit", "offset"]),
    ("concept_mappings", &["status"]),
    ("offered_mappings", &[]),
    ("set_concept", &["draft"]),
    ("drop_concept", &["concept"]),
    ("propose_mapping", &["draft"]),
    ("drop_concept_mapping", &["mapping"]),
    ("review_mapping", &["mapping", "organisation", "verdict", "reason"]),
    ("page_senses", &["document", "from", "to", "lens"]),
    ("text_senses", &["texts", "lens"]),
    ("fix_sense", &["document", "page", "start", "end", "concept"]),
    ("start_coverage", &["limit", "channel"]),
    ("start_glossary_import", &["token", "organisation", "format", "acceptViolations", "channel"]),
    ("start_glossary_seed", &["channel"]),
    ("export_glossary", &["format", "organisation"]),
];

/// Commands that need an open workspace.
const OF_THE_CASE: [&str; 19] = [
    "search",
    "documents",
    "open_document",
    "document_pages",
    "rename_document",
    "label_documents",
    "remove_documents",
    "undo",
    "redo",
    "save_search",
    "saved_searches",
    "log_entries",
    "verify_log",
    "look_up",
    "concepts",
    "concept_mappings",
    "offered_mappings",
    "page_senses",
    "lens_labels",
];

/// Every command with the names of its arguments, against what the window is permitted to call.
#[test]
fn the_commands_are_those_that_the_window_may_call() {
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../src-tauri/permissions/window.toml");
    let file: toml::Value = std::fs::read_to_string(file).unwrap().parse::<toml::Table>().unwrap().into();
    let permitted = file["permission"].as_array().unwrap().iter();
    let permitted = permitted.flat_map(|one| one["commands"]["allow"].as_array().unwrap());
    let permitted: BTreeSet<&str> = permitted.map(|command| command.as_str().unwrap()).collect();
    let tried: BTreeSet<&str> = COMMANDS.iter().map(|(command, _)| *command).collect();
    assert_eq!(tried, permitted, "those that are tried here, and those that are permitted");
}

/// This value for each of these arguments.
fn each(names: impl IntoIterator<Item = &'static str>, value: &Value) -> Value {
    Value::Object(names.into_iter().map(|name| (name.to_owned(), value.clone())).collect())
}

/// An argument that makes no sense, for every name that any command takes.
fn all(value: &Value) -> Value {
    each(COMMANDS.iter().flat_map(|(_, names)| names.iter().copied()), value)
}

#[test]
fn every_command_refuses_what_makes_no_sense() {
    let case = Case::new();
    let secret = "kweldergras-77";
    let file = case.write("geheim.txt", secret);
    case.import(&[&case.write("melding.txt", "Een melding.")]);
    let window = Start::new(&case, "hostile").argument(case.workspace()).window();
    window.open(PASSPHRASE);
    let digest = || window.invoke("doctor", json!({})).unwrap()["state_digest"].clone();
    let before = digest();
    let file = file.to_str().unwrap();
    let values = [
        Value::Null,
        json!(true),
        json!(-1),
        json!(1e300),
        json!(""),
        json!("\u{0}"),
        json!("../../../../etc/passwd"),
        json!("/etc/shadow"),
        json!(file),
        json!(format!("file://{file}")),
        json!("'; DROP TABLE document; --"),
        json!([["x"], ["y"]]),
        json!({ "a": { "b": [null] } }),
    ];
    // As long as these are, only what a command takes is sent.
    let long = [json!("x".repeat(1_000_000)), json!("(".repeat(30_000))];
    let mut refused = 0;
    for (command, names) in COMMANDS.iter().filter(|(_, names)| !names.is_empty()) {
        let short = [json!({}), json!({ "x": 1 })].into_iter().chain(values.iter().map(all));
        let given: Vec<Value> = short.chain(long.iter().map(|value| each(names.iter().copied(), value))).collect();
        for (arguments, told) in given.iter().zip(window.invoke_each(command, &given)) {
            let shown = format!("{command} {}", arguments.to_string().chars().take(120).collect::<String>());
            assert!(!format!("{told:?}").contains(secret), "{shown} reads a file that nobody chose: {told:?}");
            match told {
                Err(error) => {
                    assert!(is_an_error(&error), "{shown}: the page gets {error}");
                    refused += 1;
                }
                // A text is a text: a name, a word, a query or what the window prefers can be anything that fits. Without a path the keychain is asked whether it is
                // there, and without a status mappings of any are listed.
                Ok(answer) => {
                    let free = [
                        "search",
                        "save_search",
                        "choose_import",
                        "keychain",
                        "look_up",
                        "concept_mappings",
                        "keep_preferences",
                    ];
                    assert!(free.contains(command), "{shown} answers {answer}");
                }
            }
        }
    }
    for saved in window.invoke("saved_searches", json!({})).unwrap().as_array().unwrap() {
        window.invoke("drop_search", json!({ "search": saved["id"] })).unwrap();
    }
    println!("{refused} calls refused");
    assert_eq!(digest(), before, "and nothing has changed");
    let bare = COMMANDS.iter().filter(|(_, names)| names.is_empty()).map(|(command, _)| *command);
    for command in bare.filter(|command| !["undo", "redo"].contains(command)) {
        assert!(window.invoke(command, all(&json!("/etc/shadow"))).is_ok(), "{command} works as before");
    }
    more_closely(&window, &case, file);
}

/// Calls that are almost right.
fn more_closely(window: &Window, case: &Case, file: &str) {
    let id =
        window.invoke("documents", json!({ "failed": false, "limit": 1, "offset": 0 })).unwrap()["documents"][0]["id"]
            .clone();
    let code = |command: &str, arguments: Value| match window.invoke(command, arguments) {
        Err(error) => error["code"].as_str().unwrap_or("no code").to_owned(),
        Ok(answer) => format!("answers {answer}"),
    };
    let labels =
        json!({ "organisation": "politie", "source": "x", "purpose": "wpg-8", "marking": null, "handling": null });
    let channel = "__CHANNEL__:1";
    let nothing = "00112233445566778899aabbccddeeff";
    for (expected, command, arguments) in [
        ("selection_gone", "start_import", json!({ "token": file, "labels": labels, "channel": channel })),
        (
            "label_missing",
            "start_import",
            json!({ "token": "x", "labels": { "organisation": "", "source": "x", "purpose": "y" }, "channel": channel }),
        ),
        ("workspace_not_found", "open_workspace", json!({ "path": "/etc", "passphrase": PASSPHRASE })),
        ("workspace_not_found", "keychain", json!({ "path": "/proc/self" })),
        ("invalid_argument", "open_workspace", json!({ "path": "../zaak.koplamp", "passphrase": PASSPHRASE })),
        (
            "wrong_device_secret",
            "open_workspace",
            json!({ "path": case.workspace(), "passphrase": PASSPHRASE, "deviceSecretFile": "/etc/shadow" }),
        ),
        (
            "wrong_device_secret",
            "open_workspace",
            json!({ "path": case.workspace(), "passphrase": PASSPHRASE, "deviceSecretFile": "/dev/zero" }),
        ),
        (
            "workspace_exists",
            "create_workspace",
            json!({ "name": "zaak", "organisation": "om", "person": "x", "passphrase": PASSPHRASE, "folder": case.at("") }),
        ),
        ("document_not_found", "open_document", json!({ "document": nothing, "query": null })),
        ("invalid_argument", "open_document", json!({ "document": "../melding.txt", "query": null })),
        ("query", "open_document", json!({ "document": id, "query": "(" })),
        ("invalid_argument", "rename_document", json!({ "document": id, "title": "x".repeat(501) })),
        ("invalid_argument", "remove_documents", json!({ "documents": [] })),
        ("job_not_found", "control_job", json!({ "job": "x", "act": "cancel" })),
        ("wrong_passphrase", "change_passphrase", json!({ "old": "verkeerd genoeg", "new": "een nieuwe lange zin" })),
        ("concept_not_found", "concept", json!({ "concept": nothing })),
        ("concept_not_found", "drop_concept", json!({ "concept": nothing })),
        (
            "mapping_not_found",
            "review_mapping",
            json!({ "mapping": nothing, "organisation": "politie", "verdict": "accept", "reason": "" }),
        ),
        ("document_not_found", "page_senses", json!({ "document": nothing, "from": 1, "to": 1, "lens": null })),
        (
            "invalid_argument",
            "fix_sense",
            json!({ "document": id, "page": 1, "start": 900, "end": 901, "concept": null }),
        ),
        (
            "selection_gone",
            "start_glossary_import",
            json!({ "token": file, "organisation": "politie", "format": null, "acceptViolations": false, "channel": channel }),
        ),
        ("invalid_argument", "export_glossary", json!({ "format": "/etc/shadow", "organisation": null })),
        ("chart_not_found", "overlay", json!({ "chart": nothing, "overlay": { "overlay": "meetings" } })),
        ("weak_passphrase", "change_passphrase", json!({ "old": PASSPHRASE, "new": "kort" })),
    ] {
        assert_eq!(code(command, arguments.clone()), expected, "{command} {arguments}");
    }
    let pages = window.invoke("document_pages", json!({ "document": id, "from": 0, "to": u32::MAX })).unwrap();
    assert_eq!(pages.as_array().map(Vec::len), Some(1), "a range beyond the document gives what there is");
    let list = window.invoke("documents", json!({ "failed": false, "limit": u32::MAX, "offset": u32::MAX })).unwrap();
    assert_eq!(list["documents"], json!([]));
    let filters = json!({ "organisation": [], "kind": [], "year": [] });
    for (limit, offset) in [(u32::MAX, u32::MAX), (10, u32::MAX), (0, 0)] {
        let request = json!({ "query": "x", "filters": filters, "limit": limit, "offset": offset, "facets": true });
        let arguments = json!({ "request": request });
        assert_eq!(window.invoke("search", arguments).unwrap()["hits"], json!([]), "{limit} from {offset}");
    }
    assert!(window.invoke("log_entries", json!({ "before": u32::MAX, "limit": u32::MAX })).is_ok());

    window.invoke("lock", json!({ "cause": "hand" })).unwrap();
    for command in OF_THE_CASE {
        let arguments = json!({
            "query": "x", "filters": { "organisation": [], "kind": [], "year": [] }, "limit": 1, "offset": 0, "failed": false,
            "document": id, "documents": [id], "from": 1, "to": 1, "title": "x", "labels": labels, "name": "x", "before": null,
            "request": { "query": "x", "limit": 1 }, "word": "x", "lens": "politie", "language": "nl",
        });
        assert_eq!(code(command, arguments), "locked", "{command} on a locked case");
    }
}

/// What the page gets: an error of the closed list, or Tauri's own refusal of arguments that do not fit.
fn is_an_error(error: &Value) -> bool {
    let ours = error["code"].as_str().is_some_and(|code| code != "internal") && error["message"].is_string();
    let refused = |text: &str| text.contains("invalid args") || text.contains("invalid channel value");
    ours || error.as_str().is_some_and(refused)
}

#[test]
fn the_page_reaches_nothing_but_its_commands() {
    let case = Case::new();
    let window = Start::new(&case, "caged").argument(case.workspace()).window();
    window.open(PASSPHRASE);
    for command in [
        "plugin:dialog|open",
        "plugin:dialog|save",
        "plugin:dialog|message",
        "plugin:fs|read_file",
        "plugin:shell|execute",
        "plugin:window|close",
        "plugin:window|create",
        "plugin:webview|create_webview_window",
        "plugin:event|emit",
        "plugin:path|resolve_directory",
        "plugin:app|version",
        "plugin:resources|close",
        "plugin:menu|new",
        "plugin:image|from_path",
        "no_such_command",
    ] {
        let told = window.invoke(command, all(&json!("/etc/passwd")));
        assert!(told.is_err(), "{command} is not for the page: {told:?}");
    }

    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    listener.set_nonblocking(true).unwrap();
    let address = format!("127.0.0.1:{}", listener.local_addr().unwrap().port());
    let tries = "const [address, done] = arguments;
        const url = `http://${address}/lek`;
        const outcome = {};
        const settle = (name) => (value) => { outcome[name] = String(value?.name ?? value?.type ?? value); };
        document.addEventListener('securitypolicyviolation', (event) => { outcome.violation = event.effectiveDirective; });
        const script = document.createElement('script');
        script.textContent = 'window.ran = true';
        document.head.append(script);
        outcome.inline = window.ran === true;
        try { outcome.eval = (0, eval)('1 + 1'); } catch (error) { outcome.eval = error.name; }
        try { outcome.constructor_ = new Function('return 1')(); } catch (error) { outcome.constructor_ = error.name; }
        const remote = document.createElement('script'); remote.src = url; document.head.append(remote);
        const style = document.createElement('link'); style.rel = 'stylesheet'; style.href = url; document.head.append(style);
        const image = new Image(); image.src = url;
        const frame = document.createElement('iframe'); frame.src = url; document.body.append(frame);
        const object = document.createElement('object'); object.data = url; document.body.append(object);
        try { const socket = new WebSocket(`ws://${address}/`); socket.onerror = settle('socket'); socket.onopen = settle('socket'); }
        catch (error) { settle('socket')(error); }
        try { new EventSource(url); } catch {}
        try { navigator.sendBeacon(url, 'x'); } catch {}
        const form = document.createElement('form'); form.action = url; form.target = '_blank'; document.body.append(form);
        try { form.submit(); } catch {}
        try { window.open(url); } catch {}
        const link = document.createElement('link'); link.rel = 'prefetch'; link.href = url; document.head.append(link);
        Promise.allSettled([
          fetch(url, { mode: 'no-cors' }).then(() => 'fetched').then(settle('fetch'), settle('fetch')),
          fetch('file:///etc/passwd').then((r) => r.text()).then(settle('file'), settle('file')),
          new Promise((after) => setTimeout(after, 1500)),
        ]).then(() => { frame.remove(); object.remove(); form.remove(); done(outcome); });";
    let outcome = window.session().script_async(tries, &[address.clone().into()]).unwrap();
    assert_eq!(outcome["inline"], false, "no script within the page runs: {outcome}");
    assert_eq!((&outcome["eval"], &outcome["constructor_"]), (&json!("EvalError"), &json!("EvalError")), "{outcome}");
    assert_eq!((&outcome["fetch"], &outcome["file"]), (&json!("TypeError"), &json!("TypeError")), "{outcome}");
    assert!(outcome["violation"].is_string(), "the policy is what stopped it: {outcome}");
    assert!(listener.accept().is_err(), "nobody called from the page: {outcome}");

    // Leaving the page for another one is no matter of the policy.
    let _ = window.session().script("location.href = arguments[0]", &[format!("http://{address}/weg").into()]);
    std::thread::sleep(std::time::Duration::from_millis(1500));
    assert!(listener.accept().is_err(), "the window goes to no other page");
    assert!(window.has("room-search"), "and is where it was");
}
