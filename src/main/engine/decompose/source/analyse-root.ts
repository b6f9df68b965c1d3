import path from 'node:path';
import type { Problem } from '#shared/model/index.ts';
import { isKnownProvider } from '../../artifacts/terraform/attribute-types.ts';
import { buildRootGraph, impliedProvider, type RootGraph } from '../graph/root-graph.ts';
import { affinityOf, type Affinity } from '../grouping/affinity.ts';
import { createPartitionFinder, type PartitionFinder } from '../grouping/resolutions.ts';
import { readDeclarations } from './declarations.ts';
import { readModuleCalls, type CalledModule } from './module-calls.ts';
import { problem } from './problem.ts';
import { readRootSource, type RootSource } from './root-source.ts';

/** What was found by reading a root: everything that does not depend on how it is divided. */
export interface RootAnalysis {
  readonly source: RootSource;
  readonly graph: RootGraph;
  readonly modules: ReadonlyMap<string, CalledModule>;
  readonly lines: number;
  readonly problems: readonly Problem[];
  /** How members belong together, with files as evidence or without; computed when first asked for. */
  grouping(files: boolean): { readonly affinity: Affinity; readonly finder: PartitionFinder };
}

function remarks(graph: RootGraph): readonly Problem[] {
  return [...graph.declarations.values()].flatMap(({ kind, type, address, pieces }): Problem[] => {
    const [piece] = pieces;
    if (piece === undefined) return [];
    const place = { severity: 'info' as const, file: piece.file.path, line: piece.block.line, node: address };
    if (kind === 'data' && type === 'terraform_remote_state') {
      const message = `${address} reads another root's outputs; each part that uses it reads them as before.`;
      return [problem({ code: 'remote-state', message, advice: null, ...place })];
    }
    if (kind === 'provider' && piece.block.attributes.some(({ name }) => name === 'for_each')) {
      const message = `${address} is configured with for_each; each part that uses it gets the whole configuration.`;
      const advice = 'Instances chosen by what a part does not hold stay configured there.';
      return [problem({ code: 'repeated-provider', message, advice, ...place })];
    }
    if (kind === 'output') {
      const message = `${address} will be an output of the part it is computed in.`;
      const advice = 'Roots that read it by terraform_remote_state must read that state.';
      return [problem({ code: 'output-moves', message, advice, ...place })];
    }
    return [];
  });
}

/** Providers of which no types are known, each where it is first used. */
function unknownProviders(graph: RootGraph): readonly Problem[] {
  const resources = [...graph.declarations.values()].filter(({ kind }) => kind === 'resource');
  return [...Map.groupBy(resources, ({ type }) => impliedProvider(type))].flatMap(([provider, own]): Problem[] => {
    const [piece] = own[0]?.pieces ?? [];
    if (isKnownProvider(provider) || piece === undefined) return [];
    const what = own.length === 1 ? 'its resource' : `its ${own.length} resources`;
    return [
      problem({
        code: 'unknown-provider',
        message: `Nothing is known of the provider ${provider}: what ${what} give${own.length === 1 ? 's' : ''} crosses as any, and whether data is held cannot be told.`,
        advice: 'Pin what must stay together; the proof asks the provider itself.',
        severity: 'info',
        file: piece.file.path,
        line: piece.block.line,
        node: own[0]?.address ?? null,
      }),
    ];
  });
}

/** Reads a root's code and how it hangs together. Nothing is executed, fetched or written. */
export async function analyseRoot(folder: string, signal: AbortSignal): Promise<RootAnalysis> {
  const source = await readRootSource(folder, signal);
  const { declarations, problems } = readDeclarations(source.files);
  const graph = buildRootGraph(declarations);
  const called = await readModuleCalls(folder, declarations);
  const groupings = new Map<boolean, ReturnType<RootAnalysis['grouping']>>();
  return {
    source,
    graph,
    modules: called.modules,
    lines: source.files.reduce((sum, { text }) => sum + text.split('\n').length - 1, 0),
    problems: [...source.problems, ...problems, ...called.problems, ...unknownProviders(graph), ...remarks(graph)],
    grouping(files) {
      const known = groupings.get(files);
      if (known !== undefined) return known;
      const affinity = affinityOf(graph, { files });
      const grouping = { affinity, finder: createPartitionFinder(affinity) };
      groupings.set(files, grouping);
      return grouping;
    },
  };
}

/** A name for what becomes of a root, from its folder's. */
export function nameOfRoot(folder: string): string {
  const name = path
    .basename(folder)
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 40);
  return /^[a-z]/.test(name) ? name : `root-${name}`.replace(/-$/, '');
}
