"""Makes the reference values of the measures, with networkx and python-igraph:

    pip install networkx python-igraph numpy scipy
    python make.py

Each file has a network, and its measures under the four readings (parallel links merged or counted, directed or not).
"""

import itertools
import json
import math
import random
from pathlib import Path

import igraph
import networkx as nx
import numpy

# Southern women: women are linked once for every event that both attended (Davis, Gardner and Gardner, 1941).
women = nx.davis_southern_women_graph()
names = women.graph["top"]
meetings = [(a, b) for a, b in itertools.combinations(names, 2) for _ in nx.common_neighbors(women, a, b)]
often = [(a, b) for a, b in dict.fromkeys(meetings) if meetings.count((a, b)) >= 4]
mixed = random.Random(7)


def network(name, source, nodes, links):
    """Links are (from, to, directed)."""
    place = {node: number for number, node in enumerate(nodes)}
    return {"name": name, "source": source, "labels": [str(node) for node in nodes],
            "links": [[place[a], place[b], directed] for a, b, directed in links]}


def of_graph(name, source, graph):
    return network(name, source, list(graph.nodes), [(a, b, graph.is_directed()) for a, b in graph.edges()])


NETWORKS = [
    of_graph("karate", "Zachary, 1977", nx.karate_club_graph()),
    of_graph("miserables", "Knuth, 1993", nx.les_miserables_graph()),
    of_graph("florentine", "Padgett: marriages of Florentine families", nx.florentine_families_graph()),
    network("women", "Davis et al., 1941: linked once for every event in common", names, [(*m, False) for m in meetings]),
    network("women-often", "the same, linked when they met four times or more: several pieces", names, [(*m, False) for m in often]),
    network("koenigsberg", "Euler, 1736: seven bridges", list("NSEI"),
            [(a, b, False) for a, b in ["NI", "NI", "SI", "SI", "NE", "SE", "IE"]]),
    of_graph("random-directed", "G(60, 0.05), seed 3, directed", nx.gnp_random_graph(60, 0.05, seed=3, directed=True)),
    network("random-mixed", "random: parallel links, some one way, several pieces", range(40),
            [(a, b, mixed.random() < 0.5) for a, b in ((mixed.randrange(38), mixed.randrange(38)) for _ in range(70)) if a != b for _ in range(mixed.choice([1, 1, 2]))]),
    of_graph("barabasi-albert", "BA(300, 4), seed 5", nx.barabasi_albert_graph(300, 4, seed=5)),
]


def arcs(net, parallel, directed):
    """What the network is under a reading: pairs, with how many links each stands for."""
    pairs = {}
    for a, b, one_way in net["links"]:
        both = [(a, b), (b, a)] if directed and not one_way else [(a, b)] if directed else [(min(a, b), max(a, b))]
        for pair in both:
            pairs[pair] = pairs.get(pair, 0) + 1
    return pairs if parallel == "count" else {pair: 1 for pair in pairs}


def eigenvector(graph, directed):
    if directed and nx.is_directed_acyclic_graph(graph):
        return [0.0] * len(graph)
    try:
        found = nx.eigenvector_centrality(graph, max_iter=200_000, tol=3e-15, weight="weight")
    except nx.PowerIterationFailedConvergence:
        return None
    return [found[node] for node in range(len(graph))]


def modularity(graph):
    """The best that is found for it in many runs."""
    if graph.is_directed():
        return max(nx.community.modularity(graph, nx.community.louvain_communities(graph, seed=seed)) for seed in range(20))
    random.seed(1)
    plain = igraph.Graph(n=len(graph), edges=list(graph.edges))
    weights = [weight for _, _, weight in graph.edges.data("weight")]
    best = 0
    for _ in range(50):
        found = plain.community_leiden("modularity", weights=weights, n_iterations=-1)
        groups = [set(group) for group in found]
        best = max(best, nx.community.modularity(graph, groups))
    return best


