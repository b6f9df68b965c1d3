import type { StepDeclaration } from '#shared/model/index.ts';
import { AwsCallError, InvalidAnswerError } from './calls/aws-error.ts';
import type { AwsContext } from './context.ts';
import { everyPeering, everyTransitGateway } from './ec2-connectivity/client.ts';
import { everyPrefixList, everySubnet, everyVpc } from './ec2-network/client.ts';
import { foreignGateways, foreignLists, foreignNetworks } from './ec2-network/foreign-places.ts';
import { everyAlias } from './kms/client.ts';
import { arn, type AwsPlace, type ForeignPlace } from './place.ts';

type Foreign = ReadonlyMap<string, ForeignPlace>;

/**
 * The place of a step together with what it sees there that is another account's, so that the networks, gateways and
 * prefix lists its facts name by id alone get their true owner, and with what the aliases of keys stand for. The
 * listings are those of the steps for subnets, networks, transit gateways, peerings, prefix lists and keys; they are
 * read once for all.
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
    ...(relationships.includes('ALLOWS') ? [listsOf(context)] : []),
  ];
  const [keys, ...known] = await Promise.all([
    relationships.includes('ENCRYPTED_BY') ? keysOf(context) : noKeys,
    ...wanted,
  ]);
  const foreign = new Map(known.flatMap((places) => [...places]));
  return { ...place, ...(foreign.size === 0 ? {} : { foreign }), ...(keys.size === 0 ? {} : { keys }) };
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

function listsOf(context: AwsContext): Promise<Foreign> {
  const { place, session } = context;
  return session.once(`foreign prefix lists ${place.region}`, async () =>
    foreignLists(place, await orNothing(() => everyPrefixList(context))),
  );
}

const noKeys: ReadonlyMap<string, string> = new Map();

function keysOf(context: AwsContext): Promise<ReadonlyMap<string, string>> {
  const { place, session } = context;
  return session.once(`keys by alias ${place.region}`, async () => {
    const aliases = await orNothing(() => everyAlias(context));
    return new Map(
      aliases.flatMap(({ AliasName: name, TargetKeyId: key }) =>
        name && key ? [[name, arn(place, { service: 'kms', resource: `key/${key}` })] as const] : [],
      ),
    );
  });
}

/** Where such a listing fails, its own cell tells it; the ids then stay with the account that named them. */
async function orNothing<Item>(list: () => Promise<readonly Item[]>): Promise<readonly Item[]> {
  try {
    return await list();
  } catch (error) {
    if (error instanceof AwsCallError || error instanceof InvalidAnswerError) return [];
    throw error;
  }
}
