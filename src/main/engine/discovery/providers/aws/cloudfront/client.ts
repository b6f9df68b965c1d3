import {
  CloudFrontClient,
  type DistributionConfig,
  type DistributionSummary,
  GetDistributionConfigCommand,
  ListDistributionsCommand,
  ListTagsForResourceCommand,
} from '@aws-sdk/client-cloudfront';
import { InvalidAnswerError } from '../calls/aws-error.ts';
import { DetailReader } from '../calls/detail-reader.ts';
import { pagesOf } from '../calls/pages.ts';
import { type AwsContext, clientOf, type ItemPage } from '../context.ts';
import { tagsOf } from '../facts.ts';

export interface DetailedDistribution {
  readonly summary: DistributionSummary;
  /** Its settings as a whole; null when they could not be read, then the summary has most of them. */
  readonly config: DistributionConfig | null;
  readonly tags: Readonly<Record<string, string>>;
}

export async function* listDistributions(context: AwsContext): AsyncGenerator<ItemPage<DetailedDistribution>> {
  const cloudFront = clientOf(context, CloudFrontClient);
  const details = new DetailReader(context);
  const gone = ['NoSuchDistribution', 'NoSuchResource'];
  const pages = pagesOf(context.caller, {
    permission: 'cloudfront:ListDistributions',
    send: (Marker, options) => cloudFront.send(new ListDistributionsCommand({ MaxItems: 100, Marker }), options),
    next: ({ DistributionList: list }) => (list?.IsTruncated === true ? list.NextMarker : undefined),
  });
  for await (const { DistributionList: list } of pages) {
    if (list?.Quantity === undefined) throw new InvalidAnswerError('The answer has no DistributionList.');
    yield* details.inParts(list.Items ?? [], async (summary) => {
      const answer = await details.read({
        permission: 'cloudfront:GetDistributionConfig',
        gone,
        send: (options) => cloudFront.send(new GetDistributionConfigCommand({ Id: summary.Id }), options),
      });
      const tags = await details.read({
        permission: 'cloudfront:ListTagsForResource',
        gone,
        send: (options) => cloudFront.send(new ListTagsForResourceCommand({ Resource: summary.ARN }), options),
      });
      return { summary, config: answer?.DistributionConfig ?? null, tags: tagsOf(tags?.Tags?.Items) };
    });
  }
}
