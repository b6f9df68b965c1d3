import type { Ports, PortSchema } from '#shared/model/index.ts';
import { placeholderText } from './placeholders.ts';
import { type RenderedObject, renderedRelease } from './render.ts';

function snake(name: string): string {
  const own = name.replace(new RegExp(`^${renderedRelease}-?`), '');
  return (own === '' ? 'main' : own)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^_+|_+$/g, '');
}

/** Where a value is read from a release: kind and name of the object, and a JSONPath in it. */
function reads({ kind, name }: RenderedObject, jsonPath: string): string {
  return `${kind}/${name.replace(renderedRelease, '{release}')} ${jsonPath}`;
}

type Output = readonly [name: string, schema: PortSchema];

function ofService(object: RenderedObject): readonly Output[] {
  const { spec } = object;
  const name = snake(object.name);
  const headless = spec['clusterIP'] === 'None';
  const balanced = spec['type'] === 'LoadBalancer';
  return [
    [`${name}_service_name`, { type: 'string', 'x-reads': reads(object, '.metadata.name') }],
    ...(headless || spec['type'] === 'ExternalName'
      ? []
      : [
          [
            `${name}_cluster_ip`,
            { type: 'string', format: 'ipv4', 'x-reads': reads(object, '.spec.clusterIP') },
          ] as const,
        ]),
    [`${name}_ports`, { type: 'array', items: { type: 'integer' }, 'x-reads': reads(object, '.spec.ports[*].port') }],
    ...(balanced
      ? [
          [
            `${name}_load_balancer_host`,
            { type: 'string', 'x-reads': reads(object, '.status.loadBalancer.ingress[0].hostname') },
          ] as const,
        ]
      : []),
  ];
}

function outputsOf(object: RenderedObject): readonly Output[] {
  const name = snake(object.name);
  switch (object.kind) {
    case 'Service':
      return ofService(object);
    case 'Ingress':
      return [
        [
          `${name}_hosts`,
          { type: 'array', items: { type: 'string' }, 'x-reads': reads(object, '.spec.rules[*].host') },
        ],
      ];
    case 'Secret':
      // The name only: what is in it stays in the cluster.
      return [[`${name}_secret_name`, { type: 'string', 'x-reads': reads(object, '.metadata.name') }]];
    case 'PersistentVolumeClaim':
      return [[`${name}_claim_name`, { type: 'string', 'x-reads': reads(object, '.metadata.name') }]];
    default:
      return [];
  }
}

/** The outputs that follow from what a chart makes. Helm itself has none. */
export function outputsOfObjects(objects: readonly RenderedObject[]): Ports {
  const properties: Record<string, PortSchema> = {};
  for (const object of objects) {
    // Its name depends on a value that has no default: where it is read cannot be known before.
    if (object.name.includes(placeholderText)) continue;
    for (const [name, schema] of outputsOf(object)) {
      properties[name] ??= { ...schema, 'x-origin': { how: 'inferred', where: object.template } };
    }
  }
  return { type: 'object', properties, required: [] };
}

/** The kind that a definition among the templates introduces. */
function definedKind({ names }: RenderedObject['spec']): string | null {
  if (typeof names !== 'object' || names === null || !('kind' in names)) return null;
  return typeof names.kind === 'string' ? names.kind : null;
}

/** How many objects of each kind a chart makes. */
export function kindsOf(objects: readonly RenderedObject[]): Readonly<Record<string, number>> {
  const kinds: Record<string, number> = {};
  for (const { kind, spec } of objects) {
    const defined = kind === 'CustomResourceDefinition' ? definedKind(spec) : null;
    const word = defined === null ? kind : `${kind}/${defined}`;
    kinds[word] = (kinds[word] ?? 0) + 1;
  }
  return kinds;
}
