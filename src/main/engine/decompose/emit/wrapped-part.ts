import path from 'node:path';
import type { Splice } from '#engine/files/index.ts';
import { isLocalSource } from '../../artifacts/terraform/requirements.ts';
import { attributesOf, referencesOf } from '../graph/uses.ts';
import type { Split } from '../proposal/decide.ts';
import { attributeOf, constantText, type Declaration } from '../source/declarations.ts';
import { crossingRewrite, editsFor, mergedEdits, type FileEdits, type Rewriting } from './edits.ts';
import {
  block,
  interfaceOfModule,
  interfaceOfRoot,
  ownFile,
  wireText,
  type InterfaceOptions,
  type Wiring,
} from './interface-files.ts';
import { cutFiles, type PartFile } from './part-files.ts';
import { providersOf } from './part-providers.ts';
import type { RequiredProvider } from '../source/required-providers.ts';
import { aligned, moduleSettings } from './module-settings.ts';
import { planWrap, type WrapPlan } from './wrap-plan.ts';

/** The configuration of a part as a module and the root that calls it. */
export interface WrappedPart {
  readonly files: readonly PartFile[];
  readonly module: {
    /** Its folder in the part, and the name it is called by. */
    readonly name: string;
    /** Paths are relative to its folder. */
    readonly files: readonly PartFile[];
  };
}

export interface WrapOptions extends InterfaceOptions {
  readonly required: readonly RequiredProvider[];
  /** Local names of the providers that the part's root requires; null for all. */
  readonly providers: ReadonlySet<string> | null;
  /** Names in the part's folder that the module cannot have. */
  readonly taken: ReadonlySet<string>;
  /** Changes of the backend's block in this part. */
  readonly backendEdits: FileEdits;
}

/** Files that a wrapped part has beside those of the source and its interface. */
const wrapFiles = { call: 'split_module', moved: 'split_moved', settings: 'split_providers' } as const;

/**
 * What keeps its meaning in a folder further down only when it is said otherwise: `path.module` names the folder the
 * code came from, which is the part's root, and local modules lie where they lay.
 */
function placeEdits({ kind, pieces }: Declaration): FileEdits {
  return mergedEdits(
    ...pieces.map((piece): FileEdits => {
      const { file } = piece;
      const splices: Splice[] = [];
      for (const { attribute } of attributesOf(piece)) {
        for (const { root, steps } of referencesOf(file, attribute, 'value')) {
          const [step] = steps;
          if (root === 'path' && step?.kind === 'name' && step.text === 'module') {
            splices.push({ start: step.start, end: step.end, text: '.root' });
          }
        }
      }
      const source = kind === 'module' ? attributeOf(piece.block, 'source') : undefined;
      const called = constantText(file, source);
      if (source !== undefined && called !== null && isLocalSource(called)) {
        splices.push({ start: source.start, end: source.end, text: `"${path.posix.join('..', called)}"` });
      }
      return new Map([[file.path, splices]]);
    }),
  );
}

/** What the root's own text says of the part's resources: their module's outputs, and addresses within the module. */
function rootRewrite(split: Split, plan: WrapPlan, wiring: Wiring): Rewriting {
  const { group } = plan;
  const crossing = crossingRewrite(split, group, wireText(split, wiring));
  const { graph } = split.analysis;
  return (use, of) => {
    if (split.placement.owner.get(use.to) !== group) return crossing(use, of);
    if (use.role === 'subject') {
      // What was moved before is moved on by a block of its own.
      return graph.declarations.get(of)?.type === 'import' ? { kind: 'prefix', text: `module.${plan.call}.` } : null;
    }
    if (use.role === 'order') return { kind: 'value', text: `module.${plan.call}` };
    const wire = plan.handed.find(({ address, attribute }) => address === use.to && attribute === use.attribute);
    return wire === undefined ? null : { kind: 'value', text: `module.${plan.call}.${wire.name}` };
  };
}

/** Names of the provider configurations that a part's root has: `aws`, `aws.east`. */
function configurationsOf({ root }: WrapPlan): readonly string[] {
  return [...root].flatMap((address) => (address.startsWith('provider.') ? [address.slice('provider.'.length)] : []));
}