def reading(net, parallel, directed):
    size = len(net["labels"])
    pairs = arcs(net, parallel, directed)
    weighted = (nx.DiGraph if directed else nx.Graph)()
    weighted.add_nodes_from(range(size))
    weighted.add_weighted_edges_from((a, b, count) for (a, b), count in pairs.items())
    several = igraph.Graph(n=size, edges=[pair for pair, count in pairs.items() for _ in range(count)], directed=directed)
    between = several.betweenness()
    if parallel == "merge":
        other = nx.betweenness_centrality(weighted, normalized=False)
        assert all(math.isclose(between[node], other[node], rel_tol=1e-10, abs_tol=1e-9) for node in range(size))
    over = {}
    for edge, value in zip(several.get_edgelist(), several.edge_betweenness()):
        over[tuple(edge) if directed else (min(edge), max(edge))] = value
    links = []
    for a, b, one_way in net["links"]:
        if directed:
            links.append(over[a, b] + (0 if one_way else over[b, a]))
        else:
            links.append(over[min(a, b), max(a, b)])
    closeness = nx.closeness_centrality(weighted)
    rank = nx.pagerank(weighted, alpha=0.85, tol=1e-16, max_iter=1000)
    # Directions do not matter for what holds together; but links both ways are two.
    ends = [(a, b) for a, b, _ in net["links"]]
    if parallel == "merge":
        ends = list({(min(a, b), max(a, b)) for a, b in ends})
    together = igraph.Graph(n=size, edges=ends)
    bridges = {tuple(sorted(together.es[edge].tuple)) for edge in together.bridges()}
    return {
        "parallel": parallel, "directed": directed,
        "degree": several.degree(), "betweenness": between,
        "betweenness_normalised": [value / ((size - 1) * (size - 2) / (1 if directed else 2)) for value in between],
        "closeness": [closeness[node] for node in range(size)], "eigenvector": eigenvector(weighted, directed),
        "pagerank": [rank[node] for node in range(size)], "core": several.coreness(),
        "articulation": [node in set(together.articulation_points()) for node in range(size)],
        "link_betweenness": links, "bridge": [(min(a, b), max(a, b)) in bridges for a, b, _ in net["links"]],
        "modularity": modularity(weighted),
    }


def key_players(net, k):
    """All sets whose removal leaves the fewest pairs connected, and the fragmentation of what remains."""
    graph = nx.Graph([(a, b) for a, b, _ in net["links"]])
    graph.add_nodes_from(range(len(net["labels"])))
    best, found = math.inf, []
    for chosen in itertools.combinations(range(len(graph)), k):
        rest = graph.subgraph(set(graph) - set(chosen))
        pairs = sum(len(piece) * (len(piece) - 1) for piece in nx.connected_components(rest))
        if pairs < best:
            best, found = pairs, []
        if pairs == best:
            found.append(list(chosen))
    left = len(graph) - k
    return {"k": k, "sets": found, "fragmentation": 1 - best / (left * (left - 1))}


def paths(net):
    """All shortest paths between some pairs, and the lengths of the 15 shortest without a loop, directed."""
    graph = nx.DiGraph(list(arcs(net, "merge", True)))
    graph.add_nodes_from(range(len(net["labels"])))
    chooser = random.Random(1)
    result = []
    for _ in range(8):
        a, b = chooser.sample(range(len(graph)), 2)
        if not nx.has_path(graph, a, b):
            result.append({"from": a, "to": b, "shortest": [], "lengths": []})
            continue
        several = itertools.islice(nx.shortest_simple_paths(graph, a, b), 15)
        result.append({"from": a, "to": b, "shortest": sorted(nx.all_shortest_paths(graph, a, b)),
                       "lengths": [len(path) - 1 for path in several]})
    return result


for net in NETWORKS:
    net["made_with"] = f"networkx {nx.__version__}, igraph {igraph.__version__}, numpy {numpy.__version__}"
    net["readings"] = [reading(net, *way) for way in itertools.product(["merge", "count"], [False, True])]
    if len(net["labels"]) < 100:
        net["key_players"] = [key_players(net, k) for k in ((1, 2, 3) if 9 < len(net["labels"]) < 40 else (1, 2))]
    net["paths"] = paths(net)
    text = json.dumps(net).replace('"readings": [', '\n"readings": [').replace('{"parallel"', '\n{"parallel"')
    Path(__file__).with_name(f"{net['name']}.json").write_text(text + "\n")
    print(net["name"], len(net["labels"]), len(net["links"]))
