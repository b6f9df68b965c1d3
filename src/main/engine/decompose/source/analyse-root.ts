import path from 'node:path';
import type { Problem } from '#shared/model/index.ts';
import { attributeSchema, isKnownProvider } from '../../artifacts/terraform/attribute-types.ts';
import { lockedVersions } from '../../artifacts/terraform/provider-schemas/locked-versions.ts';
import type {
  ProviderSchemas,
  ResourceSchemas,
  WantedProvider,
} from '../../artifacts/terraform/provider-schemas/provider-schemas.ts';
import { buildRootGraph, impliedProvider, type RootGraph } from '../graph/root-graph.ts';
import { affinityOf, type Affinity } from '../grouping/affinity.ts';
import { createPartitionFinder, type PartitionFinder } from '../grouping/resolutions.ts';
import { besideCode } from './beside-code.ts';
import { readDeclarations } from './declarations.ts';
import { readModuleCalls, type CalledModule } from './module-calls.ts';
import { problem } from './problem.ts';
import { requiredProviders } from './required-providers.ts';
import { readRootSource, type RootSource } from './root-source.ts';
import { sensitiveValues, type SchemaSensitivity, type SensitiveValues } from './sensitive-values.ts';

/** What was found by reading a root: everything that does not depend on how it is divided. */
export interface RootAnalysis {
  readonly source: RootSource;
  readonly graph: RootGraph;
  readonly modules: ReadonlyMap<string, CalledModule>;
  /** Schemas of the providers that it uses, as far as they are known. */
  readonly schemas: ResourceSchemas;
  readonly sensitive: SensitiveValues;
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
function unknownProviders(graph: RootGraph, schemas: ResourceSchemas): readonly Problem[] {
  const resources = [...graph.declarations.values()].filter(({ kind }) => kind === 'resource');
  return [...Map.groupBy(resources, ({ type }) => impliedProvider(type))].flatMap(([provider, own]): Problem[] => {
    const [piece] = own[0]?.pieces ?? [];
    const isKnown = isKnownProvider(provider) || own.some(({ type }) => schemas.attributes('resource', type) !== null);
    if (isKnown || piece === undefined) return [];
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

/** The providers of a root's resources and data sources, with the versions they are locked to or asked for. */
async function wantedByRoot(source: RootSource, graph: RootGraph): Promise<readonly WantedProvider[]> {
  const locked = await lockedVersions(source.folder);
  const required = new Map((await requiredProviders(source)).map((one) => [one.name, one] as const));
  const used = [...graph.declarations.values()].filter(({ kind }) => kind === 'resource' || kind === 'data');
  return [...new Set(used.map(({ type }) => impliedProvider(type)))].map((provider) => ({
    provider,
    version: locked.get(provider) ?? required.get(provider)?.version ?? null,
  }));
}

/** What a schema, or the name of a well-known attribute, says. */
function sensitivityOf(schemas: ResourceSchemas): SchemaSensitivity {
  return (kind, type, attribute) =>
    schemas.attribute(kind, type, attribute)?.schema['x-sensitive'] === true ||
    attributeSchema(type, attribute)['x-sensitive'] === true;
}

/** Reads a root's code and how it hangs together. Nothing is executed, fetched or written. */
export async function analyseRoot(
  folder: string,
  { schemas, signal }: { readonly schemas: ProviderSchemas; readonly signal: AbortSignal },
): Promise<RootAnalysis> {
  const source = await readRootSource(folder, signal);
  const { declarations, problems } = readDeclarations(source.files);
  const graph = buildRootGraph(declarations);
  const called = await readModuleCalls(folder, declarations, { schemas });
  const known = await schemas.load(await wantedByRoot(source, graph));
  const beside = await besideCode(folder, signal);
  const groupings = new Map<boolean, ReturnType<RootAnalysis['grouping']>>();
  return {
    source,
    graph,
    modules: called.modules,
    schemas: known,
    sensitive: sensitiveValues({ graph, modules: called.modules }, sensitivityOf(known)),
    lines: source.files.reduce((sum, { text }) => sum + text.split('\n').length - 1, 0),
    problems: [
      ...source.problems,
      ...problems,
      ...called.problems,
      ...beside,
      ...unknownProviders(graph, known),
      ...remarks(graph),
    ],
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
