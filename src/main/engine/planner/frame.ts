import type { Json } from '#shared/base/json.ts';
import {
  evaluate,
  references,
  type Binding,
  type Evaluation,
  type Reference,
  type Scope,
} from '#shared/expressions/index.ts';
import type { Target } from '#shared/model/index.ts';
import type { ResolvedBlueprint, ResolvedNode } from '../ports/index.ts';

/** The values of a deployment's inputs by name; one that nobody gave yet is absent. */
export type InputValues = Readonly<Record<string, { readonly value: Json; readonly sensitive: boolean }>>;

/** What is known of a step's output right now. */
export type OutputLookup = (step: string, output: string) => Binding;

/** Where a value comes from in the end: an output of a step, or an input of the deployment. */
export type Origin =
  | { readonly kind: 'output'; readonly step: string; readonly output: string }
  | { readonly kind: 'input'; readonly name: string };

/** One blueprint while it is being deployed: the outer one, or one inside another with the node that holds it. */
export interface Frame {
  readonly blueprint: ResolvedBlueprint;
  /** `` for the outer blueprint, `platform.` for the node `platform` in it. */
  readonly prefix: string;
  readonly target: Target;
  readonly outer: { readonly frame: Frame; readonly set: Readonly<Record<string, Json>> } | null;
}

export interface Values {
  readonly inputs: InputValues;
  readonly outputs: OutputLookup;
}

export function outerFrame(blueprint: ResolvedBlueprint, target: Target): Frame {
  return { blueprint, prefix: '', target, outer: null };
}

/** The frame of a blueprint that stands as a node in another. */
export function innerFrame(frame: Frame, name: string, blueprint: ResolvedBlueprint): Frame {
  const set = frame.blueprint.document.nodes[name]?.set ?? {};
  return { blueprint, prefix: `${frame.prefix}${name}.`, target: frame.target, outer: { frame, set } };
}

/** Evaluates a value of a blueprint with what is known now; nothing is made up for what is not. */
export function evaluateIn(frame: Frame, value: Json, values: Values): Evaluation {
  const scope: Scope = (reference) => bindingOf(frame, reference, values);
  return evaluate(value, scope);
}

function bindingOf(frame: Frame, reference: Reference, values: Values): Binding {
  switch (reference.root) {
    case 'target':
      return targetBinding(frame.target, reference.name);
    case 'inputs':
      return inputBinding(frame, reference.name, values);
    case 'node':
      return nodeBinding(frame, reference, values);
  }
}

function targetBinding(target: Target, name: string): Binding {
  const known: Readonly<Record<string, string>> = { ...target };
  const value = Object.hasOwn(known, name) ? known[name] : undefined;
  return value === undefined
    ? { state: 'error', message: `A target has no "${name}"; it has ${Object.keys(known).join(', ')}.` }
    : { state: 'known', value, sensitive: false };
}

function inputBinding(frame: Frame, name: string, values: Values): Binding {
  const declared = frame.blueprint.document.inputs?.[name];
  if (declared === undefined) return { state: 'error', message: `There is no input "${name}".` };
  const sensitive = declared.sensitive === true;
  if (declared.from === 'target') return targetBinding(frame.target, name);
  if (frame.outer === null) {
    const given = Object.hasOwn(values.inputs, name) ? values.inputs[name] : undefined;
    if (given !== undefined) return { state: 'known', value: given.value, sensitive: sensitive || given.sensitive };
    if (declared.default !== undefined) return { state: 'known', value: declared.default, sensitive };
    return { state: 'unknown', sensitive };
  }
  const { frame: outside, set } = frame.outer;
  const wired = Object.hasOwn(set, name) ? set[name] : undefined;
  if (wired !== undefined) return fromEvaluation(evaluateIn(outside, wired, values), sensitive);
  if (declared.default !== undefined) return { state: 'known', value: declared.default, sensitive };
  return { state: 'error', message: `${frame.prefix}${name} is required and not set.` };
}

function nodeBinding(frame: Frame, reference: Reference, values: Values): Binding {
  const name = reference.node ?? '';
  const node = frame.blueprint.nodes[name];
  if (node === undefined) return { state: 'error', message: `There is no node "${name}".` };
  // A node that is switched off makes nothing; what would come from it is absent, as an input not set.
  if (!isSwitchedOn(frame, name, values.inputs)) return { state: 'known', value: null, sensitive: false };
  if (node.type === 'artifact') return values.outputs(`${frame.prefix}${name}`, reference.name);
  const inside = innerFrame(frame, name, node.blueprint);
  const output = node.blueprint.document.outputs?.[reference.name];
  if (output === undefined) return { state: 'error', message: `${name} has no output "${reference.name}".` };
  return fromEvaluation(evaluateIn(inside, output.value, values), output.sensitive === true);
}

function fromEvaluation(evaluation: Evaluation, sensitive: boolean): Binding {
  switch (evaluation.state) {
    case 'known':
      return { state: 'known', value: evaluation.value, sensitive: sensitive || evaluation.sensitive };
    case 'unknown':
      return { state: 'unknown', sensitive: sensitive || evaluation.sensitive };
    case 'error':
      return { state: 'error', message: evaluation.problems.map((problem) => problem.message).join(' ') };
  }
}

/** A node's `when`, decided by inputs alone. An input that nobody gave yet does not switch anything off. */
export function isSwitchedOn(frame: Frame, name: string, inputs: InputValues): boolean {
  const when = frame.blueprint.document.nodes[name]?.when;
  if (when === undefined) return true;
  const outputs: OutputLookup = () => ({ state: 'error', message: '`when` may use inputs only.' });
  const decided = evaluateIn(frame, when, { inputs, outputs });
  return decided.state !== 'known' || (decided.value !== false && decided.value !== 'false');
}

/** Every output and input that a value depends on, through blueprints inside blueprints; whatever is known now. */
export function originsOf(frame: Frame, value: Json): Origin[] {
  return references(value).flatMap((reference) => originsOfReference(frame, reference));
}

function originsOfReference(frame: Frame, reference: Reference): Origin[] {
  switch (reference.root) {
    case 'target':
      return [];
    case 'inputs': {
      if (frame.blueprint.document.inputs?.[reference.name]?.from === 'target') return [];
      if (frame.outer === null) return [{ kind: 'input', name: reference.name }];
      const wired = frame.outer.set[reference.name];
      return wired === undefined ? [] : originsOf(frame.outer.frame, wired);
    }
    case 'node': {
      const name = reference.node ?? '';
      const node: ResolvedNode | undefined = frame.blueprint.nodes[name];
      if (node === undefined) return [];
      if (node.type === 'artifact') {
        return [{ kind: 'output', step: `${frame.prefix}${name}`, output: reference.name }];
      }
      const output = node.blueprint.document.outputs?.[reference.name];
      return output === undefined ? [] : originsOf(innerFrame(frame, name, node.blueprint), output.value);
    }
  }
}
