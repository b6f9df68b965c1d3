import { AppError } from '#shared/errors/index.ts';
import type { InstanceSelection } from '#shared/model/index.ts';
import { designPattern, readInstance, selectResources, type Dialect, type PatternDesign } from '../patterns/index.ts';
import type { EstateReader } from './deps.ts';

export interface DesignOptions {
  readonly dialect: Dialect;
  readonly renames: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

/**
 * Reads the selected instances from the estate and designs the pattern they share. Throws `bad-input` for names given
 * twice and `not-found` for an instance without resources.
 */
export async function designFrom(
  estate: EstateReader,
  selections: readonly InstanceSelection[],
  options: DesignOptions,
): Promise<PatternDesign> {
  const twice = selections.find(
    (selection, index) => selections.findIndex(({ name }) => name === selection.name) < index,
  );
  if (twice !== undefined) {
    throw new AppError('bad-input', `Two instances are called "${twice.name}".`, {
      advice: 'Give each instance a name of its own; it becomes the name of its environment.',
      details: { field: 'instances', name: twice.name },
    });
  }
  const instances = [];
  for (const selection of selections) {
    const slice = await estate.slice(restrictionOf(selection), options.signal);
    const resources = selectResources(selection, slice);
    if (resources.length === 0) {
      throw new AppError('not-found', `Nothing was discovered for the instance "${selection.name}".`, {
        advice: 'Check its scope, region and tags, or run a discovery over them first.',
        details: { instance: selection.name, scope: selection.scope, region: selection.region },
      });
    }
    instances.push(readInstance(selection, resources, options.dialect));
  }
  return designPattern(instances, options.renames);
}

/** Roles and other things without a region come along: which of them belong is decided later. */
function restrictionOf(selection: InstanceSelection) {
  if (selection.ids.length > 0) return { scopes: [], regions: [], ids: selection.ids };
  return {
    scopes: selection.scope === null ? [] : [selection.scope],
    regions: selection.region === null ? [] : [selection.region, 'global'],
    ids: [],
  };
}
