import type { Json } from '#shared/base/json.ts';
import { InvalidAnswerError } from './calls/aws-error.ts';
import type { EdgeList } from './facts.ts';
import type { AwsPlace } from './place.ts';

/** Whom a policy of a resource lets in: a role's trust, a bucket's, queue's or key's own policy. Conditions are told. */
export interface Grant {
  /** ARN of an account, role, user or identity provider. */
  readonly principal: string;
  readonly actions: readonly string[];
  readonly conditional: boolean;
}

/** The principals with an identity of their own; services of AWS have none. */
export function grantsOf(document: Json, place: AwsPlace): readonly Grant[] {
  return allowing(document).flatMap((statement) => {
    const actions = textsIn(statement['Action']);
    const conditional = statement['Condition'] !== undefined;
    const { Principal: principal } = statement;
    if (typeof principal !== 'object' || principal === null || Array.isArray(principal)) return [];
    const named = [...textsIn(principal['AWS']).map((text) => asArn(text, place)), ...textsIn(principal['Federated'])];
    return named
      .filter((text) => text.startsWith('arn:'))
      .map((text): Grant => ({ principal: text, actions, conditional }));
  });
}

/**
 * Adds whom a resource's own policy lets in. The account the resource is in is left out: that grant only says that the
 * account's own policies decide.
 */
export function addGrants(
  edges: EdgeList,
  document: Json,
  { place, field }: { readonly place: AwsPlace; readonly field: string },
): void {
  const own = `arn:${place.partition}:iam::${place.accountId}:root`;
  for (const { principal, actions, conditional } of grantsOf(document, place)) {
    if (principal === own) continue;
    edges.from('CAN_ACCESS', {
      from: principal,
      field,
      properties: { as: 'policy', actions: [...actions], conditional },
    });
  }
}

/** True when a policy lets in anybody at all. */
export function allowsEverybody(document: Json): boolean {
  return allowing(document).some(({ Principal: principal, Condition: condition }) => {
    if (condition !== undefined) return false;
    if (principal === '*') return true;
    if (typeof principal !== 'object' || principal === null || Array.isArray(principal)) return false;
    return textsIn(principal['AWS']).includes('*');
  });
}

type Statement = Readonly<Record<string, Json>>;

/** Throws for what is no policy: taken as one that allows nothing, it would hide whom it lets in. */
function allowing(document: Json): readonly Statement[] {
  if (document === null) return [];
  if (typeof document !== 'object' || Array.isArray(document))
    throw new InvalidAnswerError('A policy has another form than it should.');
  const { Statement: statements } = document;
  return (Array.isArray(statements) ? statements : [statements]).filter(
    (statement): statement is Record<string, Json> =>
      typeof statement === 'object' &&
      statement !== null &&
      !Array.isArray(statement) &&
      statement['Effect'] === 'Allow',
  );
}

function textsIn(value: Json | undefined): readonly string[] {
  return (Array.isArray(value) ? value : [value]).filter((text): text is string => typeof text === 'string');
}

/** An account may be given by its number alone; a session is its role. */
function asArn(principal: string, { partition }: AwsPlace): string {
  const [, account, role] = /^arn:[^:]+:sts::(\d{12}):assumed-role\/([^/]+)\/[^/]+$/u.exec(principal) ?? [];
  if (account !== undefined) return `arn:${partition}:iam::${account}:role/${role}`;
  return /^\d{12}$/u.test(principal) ? `arn:${partition}:iam::${principal}:root` : principal;
}
