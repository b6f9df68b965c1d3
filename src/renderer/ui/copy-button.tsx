import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { Check, Copy } from 'lucide-react';
import { useEffect, useState, type ReactElement } from 'react';

/** Puts text on the clipboard and says whether that worked. */
export function useCopy(): { state: 'idle' | 'copied' | 'failed'; copy: (text: string) => void } {
  const [state, setState] = useState<'idle' | 'copied' | 'failed'>('idle');
  useEffect(() => {
    if (state === 'idle') return undefined;
    const timer = setTimeout(() => setState('idle'), 1600);
    return () => clearTimeout(timer);
  }, [state]);
  return {
    state,
    copy: (text) => {
      navigator.clipboard.writeText(text).then(
        () => setState('copied'),
        // The browser may refuse the clipboard; the button then says so.
        () => setState('failed'),
      );
    },
  };
}

/** A button that copies; with a label it shows it, else it is an icon with `hint` as its name. */
export function CopyButton(props: { text: string; label?: string; hint?: string }): ReactElement {
  const { state, copy } = useCopy();
  const icon = state === 'copied' ? <Check size={14} aria-hidden /> : <Copy size={14} aria-hidden />;
  const said = state === 'copied' ? 'Copied' : state === 'failed' ? 'The browser refused' : null;
  if (props.label !== undefined) {
    return (
      <Button variant="default" leftSection={icon} onClick={() => copy(props.text)}>
        {said ?? props.label}
      </Button>
    );
  }
  const name = said ?? props.hint ?? 'Copy';
  return (
    <Tooltip label={name}>
      <ActionIcon size={22} aria-label={name} onClick={() => copy(props.text)}>
        {icon}
      </ActionIcon>
    </Tooltip>
  );
}
