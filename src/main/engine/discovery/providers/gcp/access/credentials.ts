import type { GoogleAuth } from 'google-gax';
import { AppError } from '#shared/errors/index.ts';
import { credentialFile, type GcpHost, isThere, keyFileVariable } from './sources.ts';

/** Who asks: something that makes the headers of calls, and its name for messages. */
export interface GcpIdentity {
  readonly auth: GoogleAuth;
  readonly label: string;
}

/** Source: https://cloud.google.com/asset-inventory/docs/reference/rest/v1/assets/list#authorization-scopes */
const scopes = ['https://www.googleapis.com/auth/cloud-platform'];

/**
 * The token in the named variable, else the application default credentials: a key file, what
 * `gcloud auth application-default login` left, or the machine's own account on Google's hosts.
 * Throws `credentials-missing` saying where was looked.
 */
export async function findIdentity(tokenVariable: string | undefined, host: GcpHost): Promise<GcpIdentity> {
  // Loaded here: it costs half a second that nobody without Google Cloud should pay.
  const { googleAuthLibrary: library } = await import('google-gax');
  if (tokenVariable !== undefined) {
    const token = (host.environment[tokenVariable] ?? '').trim().replace(/^Bearer\s+/iu, '');
    if (token === '' || /\s/u.test(token)) {
      throw new AppError('credentials-missing', `The environment variable ${tokenVariable} holds no token.`, {
        advice: `Set it, for example: ${tokenVariable}=$(gcloud auth print-access-token).`,
        details: { variable: tokenVariable },
      });
    }
    const client = new library.OAuth2Client();
    client.setCredentials({ access_token: token });
    const quotaProject = host.environment['GOOGLE_CLOUD_QUOTA_PROJECT'];
    if (quotaProject) client.quotaProjectId = quotaProject;
    return { auth: new library.GoogleAuth({ authClient: client }), label: `the token in ${tokenVariable}` };
  }
  const { path, kind } = credentialFile(host);
  if (await isThere(path)) {
    return { auth: new library.GoogleAuth({ keyFilename: path, scopes }), label: path };
  }
  if (kind === 'environment') {
    throw new AppError('credentials-missing', `${keyFileVariable} names ${path}, which is not there.`, {
      advice: 'Correct the variable, or take it away and use `gcloud auth application-default login`.',
      details: { path },
    });
  }
  if (library.gcpMetadata.getGCPResidency()) {
    return { auth: new library.GoogleAuth({ scopes }), label: 'the account of this machine' };
  }
  throw new AppError('credentials-missing', 'No Google Cloud credentials were found.', {
    advice: `Run \`gcloud auth application-default login\`, set ${keyFileVariable} to a key file, or name a variable with a token (--access-token-env).`,
    details: { looked: [keyFileVariable, path] },
  });
}
