import {
  DescribeDomainsCommand,
  type DomainStatus,
  ListDomainNamesCommand,
  ListTagsCommand,
  OpenSearchClient,
} from '@aws-sdk/client-opensearch';
import { listed } from '../calls/aws-caller.ts';
import { DetailReader } from '../calls/detail-reader.ts';
import { type AwsContext, clientOf, type ItemPage } from '../context.ts';
import { tagsOf } from '../facts.ts';

export interface TaggedDomain {
  readonly domain: DomainStatus;
  readonly tags: Readonly<Record<string, string>>;
}

/** The most domains that one call describes. */
const domainBatch = 5;

export async function* listDomains(context: AwsContext): AsyncGenerator<ItemPage<TaggedDomain>> {
  const client = clientOf(context, OpenSearchClient);
  const details = new DetailReader(context);
  const { DomainNames } = await context.caller.list('es:ListDomainNames', (options) =>
    client.send(new ListDomainNamesCommand({}), options),
  );
  const names = listed(DomainNames, 'DomainNames').flatMap(({ DomainName }) => DomainName ?? []);
  for (let start = 0; start < names.length; start += domainBatch) {
    const batch = names.slice(start, start + domainBatch);
    const { DomainStatusList } = await context.caller.call('es:DescribeDomains', (options) =>
      client.send(new DescribeDomainsCommand({ DomainNames: batch }), options),
    );
    // A domain that was deleted meanwhile is left out by the service itself.
    yield* details.inParts(listed(DomainStatusList, 'DomainStatusList'), async (domain) => {
      const answer = await details.read({
        permission: 'es:ListTags',
        gone: ['ResourceNotFoundException'],
        send: (options) => client.send(new ListTagsCommand({ ARN: domain.ARN }), options),
      });
      return { domain, tags: tagsOf(answer?.TagList) };
    });
  }
}
