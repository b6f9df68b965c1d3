import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Json } from '#shared/base/json.ts';
import type { PortSchema, Problem, Requirement } from '#shared/model/index.ts';
import { type ChartDependency, type ChartFile, chartFileName, readChartFile } from './chart-file.ts';
import { schemaOfJson } from './json-schema.ts';
import { type RequiredValue, requiredValues } from './required-values.ts';
import { placeOf, sharedGlobal, withSwitches } from './sub-charts.ts';
import { readValues } from './values.ts';
import { BrokenArchive, openVendored, unnamedCharts, type VendoredChart } from './vendored.ts';

/** A chart with the charts it brings along. */
export interface ChartReading {
  readonly chart: ChartFile | null;
  /** An object's schema with a property for each value, those of sub-charts under their names. */
  readonly values: PortSchema;
  readonly requires: readonly Requirement[];
  readonly dependencies: readonly { readonly name: string; readonly source: string }[];
  /** What the templates demand, those of sub-charts under their names. */
  readonly demanded: readonly RequiredValue[];
  /** Kinds of custom resources that it defines, from `crds/`. */
  readonly definitions: readonly string[];
  readonly problems: readonly Problem[];
}

const schemaFile = 'values.schema.json';

function problem(
  severity: Problem['severity'],
  code: string,
  said: { readonly message: string; readonly advice: string; readonly file: string },
): Problem {
  return { severity, code, ...said, line: null, column: null, field: null, node: null };
}

async function textOf(file: string): Promise<string | null> {
  return readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
}

async function readDeclared(
  folder: string,
  prefix: string,
): Promise<{ readonly declared: { schema: PortSchema; file: string } | null; readonly problems: readonly Problem[] }> {
  const text = await textOf(path.join(folder, schemaFile));
  const file = `${prefix}${schemaFile}`;
  if (text === null) return { declared: null, problems: [] };
  try {
    const { schema, left } = schemaOfJson(JSON.parse(text) as Json);
    const message = `${file} also restricts values by ${[...new Set(left)].join(', ')}: Helm checks that, a form cannot.`;
    const problems =
      left.length === 0
        ? []
        : [
            problem('info', 'schema-not-covered', {
              message,
              advice: 'Nothing is lost: Helm checks every value before it installs.',
              file,
            }),
          ];
    return { declared: { schema, file }, problems };
  } catch (error) {
    const message = `${file}: ${error instanceof Error ? error.message : String(error)}`;
    return {
      declared: null,
      problems: [problem('error', 'unreadable-file', { message, advice: 'Mend the schema, or remove it.', file })],
    };
  }
}

function conditionsOf({ condition, tags }: ChartDependency): string[] {
  return [
    ...(condition === undefined ? [] : [`Used only where ${condition} is not false.`]),
    ...(tags === undefined || tags.length === 0 ? [] : [`Switched by the tags ${tags.join(', ')}.`]),
  ];
}

/** The kinds that the definitions in `crds/` introduce. */
async function definitionsIn(folder: string): Promise<readonly string[]> {
  const names = await readdir(path.join(folder, 'crds'), { recursive: true }).catch((): string[] => []);
  const kinds = await Promise.all(
    names
      .filter((name) => /\.ya?ml$/.test(name))
      .map(async (name) => {
        const text = await readFile(path.join(folder, 'crds', name), 'utf8');
        return [...text.matchAll(/^ {2}names:\n(?: {4}.*\n)*? {4}kind: (\S+)/gm)].map(([, kind = '']) => kind);
      }),
  );
  return [...new Set(kinds.flat())].sort();
}

type Opened =
  { readonly vendored: VendoredChart; readonly problem: null } | { readonly vendored: null; readonly problem: Problem };

