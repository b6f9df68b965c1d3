import { createReadStream } from 'node:fs';

/** Names, in lower case, of files and folders that hold keys, credentials, states, values, or settings of one person. */
const privateNames: readonly RegExp[] = [
  /^\.(?!(?:\w*ignore|gitkeep|gitattributes)$)/,
  /\.(?:pem|key|p12|pfx|jks|ppk)$/,
  /^id_.*(?<!\.pub)$/,
  /credential/,
  /kubeconfig/,
  /\.(?:tfstate|tfvars)(?:\.|$)/,
];

/** What stands in such files whatever they are called; every expression of a row is found in the text. */
const privateContents: readonly (readonly RegExp[])[] = [
  [/-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/],
  // A state.
  [/"lineage"\s*:\s*"/, /"serial"\s*:\s*\d/],
  // The key of a service account; a template that is given one later is none.
  [/"private_key"\s*:\s*"(?!\$\{)/],
  [/\bclient-key-data\s*:\s*[^\s$]/],
  [/\baws_secret_access_key\s*=\s*[^\s$]/],
];

/** Characters of a file that are looked at: programs in archives are larger, files of keys never. */
const looked = 16 * 1024 * 1024;

/** Whether a step of a path with forward slashes says by its name that it is not copied; steps upwards say nothing. */
export function isPrivatePath(relative: string): boolean {
  const steps = relative
    .toLowerCase()
    .split('/')
    .filter((step) => step !== '.' && step !== '..');
  return steps.some((step) => privateNames.some((name) => name.test(step)));
}

/** Whether a file holds a private key, credentials or a state, whatever it is called. Throws when it cannot be read. */
export async function holdsSecrets(file: string): Promise<boolean> {
  let text = '';
  for await (const chunk of createReadStream(file, { end: looked - 1, encoding: 'utf8' })) text += String(chunk);
  return privateContents.some((row) => row.every((pattern) => pattern.test(text)));
}
