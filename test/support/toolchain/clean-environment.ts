/** Settings of the developer's own machine that must not reach a tool under test. */
const foreignSettings = /^(?:AWS_|TF_|TOFU_|HELM_|KUBE|MOTO_|GROUNDPLAN_)/;

/** This process's environment without what would point a tool at the user's clouds, clusters or configuration. */
export function cleanEnvironment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter(
      (entry): entry is [string, string] => entry[1] !== undefined && !foreignSettings.test(entry[0]),
    ),
  );
}
