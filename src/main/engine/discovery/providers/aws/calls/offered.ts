import { homeRegion, partitionOfDomain, partitionOfRegion } from '../partitions.ts';
import { codeOf, hostOf, NotOfferedError } from './aws-error.ts';
import type { AwsTransport } from './transport.ts';

/**
 * Not every service is in every region, and where one is not its host has no address. That the host of EC2, which is
 * everywhere, has one tells it from a network that resolves nothing. Answers the error that says so, or the same one.
 * `region` is `global` for services that are asked where their partition begins.
 */
export async function unlessNotOffered(
  error: unknown,
  { endpoint, resolves }: Pick<AwsTransport, 'endpoint' | 'resolves'>,
  region: string,
): Promise<unknown> {
  if (endpoint !== null || codeOf(error) !== 'ENOTFOUND') return error;
  const asked = region === 'global' ? homeRegion(partitionOfDomain(hostOf(error)).name) : region;
  const isUp = await resolves(`ec2.${asked}.${partitionOfRegion(asked).domain}`);
  return isUp ? new NotOfferedError('The service has no address in this region.', { cause: error }) : error;
}
