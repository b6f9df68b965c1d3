import { Tooltip, UnstyledButton } from '@mantine/core';
import type { ReactElement } from 'react';
import { useCopy } from './copy-button.tsx';

/** Shortens in the middle, where ids differ least: `arn:aws:ec2:…/vpc-0a1b2c`. */
export function shortenMiddle(text: string, most: number): string {
  if (text.length <= most) return text;
  const tail = Math.ceil((most - 1) * 0.6);
  const head = most - 1 - tail;
  return `${text.slice(0, head)}…${text.slice(text.length - tail)}`;
}

export interface ShortIdProps {
  id: string;
  most?: number;
  /** In a table the rows are walked by arrow keys, and Tab goes past them. */
  inTable?: boolean;
}

/** An id in monospace, shortened; a click copies the whole of it. */
export function ShortId({ id, most = 28, inTable = false }: ShortIdProps): ReactElement {
  const { state, copy } = useCopy();
  const said =
    state === 'copied' ? 'Copied' : state === 'failed' ? 'The browser refused to copy' : `${id} (click copies)`;
  return (
    <Tooltip label={said} maw={480} multiline style={{ overflowWrap: 'anywhere' }}>
      <UnstyledButton
        className="gp-mono"
        tabIndex={inTable ? -1 : 0}
        aria-label={`Copy ${id}`}
        style={{ fontFamily: 'var(--gp-mono)', fontSize: 12, color: 'inherit' }}
        onClick={(event) => {
          event.stopPropagation();
          copy(id);
        }}
      >
        {shortenMiddle(id, most)}
      </UnstyledButton>
    </Tooltip>
  );
}
