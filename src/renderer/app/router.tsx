import { createHashHistory, createRootRoute, createRoute, createRouter, useParams } from '@tanstack/react-router';
import { Suspense, type ReactElement } from 'react';
import { EmptyState, LoadingState } from '../ui/index.ts';
import { Frame } from './frame.tsx';
import { Landing } from './landing.tsx';
import {
  ArtifactsScreen,
  BlueprintsScreen,
  CatalogScreen,
  DeploymentsScreen,
  DriftScreen,
  EstateScreen,
  PatternsScreen,
  ReviewScreen,
  SettingsScreen,
  SplitScreen,
  StartScreen,
} from './lazy-screens.ts';

/** Search parameters as they stand in the address; each screen reads its own part. */
type Search = Record<string, unknown>;

const rootRoute = createRootRoute({
  component: Frame,
  validateSearch: (search: Search): Search => search,
  notFoundComponent: () => <EmptyState title="There is no such screen">Choose one on the left.</EmptyState>,
});

/** A route whose screen gets the address's one parameter, or null. */
function screenRoute<const Path extends string>(path: Path, screen: (parameter: string | null) => ReactElement) {
  const name = /\$(\w+)$/.exec(path)?.[1];
  function ScreenOfRoute(): ReactElement {
    const parameters: Readonly<Record<string, string | undefined>> = useParams({ strict: false });
    const parameter = name === undefined ? null : (parameters[name] ?? null);
    return <Suspense fallback={<LoadingState what="Opening the screen" />}>{screen(parameter)}</Suspense>;
  }
  return createRoute({ getParentRoute: () => rootRoute, path, component: ScreenOfRoute });
}

const artifacts = (name: string | null) => <ArtifactsScreen name={name} />;
const blueprints = (name: string | null) => <BlueprintsScreen name={name} />;
const catalog = (name: string | null) => <CatalogScreen name={name} />;
const review = (id: string | null) => <ReviewScreen id={id} />;
const deployments = (id: string | null) => <DeploymentsScreen id={id} />;
const drift = (environment: string | null) => <DriftScreen environment={environment} />;

const routeTree = rootRoute.addChildren([
  screenRoute('/', () => <Landing />),
  screenRoute('/start', () => <StartScreen />),
  screenRoute('/estate', () => <EstateScreen />),
  screenRoute('/patterns', () => <PatternsScreen />),
  screenRoute('/artifacts', artifacts),
  screenRoute('/artifacts/$name', artifacts),
  screenRoute('/split', () => <SplitScreen />),
  screenRoute('/blueprints', blueprints),
  screenRoute('/blueprints/$name', blueprints),
  screenRoute('/catalog', catalog),
  screenRoute('/catalog/$name', catalog),
  screenRoute('/review', review),
  screenRoute('/review/$id', review),
  screenRoute('/deployments', deployments),
  screenRoute('/deployments/$id', deployments),
  screenRoute('/drift', drift),
  screenRoute('/drift/$environment', drift),
  screenRoute('/settings', () => <SettingsScreen />),
]);

/**
 * The router over the part of the address after `#`: the one form that survives a reload and can be copied both on
 * http and under Electron's own protocol, where no server answers for paths.
 */
export function createAppRouter() {
  return createRouter({ routeTree, history: createHashHistory(), defaultPreload: false });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
