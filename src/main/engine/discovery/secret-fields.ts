/** Stands where a secret was, so that one sees that there is a value. */
export const removed = '(removed)';

/** Names, in lower case and without separators, of fields whose values are secrets in the answers of any cloud. */
const secretNames = new Set([
  'accesskey',
  'adminpassword',
  'administratorloginpassword',
  'authorization',
  'authstring',
  'authtoken',
  'clientkey',
  'clientsecret',
  // The configuration of the device at the other end of a VPN holds the keys of its tunnels.
  'customergatewayconfiguration',
  'headervalue',
  'keystring',
  'masteruserpassword',
  'oauth2clientsecret',
  'password',
  'presharedkey',
  'privatekey',
  'privatekeydata',
  'privatekeyplaintext',
  'rootpassword',
  'secretaccesskey',
  'secretstring',
  'sessiontoken',
  'sharedsecret',
  'userdata',
]);

/** True for the name of a field that holds a secret, however it is spelt: `clientSecret`, `client_secret`. */
export function isSecretName(name: string): boolean {
  return secretNames.has(name.replaceAll(/[-_]/g, '').toLowerCase());
}
