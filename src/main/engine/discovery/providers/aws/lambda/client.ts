import {
  type FunctionConfiguration,
  GetFunctionCommand,
  GetPolicyCommand,
  LambdaClient,
  ListEventSourceMappingsCommand,
  ListFunctionsCommand,
  ListLayersCommand,
  ListTagsCommand,
} from '@aws-sdk/client-lambda';
import { listed } from '../calls/aws-caller.ts';
import { DetailReader } from '../calls/detail-reader.ts';
import { itemPages, pagesOf } from '../calls/pages.ts';
import { type AwsContext, clientOf, type ItemPage } from '../context.ts';

export interface DetailedFunction {
  readonly configuration: FunctionConfiguration;
  readonly policy: string | null;
  /** The address of its container image; null for functions made of code. */
  readonly image: string | null;
  readonly tags: Readonly<Record<string, string>>;
}

export async function* listFunctions(context: AwsContext): AsyncGenerator<ItemPage<DetailedFunction>> {
  const lambda = clientOf(context, LambdaClient);
  const details = new DetailReader(context);
  const pages = pagesOf(context.caller, {
    permission: 'lambda:ListFunctions',
    send: (Marker, options) => lambda.send(new ListFunctionsCommand({ MaxItems: 50, Marker }), options),
    next: ({ NextMarker }) => NextMarker,
  });
  for await (const { Functions } of pages) {
    yield* details.inParts(listed(Functions, 'Functions'), async (configuration) => {
      const { FunctionName, FunctionArn } = configuration;
      const policy = await details.read({
        permission: 'lambda:GetPolicy',
        absent: ['ResourceNotFoundException'],
        send: (options) => lambda.send(new GetPolicyCommand({ FunctionName }), options),
      });
      const tags = await details.read({
        permission: 'lambda:ListTags',
        gone: ['ResourceNotFoundException'],
        send: (options) => lambda.send(new ListTagsCommand({ Resource: FunctionArn }), options),
      });
      return {
        configuration,
        policy: policy?.Policy ?? null,
        image: configuration.PackageType === 'Image' ? await imageOf(lambda, details, FunctionName) : null,
        tags: tags?.Tags ?? {},
      };
    });
  }
}

/** Of what this call tells only the image's address is kept: with it comes a link to the code. */
async function imageOf(
  lambda: LambdaClient,
  details: DetailReader,
  FunctionName: string | undefined,
): Promise<string | null> {
  const answer = await details.read({
    permission: 'lambda:GetFunction',
    gone: ['ResourceNotFoundException'],
    send: (options) => lambda.send(new GetFunctionCommand({ FunctionName }), options),
  });
  return answer?.Code?.ImageUri ?? null;
}

/** What wakes functions: queues, streams, tables, brokers. */
export function listEventSources(context: AwsContext) {
  const lambda = clientOf(context, LambdaClient);
  return itemPages(context, {
    permission: 'lambda:ListEventSourceMappings',
    send: (Marker, options) => lambda.send(new ListEventSourceMappingsCommand({ MaxItems: 100, Marker }), options),
    next: ({ NextMarker }) => NextMarker,
    items: ({ EventSourceMappings }) => listed(EventSourceMappings, 'EventSourceMappings'),
  });
}

/** Layers with their newest version. */
export function listLayers(context: AwsContext) {
  const lambda = clientOf(context, LambdaClient);
  return itemPages(context, {
    permission: 'lambda:ListLayers',
    send: (Marker, options) => lambda.send(new ListLayersCommand({ MaxItems: 50, Marker }), options),
    next: ({ NextMarker }) => NextMarker,
    items: ({ Layers }) => listed(Layers, 'Layers'),
  });
}
