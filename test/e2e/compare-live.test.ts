import path from 'node:path';
import { CreateTagsCommand, CreateVpcCommand, DeleteVpcCommand, EC2Client } from '@aws-sdk/client-ec2';
import { CreateQueueCommand, SetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApp, type App } from '#test/support/app/index.ts';
import { keepPictures, launchBrowser, openApp } from '#test/support/browser/index.ts';
import { openShell, type Shell } from '#test/support/command-line/index.ts';
import { startFaultProxy, type FaultProxy } from '#test/support/fault-proxy/index.ts';
import { buildPage } from '#test/support/screens/index.ts';
import { cleanEnvironment, startMoto, type Moto } from '#test/support/toolchain/index.ts';

// Four real runs over a real AWS server: nothing changed, then attributes, then one kind was denied. Asked on the command
// line and on the screen.

const enough = { timeout: 60_000 };
const region = 'us-east-1';
const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };

let moto: Moto;
let proxy: FaultProxy;
let shell: Shell;
let built: Awaited<ReturnType<typeof buildPage>>;
let app: App;
let browser: Browser;
let page: Page;
let workspace: string;
let ids: { readonly kept: string; readonly gone: string };

const groundplan = (...args: string[]) => shell.run(['--workspace', workspace, ...args]);

/** Maps what there is, as the run of this number. */
async function discover(number: number): Promise<void> {
  const kinds = ['aws.ec2.vpc', 'aws.sqs.queue'].flatMap((kind) => ['--kind', kind]);
  const places = ['--cloud', 'aws', '--region', region, '--endpoint', proxy.endpoint];
  const told = await groundplan('discover', ...places, ...kinds, '--json');
  const run = told.json() as { id?: number };
  if (run.id !== number) throw new Error(`It is no run ${number}: ${told.stdout}${told.stderr}`);
}

async function newVpc(ec2: EC2Client, CidrBlock: string): Promise<string> {
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock }));
  return Vpc?.VpcId ?? '';
}

beforeAll(async () => {
  [moto, shell] = await Promise.all([
    startMoto(),
    openShell({
      ...cleanEnvironment(),
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
    }),
  ]);
  proxy = await startFaultProxy(moto.endpoint);
  workspace = path.join(shell.folder, 'live');
  const ec2 = new EC2Client({ endpoint: moto.endpoint, region, credentials });
  const sqs = new SQSClient({ endpoint: moto.endpoint, region, credentials });
  ids = {
    kept: await newVpc(ec2, '10.1.0.0/16'),
    gone: await newVpc(ec2, '10.2.0.0/16'),
  };
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'orders' }));
  await discover(1);
  await discover(2);
  await ec2.send(
    new CreateTagsCommand({
      Resources: [ids.kept],
      Tags: [{ Key: 'env', Value: 'prod' }],
    }),
  );
  await ec2.send(new DeleteVpcCommand({ VpcId: ids.gone }));
  await sqs.send(
    new SetQueueAttributesCommand({
      QueueUrl,
      Attributes: { VisibilityTimeout: '77' },
    }),
  );
  await discover(3);
  proxy.setFaults([
    {
      action: 'ListQueues',
      fault: { kind: 'denied', permission: 'sqs:ListQueues' },
    },
  ]);
  await discover(4);
  ec2.destroy();
  sqs.destroy();
}, 300_000);

afterAll(async () => {
  await browser?.close();
  await app?.[Symbol.asyncDispose]();
  await built?.remove();
  await shell?.[Symbol.asyncDispose]();
  await proxy?.stop();
  await moto?.stop();
});

interface Told {
  readonly added: readonly object[];
  readonly removed: readonly { readonly id: string }[];
  readonly changed: readonly {
    readonly kind: string;
    readonly changes: readonly object[];
  }[];
  readonly cannotTell: readonly object[];
}

const compare = async (from: number, to: number) =>
  (await groundplan('graph', 'compare', String(from), String(to), '--json')).json() as Told;

describe('on the command line', { timeout: 180_000 }, () => {
  test('an unchanged estate has no difference, and nothing that cannot be told', async () => {
    expect(await compare(1, 2)).toMatchObject({
      added: [],
      removed: [],
      changed: [],
      cannotTell: [],
      unknown: 0,
    });
  });

  test('what changed is told by attribute', async () => {
    const { added, removed, changed, cannotTell } = await compare(2, 3);
    expect({ added, cannotTell }).toEqual({ added: [], cannotTell: [] });
    expect(removed).toMatchObject([{ kind: 'aws.ec2.vpc', id: expect.stringContaining(ids.gone) as string }]);
    expect(changed.map(({ kind, changes }) => ({ kind, changes }))).toEqual([
      {
        kind: 'aws.ec2.vpc',
        changes: [{ path: 'tags.env', before: null, after: 'prod' }],
      },
      {
        kind: 'aws.sqs.queue',
        changes: [{ path: 'Attributes.VisibilityTimeout', before: '30', after: '77' }],
      },
    ]);
  });

  test('where one of them did not see everything, it cannot be told', async () => {
    expect(await compare(3, 4)).toMatchObject({
      added: [],
      removed: [],
      changed: [],
      cannotTell: [{ kind: 'aws.sqs.queue', region }],
      unknown: 1,
    });
  });

  test('the estate is told as it stood after each of them', async () => {
    const vpcs = async (run: number) =>
      ((await groundplan('graph', 'find', ids.gone, '--run', String(run), '--json')).json() as { total: number }).total;
    expect([await vpcs(2), await vpcs(3)]).toEqual([1, 0]);
  });
});

describe('on the screen', { timeout: 240_000 }, () => {
  beforeAll(async () => {
    built = await buildPage();
    app = await startApp(built.folder, workspace);
    browser = await launchBrowser();
    ({ page } = await openApp(browser, app.link()));
  }, 180_000);

  const open = async (from: number, to: number) => {
    await page.goto(`${app.origin}/#/estate?tab=runs&from=${from}&to=${to}`);
    await page.getByText(/\d+ unchanged/u).waitFor(enough);
  };

  test('an unchanged estate has no difference', async () => {
    await open(1, 2);
    for (const none of ['0 added', '0 removed', '0 changed', '0 cannot tell']) {
      expect(await page.getByText(none).first().isVisible()).toBe(true);
    }
  });

  test('what changed is told by attribute, and what cannot be told is named', async () => {
    await open(2, 3);
    const differences = page.getByRole('grid', {
      name: 'Differences between the runs',
    });
    await differences.getByText('VisibilityTimeout: 30 → 77').waitFor(enough);
    await differences.getByText('tags.env: – → prod').waitFor(enough);
    expect(await differences.getByRole('row').count()).toBe(4);
    await differences.getByText('VisibilityTimeout: 30 → 77').click();
    await page.getByRole('region', { name: /^Differences of/u }).waitFor(enough);
    await keepPictures(page, 'compare');
    await open(3, 4);
    await page.getByText('1 cannot tell').click();
    await page
      .getByRole('grid', { name: 'Places that cannot be compared' })
      .getByText(/Run 4: denied/u)
      .waitFor(enough);
  });
});
