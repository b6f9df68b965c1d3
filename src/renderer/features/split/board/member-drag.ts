import type { DragEvent } from 'react';

const type = 'application/x-groundplan-member';

/** Dragging a resource over the page: its address travels under a type of our own, so that no other drag is taken for it. */
export const memberDrag = {
  start(event: DragEvent, address: string): void {
    event.dataTransfer.setData(type, address);
    event.dataTransfer.setData('text/plain', address);
    event.dataTransfer.effectAllowed = 'move';
  },
  isOne: (event: DragEvent): boolean => event.dataTransfer.types.includes(type),
  addressIn(event: DragEvent): string | null {
    const address = event.dataTransfer.getData(type);
    return address === '' ? null : address;
  },
} as const;
