import '@mantine/core/styles.layer.css';
import '@mantine/notifications/styles.layer.css';
import './theme.css';
import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { ModalsProvider } from '@mantine/modals';
import { Notifications } from '@mantine/notifications';
import type { ReactElement, ReactNode } from 'react';
import { theme } from './theme.ts';

const colorSchemeManager = localStorageColorSchemeManager({ key: 'groundplan.colour-scheme' });

/** Theme, dialogs and notifications for everything below. */
export function UiProvider({ children }: { children: ReactNode }): ReactElement {
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto" colorSchemeManager={colorSchemeManager}>
      <ModalsProvider labels={{ confirm: 'Confirm', cancel: 'Cancel' }}>
        {children}
        <Notifications position="bottom-right" autoClose={6000} />
      </ModalsProvider>
    </MantineProvider>
  );
}
