//! The page is not trusted: what it may call is refused when it makes no sense, and it can reach nothing else, neither files nor network.

use std::net::TcpListener;

use koplamp_tests::Case;
use koplamp_tests::case::PASSPHRASE;
use koplamp_tests::window::{Start, Window};
use serde_json::{Value, json};

const COMMANDS: [&str; 80] = [
    "places",
    "codes",
    "session",
    "keychain",
    "choose_folder",
    "create_workspace",
    "open_workspace",
    "recover_workspace",
    "change_passphrase",
    "lock",
    "active",
    "choose_import",
    "start_import",
    "control_job",
    "search",
    "documents",
    "open_document",
    "document_pages",
    "export_original",
    "rename_document",
    "label_documents",
    "remove_documents",
    "undo",
    "redo",
    "save_search",
    "saved_searches",
    "drop_search",
    "log_entries",
    "verify_log",
    "doctor",
    "schema",
    "gradings",
    "grading",
    "choose_grading",
    "entities",
    "entity",
    "statements_in",
    "state_facts",
    "withdraw_statements",
    "amend_statement",
    "merge_entities",
    "unmerge_entities",
    "distinguish_entities",
    "entity_matches",
    "choose_photo",
    "portrait",
    "suggestions",
    "accept_suggestions",
    "reject_suggestions",
    "ignore_suggestions",
    "charts",
    "make_chart",
    "snapshot_chart",
    "set_chart",
    "drop_chart",
    "chart_view",
    "place_on_chart",
    "add_to_chart",
    "chart_expansions",
    "expand_on_chart",
    "arrange_chart",
    "export_picture",
    "style_sheets",
    "make_style_sheet",
    "set_style_sheet",
    "drop_style_sheet",
    "use_style_sheet",
    "import_style_sheet",
    "export_style_sheet",
    "start_measures",
    "start_brokers",
    "start_key_players",
    "start_paths",
    "start_exchange",
    "start_table",
    "try_table",
    "mappings",
    "save_mapping",
    "drop_mapping",
    "export_exchange",
];

/// Commands that need an open workspace.
const OF_THE_CASE: [&str; 13] = [
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
];

/// Commands that take no arguments, and so cannot be given wrong ones.
const WITHOUT_ARGUMENTS: [&str; 15] = [
    "places",
    "codes",
    "session",
    "active",
    "undo",
    "redo",
    "saved_searches",
    "verify_log",
    "doctor",
    "schema",
    "gradings",
    "grading",
    "charts",
    "style_sheets",
    "mappings",
];

/// An argument that makes no sense, for every name that any command takes.
fn all(value: &Value) -> Value {
    let names = [
        "path",
        "purpose",
        "name",
        "organisation",
        "person",
        "passphrase",
        "folder",
        "deviceSecretFile",
        "recoveryKey",
        "old",
        "new",
        "cause",
        "what",
        "token",
        "labels",
        "channel",
        "job",
        "act",
        "query",
        "request",
        "filters",
        "limit",
        "offset",
        "failed",
        "document",
        "documents",
        "from",
        "to",
        "title",
        "search",
        "before",
        "preferences",
        "scheme",
        "entity",
        "stated",
        "statements",
        "statement",
        "amendment",
        "entities",
        "reason",
        "merge",
        "one",
        "other",
        "distinct",
        "kind",
        "suggestions",
        "into",
        "chart",
        "settings",
        "language",
        "brush",
        "placed",
        "taken",
        "at",
        "by",
        "arrangement",
        "format",
        "selection",
        "convention",
        "players",
        "types",
        "request",
        "mapping",
        "sheet",
        "choice",
    ];
    Value::Object(names.iter().map(|name| ((*name).to_owned(), value.clone())).collect())
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
        json!("x".repeat(1_000_000)),
        json!("(".repeat(30_000)),
        json!([["x"], ["y"]]),
        json!({ "a": { "b": [null] } }),
    ];
    let mut refused = 0;
    for command in COMMANDS.into_iter().filter(|command| !WITHOUT_ARGUMENTS.contains(command)) {
        for arguments in [json!({}), json!({ "x": 1 })].into_iter().chain(values.iter().map(all)) {
            let told = window.invoke(command, arguments.clone());
            let shown = format!("{command} {}", arguments.to_string().chars().take(120).collect::<String>());
            assert!(!format!("{told:?}").contains(secret), "{shown} reads a file that nobody chose: {told:?}");
            match told {
                Err(error) => {
                    assert!(is_an_error(&error), "{shown}: the page gets {error}");
                    refused += 1;
                }
                // A text is a text: a name or a query can be anything that fits. Without a path the keychain is asked whether it is there.
                Ok(answer) => {
                    let free = ["search", "save_search", "choose_import", "keychain"];
                    assert!(free.contains(&command), "{shown} answers {answer}");
                }
            }
        }
    }
    for saved in window.invoke("saved_searches", json!({})).unwrap().as_array().unwrap() {
        window.invoke("drop_search", json!({ "search": saved["id"] })).unwrap();
    }
    println!("{refused} calls refused");
    assert_eq!(digest(), before, "and nothing has changed");
    for command in WITHOUT_ARGUMENTS.into_iter().filter(|command| !["undo", "redo"].contains(command)) {
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
        (
            "document_not_found",
            "open_document",
            json!({ "document": "00112233445566778899aabbccddeeff", "query": null }),
        ),
        ("invalid_argument", "open_document", json!({ "document": "../melding.txt", "query": null })),
        ("query", "open_document", json!({ "document": id, "query": "(" })),
        ("invalid_argument", "rename_document", json!({ "document": id, "title": "x".repeat(501) })),
        ("invalid_argument", "remove_documents", json!({ "documents": [] })),
        ("job_not_found", "control_job", json!({ "job": "x", "act": "cancel" })),
        ("wrong_passphrase", "change_passphrase", json!({ "old": "verkeerd genoeg", "new": "een nieuwe lange zin" })),
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
            "request": { "query": "x", "limit": 1 },
        });
        assert_eq!(code(command, arguments), "locked", "{command} on a locked case");
    }
}

/// What the page gets: an error of the closed list, or Tauri's own refusal of arguments that do not fit.
fn is_an_error(error: &Value) -> bool {
    let ours = error["code"].as_str().is_some_and(|code| code != "internal") && error["message"].is_string();
    ours || error.as_str().is_some_and(|text| text.contains("invalid args"))
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
