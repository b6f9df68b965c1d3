import { createPauses } from '../../shape/index.ts';
import type { Topology } from '../topology.ts';
import { forward } from './forward.ts';
import { createJudge, type Way } from './judge.ts';
import { isStubAt, type Evidence } from './nodes.ts';

/** What the map says of one resource and the internet. */
export type Exposure =
  /** Directly, through balancers, or both. */
  | { readonly verdict: 'open'; readonly ways: readonly Way[] }
  | { readonly verdict: 'undecided' | 'closed'; readonly evidence: readonly Evidence[] };

/** Every resource that is open to the internet or of which that cannot be decided; all others are closed. */
export interface Exposures {
  readonly found: ReadonlyMap<number, Exposure>;
  /** Of any resource, with the reason why it is closed. */
  of(position: number): Exposure;
}

/**
 * What is reachable from the internet, by addresses, routes and rules: a resource is open when it has a public address
 * or settings that open it, a route of its subnet leads out, and rules let everybody in; or when something open hands
 * requests on to it and its rules let that in. What nobody looked at makes it undecided, never closed.
 */
export async function findExposures(topology: Topology): Promise<Exposures> {
  const judge = createJudge(topology);
  const pause = createPauses();
  const ways = new Map<number, Way[]>();
  const undecided = new Map<number, readonly Evidence[]>();
  function add(position: number, way: Way): void {
    const known = ways.get(position);
    if (known === undefined) ways.set(position, [way]);
    else known.push(way);
  }
  for (let position = 0; position < topology.shape.resources; position += 1) {
    if (position % 256 === 0) await pause();
    if (isStubAt(topology, position)) continue;
    const judgement = judge.judge(position);
    if (judgement.verdict === 'undecided') undecided.set(position, judgement.evidence);
    if (judgement.verdict !== 'open') continue;
    add(position, judgement.way);
    for (const target of forward(judge, position, judgement.way)) {
      if (target.judgement.verdict === 'open') add(target.position, target.judgement.way);
      else undecided.set(target.position, target.judgement.evidence);
    }
  }
  const found = new Map<number, Exposure>();
  for (const [position, evidence] of undecided) found.set(position, { verdict: 'undecided', evidence });
  for (const [position, own] of ways) found.set(position, { verdict: 'open', ways: own });
  return {
    found,
    of(position) {
      const known = found.get(position);
      if (known !== undefined) return known;
      const judgement = judge.judge(position);
      return judgement.verdict === 'open' ? { verdict: 'open', ways: [judgement.way] } : judgement;
    },
  };
}
