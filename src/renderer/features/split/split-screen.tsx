import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { z } from 'zod';
import { ChooseRoot } from './root/choose-root.tsx';
import { Workbench } from './workbench.tsx';

const searchSchema = z.object({ root: z.string().nullable().catch(null).default(null) });

/** Taking a monolithic root apart: which one stands in the address, what is decided about it is work in hand. */
export function SplitScreen(): ReactElement {
  const search: Readonly<Record<string, unknown>> = useSearch({ strict: false });
  const navigate = useNavigate();
  const { root } = searchSchema.parse(search);
  const go = (next: string | null): void =>
    void navigate({ to: '/split', search: next === null ? {} : { root: next } });
  return root === null ? <ChooseRoot onRoot={go} /> : <Workbench key={root} root={root} onOther={() => go(null)} />;
}
