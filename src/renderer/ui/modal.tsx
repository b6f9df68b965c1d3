import { Modal as LibraryModal, type ModalProps } from '@mantine/core';
import { useEffect, type ReactElement } from 'react';

/** A dialog. Gives the focus back to where it was, also when it is taken out of the page while it is open. */
export function Modal({ opened, ...props }: ModalProps): ReactElement {
  useEffect(() => {
    if (!opened) return undefined;
    const before = document.activeElement;
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
  }, [opened]);
  return <LibraryModal opened={opened} returnFocus={false} {...props} />;
}
