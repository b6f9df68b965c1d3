import type { Declaration } from '../source/declarations.ts';
import { functionProviders } from './provider-functions.ts';
import { usesOf, type Use, type UseRole } from './uses.ts';

/** One member of a root depends on another, straight or over locals, data sources and providers. */
export interface Dependency {
  readonly from: string;
  readonly to: string;
  /** Addresses the reference passes through; empty for a straight one. */
  readonly via: readonly string[];
  /** How often it is referred to. */
  readonly references: number;
  /** The strongest of what the references are for. */
  readonly role: UseRole;
}

/** What a root declares and how it hangs together. Members are what a group owns: resources and module calls. */
export interface RootGraph {
  readonly declarations: ReadonlyMap<string, Declaration>;
  /** Addresses of resources and module calls, in the order they stand. */
  readonly members: readonly string[];
  readonly dependencies: readonly Dependency[];
  /** The references of a declaration to things the root declares, those to the providers it runs with included. */
  uses(address: string): readonly Use[];
  /** Whether anything refers to it, or runs with it. */
  isUsed(address: string): boolean;
  /** Provider configurations that a declaration takes without referring to them. */
  impliedProviders(address: string): readonly string[];
}

/** Whether a group owns it; everything else is copied to who uses it, or placed with it. */
export function isMember(declaration: Declaration): boolean {
  return declaration.kind === 'resource' || declaration.kind === 'module';
}

/** Whether references pass through it: it is copied to each group that uses it. */
export function isCopied({ kind }: Declaration): boolean {
  return kind === 'local' || kind === 'data' || kind === 'ephemeral' || kind === 'provider' || kind === 'variable';
}

/** Local name of the provider that a resource type belongs to when none is named: `aws_vpc` → `aws`. */
export function impliedProvider(type: string): string {
  return type.split('_')[0] ?? type;
}

/** Provider configurations whose functions a declaration calls; a provider without one needs none for that. */
function calledBy(declaration: Declaration, declarations: ReadonlyMap<string, Declaration>): readonly string[] {
  return functionProviders(declaration)
    .map(({ name, alias }) => (alias === null ? `provider.${name}` : `provider.${name}.${alias}`))
    .filter((address) => declarations.has(address));
}

function impliedBy(declaration: Declaration, uses: readonly Use[], defaults: ReadonlySet<string>): readonly string[] {
  const named = uses.filter(({ role }) => role === 'provider');
  switch (declaration.kind) {
    case 'resource':
    case 'data':
    case 'ephemeral': {
      const address = `provider.${impliedProvider(declaration.type)}`;
      return named.length === 0 && defaults.has(address) ? [address] : [];
    }
    case 'module':
      // Configurations without an alias are handed down unless the call names others.
      return named.length === 0 ? [...defaults] : [];
    default:
      return [];
  }
}

interface Reached {
  readonly via: readonly string[];
  readonly references: number;
  readonly role: UseRole;
}

const strength: Readonly<Record<UseRole, number>> = { subject: 0, provider: 1, order: 2, value: 3, trigger: 4 };

function merged(known: Reached | undefined, found: Reached): Reached {
  if (known === undefined) return found;
  const role = strength[found.role] > strength[known.role] ? found.role : known.role;
  const via = found.via.length < known.via.length ? found.via : known.via;
  return { via, references: known.references + found.references, role };
}

/** Builds the graph of a root from its declarations. */
export function buildRootGraph(declarations: ReadonlyMap<string, Declaration>): RootGraph {
  const all = [...declarations.values()];
  const uses = new Map<string, readonly Use[]>();
  for (const declaration of all) {
    uses.set(
      declaration.address,
      usesOf(declaration).filter(({ to }) => to !== declaration.address && declarations.has(to)),
    );
  }
  const defaults = new Set(
    all
      .filter(({ kind, name, address }) => kind === 'provider' && address === `provider.${name}`)
      .map(({ address }) => address),
  );
  const implied = new Map(
    all.map((one) => {
      const configurations = [
        ...impliedBy(one, uses.get(one.address) ?? [], defaults),
        ...calledBy(one, declarations).filter((address) => address !== one.address),
      ];
      return [one.address, configurations] as const;
    }),
  );
  const members = all.filter(isMember).map(({ address }) => address);

  const reached = new Map<string, ReadonlyMap<string, Reached>>();
  /** Members that a declaration leads to, over what is copied. */
  function reach(address: string, within: ReadonlySet<string>): ReadonlyMap<string, Reached> {
    const known = reached.get(address);
    if (known !== undefined) return known;
    const found = new Map<string, Reached>();
    const add = (to: string, one: Reached): void => void found.set(to, merged(found.get(to), one));
    const follow = (to: string, role: UseRole): void => {
      const target = declarations.get(to);
      if (target === undefined || within.has(to)) return;
      if (isMember(target)) add(to, { via: [], references: 1, role });
      else if (isCopied(target)) {
        for (const [member, { via }] of reach(to, new Set([...within, to]))) {
          add(member, { via: [to, ...via], references: 1, role: role === 'trigger' ? 'trigger' : 'value' });
        }
      }
    };
    for (const use of uses.get(address) ?? []) if (use.role !== 'subject') follow(use.to, use.role);
    for (const provider of implied.get(address) ?? []) follow(provider, 'provider');
    reached.set(address, found);
    return found;
  }

  const dependencies = members.flatMap((from) =>
    [...reach(from, new Set([from]))]
      .filter(([to]) => to !== from)
      .map(([to, one]): Dependency => ({ from, to, ...one })),
  );
  const used = new Set([...[...uses.values()].flat().map(({ to }) => to), ...[...implied.values()].flat()]);
  return {
    declarations,
    members,
    isUsed: (address) => used.has(address),
    dependencies,
    uses: (address) => uses.get(address) ?? [],
    impliedProviders: (address) => implied.get(address) ?? [],
  };
}
