import type { RelationshipFact } from '#shared/model/index.ts';
import type { AssetDraft } from '../assets/asset-draft.ts';
import { EdgeList } from '../../../edge-list.ts';
import { directionOf, grantsOf } from './grants.ts';

/** What of a machine firewall rules can name. */
interface Machine {
  readonly id: string;
  readonly networks: readonly string[];
  readonly labels: readonly string[];
}

/** The part of a rule that names machines. Labels are tags and service accounts, told apart by their first letter. */
interface Rule {
  readonly draft: AssetDraft;
  readonly network: string | undefined;
  readonly targets: readonly string[];
  readonly sources: readonly string[];
}

const tag = (name: string): string => `t:${name}`;
const account = (address: string): string => `a:${address}`;

/**
 * Google's rules name machines by tag and service account, so no body alone tells who is meant. This collects both
 * sides while bodies are converted and joins them at the end: machine `PROTECTED_BY` rule, and machine `ALLOWS` rule
 * where a rule lets machines in.
 */
export class FirewallMembers {
  readonly #machines: Machine[] = [];
  readonly #rules: Rule[] = [];

  /** Takes what a converted asset tells, if it is a machine or a rule. */
  take(draft: AssetDraft): void {
    if (draft.asset.type === 'compute.googleapis.com/Instance') this.#takeMachine(draft);
    if (draft.asset.type === 'compute.googleapis.com/Firewall') this.#takeRule(draft);
  }

  #takeMachine({ id, body, refs }: AssetDraft): void {
    const networks = body.objects('networkInterfaces').flatMap((nic) => refs.network(nic.text('network')) ?? []);
    const tags = body.object('tags')?.texts('items') ?? [];
    const accounts = body.objects('serviceAccounts').flatMap((one) => one.text('email') ?? []);
    this.#machines.push({ id, networks, labels: [...tags.map(tag), ...accounts.map(account)] });
  }

  #takeRule(draft: AssetDraft): void {
    const { body, refs } = draft;
    const targets = [...body.texts('targetTags').map(tag), ...body.texts('targetServiceAccounts').map(account)];
    const sources = [...body.texts('sourceTags').map(tag), ...body.texts('sourceServiceAccounts').map(account)];
    if (targets.length + sources.length === 0 || body.flag('disabled') === true) return;
    this.#rules.push({ draft, network: refs.network(body.text('network')), targets, sources });
  }

  /** What the rules say about the machines seen so far, each with the rule it was read from. */
  join(): readonly { readonly draft: AssetDraft; readonly relationships: readonly RelationshipFact[] }[] {
    const machines = this.#machinesByLabel();
    return this.#rules.map((rule) => {
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
