import { AppError } from '#shared/errors/index.ts';
import type { OrganizationTree } from '../organizations/client.ts';
import { scopesAround, unknownUnits } from '../organizations/convert.ts';
import type { AwsPlaces } from './places.ts';

/**
 * The accounts that a request means: the organisation's, the listed ones, those it keeps to, or else `own`, those one
 * signed in to. Throws `not-found` for a unit that the organisation does not have, `bad-input` when nothing is left.
 */
export function chosenAccounts(
  request: AwsPlaces,
  own: readonly string[],
  tree: OrganizationTree | null,
): readonly string[] {
  const { accounts, organization, scopes } = request;
  const members = organization ? (tree?.accounts ?? []).flatMap(({ account }) => account.Id ?? []) : [];
  const listed = [...members, ...accounts];
  const candidates = [...new Set(listed.length > 0 || organization ? listed : scopes.length > 0 ? scopes : own)];
  if (scopes.length === 0) return candidates;
  if (tree !== null) refuseUnknownUnits(tree, scopes);
  const kept = candidates.filter((id) =>
    tree === null ? scopes.includes(id) : scopesAround(tree, id, scopes).length > 0,
  );
  if (kept.length > 0) return kept;
  throw new AppError('bad-input', `No account is left to be mapped: none of them lies in ${scopes.join(', ')}.`, {
    advice: 'Name accounts or units of the organisation that the request covers.',
    details: { scopes: [...scopes], accounts: candidates },
  });
}

function refuseUnknownUnits(tree: OrganizationTree, scopes: readonly string[]): void {
  const unknown = unknownUnits(tree, scopes);
  if (unknown.length === 0) return;
  throw new AppError('not-found', `The organisation has no unit ${unknown.join(', ')}.`, {
    advice: 'Its units are listed in the console of AWS Organizations; their ids begin with ou-.',
    details: { organization: tree.organization.Id ?? null, scopes: [...unknown] },
  });
}
