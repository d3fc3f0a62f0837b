"""Judges RDF files by rules in SHACL, as an outsider: python validate.py SHAPES FILE...

Prints a line a file: its name, a tab, the severities of what breaks a rule (with commas), a tab, and the messages.
"""

import pathlib
import sys

import pyshacl
import rdflib
from rdflib.namespace import RDF

SH = rdflib.Namespace("http://www.w3.org/ns/shacl#")
FORMATS = {".ttl": "turtle", ".jsonld": "json-ld"}

shapes = rdflib.Graph().parse(sys.argv[1])
for name in sys.argv[2:]:
    graph = rdflib.Graph().parse(name, format=FORMATS[pathlib.Path(name).suffix])
    _, report, _ = pyshacl.validate(graph, shacl_graph=shapes, advanced=True)
    results = list(report.subjects(RDF.type, SH.ValidationResult))
    severities = {str(report.value(result, SH.resultSeverity)).split("#")[1] for result in results}
    messages = {str(report.value(result, SH.resultMessage)) for result in results}
    print(pathlib.Path(name).name, ",".join(sorted(severities)), " | ".join(sorted(messages)).replace("\n", " "), sep="\t")
