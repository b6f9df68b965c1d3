import { labelCounts } from './blocks.ts';
import { scanHcl, type ScannedAttribute, type ScannedBlock } from './hcl-scan.ts';
import { lineFinder } from './line-finder.ts';
import { readJsonTree, type JsonMember, type JsonNode } from './json-tree.ts';

/** Blocks within blocks that are looked at; everything else in JSON is an attribute. With how many labels each has. */
const innerBlocks: Readonly<Record<string, number>> = {
  required_providers: 0,
  backend: 1,
  cloud: 0,
  workspaces: 0,
  lifecycle: 0,
  provider_meta: 1,
};

interface Found {
  readonly labels: readonly string[];
  readonly body: Extract<JsonNode, { readonly kind: 'object' }>;
  /** Where the member or list item begins that holds the body. */
  readonly start: number;
}

/** Bodies below so many labels; they may stand alone or in lists. */
function bodies(node: JsonNode, labels: number, start: number): readonly Found[] {
  if (node.kind === 'array') return node.items.flatMap((item) => bodies(item, labels, item.start));
  if (node.kind !== 'object') return [];
  if (labels === 0) return [{ labels: [], body: node, start }];
  return node.members
    .filter(({ key }) => key !== '//')
    .flatMap(({ key, value, start: from }) =>
      bodies(value, labels - 1, from).map((found) => ({ ...found, labels: [key, ...found.labels] })),
    );
}

/** Finds the blocks and attributes of a JSON configuration file as `scanHcl` does those of a native one. */
export function scanJson(text: string): Pick<ScannedBlock, 'attributes' | 'blocks'> {
  const lineOf = lineFinder(text);

  const attributeOf = ({ key, start, value }: JsonMember): ScannedAttribute => ({
    name: key,
    line: lineOf(start),
    from: start,
    start: value.start,
    end: value.end,
  });

  const blocksOf = ({ key, start, value }: JsonMember, labels: number): readonly ScannedBlock[] =>
    bodies(value, labels, start).map((found): ScannedBlock => {
      const own = found.body.members.filter((member) => member.key !== '//');
      const isBlock = (member: JsonMember): boolean =>
        key !== 'locals' && key !== 'variable' && Object.hasOwn(innerBlocks, member.key);
      return {
        type: key,
        labels: found.labels,
        line: lineOf(found.start),
        endLine: lineOf(found.body.end),
        start: found.start,
        end: found.body.end,
        attributes: own.filter((member) => !isBlock(member)).map(attributeOf),
        blocks: own.filter(isBlock).flatMap((member) => blocksOf(member, innerBlocks[member.key] ?? 0)),
      };
    });

  const tree = readJsonTree(text);
  const members = tree.kind === 'object' ? tree.members.filter(({ key }) => key !== '//') : [];
  return { attributes: [], blocks: members.flatMap((member) => blocksOf(member, labelCounts[member.key] ?? 0)) };
}

/** The blocks and attributes of a configuration file in either syntax. */
export function scanConfiguration(file: string, text: string): Pick<ScannedBlock, 'attributes' | 'blocks'> {
  return file.endsWith('.json') ? scanJson(text) : scanHcl(text);
}
