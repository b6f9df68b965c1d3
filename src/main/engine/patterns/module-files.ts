import type { Json } from '#shared/base/json.ts';
import type { Boundary } from '#shared/model/index.ts';
import { addressOf } from './align.ts';
import type { DesignedResource, MembersTerm, PatternDesign } from './design.ts';
import { code, expression, inside, isPerKey, literal, tokenVariable, typeText, type Writing } from './expressions.ts';
import { printFile, quoted, type HclItem, type HclValue } from './hcl/print.ts';
import type { DeclaredInput } from './inputs.ts';
import { ownTags, sharedTags, type SharedTags } from './shared-tags.ts';
import { aboutType } from './terraform-types/index.ts';
import { walk, type MoreBlocks, type Term, type TermBody } from './terms.ts';
import { findWires, wireKey, type Wire } from './wires.ts';

/** The variables of a module that stand for what is derived from name, region and account. */
export type TokenName = 'name' | 'region' | 'account_id';

/** One generated module. */
export interface ModuleText {
  readonly node: Boundary;
  readonly files: Readonly<Record<string, string>>;
  readonly tokens: readonly TokenName[];
  readonly inputs: readonly DeclaredInput[];
  /** Values it takes from other nodes. */
  readonly wiresIn: readonly Wire[];
  /** Values it gives to others, or shows. */
  readonly wiresOut: readonly Wire[];
}

const tokenDescriptions: Readonly<Record<TokenName, string>> = {
  name: 'Name that everything here starts with',
  region: 'Region it runs in',
  account_id: 'Account it runs in',
};

/** Writes the modules of a design, one per node, in the layout that the tool's formatter leaves alone. */
export function writeModules(design: PatternDesign, constraint: string): readonly ModuleText[] {
  const wires = findWires(design);
  return design.nodes.map((node) => {
    const resources = design.resources.filter(({ aligned }) => aligned.node === node);
    const wiresIn = wires.filter((wire) => wire.to.has(node));
    const wiresOut = wires.filter((wire) => wire.from === node);
    const inputs = design.inputs.filter((input) => input.nodes.includes(node));
    const tokens = tokensIn(resources);
    const tags = sharedTags(design, node);
    const context: ModuleContext = { node, design, wires, tags };
    const locals: readonly HclItem[] = Object.keys(tags).length === 0 ? [] : [localsOf(tags, context)];
    return {
      node,
      tokens,
      inputs,
      wiresIn,
      wiresOut,
      files: {
        'main.tf': printFile([...locals, ...resources.map((resource) => resourceBlock(resource, context))]),
        'variables.tf': printFile(variables({ tokens, inputs, wiresIn })),
        'outputs.tf': printFile(wiresOut.map(outputBlock)),
        'versions.tf': printFile([versions(constraint)]),
      },
    };
  });
}

interface ModuleContext {
  readonly node: Boundary;
  readonly design: PatternDesign;
  readonly wires: readonly Wire[];
  readonly tags: SharedTags;
}

function writingFor(context: ModuleContext, members: MembersTerm | null): Writing {
  const names = new Map(context.wires.map((wire) => [wireKey(wire.term), wire.name]));
  return {
    node: context.node,
    inputOf: context.design.inputOf,
    wireName: (term) => names.get(wireKey(term)) ?? 'missing',
    singleField: members?.fields.length === 1,
    like: members?.like === null || members === null ? null : addressOf(members.like),
  };
}

function text(value: string): HclValue {
  return { kind: 'text', text: value };
}

function attribute(name: string, value: HclValue): HclItem {
  return { kind: 'attribute', name, value };
}

function localsOf(tags: SharedTags, context: ModuleContext): HclItem {
  const writing = writingFor(context, null);
  const entries = Object.entries(tags).map(([key, term]) => [key, expression(term, writing)] as const);
  return { kind: 'block', type: 'locals', labels: [], items: [attribute('tags', { kind: 'object', entries })] };
}

function resourceBlock(resource: DesignedResource, context: ModuleContext): HclItem {
  const { aligned, body, members, enabled, stateOnly } = resource;
  const writing = writingFor(context, members);
  const items: HclItem[] = [];
  if (enabled !== null) {
    const name = context.design.inputOf.get(enabled)?.name ?? 'missing';
    items.push(attribute('count', text(`var.${name} ? 1 : 0`)));
  }
  if (members !== null) items.push(attribute('for_each', forEach(members, context)));
  if (items.length > 0) items.push({ kind: 'gap' });
  const [attributes, blocks] = bodyItems(body, { writing, context });
  items.push(...attributes, ...blocks);
  if (stateOnly.length > 0) {
    const names = stateOnly.map(({ attribute: name }) => text(name));
    const comment = 'Kept in the state only: nothing to read back from the cloud.';
    items.push({
      kind: 'block',
      type: 'lifecycle',
      labels: [],
      items: [{ kind: 'attribute', name: 'ignore_changes', value: { kind: 'list', items: names }, comment }],
    });
  }
  return { kind: 'block', type: 'resource', labels: [aligned.type, aligned.label], items };
}

function forEach(members: MembersTerm, context: ModuleContext): HclValue {
  if (members.like !== null) return text(addressOf(members.like));
  const keysOnly = members.fields.length === 0;
  if (members.seed !== null) {
    const name = context.design.inputOf.get(members.seed)?.name ?? 'missing';
    return text(keysOnly ? `toset(var.${name})` : `var.${name}`);
  }
  if (!keysOnly) return literal(members.constant);
  const keys: Json = Object.keys(members.constant ?? {});
  return { kind: 'call', name: 'toset', arguments: [literal(keys)] };
}

interface BodyContext {
  readonly writing: Writing;
  readonly context: ModuleContext;
}

