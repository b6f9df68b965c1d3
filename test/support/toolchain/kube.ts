import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { AppError } from '#shared/errors/index.ts';
import { cleanEnvironment } from './clean-environment.ts';
import { freePort } from './free-port.ts';
import { requireTool } from './require-tool.ts';
import { startToolServer, type ToolServer } from './tool-server.ts';

/** A running Kubernetes API without nodes and controllers: objects stay as they are applied. */
export interface KubeApi extends AsyncDisposable {
  /** `https://127.0.0.1:PORT` */
  readonly endpoint: string;
  readonly token: string;
  /** A file that `helm` and others take as `KUBECONFIG`. */
  readonly kubeconfig: string;
  /** The environment for `helm` in a test: this cluster, none of the user's settings. */
  readonly environment: Record<string, string>;
  /** What the API answers to a GET, as JSON. @throws AppError `not-found` and `tool-failed`. */
  get(route: string): Promise<unknown>;
  log(): string;
  stop(): Promise<void>;
}

const startTimeoutSeconds = 60;
const portAttempts = 3;

/**
 * Starts etcd and the Kubernetes API server on 127.0.0.1 with everything they keep in a temporary
 * folder, which `stop` removes. The caller of the API is a cluster administrator.
 *
 * @throws AppError `tool-missing`, `tool-failed`, `timed-out`.
 */
export async function startKubeApi(options: { readonly signal?: AbortSignal } = {}): Promise<KubeApi> {
  const etcd = requireTool('etcd');
  const apiServer = requireTool('kube-apiserver');
  for (let attempt = 1; ; attempt += 1) {
    const folder = await mkdtemp(path.join(tmpdir(), 'groundplan-kube-'));
    try {
      return await startIn(folder, { etcd, apiServer, ...options });
    } catch (error) {
      await rm(folder, { recursive: true, force: true });
      const taken = error instanceof AppError && error.message.includes('address already in use');
      if (!taken || attempt === portAttempts) throw error;
    }
  }
}

interface Programs {
  readonly etcd: string;
  readonly apiServer: string;
  readonly signal?: AbortSignal;
}

