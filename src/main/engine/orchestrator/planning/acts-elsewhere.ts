import type { Json, JsonObject } from '#shared/base/json.ts';
import { targetWords, type Target, type TargetCloud } from '#shared/model/index.ts';
import type { PlanDocument } from '../../planner/index.ts';

/** What can be read of where a step acts, in sentences; for AWS nothing, because AWS itself is asked. */
export interface ActsElsewhere {
  /** What acts in another subscription, project or cloud than the target's. */
  readonly elsewhere: readonly string[];
  /** Provider blocks whose subscription or project is computed, so that it cannot be compared. */
  readonly unread: readonly string[];
}

/** A resource with its values, as a plan or a state tells them. */
export interface PlacedResource {
  readonly address: string;
  /** Address of the provider, such as `registry.opentofu.org/hashicorp/google`. */
  readonly provider: string;
  readonly values: readonly Json[];
}

/** Providers that act in an account, by the last part of their address, and the argument that names it. */
const providers: Readonly<Record<string, { readonly cloud: TargetCloud; readonly argument: string | null }>> = {
  aws: { cloud: 'aws', argument: null },
  awscc: { cloud: 'aws', argument: null },
  azurerm: { cloud: 'azure', argument: 'subscription_id' },
  azapi: { cloud: 'azure', argument: 'subscription_id' },
  google: { cloud: 'gcp', argument: 'project' },
  'google-beta': { cloud: 'gcp', argument: 'project' },
};

function providerOf(address: string) {
  return providers[address.slice(address.lastIndexOf('/') + 1)] ?? null;
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The subscription or project that a resource's values name; null where they name none. */
function accountOf(cloud: TargetCloud, values: Json): string | null {
  if (!isObject(values)) return null;
  const { id, project } = values;
  if (cloud === 'azure') {
    const found = typeof id === 'string' ? /^\/subscriptions\/([^/]+)/i.exec(id)?.[1] : undefined;
    return found?.toLowerCase() ?? null;
  }
  // A number is another name of a project, and which one cannot be told from it.
  return typeof project === 'string' && project !== '' && !/^\d+$/.test(project)
    ? project.replace(/^projects\//, '')
    : null;
}

/** Resources in another cloud than the target's, or in another subscription or project of it. */
export function resourcesElsewhere(resources: readonly PlacedResource[], target: Target): readonly string[] {
  if (target.cloud === 'aws') return [];
  const words = targetWords[target.cloud];
  return resources.flatMap(({ address, provider, values }): string[] => {
    const cloud = providerOf(provider)?.cloud ?? null;
    if (cloud === null) return [];
    if (cloud !== target.cloud) return [`${address} is in ${targetWords[cloud].cloud}.`];
    const others = new Set(
      values.flatMap((one) => accountOf(cloud, one) ?? []).filter((account) => account !== target.account),
    );
    return [...others].map((account) => `${address} is in ${words.account} ${account}.`);
  });
}

function constantOf(expression: Json): string | null {
  const constant = isObject(expression) ? expression['constant_value'] : undefined;
  return typeof constant === 'string' ? constant : null;
}

/** The value of an argument: constant, or that of one of the root's variables; null where it is computed. */
function valueOf(expression: Json, variables: PlanDocument['variables'] | null): string | null {
  const constant = constantOf(expression);
  if (constant !== null || !isObject(expression)) return constant;
  const references = expression['references'];
  const [reference] = Array.isArray(references) && references.length === 1 ? references : [];
  const name = typeof reference === 'string' ? /^var\.(\w[\w-]*)$/.exec(reference)?.[1] : undefined;
  const value = name === undefined ? undefined : variables?.[name]?.value;
  return typeof value === 'string' ? value : null;
}

/**
 * Where the plan of a step acts, as far as its provider blocks and its resources, those in its state too, tell. A
 * provider block wins over the variables that the tool is run with, so one for another place has to be found here.
 */
export function actsElsewhere(plan: PlanDocument, target: Target): ActsElsewhere {
  if (target.cloud === 'aws') return { elsewhere: [], unread: [] };
  const words = targetWords[target.cloud];
  const elsewhere: string[] = [];
  const unread: string[] = [];
  const configured = isObject(plan.configuration) ? plan.configuration['provider_config'] : null;
  for (const [key, config] of Object.entries(isObject(configured) ? configured : {})) {
    if (!isObject(config)) continue;
    const { full_name: fullName, name, module_address: module, expressions } = config;
    const provider = providerOf(typeof fullName === 'string' ? fullName : typeof name === 'string' ? name : key);
    if (provider === null || provider.argument === null || provider.cloud !== target.cloud) continue;
    const expression = isObject(expressions) ? expressions[provider.argument] : undefined;
    if (expression === undefined) continue;
    const given = valueOf(expression, module === undefined ? plan.variables : null);
    if (given === '' || (given !== null && plainAccount(target.cloud, given) === target.account)) continue;
    // A text with a variable in it has the same one reference as the variable alone: what it makes cannot be told.
    const isComposed = given !== null && constantOf(expression) === null && target.account.includes(given);
    if (given === null || isComposed) unread.push(`The provider block ${key} computes its ${words.account}.`);
    else elsewhere.push(`The provider block ${key} is for ${words.account} ${given}.`);
  }
  const resources = [...plan.resource_changes, ...plan.resource_drift]
    .filter(({ mode }) => mode === 'managed')
    .map(({ address, provider_name: provider, change }) => ({
      address,
      provider,
      values: [change.before, change.after],
    }));
  return { elsewhere: [...new Set([...elsewhere, ...resourcesElsewhere(resources, target)])], unread };
}

function plainAccount(cloud: TargetCloud, account: string): string {
  return cloud === 'azure' ? account.toLowerCase() : account;
}
