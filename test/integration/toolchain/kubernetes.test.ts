import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requireTool, startKubeApi, type KubeApi } from '#test/support/toolchain/index.ts';

const run = promisify(execFile);

const chart = {
  'Chart.yaml': 'apiVersion: v2\nname: greeter\nversion: 0.1.0\n',
  'values.yaml': 'greeting: hello\nreplicas: 2\n',
  'templates/settings.yaml': `apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Release.Name }}-settings
data:
  greeting: {{ .Values.greeting | quote }}
`,
  'templates/deployment.yaml': `apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .Release.Name }}
spec:
  replicas: {{ .Values.replicas }}
  selector:
    matchLabels: { app: greeter }
  template:
    metadata:
      labels: { app: greeter }
    spec:
      containers:
        - name: greeter
          image: greeter:1
`,
};

let kube: KubeApi;
let folder: string;

beforeAll(async () => {
  kube = await startKubeApi();
  folder = await mkdtemp(path.join(tmpdir(), 'groundplan-chart-'));
  await mkdir(path.join(folder, 'templates'));
  for (const [name, text] of Object.entries(chart)) await writeFile(path.join(folder, name), text);
});

afterAll(async () => {
  await kube.stop();
  await rm(folder, { recursive: true, force: true });
});

async function helm(...parts: string[]): Promise<string> {
  return (await run(requireTool('helm'), parts, { env: kube.environment, timeout: 60_000 })).stdout;
}

describe('the real Helm against a real Kubernetes API', () => {
  it('installs a chart, upgrades it with other values and removes it', async () => {
    await helm('install', 'front', folder, '--namespace', 'shop', '--create-namespace');
    expect(await kube.get('/api/v1/namespaces/shop/configmaps/front-settings')).toMatchObject({
      data: { greeting: 'hello' },
    });
    expect(await kube.get('/apis/apps/v1/namespaces/shop/deployments/front')).toMatchObject({ spec: { replicas: 2 } });

    await helm('upgrade', 'front', folder, '--namespace', 'shop', '--set', 'greeting=good day');
    expect(await kube.get('/api/v1/namespaces/shop/configmaps/front-settings')).toMatchObject({
      data: { greeting: 'good day' },
    });
    expect(JSON.parse(await helm('list', '--all-namespaces', '--output', 'json'))).toMatchObject([
      { name: 'front', namespace: 'shop', revision: '2', status: 'deployed', chart: 'greeter-0.1.0' },
    ]);

    await helm('uninstall', 'front', '--namespace', 'shop');
    await expect(kube.get('/api/v1/namespaces/shop/configmaps/front-settings')).rejects.toMatchObject({
      code: 'not-found',
    });
  });

  it('refuses a caller without the token', async () => {
    const environment = { ...kube.environment, HELM_KUBETOKEN: 'wrong' };
    await expect(run(requireTool('helm'), ['list'], { env: environment, timeout: 60_000 })).rejects.toMatchObject({
      stderr: expect.stringContaining('provide credentials'),
    });
  });
});
