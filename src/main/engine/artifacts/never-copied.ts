import { createReadStream } from 'node:fs';
import type { Problem, Runner } from '#shared/model/index.ts';
import type { FolderContent } from '#engine/files/index.ts';
import type { GatheredCode } from './artifact-tool.ts';

/** Names, in lower case, of files and folders that hold keys, credentials, states or values, whoever made them. */
const secretNames: readonly RegExp[] = [
  /^\.env(?:\.(?!(?:dist|example|sample|template)$)|$)/,
  /^\.(?:aws|azure|docker|git-credentials|gnupg|kube|netrc|npmrc|pgpass|pypirc|ssh|terraform|terraformrc|vault-token)$/,
  /\.(?:pem|key|p12|pfx|jks|ppk)$/,
  /^id_(?:dsa|ecdsa|ed25519|rsa)[^.]*$/,
  /\.tf(?:state|vars)(?:\.(?!(?:dist|example|sample|template|tpl|tmpl)$)|$)/,
];

/** Names that say so of what lies outside of all code: there is no module that such a file could be a part of. */
const privateNames: readonly RegExp[] = [
  ...secretNames,
  /^\.(?!(?:\w*ignore|gitkeep|gitattributes)$)/,
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

/** What may be known to everybody, whatever its file is called. */
const publicContent = /-----BEGIN (?:X509 |TRUSTED )?(?:CERTIFICATE|(?:[A-Z]+ )?PUBLIC KEY)/;

/** Files that are the code itself: without them there is nothing left to copy, so what they hold is the reader's to see. */
const codeOf: Readonly<Record<Runner, RegExp>> = {
  terraform: /\.(?:tf|tofu)(?:\.json)?$/,
  helm: /\.(?:ya?ml|tpl|txt|md)$/,
  cloudformation: /\.(?:json|ya?ml|template)$/,
  python: /\.py$|^(?:requirements\.txt|pyproject\.toml)$/,
};

/** Characters of a file that are looked at: programs in archives are larger, files of keys never. */
const looked = 16 * 1024 * 1024;

function stepsOf(relative: string): readonly string[] {
  return relative
    .toLowerCase()
    .split('/')
    .filter((step) => step !== '.' && step !== '..');
}

/** Whether a step of a path with forward slashes says by its name that it is not copied; steps upwards say nothing. */
export function isPrivatePath(relative: string): boolean {
  return stepsOf(relative).some((step) => privateNames.some((name) => name.test(step)));
}

/** The beginning of a file. Throws when it cannot be read. */
async function beginningOf(file: string): Promise<string> {
  let text = '';
  for await (const chunk of createReadStream(file, { end: looked - 1, encoding: 'utf8' })) text += String(chunk);
  return text;
}

function saysSecrets(text: string): boolean {
  return privateContents.some((row) => row.every((pattern) => pattern.test(text)));
}

/** Whether a file holds a private key, credentials or a state, whatever it is called. Throws when it cannot be read. */
export async function holdsSecrets(file: string): Promise<boolean> {
  return saysSecrets(await beginningOf(file));
}

async function isSecret(file: FolderContent[number], runner: Runner): Promise<boolean> {
  if (codeOf[runner].test(file.path)) return false;
  const isNamedSo = stepsOf(file.path).some((step) => secretNames.some((name) => name.test(step)));
  const text = 'text' in file ? file.text : await beginningOf(file.copyOf);
  return saysSecrets(text) || (isNamedSo && !publicContent.test(text));
}

function leftOut(file: string): Problem {
  return {
    severity: 'warning',
    code: 'secret-not-copied',
    message: `${file} was left out: keys, credentials, states and values are not copied.`,
    advice: 'Give what it holds by the environment, or as a sensitive input.',
    file,
    line: null,
    column: null,
    field: null,
    node: null,
  };
}

/**
 * Code as it may be copied: without files beside it that hold keys, credentials, states or values, by their name or by
 * what stands in them. Certificates and public keys stay, and so does what `keep` says; each file that is left out is
 * told. Throws when a file cannot be read.
 */
export async function withoutSecretFiles(
  { content, problems }: GatheredCode,
  runner: Runner,
  keep: (file: FolderContent[number]) => boolean = () => false,
): Promise<GatheredCode> {
  const kept: FolderContent[number][] = [];
  const left: Problem[] = [];
  for (const file of content) {
    if (!keep(file) && (await isSecret(file, runner))) left.push(leftOut(file.path));
    else kept.push(file);
  }
  return { content: kept, problems: [...problems, ...left] };
}
