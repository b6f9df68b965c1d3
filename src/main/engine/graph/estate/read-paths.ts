import type { Paths } from '#shared/model/index.ts';
import { findPaths, type PathsWalk } from './find-paths.ts';
import type { GraphAccess } from './graph-access.ts';
import { linkTo, namedAt } from './named.ts';
import { resolveResource } from './resolve.ts';
import { readTopology } from './topology.ts';

export interface PathsInput extends PathsWalk {
  readonly from: string;
  readonly to: string;
}

/** The shortest ways between two resources. Throws `not-found`, `conflict` for an id that is not of one resource. */
export async function readPaths(graph: GraphAccess, input: PathsInput): Promise<Paths> {
  const topology = await readTopology(graph);
  const { shape } = topology;
  const ends = { from: await resolveResource(graph, input.from), to: await resolveResource(graph, input.to) };
  const { paths, more } = findPaths(topology, ends, input);
  return {
    from: namedAt(shape, ends.from),
    to: namedAt(shape, ends.to),
    hops: paths[0]?.length ?? null,
    paths: paths.map((path) => path.map((step) => linkTo(shape, step))),
    more,
  };
}
