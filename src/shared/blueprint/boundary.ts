import type { BlueprintDocument, PaletteItem } from '../model/index.ts';
import type { Finding } from './problems.ts';

/**
 * What a node brings into a blueprint that its boundary does not allow. A blueprint holds artifacts and blueprints
 * of its own boundary; `platform` puts them together and holds all. Names the resource and both boundaries.
 */
export function boundaryFindings(document: BlueprintDocument, name: string, item: PaletteItem): readonly Finding[] {
  const { boundary } = document;
  if (boundary === 'platform') return [];
  const breach = (message: string, advice: string): Finding => ({
    code: 'boundary-breach',
    message,
    advice,
    field: `nodes.${name}.use`,
    node: name,
  });
  const foreign = (item.creates ?? []).filter((created) => created.boundary !== boundary);
  if (foreign.length > 0) {
    return foreign.map((created) =>
      breach(
        `${created.type} of ${name} (${item.use}) belongs to ${created.boundary}; this blueprint's boundary is ${boundary}.`,
        `Move it into a blueprint of its own with boundary ${created.boundary}, and put both into a platform blueprint.`,
      ),
    );
  }
  if (item.boundary === boundary) return [];
  return [
    breach(
      `${name} (${item.use}) belongs to ${item.boundary}; this blueprint's boundary is ${boundary}.`,
      `Use it in a blueprint with boundary ${item.boundary} or platform.`,
    ),
  ];
}
