//! Sheets as other programs read them: XML, PDF and PNG are taken apart again.

mod sample;

use koplamp_briefing::{BriefingError, Colour, Language, PALETTE, pdf, png, svg};
use koplamp_model::{LegendEntry, Paint, Rgb, Scene, Shape};
use lopdf::{Document, Object};
use resvg::tiny_skia::{Pixmap, PremultipliedColorU8};
use roxmltree::Node;

fn numbers(text: &str) -> Vec<f64> {
    text.split(|letter: char| !(letter.is_ascii_digit() || letter == '.' || letter == '-'))
        .filter_map(|part| part.parse().ok())
        .collect()
}

fn with<'a>(file: &'a roxmltree::Document<'a>, attribute: &str) -> Vec<Node<'a, 'a>> {
    file.descendants().filter(|node| node.has_attribute(attribute)).collect()
}

fn words(node: &Node<'_, '_>) -> Vec<String> {
    node.descendants()
        .filter(|inner| inner.has_tag_name("text") || inner.tag_name().name() == "text")
        .filter_map(|inner| inner.text().map(str::to_owned))
        .collect()
}

fn by_id<'a>(file: &'a roxmltree::Document<'a>, id: &str) -> Node<'a, 'a> {
    file.descendants().find(|node| node.attribute("id") == Some(id)).expect(id)
}

/// Where the chart was moved to.
fn moved(svg: &str) -> (f64, f64) {
    let file = roxmltree::Document::parse(svg).expect("XML");
    let place = by_id(&file, "chart").attribute("transform").expect("moved").to_owned();
    assert!(place.starts_with("translate(") && !place.contains("scale"), "{place}");
    let by = numbers(&place);
    assert!(by.iter().all(|length| length.fract() == 0.0), "moved by whole pixels");
    (by[0], by[1])
}

fn sheets() -> (Scene, koplamp_briefing::Sheet) {
    (sample::scene(60, 90), sample::sheet("tlp:red", "TLP:RED", Language::Nl))
}

#[test]
fn places_and_sizes_are_the_scenes() {
    let (scene, sheet) = sheets();
    let text = svg(&scene, &sheet).unwrap();
    let file = roxmltree::Document::parse(&text).unwrap();
    let nodes = with(&file, "data-entity");
    assert_eq!(nodes.len(), scene.nodes.len());
    for (drawn, node) in nodes.iter().zip(&scene.nodes) {
        assert_eq!(drawn.attribute("data-entity").unwrap(), node.id.to_string());
        let outline = drawn.first_element_child().unwrap();
        let near = |a: f64, b: f64| assert!((a - b).abs() < 0.011, "{a} {b}");
        if node.shape == Shape::Circle {
            let read = |name: &str| outline.attribute(name).unwrap().parse::<f64>().unwrap();
            near(read("cx"), node.x);
            near(read("cy"), node.y);
            near(read("r"), node.radius);
        } else {
            for corner in numbers(outline.attribute("points").unwrap()).chunks(2) {
                near((corner[0] - node.x).hypot(corner[1] - node.y), node.radius);
            }
        }
        assert_eq!(outline.attribute("stroke-dasharray").is_some(), node.hypothesis);
        assert_eq!(drawn.attribute("opacity").is_some(), node.dimmed);
        let first = drawn.children().find(|inner| inner.tag_name().name() == "text").unwrap();
        near(first.attribute("y").unwrap().parse().unwrap(), node.y + node.radius + 4.0 + 12.0);
        near(first.attribute("x").unwrap().parse().unwrap(), node.x);
        let said = words(drawn);
        assert!(node.attributes.iter().all(|line| said.contains(line)), "{said:?}");
        let last = 4.0 + 12.0 + 15.0 * (node.label.len() + node.attributes.len() - 1) as f64;
        let placed = |y: f64| (y - node.y - node.radius - last).abs() < 0.011;
        let mut baselines = drawn.children().filter(|inner| inner.tag_name().name() == "text");
        assert!(baselines.any(|line| line.attribute("y").unwrap().parse().is_ok_and(placed)), "its last line");
        // Each flag is a disc of 14 pixels, the first at 0.8 of the radius to the left and below.
        let discs: Vec<_> = drawn.children().filter(|inner| inner.attribute("r") == Some("7")).collect();
        assert_eq!(discs.len(), node.flags.len());
        for (place, disc) in discs.iter().enumerate() {
            near(disc.attribute("cx").unwrap().parse().unwrap(), node.x - 0.8 * node.radius - 14.0 * place as f64);
            near(disc.attribute("cy").unwrap().parse().unwrap(), node.y + 0.8 * node.radius);
        }
    }
    let links = with(&file, "data-link");
    assert_eq!(links.len(), scene.links.len());
    for (drawn, link) in links.iter().zip(&scene.links) {
        let paths: Vec<_> = drawn.children().filter(|inner| inner.tag_name().name() == "path").collect();
        assert_eq!(paths.len(), 1 + usize::from(link.arrow) + usize::from(link.back));
        if link.arrow {
            let tip = numbers(paths[1].attribute("d").unwrap());
            assert!((tip[0] - link.to.0).hypot(tip[1] - link.to.1) < 0.02, "the tip is at the end");
            let [base, wide] = [((tip[2] + tip[4]) / 2.0, (tip[3] + tip[5]) / 2.0), (tip[2] - tip[4], tip[3] - tip[5])];
            assert!(((base.0 - tip[0]).hypot(base.1 - tip[1]) - 9.0).abs() < 0.05);
            assert!((wide.0.hypot(wide.1) - 7.0 - link.width).abs() < 0.05);
        }
        // What is left of the line lies on the whole curve: its ends are points of it.
        let line = numbers(paths[0].attribute("d").unwrap());
        for end in [(line[0], line[1]), (line[4], line[5])] {
            let far = (0..=20_000)
                .map(|step| f64::from(step) / 20_000.0)
                .map(|t| {
                    let at = |a: f64, b: f64, c: f64| (1.0 - t).powi(2) * a + 2.0 * t * (1.0 - t) * b + t * t * c;
                    (at(link.from.0, link.control.0, link.to.0) - end.0)
                        .hypot(at(link.from.1, link.control.1, link.to.1) - end.1)
                })
                .fold(f64::INFINITY, f64::min);
            assert!(far < 0.05, "{far}");
        }
    }
}

