import { describe, expect, it } from 'vitest';
import {
  connectionOfForm,
  emptyConnectionForm,
  emptyFormOf,
  formOfConnection,
  problemsOfForm,
  requestOfForm,
} from './connection-form.ts';

describe('the connection form', () => {
  it('keeps only what differs from the defaults', () => {
    expect(connectionOfForm({ ...emptyConnectionForm, profiles: ['dev'] })).toEqual({
      name: 'aws',
      cloud: 'aws',
      profiles: ['dev'],
    });
  });

  it('comes back from a kept connection unchanged', () => {
    const form = {
      ...emptyConnectionForm,
      name: 'company',
      organization: true,
      role: 'reader',
      externalId: 'acme:7',
      regions: ['eu-west-1'],
      kinds: ['aws.ec2.vpc'],
      endpoint: 'http://127.0.0.1:5000',
    };
    expect(formOfConnection(connectionOfForm(form))).toEqual(form);
  });

  it('asks discovery for exactly what was filled in', () => {
    expect(requestOfForm({ ...emptyConnectionForm, accounts: ['123456789012'], role: ' reader ' })).toEqual({
      clouds: [{ cloud: 'aws', accounts: ['123456789012'], role: 'reader' }],
    });
  });

  it('keeps the role for the accounts of a unit', () => {
    const form = { ...emptyConnectionForm, scopes: ['ou-shop-1'], role: 'reader', externalId: ' acme:7 ' };
    expect(connectionOfForm(form)).toMatchObject({ scopes: ['ou-shop-1'], role: 'reader', externalId: 'acme:7' });
    expect(problemsOfForm({ ...form, role: '' })).toHaveProperty('role');
    expect(problemsOfForm({ ...form, externalId: 'a b' })).toHaveProperty('externalId');
    expect(problemsOfForm({ ...form, regions: ['eusc-de-east-1'] })).toEqual({});
  });

  it('asks for a moment in the past of Google alone', () => {
    const google = { ...emptyFormOf('gcp'), scopes: ['projects/shop'], kinds: ['gcp.storage.bucket'] };
    const places = { cloud: 'gcp', scopes: ['projects/shop'], kinds: ['gcp.storage.bucket'] };
    expect(requestOfForm(google, 5)).toEqual({ clouds: [{ ...places, at: 5 }] });
    expect(requestOfForm(google)).toEqual({ clouds: [places] });
    expect(requestOfForm(emptyConnectionForm, 5)).toEqual({ clouds: [{ cloud: 'aws' }] });
  });

  it('names each wrong field and what it should look like', () => {
    expect(
      problemsOfForm({
        ...emptyConnectionForm,
        name: ' ',
        accounts: ['12'],
        regions: ['Ireland'],
        role: '',
        endpoint: 'ftp://x',
      }),
    ).toEqual({
      name: 'Give the connection a name.',
      accounts: '“12” is not an AWS account: twelve digits.',
      regions: '“Ireland” is not an AWS region such as eu-west-1.',
      role: 'Name the role to assume in the accounts.',
      endpoint: 'Use an address such as http://127.0.0.1:5000.',
    });
  });

  it('keeps what each cloud knows, and nothing of the others', () => {
    const filled = { profiles: ['dev'], accessTokenEnv: 'TOKEN', transport: 'rest', role: 'reader' } as const;
    expect(connectionOfForm({ ...emptyFormOf('azure'), ...filled, scopes: ['landing'] })).toEqual({
      name: 'azure',
      cloud: 'azure',
      scopes: ['landing'],
      accessTokenEnv: 'TOKEN',
    });
    expect(connectionOfForm({ ...emptyFormOf('gcp'), ...filled, scopes: ['folders/1'] })).toEqual({
      name: 'gcp',
      cloud: 'gcp',
      scopes: ['folders/1'],
      accessTokenEnv: 'TOKEN',
      transport: 'rest',
    });
    const azure = { ...emptyFormOf('azure'), regions: ['westeurope'], accessTokenEnv: 'TOKEN' };
    expect(formOfConnection(connectionOfForm(azure))).toEqual(azure);
  });

  it('knows the regions and scopes of each cloud, and takes no token for the name of a variable', () => {
    expect(
      problemsOfForm({ ...emptyFormOf('azure'), regions: ['West Europe!'], accessTokenEnv: 'eyJ0.eyJ1.x' }),
    ).toEqual({
      regions: '“West Europe!” is not an Azure region such as westeurope.',
      accessTokenEnv: 'Give the name of an environment variable, not the token.',
    });
    expect(problemsOfForm({ ...emptyFormOf('gcp'), scopes: ['shop'], regions: ['Europe'] })).toEqual({
      regions: '“Europe” is not a Google Cloud region such as europe-west1.',
      scopes: '“shop” is not organizations/N, folders/N or projects/ID.',
    });
    expect(problemsOfForm({ ...emptyConnectionForm, scopes: ['everything'] })).toEqual({
      scopes: '“everything” is not an account or organisational unit.',
    });
  });
});
