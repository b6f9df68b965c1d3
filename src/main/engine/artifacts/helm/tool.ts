import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { Ports, PortSchema, Problem } from '#shared/model/index.ts';
import { listFolder } from '#engine/files/index.ts';
import { noAids, type ArtifactTool, type CodeReading, type ReadCodeOptions } from '../artifact-tool.ts';
import { isIgnoredSource } from '../source-files.ts';
import { readChart } from './chart.ts';
import { chartFileName } from './chart-file.ts';
import type { Rendering } from './render.ts';
import { kindsOf, outputsOfObjects } from './rendered-outputs.ts';
import { requiredValues, withRequired } from './required-values.ts';

const nothing: Ports = { type: 'object', properties: {}, required: [] };

function note(
  severity: Problem['severity'],
  code: string,
  said: { readonly message: string; readonly advice: string },
): Problem {
  return { severity, code, ...said, file: chartFileName, line: null, column: null, field: null, node: null };
}

function portsOf({ properties = {}, required = [] }: PortSchema): Ports {
  return { type: 'object', properties, required: required.filter((name) => properties[name]?.default === undefined) };
}

const notHere: Rendering = {
  done: false,
  reason: 'Charts are not rendered here',
  advice: 'Read the chart in the app.',
};

async function rendered(
  folder: string,
  { kubernetes, aids: { renderChart } = noAids, signal }: ReadCodeOptions & { readonly kubernetes: string | null },
): Promise<Pick<CodeReading, 'outputs' | 'creates' | 'problems'>> {
  const rendering = renderChart === null ? notHere : await renderChart(folder, { kubernetes, signal });
  if (rendering.done) {
    return { outputs: outputsOfObjects(rendering.objects), creates: kindsOf(rendering.objects), problems: [] };
  }
  const message = `${rendering.reason}: its outputs and what it makes are unknown.`;
  return {
    outputs: nothing,
    creates: {},
    problems: [note('warning', 'not-rendered', { message, advice: rendering.advice })],
  };
}

async function readHelm(folder: string, options: ReadCodeOptions): Promise<CodeReading> {
  const { chart, values, requires, dependencies, definitions, problems } = await readChart(folder);
  const unread = {
    inputs: nothing,
    outputs: nothing,
    requires: [],
    creates: {},
    dependencies: [],
    summary: null,
    version: null,
  };
  if (chart === null) return { ...unread, problems, readable: false };
  if (chart.document.type === 'library') {
    const message = `${chart.document.name} is a library chart: it holds templates for other charts and cannot be deployed.`;
    const advice = 'Import a chart that uses it.';
    return { ...unread, problems: [note('error', 'library-chart', { message, advice })], readable: false };
  }
  const made = await rendered(folder, { ...options, kubernetes: chart.document.kubeVersion ?? null });
  const demanded = await requiredValues(folder);
  const inputs = demanded.reduce(withRequired, values);
  const version = String(chart.document.version);
  return {
    inputs: portsOf(inputs),
    outputs: made.outputs,
    requires,
    creates: {
      ...Object.fromEntries(definitions.map((kind) => [`CustomResourceDefinition/${kind}`, 1])),
      ...made.creates,
    },
    dependencies: [...dependencies],
    summary: chart.document.description ?? null,
    version: /^\d+\.\d+\.\d+/.test(version) ? version : null,
    problems: [...problems, ...made.problems],
    readable: true,
  };
}

/** Helm charts: a folder with a `Chart.yaml`. */
export const helmTool: ArtifactTool = {
  runner: 'helm',
  looksLike: 'a Helm chart',
  ownsFolders: true,
  async find(folder) {
    const there = await stat(path.join(folder, chartFileName)).catch(() => null);
    return there?.isFile() === true ? [{ runner: 'helm', folder, entry: null, title: path.basename(folder) }] : [];
  },
  async gather({ folder }, signal) {
    const files = await listFolder(folder, { ignore: isIgnoredSource, ...(signal === undefined ? {} : { signal }) });
    return { content: files.map((file) => ({ path: file.path, copyOf: file.absolute })), problems: [] };
  },
  read: readHelm,
};
