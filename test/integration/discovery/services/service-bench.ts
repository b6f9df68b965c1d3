import { afterAll, beforeAll } from 'vitest';
import { awsKinds } from '#engine/discovery/providers/aws/kinds.ts';
import type { RelationshipFact, ResourceFact } from '#shared/model/index.ts';
import { type Moto, startMoto } from '#test/support/toolchain/index.ts';
import { discover, gaps, memoryBench, testKeys } from '../discovery-bench.ts';

/** Where everything of these tests stands. */
export const region = 'eu-west-1';

export interface Mapped {
  readonly resources: readonly ResourceFact[];
  readonly relationships: readonly RelationshipFact[];
  /** Resources of a kind by their name. */
  readonly named: (kind: string) => Readonly<Record<string, ResourceFact>>;
  /** Edges of a type in one line each, `FROM → TO`, with the last part of both ids. */
  readonly edges: (type: string, of?: RegExp) => readonly string[];
}

export interface ServiceBench {
  /** What every client of a test needs. */
  readonly config: () => {
    readonly endpoint: string;
    readonly region: string;
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  };
  /** Maps the kinds whose name begins with one of `prefixes`, and expects every cell to be complete. */
  readonly map: (...prefixes: string[]) => Promise<Mapped>;
}

/** An AWS API of its own for the tests of one file. */
export function serviceBench(): ServiceBench {
  let moto: Moto;
  beforeAll(async () => {
    moto = await startMoto();
  });
  afterAll(() => moto.stop());
  return {
    config: () => ({
      endpoint: moto.endpoint,
      region,
      credentials: { accessKeyId: testKeys.AWS_ACCESS_KEY_ID, secretAccessKey: testKeys.AWS_SECRET_ACCESS_KEY },
    }),
    async map(...prefixes) {
      const kinds = Object.keys(awsKinds).filter((kind) => prefixes.some((prefix) => kind.startsWith(prefix)));
      const bench = memoryBench();
      await discover(bench, { regions: [region], endpoint: moto.endpoint }, kinds);
      const missing = gaps(bench.facts.cells);
      if (missing.length > 0) {
        const errors = bench.facts.cells.flatMap(({ error }) => error ?? []);
        throw new Error(`Not everything could be read:\n${[...missing, ...errors].join('\n')}`);
      }
      const { resources, relationships } = bench.facts;
      return {
        resources,
        relationships,
        named: (kind) =>
          Object.fromEntries(resources.filter((fact) => fact.kind === kind).map((fact) => [fact.name, fact])),
        edges: (type, of = /./u) =>
          relationships
            .filter((edge) => edge.type === type && (of.test(edge.from) || of.test(edge.to)))
            .map(({ from, to }) => `${tail(from)} → ${tail(to)}`)
            .sort(),
      };
    },
  };
}

function tail(id: string): string {
  return id.startsWith('arn:') ? id.split(':').slice(5).join(':') : id;
}
