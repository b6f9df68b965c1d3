import { fixedCredentials } from '#engine/discovery/providers/aws/access/credential-cache.ts';
import { AwsSession } from '#engine/discovery/providers/aws/calls/account-session.ts';
import { openTransport } from '#engine/discovery/providers/aws/calls/transport.ts';
import { awsSteps } from '#engine/discovery/providers/aws/steps.ts';
import type { RelationshipFact, ResourceFact } from '#shared/model/index.ts';
import { assumeRole } from '../../../support/company/company-clients.ts';
import { companyRole } from '../../../support/company/index.ts';

export interface ReadFacts {
  readonly resources: readonly ResourceFact[];
  readonly relationships: readonly RelationshipFact[];
}

/** What discovery reads of one account in some regions, with its own steps; fails when a step cannot read all. */
export async function readFacts(
  endpoint: string,
  place: { readonly accountId: string; readonly regions: readonly string[] },
): Promise<ReadFacts> {
  const credentials = await assumeRole(endpoint, `arn:aws:iam::${place.accountId}:role/${companyRole}`);
  const transport = openTransport(endpoint);
  const session = new AwsSession(fixedCredentials(credentials), transport);
  const signal = AbortSignal.timeout(120_000);
  const resources: ResourceFact[] = [];
  const relationships: RelationshipFact[] = [];
  try {
    for (const region of [...place.regions, 'global']) {
      for (const step of awsSteps) {
        if (step.declaration.global !== (region === 'global')) continue;
        const context = {
          place: {
            partition: 'aws',
            accountId: place.accountId,
            scopeId: `aws:account:${place.accountId}`,
            region,
            accountLabel: place.accountId,
          },
          session,
          caller: session.caller(region, signal),
          classify: (thrown: unknown) => ({
            status: 'failed' as const,
            message: String(thrown),
            permission: null,
            unreachable: false,
          }),
        };
        for await (const page of step.list(context)) {
          if (page.gap !== undefined) throw new Error(page.gap.message);
          resources.push(...page.resources);
          relationships.push(...page.relationships);
        }
      }
    }
  } finally {
    transport.close();
  }
  return { resources, relationships };
}
