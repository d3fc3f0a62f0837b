"""The rival: betweenness of entities with python-igraph, of a graph with one link a line. Prints what it took and, for the check, its values."""

import json
import sys
import time

import igraph

nodes, path = int(sys.argv[1]), sys.argv[2]
with open(path) as file:
    graph = igraph.Graph(n=nodes, edges=[tuple(map(int, line.split())) for line in file])
wall, processor = time.perf_counter(), time.process_time()
values = graph.betweenness()
wall, processor = time.perf_counter() - wall, time.process_time() - processor
print(json.dumps({"version": igraph.__version__, "wall": wall, "processor": processor, "values": values}))