#[test]
fn nothing_reaches_over_the_sheet() {
    let (scene, sheet) = sheets();
    let text = svg(&scene, &sheet).unwrap();
    let (x, y) = moved(&text);
    let file = roxmltree::Document::parse(&text).unwrap();
    let size: Vec<f64> = numbers(file.root_element().attribute("viewBox").unwrap());
    for node in &scene.nodes {
        assert!(node.x + x - node.radius > 0.0 && node.x + x + node.radius < size[2]);
        assert!(node.y + y - node.radius > 26.0 && node.y + y + node.radius + 45.0 < size[3]);
    }
}

#[test]
fn the_legend_says_what_the_scene_says() {
    let (scene, sheet) = sheets();
    let text = svg(&scene, &sheet).unwrap();
    let file = roxmltree::Document::parse(&text).unwrap();
    let shown: Vec<(String, Vec<String>)> = with(&file, "data-legend")
        .iter()
        .map(|entry| (entry.attribute("data-legend").unwrap().to_owned(), words(entry)))
        .collect();
    assert_eq!(shown.len(), scene.legend.len());
    for ((key, words), entry) in shown.iter().zip(&scene.legend) {
        let (wanted, said) = match entry {
            LegendEntry::Entity { kind, count, .. } | LegendEntry::Link { kind, count, .. } => {
                (kind.clone(), vec![sheet.names.get(kind).unwrap_or(kind).clone(), count.to_string()])
            }
            LegendEntry::Hypothesis { count } => {
                ("hypothesis".to_owned(), vec!["Vermoeden, zonder passage".to_owned(), count.to_string()])
            }
            LegendEntry::Bundle { count } => {
                ("bundle".to_owned(), vec!["Meer relaties in één lijn".to_owned(), count.to_string()])
            }
            LegendEntry::Rule { name, size, .. } => (name.clone(), vec![name.clone(), format!("{}%", size.unwrap())]),
            LegendEntry::Flag { words, count, .. } => (words.clone(), vec![words.clone(), count.to_string()]),
            LegendEntry::More => {
                ("more".to_owned(), vec!["+1".to_owned(), "Relaties die hier niet getekend zijn".to_owned()])
            }
        };
        assert_eq!((key, words), (&wanted, &said));
    }
    let none = Scene { legend: Vec::new(), ..scene };
    assert!(!svg(&none, &sheet).unwrap().contains("Legenda"));
}

