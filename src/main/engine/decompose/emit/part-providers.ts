import { functionProviders } from '../graph/provider-functions.ts';
import { impliedProvider } from '../graph/root-graph.ts';
import type { Split } from '../proposal/decide.ts';
import type { RootAnalysis } from '../source/analyse-root.ts';

/** Local names of the providers that some declarations run with, or call functions of; null when a module of them cannot be read. */
export function providersOf(
  { graph, modules }: Pick<RootAnalysis, 'graph' | 'modules'>,
  contents: ReadonlySet<string>,
): ReadonlySet<string> | null {
  const names = new Set<string>();
  for (const address of contents) {
    const declaration = graph.declarations.get(address);
    if (declaration === undefined) continue;
    const named = graph.uses(address).filter(({ role }) => role === 'provider');
    for (const { reference } of named) names.add(reference.root);
    for (const { name } of functionProviders(declaration)) names.add(name);
    if (declaration.kind === 'provider') names.add(declaration.name);
    if (declaration.kind === 'module') {
      const called = modules.get(address)?.providers ?? null;
      if (called === null) return null;
      for (const name of called) names.add(name);
    }
    const runs = declaration.kind === 'resource' || declaration.kind === 'data' || declaration.kind === 'ephemeral';
    if (runs && named.length === 0) names.add(impliedProvider(declaration.type));
  }
  return names;
}

/** Local names that a root's own settings require. */
function requiredBy({ source }: Pick<RootAnalysis, 'source'>): readonly string[] {
  const settings = source.files.flatMap(({ blocks }) => blocks.filter(({ type }) => type === 'terraform'));
  const bodies = settings.flatMap(({ blocks }) => blocks.filter(({ type }) => type === 'required_providers'));
  return bodies.flatMap(({ attributes }) => attributes.map(({ name }) => name));
}

/** The providers that each part requires, as `providersOf` tells them; what no part runs with stays with the first. */
export function providersOfParts({ analysis, placement }: Split): readonly (ReadonlySet<string> | null)[] {
  const run = placement.contents.map((contents) => providersOf(analysis, contents));
  const left = requiredBy(analysis).filter((name) => !run.some((names) => names === null || names.has(name)));
  return run.map((names, group) => (group === 0 && names !== null ? new Set([...names, ...left]) : names));
}
