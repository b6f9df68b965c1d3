import type { EstateFilter, ScopeNode } from '#shared/model/index.ts';

/** One line of the scope tree. */
export interface ScopeRow {
  /** A scope's id, or `scope|region`. */
  readonly id: string;
  readonly scope: ScopeNode;
  readonly region: string | null;
  readonly label: string;
  readonly depth: number;
  /** Resources in the scope and everything below it. */
  readonly resources: number;
  readonly expandable: boolean;
  readonly expanded: boolean;
}

/** What a scope is called; an organisation often has no name but its id, which says little alone. */
export function titleOfScope({ kind, name, nativeId }: ScopeNode): string {
  const unnamed = name === '' || name === nativeId;
  return unnamed && kind === 'organization' ? `organisation ${nativeId}` : unnamed ? nativeId : name;
}

/** The tree as lines, the children of closed nodes left out. Scopes whose parent is unknown stand at the top. */
export function scopeRows(scopes: readonly ScopeNode[], closed: ReadonlySet<string>): readonly ScopeRow[] {
  const children = childrenOf(scopes);
  const totals = new Map<string, number>();
  const total = (scope: ScopeNode): number => {
    const known = totals.get(scope.id);
    if (known !== undefined) return known;
    totals.set(scope.id, scope.resources);
    const sum = (children.get(scope.id) ?? []).reduce((count, child) => count + total(child), scope.resources);
    totals.set(scope.id, sum);
    return sum;
  };
  const rows: ScopeRow[] = [];
  const visit = (scope: ScopeNode, depth: number): void => {
    const below = children.get(scope.id) ?? [];
    const expandable = below.length > 0 || scope.regions.length > 0;
    const expanded = expandable && !closed.has(scope.id);
    rows.push({
      id: scope.id,
      scope,
      region: null,
      label: titleOfScope(scope),
      depth,
      resources: total(scope),
      expandable,
      expanded,
    });
    if (!expanded) return;
    for (const { region, resources } of scope.regions) {
      rows.push({
        id: `${scope.id}|${region}`,
        scope,
        region,
        label: region,
        depth: depth + 1,
        resources,
        expandable: false,
        expanded: false,
      });
    }
    for (const child of below) visit(child, depth + 1);
  };
  for (const root of children.get(null) ?? []) visit(root, 0);
  return rows;
}

/** A scope's id with those of everything below it. */
function withDescendants(scopes: readonly ScopeNode[], ids: readonly string[]): string[] {
  const children = childrenOf(scopes);
  const found = new Set<string>();
  const visit = (id: string): void => {
    if (found.has(id)) return;
    found.add(id);
    for (const child of children.get(id) ?? []) visit(child.id);
  };
  for (const id of ids) visit(id);
  return [...found];
}

/** The filter as the engine is asked: a scope stands for everything below it. */
export function filterForEngine(filter: EstateFilter, scopes: readonly ScopeNode[]): EstateFilter {
  return filter.scopes.length === 0 ? filter : { ...filter, scopes: withDescendants(scopes, filter.scopes) };
}

function childrenOf(scopes: readonly ScopeNode[]): Map<string | null, ScopeNode[]> {
  const known = new Set(scopes.map((scope) => scope.id));
  const children = new Map<string | null, ScopeNode[]>();
  for (const scope of scopes) {
    const parent = scope.parentId !== null && known.has(scope.parentId) ? scope.parentId : null;
    const siblings = children.get(parent);
    if (siblings === undefined) children.set(parent, [scope]);
    else siblings.push(scope);
  }
  for (const siblings of children.values()) {
    siblings.sort((one, other) => one.name.localeCompare(other.name, 'en', { numeric: true }));
  }
  return children;
}
