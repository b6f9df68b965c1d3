import { describe, expect, it } from 'vitest';
import {
  connectionOfForm,
  emptyConnectionForm,
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
      regions: ['eu-west-1'],
      endpoint: 'http://127.0.0.1:5000',
    };
    expect(formOfConnection(connectionOfForm(form))).toEqual(form);
  });

  it('asks discovery for exactly what was filled in', () => {
    expect(requestOfForm({ ...emptyConnectionForm, accounts: ['123456789012'], role: ' reader ' })).toEqual({
      clouds: [{ cloud: 'aws', accounts: ['123456789012'], role: 'reader' }],
    });
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
});
