"""Writes followthemoney.json: the types of FollowTheMoney with their parents, ends and own properties, a type a line.

    pip install followthemoney==4.11.2
    python write_followthemoney.py > followthemoney.json
"""

import json

from followthemoney import model

types = []
for name in sorted(model.schemata):
    schema = model.get(name)
    own = sorted(p.name for p in schema.properties.values() if p.schema == schema and not p.stub)
    entry = {"name": name, "extends": sorted(parent.name for parent in schema.extends), "properties": own}
    if schema.edge:
        entry["ends"] = [schema.edge_source, schema.edge_target, schema.edge_directed]
    types.append(json.dumps(entry))
print("[\n  " + ",\n  ".join(types) + "\n]")
