import type { Consents, Workspace } from '#engine/ports/index.ts';
import type { Retention } from '#shared/model/index.ts';

/**
 * The rule of the workspace for which runs are kept. It may have come with the workspace, and what it removes does not
 * come back: it is followed where somebody on this machine set that very rule.
 */
export interface RetentionRule {
  current(): Retention;
  /** True as well where there is no rule to follow. */
  isFollowed(): Promise<boolean>;
  /** Keeps a rule in the workspace, and follows it on this machine. Throws `read-only`. */
  set(retention: Retention): Promise<Retention>;
  /** Tells the user that the rule waits to be looked at. */
  tellWaiting(): void;
}

export function createRetentionRule(
  workspace: Pick<Workspace, 'document' | 'saveRetention' | 'notify' | 'settle'>,
  consents: Consents,
): RetentionRule {
  function current(): Retention {
    const { runs = null, days = null } = workspace.document().history ?? {};
    return { runs, days };
  }

  return {
    current,
    async isFollowed() {
      const rule = current();
      return isNone(rule) || (await consents.given()).get(subject) === textOf(rule);
    },
    async set(retention) {
      await workspace.saveRetention(retention);
      await consents.give(subject, textOf(retention));
      workspace.settle(waiting.id);
      return current();
    },
    tellWaiting: () => workspace.notify(waiting),
  };
}

const subject = 'rule of history';

const waiting = {
  id: 'history-rule',
  severity: 'info',
  title: 'The rule for old runs is not followed on this machine',
  detail:
    'It came with the workspace, or was changed in its file, and no run was removed. Follow it in Settings, or set it again with `groundplan runs keep`.',
} as const;

function isNone({ runs, days }: Retention): boolean {
  return runs === null && days === null;
}

function textOf({ runs, days }: Retention): string {
  return JSON.stringify({ runs, days });
}
