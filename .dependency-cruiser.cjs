// Who may import whom. All rules are errors; there is no exemption list.
const engine = '^src/main/engine';
const layers = [
  ['ports'],
  ['files'],
  ['workspace'],
  ['graph'],
  ['discovery', 'artifacts', 'catalog'],
  ['patterns', 'planner'],
  ['decompose', 'extraction', 'drift'],
  ['orchestrator'],
  ['rpc', 'mcp', 'system'],
];

/** For each folder of the engine: the folders above it and, where the layer forbids it, beside it. */
function layerRules() {
  return layers.flatMap((folders, level) =>
    folders.map((folder) => {
      const beside = folders.filter((other) => other !== folder);
      const above = layers.slice(level + 1).flat();
      const forbidden = [...beside, ...above];
      return {
        name: `engine-layer-${folder}`,
        comment: `engine/${folder} may only import layers below it; put shared code into a lower layer or behind a port.`,
        severity: 'error',
        from: { path: `${engine}/${folder}/`, pathNot: '\\.test\\.ts$' },
        to: { path: `${engine}/(${[...forbidden, 'index'].join('|')})(/|\\.ts$)` },
      };
    }),
  );
}

/** A package that only one folder may import. */
function only(name, packages, folder) {
  return {
    name,
    comment: `Import ${packages} only in ${folder}; use what that folder offers.`,
    severity: 'error',
    from: { path: '^src/', pathNot: folder },
    to: { path: `node_modules/(${packages})/` },
  };
}

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-unreachable',
      comment: 'Delete the module or use it.',
      severity: 'error',
      from: { path: '^src/', orphan: true, pathNot: '\\.(d|test)\\.ts$' },
      to: {},
    },
    { name: 'no-unresolved', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'shared-imports-nothing-of-ours',
      severity: 'error',
      from: { path: '^src/shared/' },
      to: { path: '^src/(main|preload|renderer)/|^test/|^tools/' },
    },
    {
      name: 'shared-outside-world',
      comment: 'shared is isomorphic: zod, the contract builder and semver only, which need no platform.',
      severity: 'error',
      from: { path: '^src/shared/', pathNot: '\\.test\\.ts$' },
      to: { dependencyTypes: ['npm', 'npm-dev', 'core'], pathNot: 'node_modules/(zod|@orpc/contract|semver)/' },
    },
    {
      name: 'renderer-never-imports-engine',
      comment: 'Types come from src/shared.',
      severity: 'error',
      from: { path: '^src/(renderer|preload)/' },
      to: { path: '^src/main/' },
    },
    {
      name: 'main-starts-the-engine',
      comment: 'Only the engine program and the command line compose the engine; main starts it as a process.',
      severity: 'error',
      from: {
        path: '^src/main/',
        pathNot: `${engine}/|^src/main/(engine-program|graph-program|compose|engine-adapters|loopback|cli)|\\.test\\.ts$`,
      },
      to: { path: `${engine}/` },
    },
    {
      name: 'engine-is-plain-node',
      severity: 'error',
      from: { path: `${engine}/` },
      to: {
        path: 'node_modules/electron/|^src/main/(index|serve|cli|engine-host|secrets|window)|^src/(renderer|preload)/',
      },
    },
    {
      name: 'providers-are-islands',
      severity: 'error',
      from: { path: `${engine}/discovery/providers/([^/]+)/` },
      to: { path: `${engine}/discovery/providers/([^/]+)/`, pathNot: `${engine}/discovery/providers/$1/` },
    },
    {
      name: 'pure-folders',
      comment: 'planner and patterns are pure: no IO, no clock, no SDK.',
      severity: 'error',
      from: { path: `${engine}/(planner|patterns)/`, pathNot: '\\.test\\.ts$' },
      to: { dependencyTypes: ['core'], pathNot: '^(node:)?crypto$' },
    },
    {
      name: 'no-test-in-production',
      severity: 'error',
      from: { path: '^src/', pathNot: '\\.test\\.tsx?$' },
      to: { path: '^test/|^tools/|\\.test\\.tsx?$' },
    },
    only('aws-sdk', '@aws-sdk|@smithy', `${engine}/discovery/providers/aws/`),
    only('azure-sdk', '@azure', `${engine}/discovery/providers/azure/`),
    only('archives', 'yauzl', `${engine}/discovery/offline/input/`),
    only('tables', 'csv-parse', `${engine}/discovery/offline/input/`),
    only('google-sdk', '@google-cloud|google-gax|google-auth-library', `${engine}/discovery/providers/gcp/`),
    only('database', 'kuzu', `${engine}/graph/kuzu/`),
    only('react-flow', '@xyflow', '^src/renderer/canvas/'),
    only('webgl-graph', 'sigma|graphology-layout[^/]*', '^src/renderer/explorer/'),
    only(
      'graph-structure',
      'graphology(-communities-louvain)?',
      `^src/renderer/explorer/|${engine}/decompose/grouping/`,
    ),
    only('components', '@mantine', '^src/renderer/ui/'),
    only('electron', 'electron', '^src/(main/(index[.]ts|window/|secrets/|engine-host/)|preload/)'),
    ...layerRules(),
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.cjs', '.json', '.css'],
    },
  },
};
