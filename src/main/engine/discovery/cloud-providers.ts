import type { Clock, DiscoverySteps, Logger } from '#engine/ports/index.ts';
import type { CloudProviders } from './cloud-provider.ts';
import { createAwsProvider } from './providers/aws/index.ts';
import { createAzureProvider } from './providers/azure/index.ts';
import { createGcpProvider } from './providers/gcp/index.ts';

/** What providers need of the machine they run on. */
export interface ProviderDeps {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly homeFolder: string;
  readonly logger: Logger;
  readonly clock: Clock;
}

/** Every cloud that can be mapped, on what this machine has. */
export function createProviders({ environment, homeFolder, logger, clock }: ProviderDeps): CloudProviders {
  const now = (): number => clock.now();
  const host = { environment, homeFolder, logger, now };
  return { aws: createAwsProvider(host), azure: createAzureProvider(host), gcp: createGcpProvider(host) };
}

/** What mapping calls and needs, as data: the same in every workspace, and without one. */
export function createDiscoverySteps(deps: ProviderDeps): DiscoverySteps {
  return {
    steps: () => {
      const all = Object.values(createProviders(deps));
      return { steps: all.flatMap(({ steps }) => [...steps]), policies: all.map((provider) => provider.policy()) };
    },
  };
}
