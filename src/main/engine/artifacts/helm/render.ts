import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseAllDocuments } from 'yaml';
import semver from 'semver';
import { z } from 'zod';
import type { JsonObject } from '#shared/base/json.ts';
import type { PortSchema } from '#shared/model/index.ts';
import type { ChildResult, Processes } from '../../ports/index.ts';
import { missingValues, withPlaceholder } from './placeholders.ts';
import type { RequiredValue } from './required-values.ts';

/** The name a chart is rendered under; outputs are named without it. */
export const renderedRelease = 'release-name';

const objectSchema = z.looseObject({
  kind: z.string(),
  metadata: z.looseObject({ name: z.string() }),
  spec: z.record(z.string(), z.unknown()).optional(),
});

// Each run takes a tenth of a second; a chart that demands more than this says so in its schema.
const mostPlaceholders = 40;

/** One object of a rendered chart. */
export interface RenderedObject {
  readonly kind: string;
  readonly name: string;
  readonly spec: Readonly<Record<string, unknown>>;
  /** The names of its fields, such as `data`. */
  readonly fields: readonly string[];
  /** The template it comes from, relative to the chart. */
  readonly template: string;
}

/** What a chart makes of its own values and of those in `ci/`, or why it cannot be told. */
export type Rendering =
  | {
      readonly done: true;
      readonly objects: readonly RenderedObject[];
      /** Values that had to be set before anything could be rendered: paths joined by dots. */
      readonly placed: ReadonlySet<string>;
    }
  | { readonly done: false; readonly reason: string; readonly advice: string };

/** Renders a chart. Nothing is installed and no cluster is asked. */
export type ChartRenderer = (folder: string, options: RenderOptions) => Promise<Rendering>;

export interface RenderOptions {
  readonly chart: string;
  /** The types of its values, for placeholders. */
  readonly values: PortSchema;
  /** What its templates demand. */
  readonly demanded: readonly RequiredValue[];
  /** The versions of Kubernetes that the chart says it is for; null for all. */
  readonly kubernetes: string | null;
  readonly signal?: AbortSignal | undefined;
}

/** The version that is rendered for: charts choose API versions by it. */
const usualKubernetes = '1.34.0';

/** A version of Kubernetes within a chart's range: the usual one, else the lowest. */
function kubernetesFor(range: string | null): string {
  if (range === null || semver.satisfies(usualKubernetes, range)) return usualKubernetes;
  const lowest = semver.validRange(range) === null ? null : semver.minVersion(range);
  return lowest === null ? usualKubernetes : `${lowest.major}.${lowest.minor}.${lowest.patch}`;
}

function objectsOf(text: string): readonly RenderedObject[] {
  return text.split(/^---\s*$/m).flatMap((part) => {
    const template = /^# Source: [^/\n]+\/(.+)$/m.exec(part)?.[1] ?? 'unknown';
    const documents = parseAllDocuments(part, { uniqueKeys: false });
    if (!Array.isArray(documents)) return [];
    return documents.flatMap((document) => {
      const parsed = objectSchema.safeParse(document.toJS());
      if (!parsed.success) return [];
      const { kind, metadata, spec } = parsed.data;
      return [{ kind, name: metadata.name, spec: spec ?? {}, fields: Object.keys(parsed.data).toSorted(), template }];
    });
  });
}

/** Example values that chart authors keep for testing their chart (the convention of chart-testing). */
async function examplesIn(folder: string): Promise<readonly string[]> {
  const names = await readdir(path.join(folder, 'ci')).catch((): string[] => []);
  return names
    .filter((name) => /values\.ya?ml$/.test(name))
    .sort()
    .map((name) => path.join(folder, 'ci', name));
}

/** What Helm complains of; a hint at its own flags is no help here. */
function failureOf({ stderr }: ChildResult): string {
  const lines = stderr.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('Use --debug'));
  const begin = Math.max(
    0,
    lines.findIndex((line) => line.startsWith('Error:')),
  );
  return (
    lines
      .slice(begin)
      .join(' ')
      .replace(/^Error: /, '') || 'Helm said nothing.'
  );
}

type Run = (values: readonly string[]) => Promise<ChildResult>;

/**
 * Renders, and where Helm names values that must be set, renders again with placeholders in their place, until it is
 * done or fails for another reason. `placeholders` is the file that holds them.
 */
async function renderDemanding(
  run: Run,
  examples: readonly string[],
  {
    placeholders,
    values,
    demanded,
    chart,
  }: Pick<RenderOptions, 'values' | 'demanded' | 'chart'> & { placeholders: string },
): Promise<{ readonly result: ChildResult; readonly placed: readonly string[] }> {
  const placed: string[] = [];
  let set: JsonObject = {};
  let result = await run(examples);
  while (result.code !== 0 && placed.length < mostPlaceholders) {
    const missing = missingValues(result.stderr, { demanded, chart }).filter(
      (path) => !placed.includes(path.join('.')),
    );
    if (missing.length === 0) break;
    for (const path of missing) {
      placed.push(path.join('.'));
      set = withPlaceholder(set, path, values);
    }
    await writeFile(placeholders, JSON.stringify(set));
    result = await run([placeholders, ...examples]);
  }
  return { result, placed };
}

/** A renderer on the Helm of this machine. Helm gets an empty home: neither repositories nor a cluster of the user. */
export function createChartRenderer(processes: Pick<Processes, 'find' | 'run'>): ChartRenderer {
  return async (folder, { kubernetes, signal, ...wanted }) => {
    const helm = await processes.find('helm');
    if (helm === null) {
      return {
        done: false,
        reason: 'Helm was not found',
        advice: 'Install Helm 3 to have outputs read from the rendered chart.',
      };
    }
    const home = await mkdtemp(path.join(tmpdir(), 'groundplan-helm-'));
    const env = {
      HOME: home,
      HELM_CACHE_HOME: home,
      HELM_CONFIG_HOME: home,
      HELM_DATA_HOME: home,
      KUBECONFIG: path.join(home, 'none'),
    };
    const version = ['--kube-version', kubernetesFor(kubernetes)];
    const run: Run = (values) =>
      processes.run({
        file: helm,
        args: ['template', renderedRelease, folder, ...version, ...values.flatMap((file) => ['--values', file])],
        cwd: home,
        env,
        timeoutMs: 60_000,
        ...(signal === undefined ? {} : { signal }),
      });
    try {
      const objects = new Map<string, RenderedObject>();
      const needed = new Set<string>();
      let failure: string | null = null;
      const placeholders = path.join(home, 'placeholders.json');
      for (const examples of [[], ...(await examplesIn(folder)).map((file) => [file])]) {
        const { result, placed } = await renderDemanding(run, examples, { ...wanted, placeholders });
        if (result.code === 0) for (const one of objectsOf(result.stdout)) objects.set(`${one.kind} ${one.name}`, one);
        else failure ??= failureOf(result);
        // What an example still lacks may be demanded by what it switches on.
        if (examples.length === 0) for (const one of placed) needed.add(one);
      }
      if (objects.size > 0 || failure === null) return { done: true, objects: [...objects.values()], placed: needed };
      return {
        done: false,
        reason: `The chart cannot be rendered: ${failure}`,
        advice: failure.includes('helm dependency build')
          ? 'Run helm dependency build in the chart’s folder, then import again.'
          : 'Give the values it asks for in ci/values.yaml, or name outputs in groundplan.yaml.',
      };
    } finally {
      await rm(home, { recursive: true, force: true });
    }
  };
}