#[test]
fn an_svg_holds_its_fonts_and_its_marking_and_nothing_from_elsewhere() {
    let (scene, sheet) = sheets();
    let text = svg(&scene, &sheet).unwrap();
    let file = roxmltree::Document::parse(&text).unwrap();
    let style = file
        .descendants()
        .find(|node| node.has_tag_name(("http://www.w3.org/2000/svg", "style")))
        .unwrap()
        .text()
        .unwrap()
        .to_owned();
    assert_eq!(style.matches("@font-face").count(), 2, "no Arabic here");
    assert_eq!(style.matches("url(").count(), style.matches("url(data:font/ttf;base64,").count());
    for id in ["marking-top", "marking-bottom"] {
        let banner = by_id(&file, id);
        assert_eq!(words(&banner), ["TLP:RED"]);
        assert_eq!(banner.first_element_child().unwrap().attribute("fill"), Some("#000000"));
    }
    assert!(!text.contains("<script") && !text.contains("href") && !text.contains("<image"));
    let arabic =
        Scene { notes: vec![koplamp_model::SceneNote { x: 0.0, y: 0.0, text: vec!["مريم".to_owned()] }], ..scene };
    assert!(svg(&arabic, &sheet).unwrap().contains("font-family:'IBM Plex Sans Arabic'"));
}

/// The names of the fonts of a PDF, each of which is in it.
fn embedded(file: &Document) -> Vec<String> {
    file.objects
        .values()
        .filter_map(|object| object.as_dict().ok())
        .filter(|object| object.get(b"Type").and_then(Object::as_name).is_ok_and(|kind| kind == b"FontDescriptor"))
        .map(|font| {
            assert!(font.has(b"FontFile2") || font.has(b"FontFile3"), "not embedded");
            String::from_utf8_lossy(font.get(b"FontName").and_then(Object::as_name).expect("a name")).into_owned()
        })
        .collect()
}

#[test]
fn a_pdf_holds_its_fonts_and_its_words() {
    let (scene, sheet) = sheets();
    let file = Document::load_mem(&pdf(&scene, &sheet).unwrap().bytes).unwrap();
    let fonts = embedded(&file);
    assert!(fonts.len() >= 2);
    assert!(fonts.iter().all(|font| font.contains("IBMPlexSans")), "{fonts:?}");
    assert_eq!(file.get_pages().len(), 1);
    let plain = |text: &str| text.chars().filter(|letter| !letter.is_whitespace()).collect::<String>();
    let text = plain(&file.extract_text(&[1]).unwrap());
    for wanted in [
        "Mehmet Yıldız",
        "Van der Meer",
        "Жанна Петрова",
        "Overdracht <container>",
        "€ 1.250.000",
        "Legenda",
        "27 november 2026",
        "schaal",
    ] {
        assert!(text.contains(&plain(wanted)), "{wanted}");
    }
    assert_eq!(text.matches("TLP:RED").count(), 2);
}

/// Which fonts a computer has is its own affair: a letter is drawn with one of them, or it is told that it is a box.
#[test]
fn a_letter_that_our_fonts_lack_is_drawn_with_the_computers_or_told() {
    let (scene, sheet) = sheets();
    let with = |text: &str| Scene {
        notes: vec![koplamp_model::SceneNote { x: 0.0, y: 0.0, text: vec![text.to_owned()] }],
        ..scene.clone()
    };
    // A place that Unicode leaves to private agreement: no font of an operating system draws it.
    let private = '\u{F1234}';
    for text in ["שלום", "北京", "😀"] {
        let made = pdf(&with(&format!("{text}{private}\u{FE0F}")), &sheet).unwrap();
        assert!(made.boxes.contains(&private) && !made.boxes.contains(&'\u{FE0F}'));
        let drawn = text.chars().any(|letter| !made.boxes.contains(&letter));
        let fonts = embedded(&Document::load_mem(&made.bytes).unwrap());
        assert_eq!(fonts.iter().any(|font| !font.contains("IBMPlexSans")), drawn, "{text} {fonts:?}");
        let picture = png(&with(&format!("{text}{private}")), &sheet, 1.0).unwrap();
        assert_eq!(picture.boxes, made.boxes, "{text}");
    }
    assert!(pdf(&scene, &sheet).unwrap().boxes.is_empty(), "ours have all of these");
}

