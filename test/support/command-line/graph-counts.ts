import { expect } from 'vitest';
import { z } from 'zod';
import { openShell } from './shell.ts';

const countsSchema = z.object({
  resources: z.int(),
  relationships: z.int(),
  byRelationship: z.record(z.string(), z.int()),
});
export type GraphCounts = z.infer<typeof countsSchema>;

/** What `groundplan graph stats` says of a workspace, through the engine that has it open or one of its own. */
export async function graphCounts(workspace: string): Promise<GraphCounts> {
  await using shell = await openShell();
  const result = await shell.run(['--workspace', workspace, 'graph', 'stats', '--json']);
  expect(result, result.stderr).toMatchObject({ code: 0 });
  return countsSchema.parse(result.json());
}

/** The same numbers as the Estate's header writes them. */
export function countsAsShown({ resources, relationships }: GraphCounts): string {
  const shown = (value: number) => value.toLocaleString('en-US');
  return `${shown(resources)} resources, ${shown(relationships)} relationships`;
}
