/** What a host (Electron main, the browser shell) tells its engine over the process channel. */
export type HostMessage =
  /** The first message: how to run, and the key that signs sessions, so that open pages outlive a restarted engine. */
  | { readonly type: 'start'; readonly start: EngineStart; readonly sessionKey: string }
  | { readonly type: 'secret'; readonly request: string; readonly value: string | null; readonly error: string | null }
  /** A one-time link that logs one browser in; valid once. */
  | { readonly type: 'link'; readonly token: string }
  /** Electron: a port for a window's page travels with this message. */
  | { readonly type: 'connect' }
  | { readonly type: 'stop' };

/** What an engine tells its host. */
export type EngineMessage =
  | { readonly type: 'ready'; readonly url: string; readonly port: number; readonly usedOtherPort: boolean }
  | { readonly type: 'failed'; readonly code: string; readonly message: string; readonly advice: string | null }
  /** The workspace it has open now; a restarted engine opens the same one. */
  | { readonly type: 'workspace'; readonly path: string | null }
  | { readonly type: 'link-used'; readonly token: string }
  | { readonly type: 'secret-get'; readonly request: string; readonly name: string }
  | { readonly type: 'secret-put'; readonly request: string; readonly name: string; readonly value: string };

/** How an engine is to run. */
export interface EngineStart {
  readonly shell: 'electron' | 'browser' | 'headless';
  readonly workspace: string | null;
  /** 0 takes any free port. */
  readonly port: number;
  /** Fail when the port is taken instead of taking another. */
  readonly exactPort: boolean;
  /** Folder with the built page, or null to serve none. */
  readonly page: string | null;
  readonly resources: string;
  readonly version: string;
}
