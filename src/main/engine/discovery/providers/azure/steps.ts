import type { RelationshipType, StepDeclaration } from '#shared/model/index.ts';
import { kindOfType } from './arm-id.ts';
import type { AzureTable, AzureType } from './azure-type.ts';
import { azureTypes, otherKind } from './types.ts';

/** The operation that every question is: without it nothing can be asked. */
export const askPermission = 'Microsoft.ResourceGraph/resources/read';

/** A declared type with a cell of its own, as a step. */
export interface AzureStep {
  readonly declaration: StepDeclaration;
  readonly table: AzureTable;
  /** In lower case; null for everything that no other step reads. */
  readonly type: string | null;
}

/** Every step. One question answers for many of them at once; the ledger still has a cell for each. */
export const azureSteps: readonly AzureStep[] = [
  ...azureTypes.filter(({ partOf }) => partOf === undefined).map(stepOf),
  {
    table: 'resources',
    type: null,
    declaration: declarationOf({
      kind: otherKind,
      relationships: ['CONTAINS', 'MANAGED_BY', 'REFERENCES', 'RUNS_AS'],
      permissions: [askPermission, '*/read'],
      parts: [],
    }),
  },
];

function stepOf(type: AzureType): AzureStep {
  const parts = azureTypes.filter(({ partOf }) => partOf === type.type);
  const edges = [type, ...parts].flatMap((one) => [...one.edges.map((edge) => edge.type), ...(one.more?.types ?? [])]);
  const contains: RelationshipType[] = parts.length > 0 || type.type.split('/').length > 2 ? ['CONTAINS'] : [];
  return {
    table: type.table,
    type: type.type.toLowerCase(),
    declaration: declarationOf({
      kind: kindOfType(type.type),
      relationships: [...new Set<RelationshipType>([...edges, ...contains, 'REFERENCES'])].sort(),
      permissions: [askPermission, `${type.type}/read`],
      parts: parts.map((part) => kindOfType(part.type)),
    }),
  };
}

interface DeclarationParts {
  readonly kind: string;
  readonly relationships: readonly RelationshipType[];
  readonly permissions: readonly string[];
  readonly parts: readonly string[];
}

function declarationOf({ kind, relationships, permissions, parts }: DeclarationParts): StepDeclaration {
  return {
    id: kind,
    cloud: 'azure',
    kinds: [kind],
    ...(parts.length === 0 ? {} : { parts: [...parts] }),
    relationships: [...relationships],
    permissions: [...permissions],
    apis: ['Microsoft.ResourceGraph'],
    global: false,
  };
}

/**
 * The steps that list the wanted kinds, parts included; all of them when none is named. A kind of Azure that nobody
 * declared is among everything else.
 */
export function stepsFor(kinds: readonly string[]): readonly AzureStep[] {
  if (kinds.length === 0) return azureSteps;
  const made = new Set(azureSteps.flatMap(({ declaration }) => [...declaration.kinds, ...(declaration.parts ?? [])]));
  const wanted = new Set(kinds);
  const others = kinds.some((kind) => kind.startsWith('azure.') && !made.has(kind));
  return azureSteps.filter(({ declaration, type }) => {
    const { kinds: own, parts = [] } = declaration;
    return (type === null && others) || [...own, ...parts].some((kind) => wanted.has(kind));
  });
}

/** The steps of one listing as one declaration, for the task that runs them together. */
export function togetherAs(id: string, steps: readonly AzureStep[]): StepDeclaration {
  const all = <Item>(items: (declaration: StepDeclaration) => readonly Item[]): Item[] => [
    ...new Set(steps.flatMap(({ declaration }) => items(declaration))),
  ];
  return {
    id,
    cloud: 'azure',
    kinds: all(({ kinds }) => kinds),
    parts: all(({ parts = [] }) => parts),
    relationships: all(({ relationships }) => relationships),
    permissions: all(({ permissions }) => permissions),
    apis: all(({ apis }) => apis),
    global: false,
  };
}

/** The order of rows that pages are cut from, and what the table's cells hold, in Kusto's words. */
export function queryOf(table: AzureTable, steps: readonly AzureStep[], conditions: readonly string[] = []): string {
  const types = steps.flatMap(({ type }) => type ?? []);
  const others = steps.some(({ type }) => type === null);
  const lines = [
    table,
    ...(others && types.length === declaredIn(table).length ? [] : [`where ${typeCondition(table, types, others)}`]),
    ...conditions.map((condition) => `where ${condition}`),
    'order by id asc',
  ];
  return lines.join('\n| ');
}

function typeCondition(table: AzureTable, types: readonly string[], others: boolean): string {
  const wanted = `type in~ (${types.map(quoted).join(', ')})`;
  if (!others) return wanted;
  const rest = `type !in~ (${declaredIn(table).map(quoted).join(', ')})`;
  return types.length === 0 ? rest : `${wanted} or ${rest}`;
}

function declaredIn(table: AzureTable): readonly string[] {
  return azureSteps.flatMap(({ table: own, type }) => (own === table && type !== null ? [type] : []));
}

/** A text in Kusto's quotes. */
export function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

/** True when the cells of a step are where the request names regions; containers and grants are in none. */
export function isRegional({ table }: AzureStep): boolean {
  return table === 'resources';
}
