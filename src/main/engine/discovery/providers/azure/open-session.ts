import type { TokenCredential } from '@azure/identity';
import type { AzureEndpoint } from './endpoint.ts';
import { AzureSession, type CallLimits } from './session.ts';

/** Opens a session on an endpoint. The client library is loaded here, because most starts never map Azure. */
export async function openSession(
  credential: TokenCredential,
  options: { readonly endpoint: AzureEndpoint; readonly limits: CallLimits; readonly now: () => number },
): Promise<AzureSession> {
  const { ResourceGraphClient } = await import('@azure/arm-resourcegraph');
  const { url, audience, insecure } = options.endpoint;
  const client = new ResourceGraphClient(credential, {
    endpoint: url,
    credentials: { scopes: [audience] },
    // The session repeats calls itself, because it knows the quota.
    retryOptions: { maxRetries: 0 },
  });
  if (insecure) {
    // The client's own policy sends no token over plain HTTP; to this machine itself it may go.
    client.pipeline.removePolicy({ name: 'bearerTokenAuthenticationPolicy' });
    client.pipeline.addPolicy({
      name: 'loopbackTokenPolicy',
      async sendRequest(request, next) {
        const token = await credential.getToken(audience, {});
        if (token !== null) request.headers.set('Authorization', `Bearer ${token.token}`);
        return next(request);
      },
    });
  }
  return new AzureSession({ client, limits: options.limits, now: options.now, insecure });
}