/** The chart of a dependency, or why its values are unknown. */
async function openOrTell(folder: string, dependency: ChartDependency, prefix: string): Promise<Opened> {
  const advice = `Run helm dependency build in the chart's folder, then import again.`;
  const unknown = (code: string, why: string, file: string): Opened => {
    const message = `${why}: its values are unknown.`;
    return { vendored: null, problem: problem('warning', code, { message, advice, file: `${prefix}${file}` }) };
  };
  const depth = prefix.split('.tgz/').length - 1;
  try {
    const vendored = await openVendored(folder, dependency, depth);
    if (vendored !== null) return { vendored, problem: null };
    const missing = `The chart ${dependency.name} that ${prefix}${chartFileName} names is not beside it`;
    return unknown('missing-chart', missing, chartFileName);
  } catch (error) {
    if (!(error instanceof BrokenArchive)) throw error;
    return unknown('unreadable-chart', `${prefix}${error.message}`, error.place);
  }
}

/** Reads a chart's folder, and the charts below it. File names are prefixed by the place of a sub-chart. */
export async function readChart(folder: string, prefix = ''): Promise<ChartReading> {
  const { chart, problems: found } = await readChartFile(folder, prefix);
  const nothing: PortSchema = { type: 'object', properties: {} };
  if (chart === null)
    return { chart, values: nothing, requires: [], dependencies: [], demanded: [], definitions: [], problems: found };
  const { declared, problems: declaring } = await readDeclared(folder, prefix);
  const file = `${prefix}values.yaml`;
  const own = readValues((await textOf(path.join(folder, 'values.yaml'))) ?? '', file, declared);
  const problems: Problem[] = [...declaring, ...own.problems];
  let properties: Record<string, PortSchema> = { ...own.schema.properties };
  const demanded = [...(await requiredValues(folder, prefix))];
  const definitions = [...(await definitionsIn(folder))];
  const all = [...chart.dependencies, ...(await unnamedCharts(folder, chart.dependencies))];
  for (const dependency of all) {
    const name = dependency.alias ?? dependency.name;
    const conditions = conditionsOf(dependency);
    properties = withSwitches(properties, dependency, `${prefix}${chartFileName}:${chart.lineOf(['dependencies'])}`);
    const marks = conditions.length === 0 ? {} : { 'x-conditions': conditions };
    const opened = await openOrTell(folder, dependency, prefix);
    await using vendored = opened.vendored;
    const line = chart.lineOf(['dependencies']);
    if (vendored === null) {
      const origin = { how: 'unknown' as const, where: `${prefix}${chartFileName}:${line}` };
      properties[name] = {
        type: 'object',
        ...properties[name],
        ...marks,
        'x-origin': properties[name]?.['x-origin'] ?? origin,
      };
      problems.push(opened.problem);
      continue;
    }
    const inner = await readChart(vendored.folder, `${prefix}${vendored.place}/`);
    problems.push(...inner.problems);
    definitions.push(...inner.definitions);
    demanded.push(...inner.demanded.map((value) => ({ ...value, path: placeOf(value.path, name) })));
    const { global, ...values } = inner.values.properties ?? {};
    if (global !== undefined) properties['global'] = sharedGlobal(properties['global'], global);
    // The chart's own values for a sub-chart are what the sub-chart starts from.
    properties[name] = {
      ...inner.values,
      ...marks,
      properties: { ...values, ...properties[name]?.properties },
      'x-origin': { how: 'inferred', where: `${prefix}${vendored.place}/values.yaml` },
    };
  }
  return {
    chart,
    values: { ...own.schema, properties },
    requires: requirementsOf(chart, prefix),
    dependencies: all.map(({ name, repository }) => ({ name, source: repository ?? `charts/${name}` })),
    demanded,
    definitions,
    problems,
  };
}

function requirementsOf(chart: ChartFile, prefix: string): readonly Requirement[] {
  const at = (field: string) => ({
    how: 'declared' as const,
    where: `${prefix}${chartFileName}:${chart.lineOf([field])}`,
  });
  const { document, dependencies } = chart;
  const kubernetes = document.kubeVersion;
  return [
    { kind: 'tool', name: 'helm', version: document.apiVersion === 'v1' ? '>= 2' : '>= 3', origin: at('apiVersion') },
    ...(kubernetes === undefined
      ? []
      : [{ kind: 'tool' as const, name: 'kubernetes', version: kubernetes, origin: at('kubeVersion') }]),
    ...dependencies.map(({ name, version }) => ({
      kind: 'chart' as const,
      name,
      version: version === undefined ? null : String(version),
      origin: at('dependencies'),
    })),
  ];
}
