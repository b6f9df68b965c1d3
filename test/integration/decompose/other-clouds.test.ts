import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { splitDecisionsSchema, splitOptionsSchema, type SplitOptions } from '#shared/model/index.ts';
import { parseYaml } from '#engine/files/index.ts';
import { temporaryFolder, writeFiles } from '#test/support/orchestrator/tool-workbench.ts';
import { splitCall, splitRequest, splitService } from '#test/support/split/index.ts';

const call = splitCall;
const split = splitService();
const options = splitOptionsSchema.parse({});

describe('the environment of a root in another cloud', () => {
  const subscription = '0b1f6471-1bf0-4dda-aec3-cb9272f09590';
  const azure = {
    'main.tf': `terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
  }
}
provider "azurerm" {
  features {}
  subscription_id = var.subscription
}
variable "subscription" { type = string }
variable "tier" { default = "Basic" }
resource "azurerm_resource_group" "main" {
  name     = "main"
  location = "West Europe"
}
resource "azurerm_service_plan" "main" {
  name                = "main"
  location            = azurerm_resource_group.main.location
  resource_group_name = azurerm_resource_group.main.name
  os_type             = "Linux"
  sku_name            = var.tier
}
`,
  };
  const google = `provider "google" {
  project = "shop-prod"
  region  = "europe-west1"
}
variable "cidr" { default = "10.0.0.0/16" }
resource "google_compute_network" "main" { name = "main" }
resource "google_compute_subnetwork" "main" {
  name          = "main"
  ip_cidr_range = var.cidr
  network       = google_compute_network.main.id
}
`;

  async function filesIn(root: string, files: Readonly<Record<string, string>>): Promise<void> {
    await mkdir(root);
    await writeFiles(root, files);
  }

  async function written(folder: string, name: string, more: { stateFile?: string; options?: SplitOptions } = {}) {
    const out = path.join(folder, `out-${name}`);
    const root = path.join(folder, name);
    const request = { root, decisions: splitDecisionsSchema.parse({}), options, ...more, out };
    const emission = await split.emit(request, call);
    const file = path.join(out, 'environments', `${emission.environment ?? 'none'}.yaml`);
    return { emission, text: await readFile(file, 'utf8').catch(() => null) };
  }

  it('is written with the present inputs, where its code tells subscription and location, or project and region', async () => {
    await using folder = await temporaryFolder();
    await filesIn(path.join(folder.path, 'shop-azure'), {
      ...azure,
      'terraform.tfvars': `subscription = "${subscription}"\ntier = "B1"\n`,
    });
    const { emission, text } = await written(folder.path, 'shop-azure');
    expect(emission.environment).toBe('shop-azure');
    expect(parseYaml(text ?? '', 'environment').value).toEqual({
      environment: 'shop-azure',
      blueprint: 'shop-azure@0.1.0',
      target: { cloud: 'azure', account: subscription, region: 'westeurope' },
      inputs: { subscription, tier: 'B1' },
      state: { backend: 'local', ready: false },
    });
    await filesIn(path.join(folder.path, 'shop-google'), {
      'main.tf': google,
      'prod.auto.tfvars': 'cidr = "10.1.0.0/16"\n',
    });
    const found = await written(folder.path, 'shop-google');
    expect(parseYaml(found.text ?? '', 'environment').value).toMatchObject({
      target: { cloud: 'gcp', account: 'shop-prod', region: 'europe-west1' },
      inputs: { cidr: '10.1.0.0/16' },
    });
    const without = await written(folder.path, 'shop-google', { options: { ...options, makeEnvironment: false } });
    expect(without.emission).toMatchObject({ environment: null, problems: [] });
    // The one that was written before is not wanted either.
    expect(await readdir(path.join(folder.path, 'out-shop-google', 'environments'))).toEqual([]);
    expect(
      (await split.propose(splitRequest({ root: path.join(folder.path, 'shop-google') }), call)).foundTarget,
    ).toEqual({
      cloud: 'gcp',
      account: 'shop-prod',
      region: 'europe-west1',
    });
  });

  it('is not made up: what nothing tells is asked for, and taken from a state or as it is given', async () => {
    await using folder = await temporaryFolder();
    await filesIn(path.join(folder.path, 'shop'), azure);
    const { emission } = await written(folder.path, 'shop');
    expect(emission.environment).toBeNull();
    expect(emission.problems.find(({ code }) => code === 'no-target')).toMatchObject({
      message:
        'No environment was made: nothing tells which subscription the root runs in; location westeurope was found.',
      advice: expect.stringContaining('azure/'),
    });
    const stateFile = path.join(folder.path, 'given.tfstate');
    const attributes = { id: `/subscriptions/${subscription}/resourceGroups/main`, location: 'westeurope' };
    const resource = { mode: 'managed', type: 'azurerm_resource_group', name: 'main', provider: 'p' };
    const state = {
      version: 4,
      serial: 1,
      lineage: 'x',
      outputs: {},
      resources: [{ ...resource, instances: [{ attributes }] }],
    };
    await writeFile(stateFile, JSON.stringify(state));
    const told = await written(folder.path, 'shop', { stateFile });
    // A provider block that takes it from a value nobody gave does not hide what the state says.
    expect(told.text).toContain(subscription);
    const target = { cloud: 'azure', account: subscription, region: 'northeurope' } as const;
    const given = await written(folder.path, 'shop', { options: { ...options, target } });
    expect(given.text).toContain('northeurope');
  });
});
