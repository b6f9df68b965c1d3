import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { Ports, PortSchema, Problem } from '#shared/model/index.ts';
import { listFolder } from '#engine/files/index.ts';
import { noAids, type ArtifactTool, type CodeReading, type ReadCodeOptions } from '../artifact-tool.ts';
import { isIgnoredSource } from '../source-files.ts';
import { readChart } from './chart.ts';
import { chartFileName } from './chart-file.ts';
import { placeholderText } from './placeholders.ts';
import type { RenderedObject, Rendering, RenderOptions } from './render.ts';
import { kindsOf, outputsOfObjects } from './rendered-outputs.ts';
import { type Demand, type RequiredValue, withRequired } from './required-values.ts';

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
  { aids: { renderChart } = noAids, ...options }: Omit<RenderOptions, 'signal'> & ReadCodeOptions,
): Promise<Pick<CodeReading, 'outputs' | 'creates' | 'problems'> & { readonly rendering: Rendering }> {
  const rendering = renderChart === null ? notHere : await renderChart(folder, options);
  if (rendering.done) {
    const { objects } = rendering;
    return { rendering, outputs: outputsOfObjects(objects), creates: kindsOf(objects), problems: namelessOf(objects) };
  }
  const message = `${rendering.reason}: its outputs and what it makes are unknown.`;
  return {
    rendering,
    outputs: nothing,
    creates: {},
    problems: [note('warning', 'not-rendered', { message, advice: rendering.advice })],
  };
}

function namelessOf(objects: readonly RenderedObject[]): readonly Problem[] {
  const nameless = objects.filter(({ name }) => name.includes(placeholderText));
  if (nameless.length === 0) return [];
  const kinds = [...new Set(nameless.map(({ kind, template }) => `${kind} in ${template}`))].join(', ');
  const message = `Names depend on values without a default: ${kinds}. What could be read from them is not among the outputs.`;
  return [note('info', 'unknown-names', { message, advice: 'Name outputs with `reads` in groundplan.yaml.' })];
}

async function readHelm(folder: string, options: ReadCodeOptions): Promise<CodeReading> {
  const { chart, values, requires, dependencies, demanded, definitions, problems } = await readChart(folder);
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
  const { kubeVersion: kubernetes = null, name } = chart.document;
  const { rendering, ...made } = await rendered(folder, { ...options, chart: name, values, demanded, kubernetes });
  const demandOf = ({ path: at }: RequiredValue): Demand => {
    if (!rendering.done) return 'unknown';
    return rendering.placed.has(at.join('.')) ? 'always' : 'sometimes';
  };
  const inputs = demanded.reduce((schema, value) => withRequired(schema, value, demandOf(value)), values);
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
    rendered: rendering.done ? rendering.objects : null,
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
