import { describe, expect, it } from 'vitest';
import type { JsonObject } from '#shared/base/json.ts';
import { scanHcl } from '../../artifacts/terraform/hcl-scan.ts';
import { buildRootGraph } from '../graph/root-graph.ts';
import type { StateFile } from '../state/state-file.ts';
import { readDeclarations } from './declarations.ts';
import { findTarget } from './found-target.ts';

const subscription = '0b1f6471-1bf0-4dda-aec3-cb9272f09590';

function found(text: string, { values = {}, state = null }: { values?: JsonObject; state?: StateFile | null } = {}) {
  const graph = buildRootGraph(readDeclarations([{ path: 'main.tf', text, ...scanHcl(text) }]).declarations);
  return findTarget({ graph, values, state });
}

function stateOf(type: string, instances: readonly JsonObject[]): StateFile {
  return {
    version: 4,
    serial: 1,
    lineage: 'x',
    outputs: {},
    resources: [
      { mode: 'managed', type, name: 'x', provider: 'p', instances: instances.map((attributes) => ({ attributes })) },
    ],
  };
}

const azure = `
provider "azurerm" {
  features {}
  subscription_id = var.subscription
}
provider "azurerm" {
  alias           = "hub"
  features {}
  subscription_id = "99999999-1bf0-4dda-aec3-cb9272f09590"
}
variable "subscription" {}
locals { place = "West Europe" }
resource "azurerm_resource_group" "main" {
  name     = "main"
  location = local.place
}
`;

describe('where a root runs', () => {
  it('is read from provider blocks, variables and their values, and resource groups', () => {
    expect(found(azure, { values: { subscription: subscription.toUpperCase() } })).toEqual({
      cloud: 'azure',
      account: subscription,
      region: 'westeurope',
    });
    const google = `
provider "google" {
  project = "\${var.project}"
  region  = "europe-west1"
}
provider "google-beta" { project = var.project }
variable "project" { default = "shop-prod" }
resource "google_compute_network" "main" { name = "main" }
`;
    expect(found(google)).toEqual({ cloud: 'gcp', account: 'shop-prod', region: 'europe-west1' });
    expect(found(google, { values: { project: 'shop-test' } }).account).toBe('shop-test');
  });

  it('is not made up where a part is missing, computed, secret, told twice or no id', () => {
    expect(found(azure)).toEqual({ cloud: 'azure', account: null, region: 'westeurope' });
    const google = (blocks: string) => found(`${blocks}\nresource "google_compute_network" "main" {}\n`);
    const nothing = { cloud: 'gcp', account: null, region: null };
    expect(google('')).toEqual(nothing);
    expect(google('provider "google" { project = "${var.a}-prod" }\nvariable "a" { default = "shop" }')).toEqual(
      nothing,
    );
    expect(google('provider "google" { project = data.google_project.a.name }')).toEqual(nothing);
    expect(google('provider "google" { project = "123456" }')).toEqual(nothing);
    expect(google('provider "google" { project = "shop-a" }\nprovider "google-beta" { project = "shop-b" }')).toEqual(
      nothing,
    );
    expect(
      google('provider "google" { project = var.a }\nvariable "a" {\n  default   = "shop-a"\n  sensitive = true\n}'),
    ).toEqual(nothing);
    expect(google('provider "google" { project = local.a }\nlocals {\n  a = local.b\n  b = local.a\n}')).toEqual(
      nothing,
    );
  });

  it('is read from the state where the code does not tell, if all of it agrees', () => {
    const id = `/subscriptions/${subscription}/resourceGroups/main`;
    const text = 'resource "azurerm_subnet" "a" {}\n';
    const one = { id, location: 'westeurope' };
    expect(found(text, { state: stateOf('azurerm_subnet', [one, { id: `${id}/b` }]) })).toEqual({
      cloud: 'azure',
      account: subscription,
      region: 'westeurope',
    });
    expect(
      found(text, { state: stateOf('azurerm_subnet', [one, { ...one, location: 'northeurope' }]) }).region,
    ).toBeNull();
    const google = { project: 'shop-prod', region: 'europe-west1' };
    const network = 'resource "google_compute_network" "main" {}\n';
    expect(found(network, { state: stateOf('google_compute_network', [google]) })).toEqual({
      cloud: 'gcp',
      account: 'shop-prod',
      region: 'europe-west1',
    });
    const two = stateOf('google_compute_network', [google, { project: 'shop-dns' }]);
    expect(found(network, { state: two }).account).toBeNull();
  });

  it('has no cloud where it uses several, or none', () => {
    const none = { cloud: null, account: null, region: null };
    expect(found('resource "aws_vpc" "a" {}\nresource "google_compute_network" "b" {}\n')).toEqual(none);
    expect(found('resource "terraform_data" "a" {}\n')).toEqual(none);
    expect(found('resource "aws_vpc" "a" {}\n')).toEqual({ ...none, cloud: 'aws' });
  });
});
