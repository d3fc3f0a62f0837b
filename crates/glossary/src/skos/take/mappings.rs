//! Mappings: records of their own in the form of SSSOM (an annotated statement), and plain statements of SKOS.

use std::collections::{BTreeMap, HashMap, HashSet};

use koplamp_model::{
    Compound, Concept, ConceptAt, ConceptId, ConceptMapping, ConceptMappingId, Glossary, GlossaryId, Justification,
    Relation, SchemeId, Violation,
};
use oxrdf::{NamedOrBlankNode, Term, Triple};

use super::super::graph::Graph;
use super::super::rest::{Line, lines};
use super::super::say::MADE;
use super::super::vocabulary::{
    ANNOTATED_PROPERTY, ANNOTATED_SOURCE, ANNOTATED_TARGET, COMPOUND, CONSEQUENCE, Coded, DIFFERENCE,
    FROM_ORGANISATION, FROM_VERSION, JUSTIFICATION, MAPPING, NO_TERM_FOUND, OBJECT_SOURCE, OPERATOR, PART,
    PREDICATE_MODIFIER, PROPOSED_BY, RELATIONS, TO_ORGANISATION, TO_VERSION, VALID_FROM, VALID_TO, of_relation,
    relation,
};
use super::{Taken, key, text, words};
use crate::Concepts;

/// The concepts and schemes of a file, by their names.
struct Known {
    concepts: HashMap<String, (u32, SchemeId)>,
    used_by: HashMap<String, Vec<String>>,
    organisations: HashMap<SchemeId, String>,
    schemes: HashMap<String, String>,
}

impl Known {
    /// A concept as it stands in the file; of one of another file nobody knows the version, unless the file says it.
    fn at(&self, iri: &str, version: Option<u32>) -> ConceptAt {
        let known = self.concepts.get(iri).map(|(version, _)| *version);
        ConceptAt { concept: concept_id(iri), version: version.or(known).unwrap_or(ConceptAt::UNSAID) }
    }

    fn organisation(&self, iri: &str) -> Option<String> {
        let (_, scheme) = self.concepts.get(iri)?;
        self.organisations.get(scheme).cloned()
    }

    /// The organisation that means all of these, where all are in the file: as [`Concepts::organisation_of_all`].
    fn organisation_of(&self, iris: &[String]) -> Option<String> {
        let owners: Vec<String> = iris.iter().map(|iri| self.organisation(iri)).collect::<Option<_>>()?;
        let users = |iri: &String| self.used_by.get(iri).map_or(&[][..], Vec::as_slice);
        let uses =
            |code: &String, iri: &String| self.organisation(iri).as_ref() == Some(code) || users(iri).contains(code);
        let mut codes = owners.iter().chain(iris.first().map(users).unwrap_or_default());
        codes.find(|code| iris.iter().all(|iri| uses(code, iri))).or_else(|| owners.first()).cloned()
    }
}

fn concept_id(iri: &str) -> ConceptId {
    ConceptId::of(&[b"concept", iri.as_bytes()])
}

/// The id of the mapping that a node is, as N-Triples write it: one that was made here has its id in its name.
pub(in crate::skos) fn mapping_id(node: &str) -> ConceptMappingId {
    let made = node.strip_prefix('<').and_then(|node| node.strip_prefix(MADE)).and_then(|node| node.strip_suffix('>'));
    made.and_then(|id| id.parse().ok()).unwrap_or_else(|| ConceptMappingId::of(&[b"mapping", node.as_bytes()]))
}

/// The nodes that are mappings, by the ids of these.
pub(in crate::skos) fn mapping_nodes(graph: &Graph) -> BTreeMap<ConceptMappingId, &NamedOrBlankNode> {
    let is_mapping = |subject: &NamedOrBlankNode| {
        let key = subject.to_string();
        let of_relation = graph.names(&key, ANNOTATED_PROPERTY).any(|name| relation(name.as_ref()).is_some());
        of_relation || graph.is_a(&key, MAPPING)
    };
    let nodes = graph.iter().map(|(subject, _)| subject).filter(|subject| is_mapping(subject));
    nodes.map(|node| (mapping_id(&node.to_string()), node)).collect()
}

