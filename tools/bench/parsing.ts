import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { convertAzureRow } from '../../src/main/engine/discovery/providers/azure/index.ts';
import { GcpConverter } from '../../src/main/engine/discovery/providers/gcp/index.ts';
import { jsonSchema, type Json } from '../../src/shared/base/json.ts';
import { makeEstate } from '../../test/support/azure/index.ts';
import { companyAssets } from '../../test/support/gcp/index.ts';
import { median, type BenchResult } from './result.ts';

const corpus = path.resolve(process.env['GROUNDPLAN_CORPUS'] ?? '../shared/corpus');
const rounds = 15;
/** As many bodies as both clouds send on a page, and how many such pages make a round. */
const pageSize = 1000;
const pages = 20;
const aim = 'at least 20,000 a second';

/** Bodies of Azure and Google, from the text of a page to facts with their relationships. */
export async function benchParsing(): Promise<BenchResult[]> {
  const azure = [
    { from: 'rows of a made-up tenant', bodies: azureRows() },
    { from: 'real bodies', bodies: await corpusBodies('azure-arm') },
  ];
  const google = [
    { from: 'assets of a made-up company', bodies: companyAssets() as readonly unknown[] },
    { from: 'real bodies', bodies: await corpusBodies('gcp-assets') },
  ];
  return [
    ...azure.flatMap((source) => benchOf('Azure', source, readAzure)),
    ...google.flatMap((source) => benchOf('Google', source, readGoogle)),
  ];
}

function azureRows(): readonly unknown[] {
  const { tables } = makeEstate({ subscriptions: 20, groups: 4, applications: 10 });
  return [...tables.resources, ...tables.authorizationresources];
}

/** Empty where the corpus is not there. */
async function corpusBodies(name: string): Promise<readonly unknown[]> {
  const folder = path.join(corpus, name);
  if (!existsSync(folder)) return [];
  const files = (await readdir(folder)).filter((file) => file.endsWith('.json'));
  const lists = await Promise.all(
    files.map(async (file) => jsonSchema.parse(JSON.parse(await readFile(path.join(folder, file), 'utf8')))),
  );
  return lists.flatMap((list) => (Array.isArray(list) ? list : []));
}

/** Reads the text of one page; answers how many resources came of it. */
type ReadPage = (text: string) => number;

function readAzure(): ReadPage {
  return (text) =>
    (JSON.parse(text) as Json[]).reduce<number>((sum, row) => sum + convertAzureRow(row).resources.length, 0);
}

function readGoogle(): ReadPage {
  const converter = new GcpConverter();
  return (text) =>
    (JSON.parse(text) as unknown[]).reduce<number>(
      (sum, asset) => sum + converter.convert(asset).reduce((all, facts) => all + facts.resources.length, 0),
      0,
    );
}

function benchOf(
  cloud: string,
  { from, bodies }: { readonly from: string; readonly bodies: readonly unknown[] },
  reader: () => ReadPage,
): BenchResult[] {
  if (bodies.length === 0) return [];
  const texts = Array.from({ length: pages }, (_, page) =>
    JSON.stringify(Array.from({ length: pageSize }, (_body, row) => bodies[(page * pageSize + row) % bodies.length])),
  );
  const perSecond: number[] = [];
  let resources = 0;
  // The first rounds let the compiler see what is hot.
  for (let round = -3; round < rounds; round += 1) {
    const read = reader();
    const started = process.cpuUsage();
    resources = texts.reduce((sum, text) => sum + read(text), 0);
    // Processor time: what other programs take of the machine meanwhile is not parsing.
    const { user, system } = process.cpuUsage(started);
    const seconds = (user + system) / 1e6;
    if (round >= 0) perSecond.push((pages * pageSize) / seconds);
  }
  const bytes = texts.reduce((sum, text) => sum + text.length, 0) / (pages * pageSize);
  return [
    {
      name: `${cloud} bodies to facts, ${from}`,
      median: median(perSecond),
      unit: 'bodies/s',
      aim,
      method: `${(pages * pageSize).toLocaleString('en')} bodies (${bodies.length} different ones, ${bytes.toFixed(0)} bytes each) a round, JSON text to ${resources.toLocaleString('en')} resources with their relationships, per second of processor time, ${rounds} rounds`,
    },
  ];
}
