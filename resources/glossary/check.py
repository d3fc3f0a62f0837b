"""Checks the glossary seed and the fixtures that rest on it; README.md says how to run it.

Reads the files as an outsider does (rdflib, pyshacl): nothing here uses Koplamp's own reader. Prints what it counted,
then one line a fault; ends with 1 when there is a fault.
"""

import collections
import pathlib
import re
import sys
import tomllib

import pyshacl
import rdflib
from rdflib.namespace import DCTERMS, OWL, RDF, SKOS

HERE = pathlib.Path(__file__).parent
ROOT = HERE.parent.parent
DATA = ROOT / "tests/data/glossary"
DEMO = ROOT / "resources/demo-case"
G = rdflib.Namespace("https://koplamp.example/ns/glossary#")
SSSOM = rdflib.Namespace("https://w3id.org/sssom/")
SH = rdflib.Namespace("http://www.w3.org/ns/shacl#")
XL = rdflib.Namespace("http://www.w3.org/2008/05/skos-xl#")
BASE = "https://koplamp.example/glossary/"
ORGANISATIONS = ["politie", "om", "belastingdienst", "douane", "fiod", "kmar"]
# So many words in a row that an example and a passage share are not chance.
RUN = 5
# With a capital in the documents, and yet no name of the case.
ORGANISATION_WORDS = {"douane", "politie", "belastingdienst", "fiod", "marechaussee", "openbaar", "ministerie", "euro",
                      "laboratorium", "groothandel", "handelaar", "kvk"}
LABELS = ["prefLabel", "altLabel", "hiddenLabel"]
KINDS = {"preferred": "prefLabel", "alternative": "altLabel", "jargon": "altLabel", "hidden": "hiddenLabel", "deprecated": "hiddenLabel"}
REGISTERS = {"formal", "everyday", "colloquial", "technical"}
RELATIONS = {SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch, SKOS.relatedMatch, G.falseFriend, G.noEquivalent}
JUSTIFICATIONS = {"law", "expert", "practice", "lexical"}

faults = []


def must(holds, subject, rule):
    if not holds:
        faults.append(f"{subject}: {rule}")


def text(graph, subject, prop):
    value = graph.value(subject, prop)
    return None if value is None else str(value)


def shacl(graph):
    """(severity, focus, message) of each finding of our NL-SBB rules."""
    shapes = rdflib.Graph().parse(DATA / "nl-sbb-shapes.ttl")
    _, report, _ = pyshacl.validate(graph, shacl_graph=shapes, advanced=True)
    return [
        (str(report.value(r, SH.resultSeverity)).split("#")[1], str(report.value(r, SH.focusNode)), str(report.value(r, SH.resultMessage)))
        for r in report.subjects(RDF.type, SH.ValidationResult)
    ]


def check_rules(graph):
    for severity, focus, message in shacl(graph):
        must(False, focus, f"{severity}: {message}")
    # Each fault below is put into a copy; a rule that stays silent is a rule that checks nothing.
    police, tax = rdflib.URIRef(BASE + "politie/"), rdflib.URIRef(BASE + "belastingdienst/")
    one, two, other = police + "aangifte-strafbaar-feit", police + "melding-politie", tax + "aangifte-belasting"
    scheme = rdflib.URIRef(BASE + "politie")

    def without(copy):
        copy.remove((one, SKOS.definition, None))

    def added(*triples):
        return lambda copy: [copy.add(t) for t in triples]

    breaks = {
        "Een begrip heeft een definitie": without,
        "in elke taal hoogstens een voorkeursterm": added((one, SKOS.prefLabel, rdflib.Literal("iets anders", lang="nl"))),
        "hoogstens een harmonisatierelatie": added((one, SKOS.exactMatch, other), (one, SKOS.closeMatch, other)),
        "van verschillende begrippenkaders": added((one, SKOS.closeMatch, two)),
        "Boven een topbegrip staat niets": added((one, SKOS.broader, two)),
        "Een begrip staat niet boven zichzelf": added((one, SKOS.broader, two), (two, SKOS.broader, one)),
        "Een toelichting heeft een taal": added((one, SKOS.scopeNote, rdflib.Literal("zonder taal"))),
        "Een bron is een document": added((one, DCTERMS.source, rdflib.Literal("Sv 161"))),
        "niet ook een begrippenkader": added((one, RDF.type, SKOS.ConceptScheme)),
        "delen geen voorkeursterm": added((two, SKOS.prefLabel, rdflib.Literal("aangifte", lang="nl"))),
        "delen geen code": added((one, SKOS.notation, rdflib.Literal("1")), (two, SKOS.notation, rdflib.Literal("1"))),
        "hoort bij een begrippenkader": added((one, SKOS.inScheme, rdflib.URIRef(BASE + "nergens"))),
        "Een begrippenkader heeft een naam": lambda copy: copy.remove((scheme, DCTERMS.title, None)),
        "is topbegrip of hangt aan een ander": added(
            (police + "los", RDF.type, SKOS.Concept), (police + "los", SKOS.inScheme, scheme),
            (police + "los", SKOS.prefLabel, rdflib.Literal("los", lang="nl")), (police + "los", SKOS.definition, rdflib.Literal("Los.", lang="nl"))),
    }
    small = rdflib.Graph().parse(HERE / "politie.ttl")
    for triple in graph.triples((other, None, None)):
        small.add(triple)
    for message, apply in breaks.items():
        copy = rdflib.Graph()
        copy += small
        apply(copy)
        must(any(message in found for _, _, found in shacl(copy)), "nl-sbb-shapes.ttl", f"does not notice: {message}")
    return len(breaks)