pub(super) fn take(graph: &Graph, organisation: &str, taken: &mut Taken) {
    let glossary = &taken.glossary;
    let known = Known {
        concepts: glossary.concepts.iter().map(|at| (at.iri.clone(), (at.version, at.scheme))).collect(),
        used_by: glossary
            .concepts
            .iter()
            .filter(|at| !at.used_by.is_empty())
            .map(|at| (at.iri.clone(), at.used_by.clone()))
            .collect(),
        organisations: glossary.schemes.iter().map(|scheme| (scheme.id, scheme.organisation.clone())).collect(),
        schemes: glossary.schemes.iter().map(|scheme| (scheme.iri.clone(), scheme.organisation.clone())).collect(),
    };
    let mut pairs = HashMap::new();
    for (id, node) in mapping_nodes(graph) {
        let key = node.to_string();
        match record(graph, id, &key, &known) {
            Ok(Record { mapping, from, to, compound }) => {
                taken.owners.insert(key, GlossaryId::Mapping(id));
                if let Some(compound) = compound {
                    taken.owners.entry(compound).or_insert(GlossaryId::Mapping(id));
                }
                if let [to] = to.as_slice() {
                    pairs.entry(pair(&from, mapping.relation, to)).or_insert(id);
                }
                taken.glossary.mappings.push(mapping);
            }
            Err(missing) => taken.violations.push(Violation {
                subject: key.trim_matches(['<', '>']).to_owned(),
                rule: "mapping-incomplete".to_owned(),
                mandatory: true,
                message: format!("This mapping has no {missing}: add it, or take the mapping out."),
                parameters: vec![missing.code().to_owned()],
                line: graph.line(&key),
            }),
        }
    }
    for concept in taken.glossary.concepts.clone() {
        plain(graph, &concept, organisation, &known, &mut pairs, taken);
    }
}

/// A mapping with the names in it.
struct Record {
    mapping: ConceptMapping,
    from: String,
    to: Vec<String>,
    compound: Option<String>,
}

/// What a mapping must have and has not.
#[derive(Clone, Copy)]
enum Missing {
    From,
    Relation,
    Negatable,
    Operator,
    To,
}

impl Missing {
    /// For tables of texts.
    const fn code(self) -> &'static str {
        match self {
            Self::From => "from",
            Self::Relation => "relation",
            Self::Negatable => "negatable",
            Self::Operator => "operator",
            Self::To => "to",
        }
    }
}

impl std::fmt::Display for Missing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::From => "concept that it is from",
            Self::Relation => "relation that we know",
            Self::Negatable => "relation that can be negated",
            Self::Operator => "word for how the parts go together ('and' or 'or')",
            Self::To => "concept that it is to",
        })
    }
}

fn record(graph: &Graph, id: ConceptMappingId, key: &str, known: &Known) -> Result<Record, Missing> {
    let name = |predicate| graph.names(key, predicate).next().map(|name| name.as_str().to_owned());
    let from = name(ANNOTATED_SOURCE).ok_or(Missing::From)?;
    let relation = graph.names(key, ANNOTATED_PROPERTY).find_map(|name| relation(name.as_ref()));
    let negated = graph.objects(key, PREDICATE_MODIFIER).next().is_some();
    let relation = match (relation.ok_or(Missing::Relation)?, negated) {
        (relation, false) => relation,
        (Relation::Same, true) => Relation::FalseFriend,
        (_, true) => return Err(Missing::Negatable),
    };
    let target = graph.objects(key, ANNOTATED_TARGET).find(|target| !matches!(target, Term::Literal(_)));
    let mut compound = None;
    let (mut to, mut operator) = (Vec::new(), None);
    match target {
        Some(Term::NamedNode(none)) if none.as_ref() == NO_TERM_FOUND => {}
        Some(node) if graph.is_a(&node.to_string(), COMPOUND) => {
            let node = node.to_string();
            to = graph.names(&node, PART).map(|part| part.as_str().to_owned()).collect();
            operator = text(graph, &node, OPERATOR).and_then(|code| Compound::from_code(&code));
            if operator.is_none() {
                return Err(Missing::Operator);
            }
            compound = Some(node);
        }
        Some(Term::NamedNode(node)) => to.push(node.as_str().to_owned()),
        _ => {}
    }
    if to.is_empty() && relation != Relation::NoEquivalent {
        return Err(Missing::To);
    }
    let number = |predicate| text(graph, key, predicate).and_then(|number| number.parse().ok());
    let source = name(OBJECT_SOURCE).and_then(|scheme| known.schemes.get(&scheme).cloned());
    // Where the file does not say it, it follows from the concepts, once those of other files are there too.
    let to_organisation =
        text(graph, key, TO_ORGANISATION).or_else(|| known.organisation_of(&to)).or(source).unwrap_or_default();
    let from_organisation =
        known.organisation(&from).or_else(|| text(graph, key, FROM_ORGANISATION)).unwrap_or_default();
    let proposed_by = text(graph, key, PROPOSED_BY).unwrap_or_else(|| from_organisation.clone());
    let mapping = ConceptMapping {
        id,
        from: known.at(&from, number(FROM_VERSION)),
        relation,
        to: to.iter().map(|iri| known.at(iri, if operator.is_none() { number(TO_VERSION) } else { None })).collect(),
        compound: operator,
        from_organisation,
        to_organisation,
        difference: words(graph, key, DIFFERENCE),
        consequence: words(graph, key, CONSEQUENCE),
        justification: text(graph, key, JUSTIFICATION)
            .and_then(|code| Justification::from_code(&code))
            .unwrap_or(Justification::Expert),
        proposed_by,
        proposer: None,
        valid_from: text(graph, key, VALID_FROM),
        valid_to: text(graph, key, VALID_TO),
        other: String::new(),
    };
    Ok(Record { mapping, from, to, compound })
}

