import { artifactsContract } from './artifacts.ts';
import { blueprintsContract } from './blueprints.ts';
import { catalogContract } from './catalog.ts';
import { coverageContract } from './coverage.ts';
import { deploymentsContract } from './deployments.ts';
import { discoveryContract } from './discovery.ts';
import { driftContract } from './drift.ts';
import { estateContract } from './estate.ts';
import { archivesContract } from './archives.ts';
import { importsContract } from './imports.ts';
import { patternsContract } from './patterns.ts';
import { runsContract } from './runs.ts';
import { selectionsContract } from './selections.ts';
import { schedulesContract } from './schedules.ts';
import { splitContract } from './split.ts';
import { queriesContract } from './queries.ts';
import { questionsContract } from './questions.ts';
import { systemContract } from './system.ts';

/** Raised with every change that an older screen could not live with. */
export const contractVersion = 1;

/** THE contract between engine and screens, command line and agents: one file per namespace. */
export const contract = {
  system: systemContract,
  estate: estateContract,
  questions: questionsContract,
  queries: queriesContract,
  selections: selectionsContract,
  discovery: discoveryContract,
  coverage: coverageContract,
  runs: runsContract,
  archives: archivesContract,
  schedules: schedulesContract,
  imports: importsContract,
  artifacts: artifactsContract,
  blueprints: blueprintsContract,
  catalog: catalogContract,
  patterns: patternsContract,
  split: splitContract,
  deployments: deploymentsContract,
  drift: driftContract,
};

export type Contract = typeof contract;
export type { ProcedureMeta } from './procedure.ts';
