import { arn, type AwsPlace } from './place.ts';

const registryAddress = /^(\d{12})\.dkr\.ecr(?:-fips)?\.([a-z0-9-]+)\.[a-z0-9.-]+\/([^:@]+)/u;

/** The repository that an image is kept in, from the image's address; undefined outside of AWS's own registry. */
export function repositoryOf(place: AwsPlace, image: string | undefined): string | undefined {
  const [, owner, region, name] = registryAddress.exec(image ?? '') ?? [];
  if (owner === undefined || region === undefined || name === undefined) return undefined;
  return arn({ ...place, region }, { service: 'ecr', resource: `repository/${name}`, owner });
}