/// A pair with its relation, the same from whichever side it is said.
fn pair(from: &str, relation: Relation, to: &str) -> (String, Relation, String) {
    if from <= to {
        (from.to_owned(), relation, to.to_owned())
    } else {
        (to.to_owned(), crate::inverse(relation), from.to_owned())
    }
}

/// The id of a mapping that is nothing but a statement of SKOS.
fn id_of_pair((one, relation, other): &(String, Relation, String)) -> ConceptMappingId {
    ConceptMappingId::of(&[b"mapping", one.as_bytes(), of_relation(*relation).as_str().as_bytes(), other.as_bytes()])
}

/// The mappings of statements that stayed with concepts because the other one was not in their file, and is here now.
pub(in crate::skos) fn matched(glossary: &Glossary) -> Vec<ConceptMapping> {
    let concepts = Concepts::new(glossary);
    let by_name: HashMap<&str, &Concept> = glossary.concepts.iter().map(|at| (at.iri.as_str(), at)).collect();
    let mut known: HashSet<ConceptMappingId> = glossary.mappings.iter().map(|mapping| mapping.id).collect();
    let at = |concept: &Concept| ConceptAt { concept: concept.id, version: concept.version };
    let organisation = |concept: &Concept| concepts.organisation(concept.id).unwrap_or_default().to_owned();
    let mut found = Vec::new();
    for concept in &glossary.concepts {
        for line in lines(&concept.other).filter_map(Result::ok) {
            let Line::Said(Triple {
                subject: NamedOrBlankNode::NamedNode(from),
                predicate,
                object: Term::NamedNode(to),
            }) = line
            else {
                continue;
            };
            let relation = relation(predicate.as_ref()).filter(|relation| *relation != Relation::NoEquivalent);
            let other = by_name.get(to.as_str()).filter(|other| other.scheme != concept.scheme);
            let (Some(relation), Some(other), true) = (relation, other, from.as_str() == concept.iri) else { continue };
            let id = id_of_pair(&pair(&concept.iri, relation, &other.iri));
            if known.insert(id) {
                found.push(ConceptMapping {
                    id,
                    from: at(concept),
                    relation,
                    to: vec![at(other)],
                    compound: None,
                    from_organisation: organisation(concept),
                    to_organisation: organisation(other),
                    difference: Vec::new(),
                    consequence: Vec::new(),
                    justification: Justification::Expert,
                    proposed_by: organisation(concept),
                    proposer: None,
                    valid_from: None,
                    valid_to: None,
                    other: String::new(),
                });
            }
        }
    }
    found
}

/// The statements of SKOS on a concept. Those to concepts that are not in the file, or are of the same scheme, stay with the concept.
fn plain(
    graph: &Graph,
    concept: &Concept,
    organisation: &str,
    known: &Known,
    pairs: &mut HashMap<(String, Relation, String), ConceptMappingId>,
    taken: &mut Taken,
) {
    let from = key(&concept.iri);
    for (relation, predicate) in RELATIONS.into_iter().filter(|(relation, _)| *relation != Relation::NoEquivalent) {
        for to in graph.names(&from, predicate) {
            let Some((_, scheme)) = known.concepts.get(to.as_str()) else { continue };
            if *scheme == concept.scheme {
                continue;
            }
            let pair = pair(&concept.iri, relation, to.as_str());
            let statement = (from.clone(), predicate.as_str().to_owned(), to.to_string());
            if let Some(there) = pairs.get(&pair) {
                taken.plain.insert(statement, *there);
                continue;
            }
            let id = id_of_pair(&pair);
            pairs.insert(pair, id);
            taken.plain.insert(statement, id);
            taken.glossary.mappings.push(ConceptMapping {
                id,
                from: known.at(&concept.iri, None),
                relation,
                to: vec![known.at(to.as_str(), None)],
                compound: None,
                from_organisation: known.organisation(&concept.iri).unwrap_or_default(),
                to_organisation: known.organisation(to.as_str()).unwrap_or_default(),
                difference: Vec::new(),
                consequence: Vec::new(),
                justification: Justification::Expert,
                proposed_by: known.organisation(&concept.iri).unwrap_or_else(|| organisation.to_owned()),
                proposer: None,
                valid_from: None,
                valid_to: None,
                other: String::new(),
            });
        }
    }
}
