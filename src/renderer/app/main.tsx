import './without-eval.ts';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createClient, createQueryClient, EngineProvider } from '../rpc/index.ts';
import { UiProvider } from '../ui/index.ts';
import { ErrorBoundary } from './error-boundary.tsx';
import { createAppRouter } from './router.tsx';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no element with the id "root".');

const engine = createClient();
const queryClient = createQueryClient();
const router = createAppRouter();

createRoot(root).render(
  <StrictMode>
    <UiProvider>
      <ErrorBoundary title="Groundplan could not be shown">
        <EngineProvider engine={engine} queryClient={queryClient}>
          <RouterProvider router={router} />
        </EngineProvider>
      </ErrorBoundary>
    </UiProvider>
  </StrictMode>,
);
