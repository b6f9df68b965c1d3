import type { AssetDraft } from '../assets/asset-draft.ts';
import type { BodyReader } from '../assets/body-reader.ts';
import { rangeId } from '../../../address-ids.ts';
import { type Direction, directionOf, grantsOf, isAnywhere } from './grants.ts';

/**
 * A firewall rule stands for the machines it protects: each allowed protocol and port range is an `ALLOWS` edge from
 * who may start to the rule, or from the rule to who may be reached. Which machines a rule protects or lets in by tag
 * or service account is found over all machines: `FirewallMembers`.
 */
export function convertFirewall(draft: AssetDraft): void {
  const { body, refs } = draft;
  const network = refs.network(body.text('network'));
  draft.to('IN_NETWORK', network, { field: 'network' });
  const targets = [...body.texts('targetTags'), ...body.texts('targetServiceAccounts')];
  const disabled = body.flag('disabled') === true;
  // Without targets a rule is for every machine of its network.
  if (targets.length === 0 && !disabled) draft.from('PROTECTED_BY', network, { field: 'network' });
  const direction = directionOf(body);
  const ranges = rangesOf(body, direction);
  const allowed = body.objects('allowed');
  draft.tell({
    state: disabled ? 'DISABLED' : 'ENABLED',
    public: !disabled && direction === 'ingress' && allowed.length > 0 && ranges.some(isAnywhere),
  });
  if (disabled) return;
  for (const properties of grantsOf(body, allowed, 'IPProtocol')) {
    for (const range of ranges) {
      if (direction === 'ingress') draft.from('ALLOWS', rangeId(range), { field: 'sourceRanges', properties });
      else draft.to('ALLOWS', rangeId(range), { field: 'destinationRanges', properties });
    }
  }
}

/** Without any source or destination a rule means everywhere; with tags or accounts alone, only their machines. */
function rangesOf(body: BodyReader, direction: Direction): readonly string[] {
  const ranges = body.texts(direction === 'ingress' ? 'sourceRanges' : 'destinationRanges');
  const members = [...body.texts('sourceTags'), ...body.texts('sourceServiceAccounts')];
  return ranges.length > 0 || (direction === 'ingress' && members.length > 0) ? ranges : ['0.0.0.0/0'];
}

/** A policy over whole networks, folders or the organisation, with its rules in one body. */
export function convertFirewallPolicy(draft: AssetDraft): void {
  const { body, refs } = draft;
  draft.tell({ name: body.text('displayName') ?? body.text('shortName') });
  for (const association of body.objects('associations')) {
    const target = association.text('attachmentTarget');
    const isNetwork = target?.includes('/networks/') === true;
    const protects = isNetwork ? refs.compute(target) : refs.in('cloudresourcemanager', target);
    draft.from('PROTECTED_BY', protects, { field: 'associations.attachmentTarget' });
  }
  const rules = body
    .objects('rules')
    .filter((rule) => rule.text('action') === 'allow' && rule.flag('disabled') !== true);
  let open = false;
  for (const rule of rules) {
    const match = rule.object('match');
    const direction = directionOf(rule);
    const field = direction === 'ingress' ? 'srcIpRanges' : 'destIpRanges';
    const ranges = match?.texts(field) ?? [];
    open ||= direction === 'ingress' && ranges.some(isAnywhere);
    for (const properties of grantsOf(rule, match?.objects('layer4Configs') ?? [], 'ipProtocol')) {
      for (const range of ranges) {
        const edge = { field: `rules.match.${field}`, properties };
        if (direction === 'ingress') draft.from('ALLOWS', rangeId(range), edge);
        else draft.to('ALLOWS', rangeId(range), edge);
      }
    }
  }
  draft.tell({ public: open });
}