/** Attributes first, then nested blocks; tags last among the attributes, as people write them. */
function bodyItems(
  body: TermBody,
  { writing, context }: BodyContext,
): readonly [readonly HclItem[], readonly HclItem[]] {
  const attributes: HclItem[] = [];
  const blocks: HclItem[] = [];
  for (const [name, term] of Object.entries(body)) {
    if (term.kind === 'blocks') {
      for (const item of term.items) {
        const [inner, nested] = bodyItems(item, { writing, context });
        blocks.push({ kind: 'block', type: name, labels: [], items: [...inner, ...nested] });
      }
      if (term.more !== null) blocks.push(dynamicBlock(name, term.more, { writing, context }));
    } else if (name === 'tags' && term.kind === 'map') {
      continue;
    } else attributes.push(attribute(name, expression(term, writing)));
  }
  const tags = body['tags'];
  if (tags?.kind === 'map') attributes.push(attribute('tags', tagsValue(tags, { writing, context })));
  return [attributes, blocks];
}

function tagsValue(tags: Extract<Term, { kind: 'map' }>, { writing, context }: BodyContext): HclValue {
  const own = ownTags(tags, context.tags);
  const parts: HclValue[] = [];
  if (Object.keys(context.tags).length > 0) parts.push(text('local.tags'));
  if (tags.extra !== null) parts.push(expression(tags.extra, writing));
  const entries = Object.entries(own).map(([key, term]) => [key, expression(term, writing)] as const);
  if (entries.length > 0 || parts.length === 0) parts.push({ kind: 'object', entries });
  const [only] = parts;
  return parts.length === 1 && only !== undefined ? only : { kind: 'call', name: 'merge', arguments: parts };
}

function dynamicBlock(name: string, more: MoreBlocks, { writing, context }: BodyContext): HclItem {
  const dynamic = (forEach: HclValue, content: readonly HclItem[]): HclItem => ({
    kind: 'block',
    type: 'dynamic',
    labels: [name],
    items: [attribute('for_each', forEach), { kind: 'block', type: 'content', labels: [], items: content }],
  });
  if (more.kind === 'switch') {
    const [inner, nested] = bodyItems(more.body, { writing, context });
    return dynamic(text(`${code(more.condition, writing)} ? [1] : []`), [...inner, ...nested]);
  }
  return dynamic(
    expression(more.list, writing),
    more.fields.map((field) => attribute(field, text(`${name}.value.${field}`))),
  );
}

function tokensIn(resources: readonly DesignedResource[]): readonly TokenName[] {
  const found = new Set<TokenName>();
  for (const { body } of resources) {
    for (const term of Object.values(body)) {
      for (const inner of walk(term)) if (inner.kind === 'token') found.add(tokenVariable[inner.token]);
    }
  }
  return (['name', 'region', 'account_id'] as const).filter((token) => found.has(token));
}

interface VariableSources {
  readonly tokens: readonly TokenName[];
  readonly inputs: readonly DeclaredInput[];
  readonly wiresIn: readonly Wire[];
}

function variables({ tokens, inputs, wiresIn }: VariableSources): readonly HclItem[] {
  const block = (name: string, items: readonly HclItem[]): HclItem => ({
    kind: 'block',
    type: 'variable',
    labels: [name],
    items,
  });
  return [
    ...tokens.map((token) =>
      block(token, [
        attribute('description', text(quoted(tokenDescriptions[token]))),
        attribute('type', text('string')),
      ]),
    ),
    ...wiresIn.map((wire) =>
      block(wire.name, [
        attribute('description', text(quoted(wireDescription(wire)))),
        attribute('type', wireType(wire)),
      ]),
    ),
    ...inputs.map((input) =>
      block(input.name, [
        attribute('description', text(quoted(input.description))),
        attribute('type', typeText(input.type)),
        // A value that only some instances have: null leaves it to the provider.
        ...(input.optional ? [attribute('default', text('null'))] : []),
        ...(input.sensitive ? [attribute('sensitive', text('true'))] : []),
      ]),
    ),
  ];
}

function wireType(wire: Wire): HclValue {
  if (wire.shape === 'one') return text('string');
  return { kind: 'call', name: wire.shape, arguments: [text('string')] };
}

function wireDescription(wire: Wire): string {
  const { of, attribute: name } = wire.term;
  const noun = aboutType(of.type).noun.replaceAll('_', ' ');
  const known = name === 'id' || name === 'arn' ? name.toUpperCase() : name.replaceAll('_', ' ');
  const what = `${known.charAt(0).toUpperCase()}${known.slice(1)}`;
  const label = of.label === 'main' ? '' : of.label.replaceAll('_', ' ');
  if (wire.shape !== 'one') return `${what}s of the ${label} ${noun}s`.replace('  ', ' ');
  return `${what} of the ${noun} ${label}`.trim();
}

function outputBlock(wire: Wire): HclItem {
  const { term } = wire;
  const value = isPerKey(term)
    ? `{ for key, each in ${addressOf(term.of)} : key => each.${term.attribute} }`
    : inside(term);
  return {
    kind: 'block',
    type: 'output',
    labels: [wire.name],
    items: [attribute('description', text(quoted(wireDescription(wire)))), attribute('value', text(value))],
  };
}

function versions(constraint: string): HclItem {
  return {
    kind: 'block',
    type: 'terraform',
    labels: [],
    items: [
      attribute('required_version', text('">= 1.5"')),
      {
        kind: 'block',
        type: 'required_providers',
        labels: [],
        items: [
          attribute('aws', {
            kind: 'object',
            entries: [
              ['source', text('"hashicorp/aws"')],
              ['version', text(quoted(constraint))],
            ],
          }),
        ],
      },
    ],
  };
}
