import { mkdtemp, rm } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import path from 'node:path';
import react from '@vitejs/plugin-react';
import { build } from 'vite';
import { createRouter } from '#engine/rpc/index.ts';
import { createEventBus, type EventBus } from '#engine/system/index.ts';
import type { DiscoverySteps, SplitService, SystemService, WorkspaceServices } from '#engine/ports/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { startLoopbackServer } from '../../../src/main/loopback/server.ts';
import { createSessions } from '../../../src/main/loopback/sessions.ts';

const root = path.resolve(import.meta.dirname, '..', '..', '..');

/** The methods a scene plays; the rest of the engine is not there. */
export type Scene = { readonly [Name in keyof WorkspaceServices]?: Partial<WorkspaceServices[Name]> } & {
  readonly split?: Partial<SplitService>;
  readonly steps?: Partial<DiscoverySteps>;
  readonly system?: Partial<SystemService>;
};

export interface Screens extends AsyncDisposable {
  readonly origin: string;
  /** A link that logs one browser in. */
  link(): string;
}

/** Builds the page once into a folder of its own. `GROUNDPLAN_PAGE` names one that is built already. */
export async function buildPage(): Promise<{ readonly folder: string; readonly remove: () => Promise<void> }> {
  const given = process.env['GROUNDPLAN_PAGE'];
  if (given !== undefined) return { folder: given, remove: () => Promise.resolve() };
  const folder = await mkdtemp(path.join(tmpdir(), 'groundplan-page-'));
  await build({
    root: path.join(root, 'src', 'renderer'),
    configFile: false,
    logLevel: 'error',
    base: './',
    plugins: [react()],
    build: { outDir: folder, emptyOutDir: true, reportCompressedSize: false, chunkSizeWarningLimit: 10_000 },
  });
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

/**
 * Serves the real page over the real server, router and security headers, with a scene in place of the engine's
 * services: for tests of what a screen does with answers that a real estate gives rarely.
 */
export async function startScreens(page: string, scene: Scene, events: EventBus = createEventBus()): Promise<Screens> {
  const sessions = createSessions(randomBytes(32), Date.now);
  const server = await startLoopbackServer({
    port: 0,
    exactPort: false,
    page,
    router: createRouter({
      engine: {
        system: { ...systemOf(events), ...scene.system },
        discovery: playedService('discovery', { ...scene.steps }) as DiscoverySteps,
        split: playedService('split', { ...scene.split }) as SplitService,
      },
      workspace: () => played(scene),
      logger: { debug: ignore, info: ignore, warn: ignore, error: (id, data) => console.error(id, data) },
    }),
    sessions,
    commandLineToken: randomBytes(16).toString('hex'),
    onLinkUsed: ignore,
    mcp: null,
    personName: 'ada',
  });
  return {
    origin: server.url,
    link: () => {
      const token = randomBytes(24).toString('base64url');
      sessions.admit(token);
      return `${server.url}/login?token=${token}`;
    },
    [Symbol.asyncDispose]: () => server.close(),
  };
}

function ignore(): void {
  // Nobody is told in a scene.
}

/** What the frame around every screen asks for. */
const frame: Scene = {
  artifacts: { list: () => ({ artifacts: [], problems: [] }) },
  blueprints: { list: () => ({ drafts: [], problems: [] }) },
  catalog: {
    list: () => ({ entries: [], problems: [] }),
    environments: () => ({ environments: [], problems: [] }),
  },
  deployments: { list: () => [] },
  discovery: { runs: () => [] },
  estate: { scopes: () => [] },
};

function played(scene: Scene): WorkspaceServices {
  const names = [
    'estate',
    'discovery',
    'artifacts',
    'blueprints',
    'catalog',
    'patterns',
    'deployments',
    'drift',
  ] as const;
  const services = names.map((name) => [name, playedService(name, { ...frame[name], ...scene[name] })] as const);
  return Object.fromEntries(services) as unknown as WorkspaceServices;
}

function playedService(name: string, methods: object): object {
  return new Proxy(methods, {
    get: (target, method) =>
      Reflect.get(target, method) ??
      (() => {
        throw new AppError('internal', `${name}.${String(method)} is not part of this scene.`);
      }),
  });
}

function systemOf(events: EventBus): SystemService {
  const workspace = {
    path: '/somewhere/company',
    name: 'company',
    readOnly: null,
    connections: [],
    notices: [],
    lastMappedAt: Date.now() - 12 * 60_000,
    coverage: 0.97,
    waitingApprovals: 1,
  };
  return {
    info: () => ({ version: '0.1.0', contract: 1, shell: 'browser', secretStore: 'memory', workspace, recent: [] }),
    doctor: () => [],
    events: (_input, call) => events.listen(call.signal),
    openWorkspace: () => workspace,
    createWorkspace: () => workspace,
    browseFolders: () => ({
      path: '/somewhere',
      parent: '/',
      folders: [{ name: 'modules', path: '/somewhere/modules', isWorkspace: false }],
      files: [],
    }),
    agentAccess: () => ({ url: null, token: null, stdioCommand: [] }),
  };
}
