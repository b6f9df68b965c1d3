import type { Origin, PortCorrection, PortSchema, Ports, Problem, Runner } from '#shared/model/index.ts';
import type { Corrections } from './corrections.ts';
import { asRead, notRendered, parseReads } from './helm/check-reads.ts';
import type { RenderedObject } from './helm/render.ts';

const byUser = 'declared by the user';

/** The short words of the file for the marks of a port. */
function marked({ sensitive, immutable, reads, 'x-origin': _origin, ...schema }: PortCorrection): PortSchema {
  return {
    ...schema,
    ...(sensitive === undefined ? {} : { 'x-sensitive': sensitive }),
    ...(immutable === undefined ? {} : { 'x-immutable': immutable }),
    ...(reads === undefined ? {} : { 'x-reads': reads }),
  };
}

interface Place {
  readonly file: string;
  /** The line of a field of the correction; of the correction itself where that field is not written. */
  readonly lineOf: (field: string) => number;
}

/** Each corrected fact says so with its line; the type's own origin is that of the port. */
function corrected(read: PortSchema, correction: PortSchema, { file, lineOf }: Place): PortSchema {
  const facts: NonNullable<Origin['facts']> = { ...read['x-origin']?.facts };
  for (const keyword of Object.keys(correction)) {
    const written = keyword.replace(/^x-/, '');
    facts[keyword] = { how: byUser, where: `${file}:${Math.max(lineOf(keyword), lineOf(written))}` };
  }
  const type = facts['type'];
  const own = 'type' in correction && type !== undefined ? type : read['x-origin'];
  const { how, where } = own ?? { how: 'unknown' as const, where: file };
  return { ...read, ...correction, 'x-origin': { how, where, facts } };
}

interface CorrectionContext {
  readonly side: 'inputs' | 'outputs';
  readonly runner: Runner;
  /** The objects a chart makes, where they are known. */
  readonly rendered?: readonly RenderedObject[] | null | undefined;
}

/**
 * Lays corrections over ports that were read; each corrected fact says so. Names that the code does not have become
 * warnings, except where code cannot name its ports: an output of a chart that says where it is read is added, and a
 * port of a script that says its type.
 */
export function correctPorts(
  ports: Ports,
  corrections: Corrections,
  { side, runner, rendered = null }: CorrectionContext,
): { readonly ports: Ports; readonly problems: readonly Problem[] } {
  const properties: Record<string, PortSchema> = { ...ports.properties };
  const added: string[] = [];
  const problems: Problem[] = [];
  const problem = (name: string, said: Pick<Problem, 'severity' | 'code' | 'message' | 'advice'>): void => {
    const line = corrections.lineOf([side, name]);
    problems.push({ ...said, file: corrections.file, line, column: 1, field: `${side}.${name}`, node: null });
  };
  for (const [name, written] of Object.entries(corrections.document[side] ?? {})) {
    const correction = marked(written);
    const reads = correction['x-reads'];
    const place = reads === undefined ? null : parseReads(reads);
    const read = Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (reads !== undefined && (runner !== 'helm' || side !== 'outputs' || place === null)) {
      const advice =
        'Outputs of charts say what is read as Kind/name and a JSONPath: Service/{release}-web .spec.clusterIP';
      problem(name, { severity: 'error', code: 'bad-reads', message: `"${reads}" names nothing to read.`, advice });
      continue;
    }
    const isNew = runner === 'python' ? correction.type !== undefined : reads !== undefined;
    if (read === undefined && !isNew) {
      const word = side === 'inputs' ? 'input' : 'output';
      const message = `${corrections.file} corrects the ${word} "${name}", which the code does not have.`;
      const advice = 'Remove the correction, or correct its name.';
      problem(name, { severity: 'warning', code: 'unknown-port', message, advice });
      continue;
    }
    if (read === undefined) added.push(name);
    const missing = place === null || rendered === null ? null : notRendered(place, rendered);
    if (missing !== null) {
      const advice = 'Correct it, or give values in ci/values.yaml with which the chart makes it.';
      problem(name, { severity: 'warning', code: 'nothing-to-read', message: missing, advice });
    }
    const port = corrected(read ?? {}, correction, {
      file: corrections.file,
      lineOf: (field) => corrections.lineOf([side, name, field]),
    });
    properties[name] = place === null ? port : asRead(port, place);
  }
  const required = [...ports.required, ...added].filter((name) => properties[name]?.default === undefined);
  return { ports: { ...ports, properties, required }, problems };
}
