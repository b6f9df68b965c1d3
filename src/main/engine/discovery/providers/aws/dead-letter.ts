import { z } from 'zod';

const redrivePolicy = z.object({ deadLetterTargetArn: z.string() });

/** Where what cannot be delivered goes, from the redrive policy of a queue or a subscription. */
export function deadLetterQueue(policy: string | undefined): string | undefined {
  if (policy === undefined || policy === '') return undefined;
  try {
    return redrivePolicy.safeParse(JSON.parse(policy)).data?.deadLetterTargetArn;
  } catch {
    // A policy that is no JSON names no queue; it stays readable in the body.
    return undefined;
  }
}
