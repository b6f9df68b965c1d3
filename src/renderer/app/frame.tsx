import { Outlet, useLocation } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { ImportLayer } from '../features/imports/index.ts';
import { EmptyState, FrameSlotsProvider, InspectorOutlet, SplitPane } from '../ui/index.ts';
import { CommandPalette } from './command-palette.tsx';
import { ConnectionBanner } from './connection-banner.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import classes from './frame.module.css';
import { Rail } from './rail.tsx';
import { StatusBar } from './status-bar.tsx';
import { TopBar } from './top-bar.tsx';
import { useEngineInfo } from './use-engine-info.ts';
import { LinkButton } from './link-button.tsx';

const withoutWorkspace = ['/', '/start', '/settings'];

/** What stands around every screen: rail, top bar, inspector, status bar. */
export function Frame(): ReactElement {
  const { pathname } = useLocation();
  const info = useEngineInfo();
  const closed = info.data?.workspace === null && !withoutWorkspace.includes(pathname);
  return (
    <FrameSlotsProvider>
      <a className={classes.skip} href="#content" onClick={focusContent}>
        Skip to the content
      </a>
      <div className={classes.frame}>
        <Rail waiting={info.data?.workspace?.waitingApprovals ?? 0} />
        <div className={classes.column}>
          <TopBar info={info.data} />
          <ConnectionBanner />
          <div className={classes.content}>
            <SplitPane
              id="inspector"
              at="right"
              initial={360}
              min={260}
              max={720}
              label="Width of the inspector"
              hideEmpty
              side={<InspectorOutlet className={classes.inspector} />}
            >
              <main id="content" className={classes.main} tabIndex={-1}>
                <ErrorBoundary title="This screen could not be shown" resetKey={pathname}>
                  {closed ? <NoWorkspace /> : <Outlet />}
                </ErrorBoundary>
              </main>
            </SplitPane>
          </div>
          <StatusBar info={info.data} />
        </div>
      </div>
      {info.data?.workspace != null && <ImportLayer />}
      <CommandPalette hasWorkspace={info.data?.workspace != null} />
    </FrameSlotsProvider>
  );
}

/** The address after `#` is the router's, so the link moves the focus itself. */
function focusContent(event: { preventDefault: () => void }): void {
  event.preventDefault();
  document.getElementById('content')?.focus();
}

function NoWorkspace(): ReactElement {
  return (
    <EmptyState
      title="No workspace is open"
      action={
        <LinkButton to="/start" variant="filled">
          Open or make a workspace
        </LinkButton>
      }
    >
      A workspace is a folder with your blueprints, environments and what was mapped.
    </EmptyState>
  );
}