function callText(split: Split, plan: WrapPlan, wiring: Wiring): string {
  const configurations = configurationsOf(plan);
  const handedDown = configurations.some((name) => name.includes('.'))
    ? `\n  providers = {\n${aligned(
        '    ',
        configurations.map((name) => [name, name] as const),
      )}  }\n`
    : '';
  const own = [...plan.inside].flatMap((address) =>
    address.startsWith('var.') ? [[address.slice('var.'.length), address] as const] : [],
  );
  const text = wireText(split, wiring);
  const taken = wiresWithin(split, plan.group, plan.inside).map((wire) => [wire.name, text(wire)] as const);
  const values = own.length + taken.length === 0 ? '' : `\n${aligned('  ', [...own, ...taken])}`;
  return `module "${plan.call}" {\n  source = "./${plan.call}"\n${handedDown}${values}}\n`;
}

/** Values of other parts that some declarations refer to. */
function wiresWithin(split: Split, group: number, contents: ReadonlySet<string>): Split['crossings']['wires'] {
  const uses = [...contents].flatMap((address) => split.analysis.graph.uses(address));
  return split.crossings.wires.filter(
    ({ address, attribute, takers }) =>
      takers.has(group) &&
      uses.some((use) => use.to === address && use.attribute === attribute && use.role !== 'order'),
  );
}

/** The outputs that the root had, handed on from the module. */
function outputsBefore(split: Split, plan: WrapPlan): string {
  const { graph } = split.analysis;
  return [...plan.inside]
    .flatMap((address) => graph.declarations.get(address) ?? [])
    .filter(({ kind }) => kind === 'output')
    .map(({ name, pieces }) => {
      const said = (attribute: string): readonly (readonly [string, string])[] => {
        // An override file has the last word.
        const piece = pieces.findLast((one) => attributeOf(one.block, attribute) !== undefined);
        const found = piece === undefined ? undefined : attributeOf(piece.block, attribute);
        return piece === undefined || found === undefined
          ? []
          : [[attribute, piece.file.text.slice(found.start, found.end)]];
      };
      const value = [['value', `module.${plan.call}.${name}`]] as const;
      return block('output', name, [...said('description'), ...value, ...said('sensitive')]);
    })
    .join('\n');
}

function movedText(split: Split, group: number, { call }: WrapPlan): string {
  const members = split.groups[group]?.members ?? [];
  const blocks = members.map((address) => `moved {\n  from = ${address}\n  to   = module.${call}.${address}\n}\n`);
  return `# Tells the tool where everything went. Not needed any more once it was applied.\n${blocks.join('\n')}`;
}

/**
 * A part as a module that its root calls. Provider configurations, the backend and what speaks of states stay in the
 * root; resources go to the module, and `moved` blocks say so: the state keeps the addresses it has until it is applied.
 */
export function wrappedPart(split: Split, group: number, options: WrapOptions): WrappedPart {
  const { analysis } = split;
  const { graph } = analysis;
  const plan = planWrap(split, group, options.taken);
  const crossing = crossingRewrite(split, group, ({ name }) => `var.${name}`);
  const inside = [...plan.inside].flatMap((address) => graph.declarations.get(address) ?? []);
  const required = providersOf(analysis, plan.inside);
  const given = split.crossings.wires.filter(({ from }) => from === group);
  const handed = plan.handed.filter((wire) => !given.includes(wire));
  const settings = moduleSettings(
    options.required.filter(({ name }) => required?.has(name) ?? true),
    configurationsOf(plan),
  );
  const moduleFiles = [
    ...cutFiles(analysis, {
      contents: plan.inside,
      edits: mergedEdits(editsFor(graph, plan.inside, crossing), ...inside.map(placeEdits)),
      providers: null,
      comments: false,
    }),
    ...interfaceOfModule(
      split,
      { taken: wiresWithin(split, group, plan.inside), given: [...given, ...handed] },
      options.typeOf,
    ),
    ...(settings === '' ? [] : [{ path: ownFile(split, wrapFiles.settings), text: settings }]),
  ];
  const files = [
    ...cutFiles(analysis, {
      contents: plan.root,
      edits: mergedEdits(editsFor(graph, plan.root, rootRewrite(split, plan, options.wiring)), options.backendEdits),
      providers: options.providers,
      comments: group === 0,
    }),
    { path: ownFile(split, wrapFiles.call), text: callText(split, plan, options.wiring) },
    { path: ownFile(split, wrapFiles.moved), text: movedText(split, group, plan) },
    ...interfaceOfRoot(split, group, { ...options, call: plan.call, outputsBefore: outputsBefore(split, plan) }),
  ];
  return { files, module: { name: plan.call, files: moduleFiles } };
}
