import type { DragEvent } from 'react';

const type = 'application/x-groundplan-members';

/** Dragging resources over the page: their addresses travel under a type of our own, so that no other drag is taken for it. */
export const memberDrag = {
  start(event: DragEvent, addresses: readonly string[]): void {
    const lines = addresses.join('\n');
    event.dataTransfer.setData(type, lines);
    event.dataTransfer.setData('text/plain', lines);
    event.dataTransfer.effectAllowed = 'move';
  },
  isOne: (event: DragEvent): boolean => event.dataTransfer.types.includes(type),
  addressesIn: (event: DragEvent): readonly string[] =>
    event.dataTransfer
      .getData(type)
      .split('\n')
      .filter((address) => address !== ''),
} as const;
