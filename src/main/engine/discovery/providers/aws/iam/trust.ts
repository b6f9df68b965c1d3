import type { Json } from '#shared/base/json.ts';
import type { AwsPlace } from '../place.ts';

/** Who may take a role, as its trust policy says. Conditions are not weighed; they are told. */
export interface Trust {
  /** ARN of an account, role, user or identity provider. */
  readonly principal: string;
  readonly actions: readonly string[];
  readonly conditional: boolean;
}

/** The principals with an identity of their own; services of AWS have none. */
export function trustsOf(document: Json, place: AwsPlace): readonly Trust[] {
  return allowing(document).flatMap((statement) => {
    const actions = textsIn(statement['Action']);
    const conditional = statement['Condition'] !== undefined;
    const { Principal: principal } = statement;
    if (typeof principal !== 'object' || principal === null || Array.isArray(principal)) return [];
    const named = [...textsIn(principal['AWS']).map((text) => asArn(text, place)), ...textsIn(principal['Federated'])];
    return named
      .filter((text) => text.startsWith('arn:'))
      .map((text): Trust => ({ principal: text, actions, conditional }));
  });
}

/** True when anybody at all may take the role. */
export function trustsEverybody(document: Json): boolean {
  return allowing(document).some(({ Principal: principal, Condition: condition }) => {
    if (condition !== undefined) return false;
    if (principal === '*') return true;
    if (typeof principal !== 'object' || principal === null || Array.isArray(principal)) return false;
    return textsIn(principal['AWS']).includes('*');
  });
}

type Statement = Readonly<Record<string, Json>>;

function allowing(document: Json): readonly Statement[] {
  if (typeof document !== 'object' || document === null || Array.isArray(document)) return [];
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

/** An account may be given by its number alone. */
function asArn(principal: string, { partition }: AwsPlace): string {
  return /^\d{12}$/u.test(principal) ? `arn:${partition}:iam::${principal}:root` : principal;
}
