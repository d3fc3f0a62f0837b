// Lays out the graph in the file of the first argument with graphology's ForceAtlas2, Barnes-Hut on, everything else as it comes, for as many
// rounds as the second says, and writes the milliseconds that it took. Line one of the file is the number of nodes, each other a link.

import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { UndirectedGraph } from 'graphology';
import forceAtlas2 from 'graphology-layout-forceatlas2';

const [file, rounds] = process.argv.slice(2);
const lines = readFileSync(file, 'utf8').trim().split('\n');
const count = Number(lines.shift());
const graph = new UndirectedGraph();
for (let node = 0; node < count; node++) {
	// A sunflower: no two in one place, nothing left to chance.
	const radius = 10 * Math.sqrt(node + 0.5);
	graph.addNode(node, { x: radius * Math.cos(2.399963 * node), y: radius * Math.sin(2.399963 * node) });
}
for (const line of lines) {
	const [source, target] = line.split(' ');
	graph.mergeEdge(source, target);
}
const settings = { barnesHutOptimize: true };
if (process.argv[4]) settings.barnesHutTheta = Number(process.argv[4]);
forceAtlas2(graph, { iterations: 2, settings });
const begin = performance.now();
forceAtlas2(graph, { iterations: Number(rounds), settings });
process.stdout.write(String(performance.now() - begin));
