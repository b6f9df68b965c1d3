import { CreateStackCommand } from '@aws-sdk/client-cloudformation';
import { CreateTrailCommand } from '@aws-sdk/client-cloudtrail';
import { CreateSecretCommand } from '@aws-sdk/client-secrets-manager';
import type { CompanyClients } from './company-clients.ts';
import { type Tags, tagList } from './company-tags.ts';

/** Who did what in a region, kept in a bucket. */
export async function createTrail(
  { cloudTrail }: CompanyClients,
  plan: { readonly name: string; readonly bucketName: string; readonly tags: Tags },
): Promise<void> {
  await cloudTrail.send(
    new CreateTrailCommand({ Name: plan.name, S3BucketName: plan.bucketName, TagsList: tagList(plan.tags) }),
  );
}

/** A secret; its value must never leave it. */
export async function createSecret(
  { secrets }: CompanyClients,
  plan: { readonly name: string; readonly keyArn?: string; readonly tags: Tags },
): Promise<void> {
  await secrets.send(
    new CreateSecretCommand({
      Name: plan.name,
      SecretString: 'not-for-anybody',
      ...(plan.keyArn === undefined ? {} : { KmsKeyId: plan.keyArn }),
      Tags: tagList(plan.tags),
    }),
  );
}

/** The stack that every account got on its first day: where findings are sent. */
export async function createBaselineStack({ cloudFormation, region }: CompanyClients, tags: Tags): Promise<void> {
  const name = `baseline-${region}`;
  await cloudFormation.send(
    new CreateStackCommand({
      StackName: name,
      TemplateBody: JSON.stringify({
        AWSTemplateFormatVersion: '2010-09-09',
        Resources: {
          Findings: { Type: 'AWS::SQS::Queue', Properties: { QueueName: `${name}-findings` } },
          Notices: { Type: 'AWS::SNS::Topic', Properties: { TopicName: `${name}-notices` } },
        },
      }),
      Tags: tagList(tags),
    }),
  );
}
