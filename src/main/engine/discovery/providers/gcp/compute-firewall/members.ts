import type { JsonObject } from '#shared/base/json.ts';
import type { RelationshipFact } from '#shared/model/index.ts';
import type { AssetDraft } from '../assets/asset-draft.ts';
import { EdgeList } from '../../../edge-list.ts';
import { directionOf, grantsOf } from './grants.ts';

/** What of a machine firewall rules can name. */
interface Machine {
  readonly id: string;
  readonly networks: readonly string[];
  readonly labels: readonly string[];
  /** The project, folders and organisation it lies in. */
  readonly above: readonly string[];
}

/** The part of a rule that names machines. Labels are tags and service accounts, told apart by their first letter. */
interface Rule {
  readonly draft: AssetDraft;
  readonly network: string | undefined;
  readonly targets: readonly string[];
  readonly sources: readonly string[];
}

/** One rule of a policy that names machines by service account. */
interface PolicyRule {
  readonly draft: AssetDraft;
  readonly accounts: readonly string[];
  /** The networks it is for; empty for every network. */
  readonly networks: readonly string[];
  /** The folders and organisations it is for; empty where networks alone say so. */
  readonly scopes: readonly string[];
  readonly properties: JsonObject;
}

/** Policies over folders and organisations, and those over networks, of one region or of all. */
const policyType = /^compute\.googleapis\.com\/(?:(?:Region)?Network)?FirewallPolicy$/;

const tag = (name: string): string => `t:${name}`;
const account = (address: string): string => `a:${address}`;

/**
 * Google's rules name machines by tag and service account, so no body alone tells who is meant. This collects both
 * sides while bodies are converted and joins them at the end: machine `PROTECTED_BY` rule, and machine `ALLOWS` rule
 * where a rule lets machines in. A policy's rules are no resources: there the machine is `PROTECTED_BY` the policy.
 */
export class FirewallMembers {
  readonly #machines: Machine[] = [];
  readonly #rules: Rule[] = [];
  readonly #policyRules: PolicyRule[] = [];

  /** Takes what a converted asset tells, if it is a machine or a rule. */
  take(draft: AssetDraft): void {
    if (draft.asset.type === 'compute.googleapis.com/Instance') this.#takeMachine(draft);
    if (draft.asset.type === 'compute.googleapis.com/Firewall') this.#takeRule(draft);
    if (policyType.test(draft.asset.type)) this.#takePolicy(draft);
  }

  #takeMachine({ id, body, refs, asset }: AssetDraft): void {
    const networks = body.objects('networkInterfaces').flatMap((nic) => refs.network(nic.text('network')) ?? []);
    const tags = body.object('tags')?.texts('items') ?? [];
    const accounts = body.objects('serviceAccounts').flatMap((one) => one.text('email') ?? []);
    const above = asset.ancestors.flatMap((name) => refs.in('cloudresourcemanager', name) ?? []);
    this.#machines.push({ id, networks, labels: [...tags.map(tag), ...accounts.map(account)], above });
  }

  #takeRule(draft: AssetDraft): void {
    const { body, refs } = draft;
    const targets = [...body.texts('targetTags').map(tag), ...body.texts('targetServiceAccounts').map(account)];
    const sources = [...body.texts('sourceTags').map(tag), ...body.texts('sourceServiceAccounts').map(account)];
    if (targets.length + sources.length === 0 || body.flag('disabled') === true) return;
    this.#rules.push({ draft, network: refs.network(body.text('network')), targets, sources });
  }

  /** A policy is for what it is associated with: networks, or everything in folders and organisations. */
  #takePolicy(draft: AssetDraft): void {
    const { body, refs } = draft;
    const attached = body.objects('associations').flatMap((one) => one.text('attachmentTarget') ?? []);
    const networks = attached.flatMap((target) => refs.compute(target) ?? []).filter((id) => id.includes('/networks/'));
    const scopes = attached.flatMap((target) => {
      const scope = /(?:folders|organizations)\/\d+$/.exec(target)?.[0];
      return refs.in('cloudresourcemanager', scope) ?? [];
    });
    for (const rule of body.objects('rules')) {
      const accounts = rule.texts('targetServiceAccounts');
      if (accounts.length === 0 || rule.flag('disabled') === true) continue;
      const only = rule.texts('targetResources').flatMap((target) => refs.compute(target) ?? []);
      const properties = {
        direction: directionOf(rule),
        priority: rule.number('priority') ?? null,
        action: rule.text('action') ?? null,
      };
      this.#policyRules.push({
        draft,
        accounts: accounts.map(account),
        networks: only.length > 0 ? only : networks,
        scopes,
        properties,
      });
    }
  }

  /** What the rules say about the machines seen so far, each with the rule it was read from. */
  join(): readonly { readonly draft: AssetDraft; readonly relationships: readonly RelationshipFact[] }[] {
    const machines = this.#machinesByLabel();
    const policies = this.#joinPolicies();
    const rules = this.#rules.map((rule) => {
      const { draft } = rule;
      const edges = new EdgeList(draft.id, draft.asset.type);
      const named = (labels: readonly string[]): ReadonlySet<string> =>
        new Set(labels.flatMap((label) => machines.get(`${rule.network ?? ''} ${label}`) ?? []));
      for (const machine of named(rule.targets)) edges.from('PROTECTED_BY', { from: machine, field: 'targets' });
      const grants = grantsOf(draft.body, draft.body.objects('allowed'), 'IPProtocol');
      const sources = directionOf(draft.body) === 'ingress' ? named(rule.sources) : [];
      for (const machine of sources) {
        for (const properties of grants) edges.from('ALLOWS', { from: machine, field: 'sources', properties });
      }
      return { draft, relationships: edges.edges };
    });
    return [...rules, ...policies];
  }

  #joinPolicies(): readonly { readonly draft: AssetDraft; readonly relationships: readonly RelationshipFact[] }[] {
    const byAccount = new Map<string, Machine[]>();
    for (const machine of this.#policyRules.length === 0 ? [] : this.#machines) {
      for (const label of machine.labels) {
        const same = byAccount.get(label);
        if (same === undefined) byAccount.set(label, [machine]);
        else same.push(machine);
      }
    }
    return this.#policyRules.map(({ draft, accounts, networks, scopes, properties }) => {
      const edges = new EdgeList(draft.id, draft.asset.type);
      const named = new Set(accounts.flatMap((label) => byAccount.get(label) ?? []));
      for (const { id, networks: own, above } of named) {
        if (networks.length > 0 && !own.some((network) => networks.includes(network))) continue;
        if (scopes.length > 0 && !above.some((scope) => scopes.includes(scope))) continue;
        // A policy that is associated with nothing protects nothing.
        if (networks.length + scopes.length === 0) continue;
        edges.from('PROTECTED_BY', { from: id, field: 'rules.targetServiceAccounts', properties });
      }
      return { draft, relationships: edges.edges };
    });
  }

  #machinesByLabel(): ReadonlyMap<string, readonly string[]> {
    const found = new Map<string, string[]>();
    for (const { id, networks, labels } of this.#machines) {
      for (const label of labels) {
        for (const network of new Set(networks)) {
          const key = `${network} ${label}`;
          const same = found.get(key);
          if (same === undefined) found.set(key, [id]);
          else same.push(id);
        }
      }
    }
    return found;
  }
}
