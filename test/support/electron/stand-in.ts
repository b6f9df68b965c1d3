import { EventEmitter } from 'node:events';
import type { EngineMessage, HostMessage } from '../../../src/main/engine-host/messages.ts';

// A stand-in for the `electron` module where its binary cannot be had. It keeps what it is told and lets tests play
// the operating system; it is not Electron, and the `_electron` journeys run where the real one is.

type Decide = (allowed: boolean) => void;

export class StandInContents extends EventEmitter {
  readonly id: number;
  readonly posted: { channel: string; ports: unknown[] }[] = [];
  readonly sent: { channel: string; value: unknown }[] = [];
  openHandler: ((details: { url: string }) => { action: string }) | null = null;

  constructor(id: number) {
    super();
    this.id = id;
  }

  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }): void {
    this.openHandler = handler;
  }

  postMessage(channel: string, _message: unknown, ports: unknown[]): void {
    this.posted.push({ channel, ports });
  }

  send(channel: string, value: unknown): void {
    this.sent.push({ channel, value });
  }

  isDestroyed(): boolean {
    return false;
  }
}

class StandInUtilityProcess extends EventEmitter {
  readonly received: { message: HostMessage; ports: readonly unknown[] }[] = [];

  postMessage(message: HostMessage, ports: readonly unknown[]): void {
    this.received.push({ message, ports });
    if (message.type === 'stop') queueMicrotask(() => this.emit('exit', 0));
  }

  kill(): void {
    this.emit('exit', 0);
  }

  say(message: EngineMessage): void {
    this.emit('message', message);
  }
}

/** One made-up desktop: everything that the shell asked of Electron stands in here. */
export function createStandIn(options: {
  readonly firstInstance: boolean;
  readonly backend: string;
  readonly userData: string;
}) {
  const app = Object.assign(new EventEmitter(), {
    quits: 0,
    requestSingleInstanceLock: () => options.firstInstance,
    whenReady: () => Promise.resolve(),
    getPath: () => options.userData,
    quit: () => {
      app.quits += 1;
    },
  });
  const windows: StandInWindow[] = [];
  const engines: StandInUtilityProcess[] = [];
  const errorBoxes: string[] = [];
  const opened: string[] = [];
  const asked: unknown[] = [];
  const choices: (readonly string[] | null)[] = [];
  const permissions: {
    request: ((c: unknown, p: string, decide: Decide) => void) | null;
    check: ((c: unknown, p: string) => boolean) | null;
  } = {
    request: null,
    check: null,
  };
  let handlePage: ((request: { url: string }) => Promise<Response>) | null = null;
  let channels = 0;

  class StandInWindow extends EventEmitter {
    static getAllWindows = (): StandInWindow[] => windows;
    readonly options: { webPreferences: Record<string, unknown> };
    readonly webContents: StandInContents;
    url = '';
    shown = false;
    focused = 0;

    constructor(windowOptions: { webPreferences: Record<string, unknown> }) {
      super();
      this.options = windowOptions;
      this.webContents = new StandInContents(windows.length + 1);
      windows.push(this);
      app.emit('web-contents-created', {}, this.webContents);
    }

    loadURL(url: string): Promise<void> {
      this.url = url;
      return Promise.resolve();
    }
    show(): void {
      this.shown = true;
    }
    focus(): void {
      this.focused += 1;
    }
    isMinimized(): boolean {
      return false;
    }
    isDestroyed(): boolean {
      return false;
    }
    restore(): void {}
  }

  const electron = {
    app,
    BrowserWindow: StandInWindow,
    dialog: {
      showErrorBox: (title: string, text: string) => errorBoxes.push(`${title}: ${text}`),
      showOpenDialog: (_window: StandInWindow, wanted: unknown) => {
        asked.push(wanted);
        const chosen = choices.shift() ?? null;
        return Promise.resolve({ canceled: chosen === null, filePaths: chosen ?? [] });
      },
    },
    ipcMain: new EventEmitter(),
    Menu: { setApplicationMenu: () => undefined, buildFromTemplate: (template: unknown) => template },
    MessageChannelMain: class {
      readonly port1 = `engine port ${(channels += 1)}`;
      readonly port2 = `page port ${channels}`;
    },
    nativeTheme: { shouldUseDarkColors: false },
    protocol: {
      registerSchemesAsPrivileged: () => undefined,
      handle: (_scheme: string, handler: (request: { url: string }) => Promise<Response>) => {
        handlePage = handler;
      },
    },
    safeStorage: {
      isEncryptionAvailable: () => true,
      getSelectedStorageBackend: () => options.backend,
      encryptString: (text: string) => Buffer.from(`sealed:${text}`),
      decryptString: (sealed: Buffer) => sealed.toString().replace('sealed:', ''),
    },
    session: {
      defaultSession: {
        setPermissionRequestHandler: (handler: typeof permissions.request) => {
          permissions.request = handler;
        },
        setPermissionCheckHandler: (handler: typeof permissions.check) => {
          permissions.check = handler;
        },
      },
    },
    shell: {
      openExternal: (url: string) => {
        opened.push(url);
        return Promise.resolve();
      },
    },
    utilityProcess: {
      fork: () => {
        const engine = new StandInUtilityProcess();
        engines.push(engine);
        return engine;
      },
    },
  };
  return {
    electron,
    app,
    windows,
    engines,
    errorBoxes,
    opened,
    /** What open dialogs were asked for, and what the next ones answer: null is for one that is closed. */
    asked,
    choices,
    permissions,
    askPage: (url: string) => handlePage?.({ url }) ?? Promise.reject(new Error('No page is served.')),
  };
}