async function startIn(folder: string, programs: Programs): Promise<KubeApi> {
  const signal = programs.signal === undefined ? {} : { signal: programs.signal };
  const token = randomBytes(16).toString('hex');
  const store = `http://127.0.0.1:${await freePort()}`;
  const etcd = await startEtcd(folder, { file: programs.etcd, store, ...signal });
  let server: ToolServer;
  const endpoint = `https://127.0.0.1:${await freePort()}`;
  try {
    server = await startApiServer(folder, { file: programs.apiServer, store, endpoint, token, ...signal });
  } catch (error) {
    await etcd.stop();
    throw error;
  }
  const kubeconfig = path.join(folder, 'kubeconfig.yaml');
  await writeFile(kubeconfig, kubeconfigText(endpoint, token), { mode: 0o600 });
  const stop = async (): Promise<void> => {
    await server.stop();
    await etcd.stop();
    await rm(folder, { recursive: true, force: true });
  };
  return {
    endpoint,
    token,
    kubeconfig,
    environment: helmEnvironment(folder, kubeconfig),
    get: async (route) => JSON.parse(await read(endpoint + route, token)) as unknown,
    log: () => server.log(),
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

async function startEtcd(
  folder: string,
  options: { readonly file: string; readonly store: string; readonly signal?: AbortSignal },
): Promise<ToolServer> {
  const { file, store, ...rest } = options;
  const peers = `http://127.0.0.1:${await freePort()}`;
  return startToolServer({
    ...rest,
    title: 'etcd',
    file,
    arguments: [
      `--data-dir=${path.join(folder, 'etcd')}`,
      `--listen-client-urls=${store}`,
      `--advertise-client-urls=${store}`,
      `--listen-peer-urls=${peers}`,
      `--initial-advertise-peer-urls=${peers}`,
      `--initial-cluster=default=${peers}`,
      '--unsafe-no-fsync',
      '--logger=zap',
      '--log-level=warn',
    ],
    env: cleanEnvironment(),
    isReady: async ({ signal }) => (await fetch(`${store}/health`, { signal })).ok,
    timeoutSeconds: startTimeoutSeconds,
    endAtOnce: true,
  });
}

interface ApiServerOptions {
  readonly file: string;
  readonly store: string;
  readonly endpoint: string;
  readonly token: string;
  readonly signal?: AbortSignal;
}

async function startApiServer(folder: string, options: ApiServerOptions): Promise<ToolServer> {
  const { file, store, endpoint, token, ...rest } = options;
  const { privateKey, publicKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  const secret = async (name: string, text: string): Promise<string> => {
    await writeFile(path.join(folder, name), text, { mode: 0o600 });
    return path.join(folder, name);
  };
  const privateFile = await secret('service-account.key', privateKey);
  const publicFile = await secret('service-account.pub', publicKey);
  const tokens = await secret('tokens.csv', `${token},admin,admin,system:masters\n`);
  return startToolServer({
    ...rest,
    title: 'the Kubernetes API server',
    file,
    arguments: [
      `--etcd-servers=${store}`,
      '--service-account-issuer=https://kubernetes.default.svc',
      `--service-account-key-file=${publicFile}`,
      `--service-account-signing-key-file=${privateFile}`,
      `--token-auth-file=${tokens}`,
      '--authorization-mode=RBAC',
      `--cert-dir=${path.join(folder, 'certificates')}`,
      `--secure-port=${new URL(endpoint).port}`,
      '--bind-address=127.0.0.1',
      '--advertise-address=127.0.0.1',
      '--endpoint-reconciler-type=none',
      '--service-cluster-ip-range=10.0.0.0/24',
      '--disable-admission-plugins=ServiceAccount',
    ],
    env: cleanEnvironment(),
    isReady: async () => (await read(`${endpoint}/readyz`, token)) === 'ok',
    timeoutSeconds: startTimeoutSeconds,
    endAtOnce: true,
  });
}

/** Helm keeps caches and plugins in the user's home unless told otherwise. */
function helmEnvironment(folder: string, kubeconfig: string): Record<string, string> {
  return {
    ...cleanEnvironment(),
    KUBECONFIG: kubeconfig,
    HELM_CACHE_HOME: path.join(folder, 'helm', 'cache'),
    HELM_CONFIG_HOME: path.join(folder, 'helm', 'config'),
    HELM_DATA_HOME: path.join(folder, 'helm', 'data'),
  };
}

function kubeconfigText(endpoint: string, token: string): string {
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'test', cluster: { server: endpoint, 'insecure-skip-tls-verify': true } }],
    users: [{ name: 'admin', user: { token } }],
    contexts: [{ name: 'test', context: { cluster: 'test', user: 'admin' } }],
    'current-context': 'test',
  };
  // JSON is YAML.
  return `${JSON.stringify(config, null, 2)}\n`;
}

/** One GET; the server made its certificate itself a moment ago and listens on loopback, so it is not verified. */
function read(url: string, token: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { rejectUnauthorized: false, headers: { authorization: `Bearer ${token}` }, timeout: 10_000 };
    const call = request(url, options, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (part: string) => (text += part));
      answer.once('error', reject);
      answer.once('end', () => {
        if (answer.statusCode === 200) resolve(text);
        else if (answer.statusCode === 404) reject(new AppError('not-found', `${url} is not there.`));
        else reject(new AppError('tool-failed', `${url} answered ${answer.statusCode ?? 'nothing'}: ${text}`));
      });
    });
    call.once('timeout', () => call.destroy(new AppError('timed-out', `${url} did not answer within 10 s.`)));
    call.once('error', reject);
    call.end();
  });
}