def check_concepts(graph, files):
    slugs = collections.Counter()
    for name in ORGANISATIONS:
        scheme = rdflib.URIRef(BASE + name)
        must(text(files[name], scheme, G.organisation) == name, name, "the scheme names its organisation")
        for concept in files[name].subjects(RDF.type, SKOS.Concept):
            must(str(concept).startswith(f"{BASE}{name}/"), concept, "the concept stands in the file of its organisation")
            slugs[str(concept).rsplit("/", 1)[1]] += 1
            must(files[name].value(concept, SKOS.inScheme) == scheme, concept, "one scheme")
            for prop in [SKOS.definition, SKOS.scopeNote, DCTERMS.source, G.owner, G.version]:
                must(files[name].value(concept, prop) is not None, concept, f"has {prop}")
            must(text(files[name], concept, G.status) == "proposed", concept, "is proposed")
            for prop in LABELS:
                plain = set(files[name].objects(concept, SKOS[prop]))
                own = {files[name].value(label, XL.literalForm) for label in files[name].objects(concept, XL[prop])}
                must(plain == own, concept, f"{prop} as text and as label record are the same")
                for label in files[name].objects(concept, XL[prop]):
                    kind, register = text(files[name], label, G.labelKind), text(files[name], label, G.register)
                    must(KINDS.get(kind) == prop, label, "its kind fits how the concept names it")
                    must(register in REGISTERS if kind != "hidden" else register is None, label, "its register is one of the list")
            for use in files[name].objects(concept, G.usedBy):
                must(str(use) in ORGANISATIONS and str(use) != name, concept, "is used by another organisation of the list")
    must(all(n == 1 for n in slugs.values()), "concepts", "the last part of an address is used once")
    defaults = collections.Counter()
    for concept, hint in graph.subject_objects(G.hint):
        word = str(graph.value(hint, G.word))
        names = {str(o) for prop in LABELS[:2] for o in graph.objects(concept, SKOS[prop])}
        must(word in names, hint, "the word is a term of the concept")
        must(any(True for _ in graph.objects(hint, G.context)), hint, "has context words")
        for organisation in graph.objects(hint, G.defaultFor):
            defaults[(word, str(organisation))] += 1
    for (word, organisation), n in defaults.items():
        must(n == 1, word, f"means one thing by default in documents of {organisation}")
    return len(slugs)


def check_mappings(graph):
    kinds, pairs = collections.Counter(), collections.Counter()
    concepts = set(graph.subjects(RDF.type, SKOS.Concept))
    for mapping in graph.subjects(RDF.type, SSSOM.Mapping):
        source, relation, target = (graph.value(mapping, p) for p in [OWL.annotatedSource, OWL.annotatedProperty, OWL.annotatedTarget])
        kinds[str(relation).rsplit("#", 1)[1]] += 1
        must(source in concepts, mapping, "begins at a concept of the seed")
        must(relation in RELATIONS, mapping, "its relation is one of the list")
        must(text(graph, mapping, G.status) == "proposed", mapping, "is proposed")
        must(text(graph, mapping, G.justification) in JUSTIFICATIONS, mapping, "its justification is one of the list")
        must(graph.value(mapping, G.consequence) is not None, mapping, "says its consequence")
        must((graph.value(mapping, G.difference) is not None) == (relation == SKOS.closeMatch), mapping, "says the difference when nearly the same, and only then")
        must(text(graph, mapping, G.fromVersion) == text(graph, source, G.version), mapping, "is about the present version of the first concept")
        if (target, RDF.type, G.Compound) in graph:
            parts = set(graph.objects(target, G.part))
            must(len(parts) > 1 and parts <= concepts, mapping, "its parts are two or more concepts of the seed")
            must(text(graph, target, G.operator) in {"and", "or"}, mapping, "its parts are joined by and, or by or")
            friends = {frozenset((graph.value(m, OWL.annotatedSource), graph.value(m, OWL.annotatedTarget))) for m in graph.subjects(OWL.annotatedProperty, G.falseFriend)}
            must(not any(frozenset((source, part)) in friends for part in parts), mapping, "has no false friend among its parts")
            kinds["compound"] += 1
        elif relation == G.noEquivalent:
            scheme = graph.value(mapping, SSSOM.object_source)
            must(target == SSSOM.NoTermFound and (scheme, RDF.type, SKOS.ConceptScheme) in graph, mapping, "names the scheme that has no such concept")
            must(graph.value(source, SKOS.inScheme) != scheme, mapping, "goes to another scheme")
        else:
            must(target in concepts and graph.value(source, SKOS.inScheme) != graph.value(target, SKOS.inScheme), mapping, "goes to a concept of another scheme")
            must(text(graph, mapping, G.toVersion) == text(graph, target, G.version), mapping, "is about the present version of the second concept")
            pairs[frozenset((source, target))] += 1
    for pair, n in pairs.items():
        must(n == 1, " and ".join(sorted(pair)), "have one mapping")
    return kinds


