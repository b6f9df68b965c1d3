import type { CoverageCell, Run, ScopeFact } from '#shared/model/index.ts';
import type { GraphOverlay, GraphResourceHead } from '#engine/ports/index.ts';
import type { AddressReference } from '../schema/references.ts';
import type { CsvValue } from './csv.ts';

// One function per table; the order of the values is the order of the columns in `schema/tables.ts`.

export function resourceRow(resource: GraphResourceHead): readonly CsvValue[] {
  const { fact } = resource;
  return [
    fact.id,
    fact.cloud,
    fact.kind,
    fact.category,
    fact.name,
    fact.nativeId,
    fact.scopeId,
    fact.region,
    fact.zone,
    fact.state,
    fact.createdAt === null ? null : Math.round(fact.createdAt),
    resource.isStub,
    fact.public,
    fact.cidr,
    fact.ip,
    JSON.stringify(fact.tags),
    JSON.stringify(Object.keys(fact.tags).sort()),
    resource.firstRun,
    resource.lastRun,
    resource.changedRun,
    resource.stale,
  ];
}

export function scopeRow(scope: ScopeFact, isStub: boolean): readonly CsvValue[] {
  return [scope.id, scope.cloud, scope.kind, scope.name, scope.nativeId, scope.parentId, isStub];
}

export function addressRow(id: string, { kind, value }: AddressReference): readonly CsvValue[] {
  return [id, kind, value];
}

export function runRow(run: Run): readonly CsvValue[] {
  const { id, source, status, startedAt, finishedAt, appVersion } = run;
  const times = [Math.round(startedAt), finishedAt === null ? null : Math.round(finishedAt)];
  return [id, source, status, ...times, appVersion, run.resources, run.relationships, run.cells, run.incompleteCells];
}

export function coverageRow(cell: CoverageCell): readonly CsvValue[] {
  const { run, scope, region, kind, status, pages, rows, error, permission } = cell;
  return [`${scope}|${region}|${kind}`, run, scope, region, kind, status, pages, rows, error, permission];
}

export function blueprintVersionRow(version: GraphOverlay['blueprintVersions'][number]): readonly CsvValue[] {
  const { name, version: number, digest, boundary, status } = version;
  return [`${name}@${number}`, name, number, digest, boundary, status];
}

export function environmentRow(environment: GraphOverlay['environments'][number]): readonly CsvValue[] {
  const { name, blueprint, version, cloud, scopeId, region, status, driftState, lastDeployment } = environment;
  return [name, name, blueprint, version, cloud, scopeId, region, status, driftState, lastDeployment];
}

export function deploymentRow(deployment: GraphOverlay['deployments'][number]): readonly CsvValue[] {
  const { id, environment, kind, state, proposedBy, approvedBy, startedAt, finishedAt } = deployment;
  return [id, environment, kind, state, proposedBy, approvedBy, startedAt, finishedAt];
}
