import { CloudTrailClient, DescribeTrailsCommand, type Trail } from '@aws-sdk/client-cloudtrail';
import { listed } from '../calls/aws-caller.ts';
import { type AwsContext, clientOf, type ItemPage } from '../context.ts';

/** Trails of their home region; the shadows of those that cover every region are left out. The listing has one page. */
export async function* listTrails(context: AwsContext): AsyncGenerator<ItemPage<Trail>> {
  const cloudTrail = clientOf(context, CloudTrailClient);
  const answer = await context.caller.list('cloudtrail:DescribeTrails', (options) =>
    cloudTrail.send(new DescribeTrailsCommand({ includeShadowTrails: false }), options),
  );
  yield { items: listed(answer.trailList, 'trailList') };
}
