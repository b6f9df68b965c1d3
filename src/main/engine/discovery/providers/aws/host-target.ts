import { type AwsPlace, bucketArn, nameId } from './place.ts';

/**
 * What a host name leads to: the bucket that its name tells (`NAME.s3.REGION.amazonaws.com`, its website included), or
 * the name itself. Who has the name is found when the graph is built.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html
 */
export function hostTarget(place: AwsPlace, host: string): string {
  const bucket = bucketHost.exec(host.toLowerCase().replace(/\.$/u, ''))?.[1];
  return bucket === undefined ? nameId(host) : bucketArn(place, bucket);
}

const bucketHost =
  /^([a-z0-9][a-z0-9.-]+)\.s3(?:[.-](?:dualstack|website|external-1))*(?:[.-][a-z]{2,}(?:-[a-z]+)+-\d)?\.amazonaws\.[a-z.]+$/u;
