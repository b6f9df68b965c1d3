import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import semver from 'semver';
import { AppError } from '#shared/errors/index.ts';
import { unpackArchive } from '../unpack-archive.ts';
import { type ChartDependency, chartFileName } from './chart-file.ts';

/** A chart that lies in `charts/` of another, as a folder or unpacked for as long as it is read. */
export interface VendoredChart extends AsyncDisposable {
  readonly folder: string;
  /** Folder or archive, relative to the chart that brings it. */
  readonly place: string;
}

// Archives may hold archives; one may even be made to hold itself.
const deepestArchive = 8;

/** An archive in `charts/` that cannot be taken; the message says which and why, without a full stop. */
export class BrokenArchive extends Error {
  readonly place: string;

  constructor(place: string, why: string, cause?: unknown) {
    super(`${place} ${why}`, { cause });
    this.place = place;
  }
}

/** `name-1.2.3.tgz`, as Helm packs a chart. */
const archiveName = /^(.+?)-(v?\d+\.\d+\.\d+.*)\.tgz$/;

async function isChart(folder: string): Promise<boolean> {
  return stat(path.join(folder, chartFileName)).then(
    () => true,
    () => false,
  );
}

async function archivesIn(folder: string): Promise<readonly { file: string; name: string; version: string }[]> {
  const files = await readdir(path.join(folder, 'charts')).catch((): string[] => []);
  return files.sort().flatMap((file) => {
    const [, name, version] = archiveName.exec(file) ?? [];
    return name === undefined || version === undefined ? [] : [{ file, name, version }];
  });
}

/** The archive of a dependency: of several the newest its range allows, as Helm takes none that it does not. */
async function archiveOf(folder: string, { name, version }: ChartDependency): Promise<string | null> {
  const own = (await archivesIn(folder)).filter((archive) => archive.name === name);
  // Helm writes ranges with commas.
  const range = semver.validRange(String(version ?? '*').replaceAll(',', ' ')) ?? '*';
  const versions = own.map((archive) => archive.version);
  const best = semver.maxSatisfying(versions, range, { includePrerelease: true });
  return own.find((archive) => archive.version === best)?.file ?? null;
}

/**
 * The chart of a dependency in `charts/`, a folder before an archive; null when there is none. `depth` is how
 * many archives it lies in. Throws `BrokenArchive`
 * for one that cannot be taken.
 */
export async function openVendored(
  folder: string,
  dependency: ChartDependency,
  depth: number,
): Promise<VendoredChart | null> {
  const { name } = dependency;
  if (name === '.' || name === '..' || path.basename(name) !== name) return null;
  const beside = path.join(folder, 'charts', name);
  if (await isChart(beside)) {
    return { folder: beside, place: `charts/${name}`, [Symbol.asyncDispose]: () => Promise.resolve() };
  }
  const file = await archiveOf(folder, dependency);
  if (file === null) return null;
  const place = `charts/${file}`;
  if (depth >= deepestArchive) throw new BrokenArchive(place, `lies deeper than ${deepestArchive} archives`);
  const archive = path.join(folder, 'charts', file);
  const unpacked = await unpackArchive(archive).catch((error: unknown) => {
    if (!(error instanceof AppError)) throw error;
    throw new BrokenArchive(place, error.message.replace(`${archive} `, '').replace(/\.$/, ''), error);
  });
  const inside = path.join(unpacked.folder, name);
  if (await isChart(inside)) {
    return { folder: inside, place, [Symbol.asyncDispose]: () => unpacked[Symbol.asyncDispose]() };
  }
  await unpacked[Symbol.asyncDispose]();
  throw new BrokenArchive(place, `holds no chart ${name}`);
}

/** Charts lying in `charts/` that no dependency names: Helm takes them as well. */
export async function unnamedCharts(
  folder: string,
  dependencies: readonly ChartDependency[],
): Promise<readonly ChartDependency[]> {
  const entries = await readdir(path.join(folder, 'charts'), { withFileTypes: true }).catch(() => []);
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const names = new Set([...folders, ...(await archivesIn(folder)).map(({ name }) => name)]);
  return [...names].filter((name) => !dependencies.some((one) => one.name === name)).map((name) => ({ name }));
}
