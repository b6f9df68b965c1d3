/** What was dropped on the window. */
export interface DroppedCode {
  /** Where it lies, as the desktop knows. */
  readonly paths: readonly string[];
  /** Names of what a browser hands over without telling where it lies. */
  readonly nameless: readonly string[];
}
