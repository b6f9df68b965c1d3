import type { StepDeclaration } from '#shared/model/index.ts';
import { AwsCallError } from './calls/aws-error.ts';
import type { AwsContext } from './context.ts';
import { everyPeering, everyTransitGateway } from './ec2-connectivity/client.ts';
import { everySubnet, everyVpc } from './ec2-network/client.ts';
import { foreignGateways, foreignNetworks } from './ec2-network/foreign-places.ts';
import type { AwsPlace, ForeignPlace } from './place.ts';

type Foreign = ReadonlyMap<string, ForeignPlace>;

/**
 * The place of a step together with what it sees there that is another account's, so that the networks and gateways
 * its facts name by id alone get their true owner. The listings are those of the steps for subnets, networks,
 * transit gateways and peerings; they are read once for all.
 */
export async function placeWithForeign(
  context: AwsContext,
  { relationships }: Pick<StepDeclaration, 'relationships'>,
): Promise<AwsPlace> {
  const { place } = context;
  if (place.region === 'global') return place;
  const wanted = [
    ...(relationships.includes('IN_NETWORK') ? [networksOf(context)] : []),
    ...(relationships.some((type) => type === 'ROUTES_TO' || type === 'PEERED_WITH') ? [gatewaysOf(context)] : []),
  ];
  const known = await Promise.all(wanted);
  const foreign = new Map(known.flatMap((places) => [...places]));
  return foreign.size === 0 ? place : { ...place, foreign };
}

function networksOf(context: AwsContext): Promise<Foreign> {
  const { place, session } = context;
  return session.once(`foreign networks ${place.region}`, async () => {
    const [subnets, vpcs] = [await orNothing(() => everySubnet(context)), await orNothing(() => everyVpc(context))];
    return foreignNetworks(place, { subnets, vpcs });
  });
}

function gatewaysOf(context: AwsContext): Promise<Foreign> {
  const { place, session } = context;
  return session.once(`foreign gateways ${place.region}`, async () => {
    const [gateways, peerings] = [
      await orNothing(() => everyTransitGateway(context)),
      await orNothing(() => everyPeering(context)),
    ];
    return foreignGateways(place, { gateways, peerings });
  });
}

/** Where such a listing fails, its own cell tells it; the ids then stay with the account that named them. */
async function orNothing<Item>(list: () => Promise<readonly Item[]>): Promise<readonly Item[]> {
  try {
    return await list();
  } catch (error) {
    if (error instanceof AwsCallError) return [];
    throw error;
  }
}
