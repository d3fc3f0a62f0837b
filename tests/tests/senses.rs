//! Senses of words where they stand: what the window underlines, what its cards say, and that only what is touched is indexed again.

use koplamp_model::{ConceptId, Labels, Relation, SenseBasis};
use koplamp_tests::{answers, scratch};
use koplamp_workspace::{ImportRequest, Job, PageSenses, Worker, Workspace, select};

const REPORT: &str = "Op 3 mei deed de heer Bokkelaar aangifte van diefstal. De aangifte is opgenomen.";

fn workspace(folder: &std::path::Path) -> (Workspace, Worker) {
    let worker = Worker::beside_this_program().unwrap();
    let workspace = answers::create(&folder.join("zaak.koplamp"), &folder.join("secret")).unwrap();
    workspace.seed_glossary(&worker, &Job::unwatched()).unwrap();
    (workspace, worker)
}

fn import(
    workspace: &Workspace,
    worker: &Worker,
    file: &std::path::Path,
    organisation: &str,
) -> koplamp_model::DocumentId {
    let labels = Labels {
        organisation: organisation.into(),
        source: "Proef".into(),
        purpose: "wpg-8".into(),
        marking: None,
        handling: None,
    };
    let request = ImportRequest { files: select(&[file.to_owned()]).unwrap(), labels };
    workspace.import(&request, worker, &Job::unwatched()).unwrap().documents[0].id
}

fn first(pages: &[PageSenses]) -> &PageSenses {
    assert_eq!(pages.len(), 1);
    &pages[0]
}

#[test]
fn a_card_says_what_a_word_means_there_and_here_and_a_person_has_the_last_word() {
    let folder = scratch::in_memory();
    let (workspace, worker) = workspace(folder.path());
    let file = folder.path().join("pv.txt");
    std::fs::write(&file, REPORT).unwrap();
    let document = import(&workspace, &worker, &file, "politie");

    let pages = workspace.page_senses(document, 1, 9, Some("belastingdienst")).unwrap();
    let page = first(&pages);
    let words: Vec<String> = page
        .words
        .iter()
        .map(|word| {
            REPORT.chars().skip(word.mark.start as usize).take((word.mark.end - word.mark.start) as usize).collect()
        })
        .collect();
    assert_eq!(words.iter().filter(|word| *word == "aangifte").count(), 2, "{words:?}");
    let word = page.words.iter().zip(&words).find(|(_, word)| *word == "aangifte").unwrap().0;
    assert!(word.mark.ambiguous, "it is underlined");
    let card = &page.cards[word.card as usize];
    assert_eq!(card.there.organisation, "politie");
    let here = card.here.iter().find(|here| here.entry.organisation == "belastingdienst").unwrap();
    let mapping = here.mapping.as_ref().unwrap();
    assert_eq!(mapping.relation, Relation::FalseFriend, "the card warns");
    assert!(!mapping.consequence.is_empty() && !here.entry.definitions.is_empty() && !card.there.sources.is_empty());

    let (start, end, other): (u32, u32, ConceptId) = (word.mark.start, word.mark.end, here.entry.concept);
    workspace.fix_sense(document, 1, start, end, Some(other)).unwrap();
    let fixed = workspace.page_senses(document, 1, 1, None).unwrap();
    let at = |pages: &[PageSenses]| {
        first(pages).words.iter().find(|word| word.mark.start == start).unwrap().mark.sense.clone()
    };
    assert_eq!((at(&fixed).concept, at(&fixed).basis), (other, SenseBasis::Person));
    let said = |page: &PageSenses| page.words.iter().filter(|word| word.mark.sense.basis == SenseBasis::Person).count();
    assert_eq!(said(first(&fixed)), 1, "said of this place only");
    workspace.undo().unwrap();
    assert_eq!(at(&workspace.page_senses(document, 1, 1, None).unwrap()), word.mark.sense);
}
