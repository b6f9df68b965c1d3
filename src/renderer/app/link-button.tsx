import { useNavigate } from '@tanstack/react-router';
import type { ReactElement, ReactNode } from 'react';
import { Button } from '../ui/index.ts';
import type { ScreenEntry } from './screens.ts';

/** A button that leads to a screen. */
export function LinkButton(props: {
  to: ScreenEntry['path'] | '/start';
  variant?: 'filled' | 'default';
  children: ReactNode;
}): ReactElement {
  const navigate = useNavigate();
  return (
    <Button variant={props.variant ?? 'default'} onClick={() => void navigate({ to: props.to })}>
      {props.children}
    </Button>
  );
}
