import {
  AuthorizeSecurityGroupIngressCommand,
  CreateTagsCommand,
  DeleteSubnetCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVpcsCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import { GetQueueUrlCommand, SetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';

/** A person at the cloud's own console. */
export function openConsole(endpoint: string) {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const client = new EC2Client({ endpoint, region: 'us-east-1', credentials });
  const queues = new SQSClient({ endpoint, region: 'us-east-1', credentials });
  const groups = async () => (await client.send(new DescribeSecurityGroupsCommand({}))).SecurityGroups ?? [];
  const subnets = async () => (await client.send(new DescribeSubnetsCommand({}))).Subnets ?? [];
  const vpcs = async () => (await client.send(new DescribeVpcsCommand({}))).Vpcs ?? [];
  return {
    async openPort(group: string, port: number): Promise<void> {
      const found = (await groups()).find((one) => one.GroupName === group);
      await client.send(
        new AuthorizeSecurityGroupIngressCommand({
          GroupId: found?.GroupId,
          IpPermissions: [{ IpProtocol: 'tcp', FromPort: port, ToPort: port, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
        }),
      );
    },
    async deleteSubnet(block: string): Promise<void> {
      const found = (await subnets()).find((one) => one.CidrBlock === block);
      await client.send(new DeleteSubnetCommand({ SubnetId: found?.SubnetId }));
    },
    async tagNetwork(block: string, tags: Readonly<Record<string, string>>): Promise<void> {
      const found = (await vpcs()).find((one) => one.CidrBlock === block);
      const listed = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
      await client.send(new CreateTagsCommand({ Resources: [found?.VpcId ?? ''], Tags: listed }));
    },
    async setVisibility(queue: string, seconds: number): Promise<void> {
      const { QueueUrl } = await queues.send(new GetQueueUrlCommand({ QueueName: queue }));
      const Attributes = { VisibilityTimeout: String(seconds) };
      await queues.send(new SetQueueAttributesCommand({ QueueUrl, Attributes }));
    },
    /** Everything these tests look at, as it is now. */
    async snapshot(): Promise<string> {
      return JSON.stringify([await groups(), await subnets(), await vpcs()]);
    },
    [Symbol.dispose]() {
      client.destroy();
      queues.destroy();
    },
  };
}
