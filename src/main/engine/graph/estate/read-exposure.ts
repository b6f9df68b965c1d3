import type { ExposedResource, ExposureAnswer } from '#shared/model/index.ts';
import { textAt } from '../shape/index.ts';
import { inPlaces, readBlindSpots } from './blind-spots.ts';
import type { GraphAccess } from './graph-access.ts';
import { findExposures, type Exposure, type Exposures } from './exposure/find-exposure.ts';
import type { Evidence } from './exposure/nodes.ts';
import { portsText } from './exposure/ports.ts';
import { namedAt } from './named.ts';
import type { Sources } from './read-dependents.ts';
import { resolveAll } from './resolve.ts';
import { selectNodes } from './selection.ts';
import { readTopology, type Topology } from './topology.ts';
import { AppError } from '#shared/errors/index.ts';
import { estateFilterSchema } from '#shared/model/index.ts';

export interface ExposureInput {
  readonly ids: readonly string[];
  readonly scopes: readonly string[];
  readonly regions: readonly string[];
  readonly limit: number;
}

async function readExposures(graph: GraphAccess): Promise<Exposures> {
  return graph.once('exposure', async () => findExposures(await readTopology(graph)));
}

function told({ shape }: Topology, position: number, exposure: Exposure): ExposedResource {
  const lines = (evidence: readonly Evidence[]) =>
    evidence.map(({ text, at }) => ({ text, id: textAt(shape.ids, at) }));
  const { verdict } = exposure;
  if (exposure.verdict !== 'open') {
    return { ...namedAt(shape, position), verdict, ways: [], evidence: lines(exposure.evidence) };
  }
  const ways = exposure.ways.map(({ ports, evidence, notWeighed }) => ({
    ports: ports === null ? null : portsText(ports),
    evidence: lines(evidence),
    notWeighed: lines(notWeighed),
  }));
  return { ...namedAt(shape, position), verdict, ways, evidence: [] };
}

/** The positions that are asked about: those of the ids, else all in the scopes and regions that are open or undecided. */
async function positionsOf(graph: GraphAccess, input: ExposureInput, exposures: Exposures): Promise<readonly number[]> {
  if (input.ids.length > 0) {
    const { positions, unknown } = await resolveAll(graph, input.ids);
    if (unknown.length === 0) return positions;
    throw new AppError('not-found', `No resource ${unknown[0]} is in the graph.`, {
      advice: 'Search for a part of its name or id, or map its account and region again.',
      details: { unknown: unknown.slice(0, 10) },
    });
  }
  const { scopes, regions } = input;
  const selected = await selectNodes(graph, estateFilterSchema.parse({ scopes, regions }));
  return [...exposures.found.keys()].filter((position) => selected[position] === 1);
}

/** What the internet reaches, with the proof of each; of single resources asked about also why it does not. */
export async function readExposure({ graph, facts }: Sources, input: ExposureInput): Promise<ExposureAnswer> {
  const [topology, exposures] = await Promise.all([readTopology(graph), readExposures(graph)]);
  const positions = await positionsOf(graph, input, exposures);
  const judged = positions.map((position) => ({ position, exposure: exposures.of(position) }));
  const rank = { open: 0, undecided: 1, closed: 2 };
  judged.sort((left, right) => rank[left.exposure.verdict] - rank[right.exposure.verdict]);
  const count = (verdict: Exposure['verdict']): number =>
    judged.filter(({ exposure }) => exposure.verdict === verdict).length;
  const resources = judged.slice(0, input.limit).map(({ position, exposure }) => told(topology, position, exposure));
  // What decides it: addresses, routes, rules and balancers. Without any place asked about, everywhere.
  const decides = /address|elastic-ip|interface|instance|route|gateway|security-group|firewall|balanc|subnet/;
  const inPlace = input.ids.length > 0 ? inPlaces(resources) : (): boolean => true;
  return {
    open: count('open'),
    undecided: count('undecided'),
    resources,
    blind: await readBlindSpots(facts, (cell) => decides.test(cell.kind) && inPlace(cell)),
  };
}