#[test]
fn a_larger_chart_takes_larger_paper() {
    let (_, sheet) = sheets();
    let across = |entities: usize| {
        let made = pdf(&sample::scene(entities, entities), &sheet).unwrap();
        let file = Document::load_mem(&made.bytes).unwrap();
        let (_, page) = file.get_pages().into_iter().next().unwrap();
        let size = file.get_dictionary(page).unwrap().get(b"MediaBox").and_then(Object::as_array).unwrap();
        // Points of 1/72 inch to millimetres.
        (size[2].as_float().unwrap() / 72.0 * 25.4).round()
    };
    // ISO 216: the longer side of A4, and of A0.
    assert_eq!(across(6), 297.0);
    assert_eq!(across(5_000), 1189.0);
    let middle = across(250);
    assert!([420.0, 594.0, 841.0].contains(&middle), "{middle}");
}

#[test]
fn a_long_legend_has_pages_of_its_own_and_each_page_its_marking() {
    let (mut scene, sheet) = sheets();
    scene.legend.extend((0..400).map(|number| LegendEntry::Rule {
        name: format!("Regel nummer {number} met een naam die lang is"),
        colour: Some(number as u8 % 8),
        size: None,
        shape: None,
    }));
    let file = Document::load_mem(&pdf(&scene, &sheet).unwrap().bytes).unwrap();
    let pages = file.get_pages().len();
    assert!(pages > 1);
    let mut all = String::new();
    for page in 1..=pages {
        let text: String =
            file.extract_text(&[page as u32]).unwrap().chars().filter(|letter| !letter.is_whitespace()).collect();
        assert_eq!(text.matches("TLP:RED").count(), 2, "page {page}");
        all.push_str(&text);
    }
    for number in 0..400 {
        assert_eq!(all.matches(&format!("Regelnummer{number}met")).count(), 1, "{number}");
    }
}

fn pixel(picture: &Pixmap, x: f64, y: f64) -> (u8, u8, u8) {
    let colour: PremultipliedColorU8 = picture.pixel(x as u32, y as u32).expect("within the picture");
    (colour.red(), colour.green(), colour.blue())
}

#[test]
fn pixels_of_a_png_have_the_colours_of_the_nodes_and_of_the_marking() {
    let (mut scene, sheet) = sheets();
    for (number, node) in scene.nodes.iter_mut().enumerate() {
        // Every ninth has a colour of its own.
        node.colour = if number % 9 == 8 { Paint::Own(Rgb(200, 30, 90)) } else { Paint::Palette(number as u8 % 8) };
        node.icon = String::new();
        node.dimmed = false;
    }
    let (x, y) = moved(&svg(&scene, &sheet).unwrap());
    for scale in [1.0, 2.0] {
        let picture = Pixmap::decode_png(&png(&scene, &sheet, scale).unwrap().bytes).unwrap();
        let scale = f64::from(scale);
        for node in &scene.nodes {
            let pure = match node.colour {
                Paint::Palette(place) => PALETTE[usize::from(place)],
                Paint::Own(Rgb(red, green, blue)) => Colour(red, green, blue),
            };
            let seen = pixel(&picture, (node.x + x) * scale, (node.y + y) * scale);
            for (part, whole) in [(seen.0, pure.0), (seen.1, pure.1), (seen.2, pure.2)] {
                let wanted = 255.0 - 0.18 * (255.0 - f64::from(whole));
                assert!((f64::from(part) - wanted).abs() <= 1.0, "{:?} at {scale}", node.colour);
            }
            if node.shape == Shape::Circle && !node.hypothesis {
                // The middle of the border, at the left, where no number hangs.
                let edge = pixel(&picture, (node.x + x - node.radius) * scale, (node.y + y) * scale);
                assert_ne!(edge, (255, 255, 255));
            }
        }
        let height = f64::from(picture.height());
        assert_eq!([pixel(&picture, 5.0, 5.0), pixel(&picture, 5.0, height - 5.0)], [(0, 0, 0); 2]);
        let red = |from: f64| {
            (0..picture.width()).any(|column| {
                (0..26).any(|row| pixel(&picture, f64::from(column), from + f64::from(row)) == (255, 43, 43))
            })
        };
        assert!(red(0.0) && red(height - 26.0));
    }
}

