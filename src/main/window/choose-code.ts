import type { BrowserWindow, Dialog, IpcMain, OpenDialogOptions } from 'electron';
import { isPage } from './guards.ts';

interface ChooseOptions {
  readonly ipcMain: Pick<IpcMain, 'on'>;
  readonly dialog: Pick<Dialog, 'showOpenDialog'>;
  /** The window whose contents have this id; null when that is not ours. */
  readonly windowOf: (contentsId: number) => BrowserWindow | null;
  readonly onRefused: (url: string) => void;
}

/** One dialog for both would be one for folders only on Windows and Linux. */
const dialogs: Readonly<Record<string, OpenDialogOptions>> = {
  folders: { title: 'Folders with infrastructure code', properties: ['openDirectory', 'multiSelections'] },
  files: { title: 'Templates, scripts and packed charts', properties: ['openFile', 'multiSelections'] },
};

/**
 * Lets the user choose folders or files in the dialog of the system when our page asks for it, and tells the page their
 * paths. The sender is checked: our window, its top frame, our origin.
 */
export function offerCodeDialog({ ipcMain, dialog, windowOf, onRefused }: ChooseOptions): void {
  ipcMain.on('groundplan:choose-code', (event, what: unknown) => {
    const frame = event.senderFrame;
    const url = frame?.url ?? '';
    const window = windowOf(event.sender.id);
    const asked = typeof what === 'string' && Object.hasOwn(dialogs, what) ? dialogs[what] : undefined;
    if (frame === null || frame.parent !== null || !isPage(url) || window === null || asked === undefined) {
      onRefused(url);
      return;
    }
    const { sender } = event;
    void dialog.showOpenDialog(window, asked).then(({ canceled, filePaths }) => {
      if (!canceled && !sender.isDestroyed()) sender.send('groundplan:code', filePaths);
    });
  });
}
