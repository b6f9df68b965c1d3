import type { Page } from 'playwright';

/** The app as a person has it before them, in one of its two shells. */
export interface Shell extends AsyncDisposable {
  readonly page: Page;
  /** Errors of the page's script and console; a journey ends with none. */
  readonly complaints: readonly string[];
  /** What the addresses of the page's own files begin with. */
  readonly origin: string;
}

export interface ShellOptions {
  /** Of the program; what is not named comes from this process. */
  readonly env: Readonly<Record<string, string>>;
  readonly workspace?: string;
}

export type OpenShell = (options: ShellOptions) => Promise<Shell>;