def check_senses(graph):
    concepts = {str(c) for c in graph.subjects(RDF.type, SKOS.Concept)}
    table = tomllib.loads((HERE / "senses.toml").read_text())["sense"]
    answers = tomllib.loads((DEMO / "answers.toml").read_text())["sense"]
    must({(s["word"], s["id"]) for s in answers} == {(s["word"], s["sense"]) for s in table}, "senses.toml", "has each sense of answers.toml and no other")
    for sense in table:
        must(sense["concept"] in concepts, sense["concept"], "is a concept of the seed")
        names = {str(o) for prop in LABELS for o in graph.objects(rdflib.URIRef(sense["concept"]), SKOS[prop])}
        must(sense["word"] in names, sense["concept"], f"is called {sense['word']}")
    return len(table)


def check_passages(graph):
    bodies = {}
    for path in DEMO.glob("documents/*/*.md"):
        _, front, body = path.read_text().split("+++\n", 2)
        bodies[tomllib.loads(front)["file"]] = " ".join(body.replace("**", "").split())
    by_slug = {str(c).rsplit("/", 1)[1]: c for c in graph.subjects(RDF.type, SKOS.Concept)}
    passages = tomllib.loads((DATA / "passages.toml").read_text())["passage"]
    for p in passages:
        where = f"{p['file']}: {p['quote'][:50]}"
        must(bodies.get(p["file"], "").count(p["quote"]) == 1, where, "stands once in the document")
        must(len(re.findall(rf"(?<!\w){re.escape(p['form'])}(?!\w)", p["quote"])) == 1, where, "has the word once")
        must(p["sense"] in by_slug, where, "its sense is a concept of the seed")
        names = {str(o) for prop in LABELS for o in graph.objects(by_slug.get(p["sense"]), SKOS[prop])}
        must(p["word"] in names, where, f"the concept is called {p['word']}")
    return collections.Counter(p["word"] for p in passages), sum(p["hard"] for p in passages)


def check_apart(graph):
    """The fixture is held out: no example tells what a passage tells, and no hint is a proper name of the demo case."""
    def runs(said):
        found = re.findall(r"\w+", said.lower())
        return {tuple(found[at : at + RUN]) for at in range(len(found) - RUN + 1)}

    passages = tomllib.loads((DATA / "passages.toml").read_text())["passage"]
    told = set().union(*(runs(p["quote"]) for p in passages))
    bodies = " ".join(path.read_text().split("+++\n", 2)[2] for path in DEMO.glob("documents/*/*.md"))
    # A proper name is written with a capital in the middle of a sentence and never without one.
    small = set(re.findall(r"\b[^\W\d_A-Z]\w*", bodies))
    names = {w.lower() for w in re.findall(r"(?<=[a-z,] )[A-Z][a-z]\w+", bodies)} - small - ORGANISATION_WORDS
    examples = list(graph.subject_objects(SKOS.example))
    for concept, example in examples:
        must(not runs(str(example)) & told, concept, f"its example shares {RUN} words in a row with a passage of the fixture")
        must(not set(re.findall(r"\w+", str(example).lower())) & names, concept, "its example has a proper name of the demo case")
    for hint, context in graph.subject_objects(G.context):
        must(not set(re.findall(r"\w+", str(context).lower())) & names, hint, f"{context} is a proper name of the demo case")
    return len(examples), len(names)


def check_public():
    sizes = {}
    for path in sorted((DATA / "public").iterdir()):
        kind = {".ttl": "turtle", ".rdf": "xml", ".jsonld": "json-ld"}.get(path.suffix)
        if kind:
            sizes[path.name] = len(rdflib.Graph().parse(path, format=kind))
            must(path.stat().st_size < 300_000, path.name, "is below 300 kB")
    return sizes


def main():
    files = {name: rdflib.Graph().parse(HERE / f"{name}.ttl") for name in [*ORGANISATIONS, "mappings"]}
    graph = rdflib.Graph()
    for part in files.values():
        graph += part
    print(f"triples: {len(graph)}; concepts: {check_concepts(graph, files)}; senses of the demo case: {check_senses(graph)}")
    kinds = check_mappings(graph)
    compound = kinds.pop("compound", 0)
    print(f"mappings: {sum(kinds.values())} {dict(kinds.most_common())}, of which to a compound: {compound}")
    words, hard = check_passages(graph)
    print(f"passages: {sum(words.values())}, hard: {hard}, words: {dict(words.most_common())}")
    print("examples and names of the demo case that no example or hint has: {} and {}".format(*check_apart(graph)))
    print(f"public files (triples): {check_public()}")
    print(f"rules of NL-SBB that notice a fault put in: {check_rules(graph)}")
    for fault in faults:
        print(fault)
    print(f"faults: {len(faults)}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
