import { notifications } from '@mantine/notifications';
import type { WireError } from '#shared/errors/index.ts';

const closeButtonProps = { 'aria-label': 'Close' };

/** Says that something was done; goes away by itself. */
export function notifyDone(title: string, detail = ''): void {
  notifications.show({ title, message: detail, color: 'ink', withBorder: true, closeButtonProps });
}

/** Says that something failed; stays until closed. */
export function notifyFailed(title: string, error: WireError): void {
  notifications.show({
    title,
    message: error.advice === null ? error.message : `${error.message} ${error.advice}`,
    color: 'red',
    autoClose: false,
    withBorder: true,
    closeButtonProps,
    role: 'alert',
  });
}
