import type { Json } from '#shared/base/json.ts';
import type {
  BlueprintDocument,
  BlueprintInput,
  BlueprintNode,
  Boundary,
  EnvironmentDocument,
} from '#shared/model/index.ts';
import { memberAddress } from './align.ts';
import type { PatternDesign } from './design.ts';
import { blueprintInput } from './inputs.ts';
import type { Instance } from './instances.ts';
import type { ModuleText, TokenName } from './module-files.ts';
import { canonicalPieces, tokenise, type Piece } from './tokens.ts';

export interface Naming {
  readonly blueprint: string;
  readonly version: string;
  readonly summary: string;
}

/** The artifact's name for a node of a blueprint. */
export function artifactName(blueprint: string, node: Boundary): string {
  return `${blueprint}-${node}`;
}

/** The blueprint that wires the modules. */
export function blueprintDocument(
  design: PatternDesign,
  modules: readonly ModuleText[],
  naming: Naming,
): BlueprintDocument {
  const names = nameTerm(design.instances);
  const inputs: Record<string, BlueprintInput> = {};
  if (names.input !== null && modules.some((module) => module.tokens.includes('name'))) inputs['name'] = names.input;
  for (const input of design.inputs) inputs[input.name] = blueprintInput(input);
  const nodes: Record<string, BlueprintNode> = {};
  for (const module of modules) {
    const set: Record<string, Json> = {};
    for (const token of module.tokens) set[token] = tokenValue(token, names.text);
    for (const wire of module.wiresIn) set[wire.name] = `\${${wire.from}.${wire.name}}`;
    for (const input of module.inputs) set[input.name] = `\${inputs.${input.name}}`;
    nodes[module.node] = { use: `${artifactName(naming.blueprint, module.node)}@${naming.version}`, set };
  }
  const outputs = Object.fromEntries(
    modules.flatMap((module) =>
      module.wiresOut
        .filter((wire) => wire.to.size === 0 || wire.name === 'vpc_id')
        .map((wire) => [wire.name, { value: `\${${module.node}.${wire.name}}` }] as const),
    ),
  );
  return {
    blueprint: naming.blueprint,
    version: naming.version,
    ...(naming.summary === '' ? {} : { summary: naming.summary }),
    boundary: 'platform',
    inputs,
    nodes,
    ...(Object.keys(outputs).length === 0 ? {} : { outputs }),
  };
}

function tokenValue(token: TokenName, name: string): string {
  switch (token) {
    case 'name':
      return name;
    case 'region':
      return '${target.region}';
    case 'account_id':
      return '${target.account}';
  }
}

/**
 * How the name of an instance is made: from region and account where these make it in all of them, else by an input
 * that says it.
 */
function nameTerm(instances: readonly Instance[]): {
  readonly text: string;
  readonly input: BlueprintInput | null;
} {
  const pieces = instances.map((instance) => tokenise(instance.stem ?? '', { ...instance, stem: null }));
  const [first = []] = pieces;
  const same = pieces.every((other) => canonicalPieces(other) === canonicalPieces(first));
  const derived = first.some((piece) => typeof piece !== 'string');
  if (same && derived) return { text: first.map(pieceText).join(''), input: null };
  const stems = [...new Set(instances.map((instance) => instance.stem ?? instance.name))];
  const [only] = stems;
  return {
    text: '${inputs.name}',
    input: {
      type: 'string',
      description: `Name that everything starts with (in use: ${stems.join(', ')})`,
      ...(stems.length === 1 && only !== undefined ? { default: only, agent: 'fixed' } : { agent: 'set' }),
    },
  };
}

function pieceText(piece: Piece): string {
  if (typeof piece === 'string') return piece;
  return piece.token === 'account' ? '${target.account}' : '${target.region}';
}

/** One environment per instance: what would have made it, and what is there to adopt. */
export function environmentDocument(design: PatternDesign, instance: Instance, naming: Naming): EnvironmentDocument {
  const inputs: Record<string, Json> = {};
  if (nameTerm(design.instances).input !== null) inputs['name'] = instance.stem ?? instance.name;
  for (const input of design.inputs) {
    if (input.sensitive) inputs[input.name] = { secret: `${instance.name}/${input.name.replaceAll('_', '-')}` };
    else if (input.values.has(instance.name)) inputs[input.name] = input.values.get(instance.name) ?? null;
  }
  const imports: Record<string, Record<string, string>> = {};
  for (const node of design.nodes) imports[node] = importsOf(design, instance, node);
  return {
    environment: instance.name,
    blueprint: `${naming.blueprint}@${naming.version}`,
    target: { cloud: 'aws', account: instance.account, region: instance.region },
    inputs,
    state: { backend: 'local' },
    imports,
  };
}

function importsOf(design: PatternDesign, instance: Instance, node: Boundary): Record<string, string> {
  const imports: Record<string, string> = {};
  for (const { aligned } of design.resources) {
    if (aligned.node !== node) continue;
    for (const member of aligned.members) {
      const part = member.parts.get(instance.name);
      if (part !== undefined) imports[memberAddress(aligned, member.key)] = part.importId;
    }
  }
  return imports;
}
