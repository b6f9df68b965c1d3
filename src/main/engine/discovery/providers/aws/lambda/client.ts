import {
  type FunctionConfiguration,
  GetPolicyCommand,
  LambdaClient,
  ListFunctionsCommand,
  ListTagsCommand,
} from '@aws-sdk/client-lambda';
import { listed } from '../calls/aws-caller.ts';
import { type AwsContext, clientOf, type ItemPage } from '../context.ts';
import { DetailReader } from '../calls/detail-reader.ts';
import { pagesOf } from '../calls/pages.ts';

export interface DetailedFunction {
  readonly configuration: FunctionConfiguration;
  readonly policy: string | null;
  readonly tags: Readonly<Record<string, string>>;
}

export async function* listFunctions(context: AwsContext): AsyncGenerator<ItemPage<DetailedFunction>> {
  const lambda = clientOf(context, LambdaClient);
  const details = new DetailReader(context);
  const pages = pagesOf(context.caller, {
    permission: 'lambda:ListFunctions',
    send: (Marker, options) => lambda.send(new ListFunctionsCommand({ MaxItems: 50, Marker }), options),
    next: (output) => output.NextMarker,
  });
  for await (const { Functions } of pages) {
    yield await details.each(listed(Functions, 'Functions'), async (configuration) => {
      const policy = await details.read({
        permission: 'lambda:GetPolicy',
        absent: ['ResourceNotFoundException'],
        send: (options) => lambda.send(new GetPolicyCommand({ FunctionName: configuration.FunctionName }), options),
      });
      const tags = await details.read({
        permission: 'lambda:ListTags',
        gone: ['ResourceNotFoundException'],
        send: (options) => lambda.send(new ListTagsCommand({ Resource: configuration.FunctionArn }), options),
      });
      return { configuration, policy: policy?.Policy ?? null, tags: tags?.Tags ?? {} };
    });
  }
}