#[test]
fn equal_sheets_are_equal_bytes() {
    let (scene, sheet) = sheets();
    assert_eq!(svg(&scene, &sheet).unwrap(), svg(&scene, &sheet).unwrap());
    assert_eq!(pdf(&scene, &sheet).unwrap(), pdf(&scene, &sheet).unwrap());
    assert_eq!(png(&scene, &sheet, 1.0).unwrap(), png(&scene, &sheet, 1.0).unwrap());
    let later = koplamp_briefing::Sheet { date: sheet.date.next_day().unwrap(), ..sheet.clone() };
    assert_ne!(pdf(&scene, &sheet).unwrap(), pdf(&scene, &later).unwrap());
}

#[test]
fn what_cannot_be_drawn_is_refused_with_the_way_out() {
    let (scene, sheet) = sheets();
    for value in [f64::NAN, f64::INFINITY, -1e12] {
        let mut broken = scene.clone();
        broken.nodes[3].x = value;
        assert!(
            matches!(svg(&broken, &sheet), Err(BriefingError::Length { what, .. }) if what.contains(&scene.nodes[3].id.to_string()))
        );
        assert!(matches!(pdf(&broken, &sheet), Err(BriefingError::Length { .. })));
    }
    for scale in [0.0, -1.0, f32::NAN, f32::INFINITY] {
        assert!(matches!(png(&scene, &sheet, scale), Err(BriefingError::Scale(_))));
    }
    let Err(BriefingError::TooLarge { most, .. }) = png(&scene, &sheet, 50.0) else { panic!("that is too large") };
    assert!(most > 1.0 && most < 50.0);
    for made in [
        svg(&Scene::default(), &sheet).unwrap(),
        String::from_utf8_lossy(&pdf(&Scene::default(), &sheet).unwrap().bytes).into_owned(),
    ] {
        assert!(!made.is_empty());
    }
    assert!(svg(&Scene::default(), &sheet).unwrap().contains("Dit schema is leeg"));
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config { cases: 24, failure_persistence: None, ..Default::default() })]

    #[test]
    fn no_words_break_a_sheet(words in "(<script>|]]>|&#0;|\"'/>|\\PC|\\p{Cc}|[\u{202a}-\u{202e}\u{2066}-\u{2069}\u{fffe}]|<!--|--><image href='http://x'/>){0,12}") {
        let (mut scene, mut sheet) = (sample::scene(2, 2), sample::sheet("tlp:red", "TLP:RED", Language::En));
        scene.nodes[0].label = vec![words.clone(), words.clone()];
        scene.nodes[0].kind.clone_from(&words);
        scene.nodes[1].icon.clone_from(&words);
        scene.links[0].label.clone_from(&words);
        scene.links[0].kind.clone_from(&words);
        scene.frames[0].name.clone_from(&words);
        scene.notes[0].text = vec![words.clone()];
        scene.legend.push(LegendEntry::Rule { name: words.clone(), colour: Some(200), size: None, shape: None });
        (sheet.title, sheet.by, sheet.marking.text) = (words.clone(), words.clone(), words.clone());
        let text = svg(&scene, &sheet).unwrap();
        let file = roxmltree::Document::parse(&text).unwrap();
        for node in file.descendants().filter(Node::is_element) {
            let tag = node.tag_name().name();
            proptest::prop_assert!(
                ["svg", "title", "style", "g", "rect", "circle", "polygon", "path", "text", "line"].contains(&tag),
                "{}", tag
            );
            proptest::prop_assert!(node.attributes().all(|attribute| attribute.name() != "href" && !attribute.name().starts_with("on")));
        }
        let turned = text.contains(|letter| matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'));
        proptest::prop_assert!(!turned);
        pdf(&scene, &sheet).unwrap();
        png(&scene, &sheet, 0.5).unwrap();
    }
}
