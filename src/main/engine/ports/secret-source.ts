/** Values that are used by runs and never shown: kept by the desktop, or only referenced by name. */
export interface SecretSource {
  /** Where values go: the OS keychain, or this engine's memory until it ends (browser shell, headless). */
  readonly store: 'os' | 'memory';
  /** The value, or null when nobody gave one. Names look like `eu/db-password`. */
  get(name: string): Promise<string | null>;
  /** Keeps a value. Throws `no-secret-store` where the OS offers no real store. */
  put(name: string, value: string): Promise<void>;
}
