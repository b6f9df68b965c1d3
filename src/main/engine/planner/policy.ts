import type { ResourceChange, ReviewCheck } from '#shared/model/index.ts';

/** Addresses that must not be destroyed or replaced; `*` stands for anything. */
export interface ProtectedAddress {
  /** Name of the environment, or a pattern. */
  readonly environment: string;
  /** `step/address` or only the address, or a pattern. */
  readonly address: string;
  readonly reason: string;
}

interface PolicyOptions {
  readonly environment: string;
  readonly steps: readonly { readonly id: string; readonly changes: readonly ResourceChange[] }[];
  readonly protected: readonly ProtectedAddress[];
}

/** Changes that take something away. */
export function destructive(changes: readonly ResourceChange[]): readonly ResourceChange[] {
  return changes.filter(
    (change) => change.action === 'delete' || change.action === 'replace' || change.action === 'forget',
  );
}

/** The policy checks of a plan: nothing protected is destroyed, and what is destroyed is told. */
export function policyChecks(options: PolicyOptions): ReviewCheck[] {
  const rules = options.protected.filter((rule) => matches(rule.environment, options.environment));
  const taken = options.steps.flatMap((step) => destructive(step.changes).map((change) => ({ step: step.id, change })));
  const breaches = taken.flatMap(({ step, change }) =>
    rules
      .filter((rule) => matches(rule.address, change.address) || matches(rule.address, `${step}/${change.address}`))
      .map((rule) => `${step}: ${change.address} would be lost, and is protected: ${rule.reason}`),
  );
  return [
    {
      id: 'protected-addresses',
      title: 'Nothing protected is destroyed',
      status: breaches.length === 0 ? 'passed' : 'failed',
      detail:
        breaches.length > 0
          ? breaches.join(' ')
          : rules.length === 0
            ? 'No address of this environment is protected.'
            : `${rules.length} protected ${rules.length === 1 ? 'address' : 'addresses'}, none touched.`,
    },
    {
      id: 'destroys',
      title: 'What is destroyed or replaced',
      status: 'passed',
      detail:
        taken.length === 0
          ? 'Nothing is destroyed or replaced.'
          : `${taken.length} to be destroyed or replaced: ${taken.map(({ change }) => change.address).join(', ')}.`,
    },
  ];
}

function matches(pattern: string, text: string): boolean {
  const parts = pattern.split('*').map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`));
  return new RegExp(`^${parts.join('.*')}$`).test(text);
}
