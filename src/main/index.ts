import path from 'node:path';
import {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  MessageChannelMain,
  nativeTheme,
  protocol,
  safeStorage,
  session,
  shell,
  utilityProcess,
} from 'electron';
import type { EngineMessage } from './engine-host/messages.ts';
import { superviseEngine } from './engine-host/supervisor.ts';
import { startUtilityEngine } from './engine-host/utility-engine.ts';
import { engineProgram, programRoot, programVersion, resourcesFolder } from './program-root.ts';
import { createDesktopSecrets } from './secrets/safe-storage.ts';
import { offerCodeDialog } from './window/choose-code.ts';
import { connectPages } from './window/connect.ts';
import { guardContents, guardSession } from './window/guards.ts';
import { openPage, windowOptions } from './window/main-window.ts';
import { menuTemplate } from './window/menu.ts';
import { servePage } from './window/page-protocol.ts';

// The desktop shell: thin on purpose. Everything that matters is in the engine and the page.
protocol.registerSchemesAsPrivileged([
  { scheme: 'groundplan', privileges: { standard: true, secure: true, supportFetchAPI: true } },
]);

if (app.requestSingleInstanceLock()) start();
else app.quit();

function start(): void {
  let window: BrowserWindow | null = null;
  let workspace = workspaceArgument(process.argv);
  guardContents(app, shell);
  app.on('second-instance', () => {
    if (window === null) return;
    if (window.isMinimized()) window.restore();
    window.focus();
  });
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });

  void app.whenReady().then(() => {
    guardSession(session.defaultSession);
    servePage(protocol, path.join(programRoot(), 'out', 'renderer'));
    const secrets = createDesktopSecrets(safeStorage, app.getPath('userData'));
    const supervisor = superviseEngine({
      launch: () =>
        startUtilityEngine(() => utilityProcess.fork(engineProgram(), [], { serviceName: 'Groundplan engine' })),
      start: () => ({
        shell: 'electron',
        workspace,
        port: 0,
        exactPort: false,
        page: null,
        resources: resourcesFolder(),
        version: programVersion(),
      }),
      onMessage: (message) => answerEngine(message),
      onRestart: () => undefined,
      onGiveUp: (code) => {
        dialog.showErrorBox(
          'The engine does not run',
          `It ended ${code === null ? 'without a code' : `with code ${code}`} and starting it again did not help. Nothing is lost: the workspace is as it was.`,
        );
        app.quit();
      },
    });
    const windowOf = (id: number): BrowserWindow | null =>
      window !== null && !window.isDestroyed() && window.webContents.id === id ? window : null;
    const connectAgain = connectPages({
      ipcMain,
      createChannel: () => new MessageChannelMain(),
      supervisor,
      isOurs: (id) => windowOf(id) !== null,
      onRefused: (url) => process.stderr.write(`A page that is not ours asked for the engine: ${url}\n`),
    });
    offerCodeDialog({
      ipcMain,
      dialog,
      windowOf,
      onRefused: (url) => process.stderr.write(`A page that is not ours asked for files: ${url}\n`),
    });
    let readyBefore = false;

    function answerEngine(message: EngineMessage): void {
      switch (message.type) {
        case 'ready':
          // The first page asks by itself; after a restart the open page is handed a new port.
          if (readyBefore) connectAgain();
          readyBefore = true;
          return;
        case 'failed':
          dialog.showErrorBox('Groundplan cannot start', `${message.message}\n\n${message.advice ?? ''}`);
          return;
        case 'secret-get':
        case 'secret-put': {
          const { request } = message;
          const work =
            message.type === 'secret-get'
              ? secrets.get(message.name)
              : secrets.put(message.name, message.value).then(() => null);
          work.then(
            (value) => supervisor.send({ type: 'secret', request, value, error: null }),
            (error: Error) => supervisor.send({ type: 'secret', request, value: null, error: error.message }),
          );
          return;
        }
        case 'workspace':
          workspace = message.path;
          return;
        case 'link-used':
          return;
      }
    }

    function openWindow(screen: string | null): void {
      window = new BrowserWindow(
        windowOptions(path.join(programRoot(), 'out', 'preload', 'index.cjs'), nativeTheme.shouldUseDarkColors),
      );
      openPage(window, screen);
    }

    Menu.setApplicationMenu(
      Menu.buildFromTemplate(
        menuTemplate(process.platform, {
          openWorkspace: () => goTo('start'),
          go: goTo,
        }),
      ),
    );

    function goTo(screen: string): void {
      if (window === null || window.isDestroyed()) openWindow(screen);
      else window.webContents.send('groundplan:go', screen);
    }

    openWindow(null);
    app.on('activate', () => {
      if (BrowserWindow.getAllWindows().length === 0) openWindow(null);
    });
    let stopped = false;
    app.on('before-quit', (event) => {
      if (stopped) return;
      // The engine closes its journal and lock first.
      event.preventDefault();
      void supervisor.stop().then(() => {
        stopped = true;
        app.quit();
      });
    });
  });
}

/** `--workspace DIR`, or null to begin on the Start screen. */
function workspaceArgument(argv: readonly string[]): string | null {
  const at = argv.indexOf('--workspace');
  const given = at === -1 ? undefined : argv[at + 1];
  return given === undefined ? null : path.resolve(given);
}
