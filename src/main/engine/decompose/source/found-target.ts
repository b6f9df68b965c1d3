import type { JsonObject } from '#shared/base/json.ts';
import { typedTarget, type SplitFoundTarget, type TargetCloud } from '#shared/model/index.ts';
import { impliedProvider, type RootGraph } from '../graph/root-graph.ts';
import type { StateFile } from '../state/state-file.ts';
import { attributeOf, constantText, type Declaration, type Piece } from './declarations.ts';

const clouds: Readonly<Record<string, TargetCloud>> = {
  aws: 'aws',
  azurerm: 'azure',
  azapi: 'azure',
  google: 'gcp',
};

/** Where the code of each cloud's providers says which account they act in, and which region. */
const places = {
  azure: { providers: ['azurerm', 'azapi'], account: 'subscription_id', region: 'location' },
  gcp: { providers: ['google', 'google-beta'], account: 'project', region: 'region' },
} as const;

/** An attribute where it is given. */
interface GivenPiece {
  readonly file: Piece['file'];
  readonly attribute: NonNullable<Piece['attribute']>;
}

function textOf({ file, attribute }: GivenPiece): string {
  return file.text.slice(attribute.start, attribute.end).trim();
}

interface FoundFrom {
  readonly graph: Pick<RootGraph, 'declarations'>;
  /** Values of variables, from files. */
  readonly values: JsonObject;
  readonly state: StateFile | null;
}

/**
 * Where a root runs, as far as its code and its state say: the blocks of its providers first, then what its resources
 * in the state agree on. A part that is computed, secret, or told differently in two places is not found.
 */
export function findTarget(from: FoundFrom): SplitFoundTarget {
  const cloud = cloudOf(from.graph);
  if (cloud === null || cloud === 'aws') return { cloud, account: null, region: null };
  const account = accountInCode(cloud, from) ?? agreed(inState(cloud, from.state).map((one) => one.account));
  const region = regionInCode(cloud, from) ?? agreed(inState(cloud, from.state).map((one) => one.region));
  const { target, problems } = typedTarget(cloud, account ?? '', region ?? '');
  if (target !== null) return target;
  return {
    cloud,
    account: problems.account === null ? account : null,
    region: problems.region === null ? region : null,
  };
}

/** The one cloud that its resources and data sources are in; null for none, or several. */
function cloudOf({ declarations }: FoundFrom['graph']): TargetCloud | null {
  const found = new Set<TargetCloud>();
  for (const { kind, type, address } of declarations.values()) {
    const provider = kind === 'provider' ? (address.split('.')[1] ?? '') : impliedProvider(type);
    if (kind !== 'resource' && kind !== 'data' && kind !== 'provider') continue;
    const cloud = clouds[provider.replace(/-beta$/, '')];
    if (cloud !== undefined) found.add(cloud);
  }
  const [one] = found;
  return found.size === 1 ? (one ?? null) : null;
}

function accountInCode(cloud: 'azure' | 'gcp', from: FoundFrom): string | null {
  const { providers, account } = places[cloud];
  return agreedInCode(
    providers.map((name) => from.graph.declarations.get(`provider.${name}`)),
    account,
    from,
  );
}

/** Azure's provider has no location: the resource groups of a root tell where it is. */
function regionInCode(cloud: 'azure' | 'gcp', from: FoundFrom): string | null {
  const { providers, region } = places[cloud];
  const declarations =
    cloud === 'gcp'
      ? providers.map((name) => from.graph.declarations.get(`provider.${name}`))
      : [...from.graph.declarations.values()].filter(
          ({ kind, type }) => kind === 'resource' && type === 'azurerm_resource_group',
        );
  return agreedInCode(declarations, region, from);
}

/** The value that every declaration with this attribute gives it; null where one computes it, or they differ. */
function agreedInCode(
  declarations: readonly (Declaration | undefined)[],
  attribute: string,
  from: FoundFrom,
): string | null {
  return agreed(
    declarations.flatMap((declaration) => {
      const found = attributePiece(declaration, attribute);
      return found === null ? [] : [valueOf(found, from)];
    }),
  );
}

/** An attribute as the last piece that has it gives it: files that override come last. */
function attributePiece(declaration: Declaration | undefined, name: string): GivenPiece | null {
  for (const { file, block } of [...(declaration?.pieces ?? [])].reverse()) {
    const attribute = attributeOf(block, name);
    if (attribute !== undefined) return { file, attribute };
  }
  return null;
}

/** A constant, or the variable or local value that an expression is, as often as one leads to another. */
function valueOf({ file, attribute }: GivenPiece, from: FoundFrom, depth = 0): string | null {
  const constant = constantText(file, attribute);
  if (constant !== null) return constant;
  const address = /^(?:"\$\{)?\s*((?:var|local)\.[\w-]+)\s*(?:\}")?$/.exec(textOf({ file, attribute }))?.[1];
  const declaration = address === undefined ? undefined : from.graph.declarations.get(address);
  if (declaration === undefined || depth > 8) return null;
  if (declaration.kind === 'local') {
    const piece = declaration.pieces.at(-1);
    const given = piece?.attribute ?? null;
    return piece === undefined || given === null
      ? null
      : valueOf({ file: piece.file, attribute: given }, from, depth + 1);
  }
  const secret = attributePiece(declaration, 'sensitive');
  if (secret !== null && textOf(secret) !== 'false') return null;
  if (Object.hasOwn(from.values, declaration.name)) {
    const value = from.values[declaration.name];
    return typeof value === 'string' ? value : null;
  }
  const standard = attributePiece(declaration, 'default');
  return standard === null ? null : constantText(standard.file, standard.attribute);
}

function inState(
  cloud: 'azure' | 'gcp',
  state: StateFile | null,
): readonly { readonly account: string | undefined; readonly region: string | undefined }[] {
  const managed = (state?.resources ?? []).filter(
    ({ mode, type }) => mode === 'managed' && clouds[impliedProvider(type)] === cloud,
  );
  return managed.flatMap(({ instances }) =>
    instances.map(({ attributes }) => {
      const text = (name: string): string | undefined => {
        const value: unknown =
          typeof attributes === 'object' && attributes !== null ? Reflect.get(attributes, name) : undefined;
        return typeof value === 'string' && value !== '' ? value : undefined;
      };
      if (cloud === 'gcp') return { account: text('project'), region: text('region') };
      return { account: /^\/subscriptions\/([^/]+)/i.exec(text('id') ?? '')?.[1], region: text('location') };
    }),
  );
}

/** The one value of those that are there; null where there is none, one is not known, or they differ. */
function agreed(values: readonly (string | null | undefined)[]): string | null {
  const given = new Set(values.flatMap((value) => (value === undefined ? [] : [value === null ? null : plain(value)])));
  const [one] = given;
  return given.size === 1 ? (one ?? null) : null;
}

/** Ids and locations of Azure mean the same in any case; what other clouds give is in lower case as it is. */
function plain(value: string): string {
  return value.trim().toLowerCase().replaceAll(' ', '');
}
