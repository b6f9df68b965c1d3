import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { once } from 'node:events';
import { configItemOf } from '../../test/support/imports/config-snapshot.ts';
import { childrenOf, peakOf } from './peak-memory.ts';
import type { BenchResult } from './result.ts';

const aimBytes = 2 ** 30;
const program = path.resolve(import.meta.dirname, '..', '..', 'out', 'main', 'cli.js');

/** An instance with the body that AWS Config delivers, about five kilobytes. */
function instanceItem(serial: number): Record<string, unknown> {
  const id = `i-${serial.toString(16).padStart(17, '0')}`;
  const interfaces = [0, 1].map((index) => ({
    networkInterfaceId: `eni-${(serial * 2 + index).toString(16).padStart(17, '0')}`,
    privateIpAddress: `10.${(serial >> 16) & 255}.${(serial >> 8) & 255}.${serial & 255}`,
    subnetId: `subnet-${(serial % 500).toString(16).padStart(17, '0')}`,
    vpcId: 'vpc-00000000000000001',
    groups: [{ groupId: `sg-${(serial % 200).toString(16).padStart(17, '0')}`, groupName: `group-${serial % 200}` }],
  }));
  return configItemOf('AWS::EC2::Instance', id, {
    tags: { Name: `web-${serial}`, env: serial % 3 === 0 ? 'prod' : 'test', team: `team-${serial % 40}` },
    configuration: {
      instanceId: id,
      imageId: 'ami-0123456789abcdef0',
      instanceType: 't3.medium',
      state: { code: 16, name: 'running' },
      launchTime: '2024-01-01T00:00:00.000Z',
      subnetId: interfaces[0]?.subnetId,
      vpcId: 'vpc-00000000000000001',
      networkInterfaces: interfaces,
      blockDeviceMappings: [0, 1, 2].map((index) => ({
        deviceName: `/dev/xvd${index}`,
        ebs: { volumeId: `vol-${(serial * 3 + index).toString(16).padStart(17, '0')}`, status: 'attached' },
      })),
      notes: Array.from(
        { length: 40 },
        (_, line) => `line ${line} of ${serial}, as long as such lines are in real bodies of instances`,
      ),
    },
  });
}

/** Writes a snapshot in one line, as AWS delivers it; gives how many resources it holds. */
async function writeSnapshot(file: string): Promise<number> {
  const out = createWriteStream(file);
  let written = 0;
  let serial = 0;
  out.write('{"fileVersion":"1.0","configSnapshotId":"11111111-2222-4333-8444-555555555555","configurationItems":[');
  while (written < aimBytes) {
    const items: string[] = [];
    for (let count = 0; count < 500; count += 1) {
      items.push(JSON.stringify(instanceItem(serial)));
      serial += 1;
    }
    const text = `${written === 0 ? '' : ','}${items.join(',')}`;
    written += text.length;
    if (!out.write(text)) await once(out, 'drain');
  }
  out.end(']}');
  await once(out, 'close');
  return serial;
}

/** A snapshot of a gigabyte through the command line: reading, writing of facts and building of the graph. */
export async function benchImport(): Promise<BenchResult[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'groundplan-bench-'));
  try {
    const file = path.join(folder, 'snapshot.json');
    const resources = await writeSnapshot(file);
    const { size } = await stat(file);
    const begin = performance.now();
    const child = spawn(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', program, '--workspace', path.join(folder, 'workspace'), 'import', file],
      {
        stdio: ['ignore', 'inherit', 'inherit'],
        env: { ...process.env, GROUNDPLAN_SETTINGS: path.join(folder, 'settings') },
      },
    );
    const record = path.join(folder, 'workspace', '.groundplan', 'facts', '000001', 'run.json');
    const peak = { reading: 0, whole: 0, building: 0 };
    let readIn = 0;
    const watch = setInterval(() => {
      void Promise.all([peakOf(child.pid ?? 0), readFile(record, 'utf8').catch(() => '')]).then(([bytes, text]) => {
        if (Number.isNaN(bytes)) return;
        peak.whole = Math.max(peak.whole, bytes);
        if (text.includes('"status": "complete"')) readIn ||= (performance.now() - begin) / 1000;
        else peak.reading = peak.whole;
      });
      void childrenOf(child.pid ?? 0).then(async (children) => {
        for (const bytes of await Promise.all(children.map(peakOf))) {
          if (!Number.isNaN(bytes)) peak.building = Math.max(peak.building, bytes);
        }
      });
    }, 100);
    const [code] = (await once(child, 'close')) as [number | null];
    clearInterval(watch);
    if (code !== 0) throw new Error(`The import ended with ${code}.`);
    const seconds = (performance.now() - begin) / 1000;
    const what = `snapshot of AWS Config in one line, ${(size / 2 ** 30).toFixed(2)} GiB, ${resources} resources, by \`groundplan import\``;
    const whole = 'of the whole process, as Linux counts it (VmHWM)';
    return [
      { name: 'import of 1 GiB', median: readIn, unit: 's', method: `${what}: reading and keeping the facts` },
      { name: 'import, rate', median: size / readIn / 2 ** 20, unit: 'MiB/s', method: 'of the same' },
      {
        name: 'import, peak memory',
        median: peak.reading / 2 ** 20,
        unit: 'MiB',
        aim: 'at most 1024 MiB',
        method: `while reading, ${whole}`,
      },
      { name: 'import with its graph', median: seconds, unit: 's', method: 'the same with the building of the graph' },
      {
        name: 'import with its graph, peak memory of the command',
        median: peak.whole / 2 ** 20,
        unit: 'MiB',
        aim: 'at most 1024 MiB',
        method: whole,
      },
      {
        name: 'import with its graph, peak memory of the process that builds it',
        median: peak.building / 2 ** 20,
        unit: 'MiB',
        aim: 'at most 1024 MiB',
        method: `${whole}; it begins when the facts are kept`,
      },
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
