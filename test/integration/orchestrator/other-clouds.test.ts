import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '#shared/base/json.ts';
import type { Target } from '#shared/model/index.ts';
import type { CloudAccessSource, TerraformTool } from '#engine/ports/index.ts';
import {
  createBench,
  layered,
  person,
  realTool,
  single,
  temporaryFolder,
  type Bench,
} from '#test/support/orchestrator/index.ts';
import { createTargetAccess } from '../../../src/main/engine/compose/target-access.ts';

const gcp: Target = { cloud: 'gcp', account: 'shop-prod', region: 'europe-west1' };
const azure: Target = { cloud: 'azure', account: '0b1f6471-1bf0-4dda-aec3-cb9272f09590', region: 'westeurope' };
const simple = single('resource "terraform_data" "one" {\n  input = 1\n}\n');

function accessWith(environment: Readonly<Record<string, string>>): CloudAccessSource {
  const aws: CloudAccessSource = { accessFor: () => Promise.reject(new Error('AWS was asked.')) };
  return createTargetAccess({ aws, environment });
}

/** The real tool, whose plans of some steps tell a provider block besides: the providers themselves are not at hand. */
function toolTelling(providers: JsonObject, tells: (directory: string) => boolean): TerraformTool {
  const tool = realTool();
  return {
    ...tool,
    async plan(workdir, options) {
      const plan = await tool.plan(workdir, options);
      if (!tells(workdir.path) || typeof plan.json !== 'object' || plan.json === null || Array.isArray(plan.json)) {
        return plan;
      }
      const told = plan.json['configuration'];
      const configuration = typeof told === 'object' && told !== null && !Array.isArray(told) ? told : {};
      return { ...plan, json: { ...plan.json, configuration: { ...configuration, provider_config: providers } } };
    },
  };
}

function googleBlock(project: string): JsonObject {
  const fullName = 'registry.opentofu.org/hashicorp/google';
  return { google: { name: 'google', full_name: fullName, expressions: { project: { constant_value: project } } } };
}

async function accountCheck(bench: Bench, id: string) {
  const review = await bench.orchestrator.deployments.review({ id }, person);
  return { review, check: review.checks.find((check) => check.id === 'account') };
}

describe('a deployment to another cloud', () => {
  it('runs with what the tool needs there and nothing of AWS, and says that nobody asked the cloud', async () => {
    await using folder = await temporaryFolder();
    const seen = path.join(folder.path, 'seen');
    const names = ['GOOGLE_PROJECT', 'GOOGLE_REGION', 'GOOGLE_ZONE', 'AWS_REGION', 'AWS_SECRET_ACCESS_KEY'];
    const says = names.map((name) => `${name}=$${name}`).join(' ');
    const source = `resource "terraform_data" "one" {
  provisioner "local-exec" {
    command = "echo ${says} token=$GOOGLE_OAUTH_ACCESS_TOKEN | tee '${seen}'"
  }
}
`;
    const token = 'ya29.not-for-the-log-of-anybody';
    await using bench = await createBench({
      root: path.join(folder.path, 'bench'),
      target: gcp,
      blueprints: [single(source)],
      deps: {
        cloudAccess: accessWith({
          GOOGLE_OAUTH_ACCESS_TOKEN: token,
          GOOGLE_PROJECT: 'another',
          GOOGLE_ZONE: 'us-east1-b',
          AWS_SECRET_ACCESS_KEY: 'of aws',
        }),
      },
    });
    const { id } = await bench.propose('single');
    await bench.until(id, ['AWAITING_APPROVAL']);
    const { check, review } = await accountCheck(bench, id);
    expect(check).toMatchObject({
      title: 'The credentials act in the target project',
      status: 'unknown',
      detail: expect.stringMatching(/^Google Cloud was not asked .* shop-prod, and no provider block or state/),
    });
    expect(review.approvable).toBe(true);
    await bench.approve(id);
    const done = await bench.until(id, ['SUCCEEDED']);
    expect(done.target).toEqual(gcp);
    expect((await readFile(seen, 'utf8')).trim()).toBe(
      `GOOGLE_PROJECT=shop-prod GOOGLE_REGION=europe-west1 GOOGLE_ZONE= AWS_REGION= AWS_SECRET_ACCESS_KEY= token=${token}`,
    );
    const log = JSON.stringify(
      await bench.orchestrator.deployments.logs({ id, node: null, after: 0, limit: 1000 }, person),
    );
    expect(log).toContain('GOOGLE_PROJECT=shop-prod');
    expect(log).not.toContain(token);
  });

  it('is bound to its target: neither another subscription nor another cloud takes the environment over', async () => {
    await using folder = await temporaryFolder();
    const deps = { cloudAccess: accessWith({}) };
    await using bench = await createBench({ root: folder.path, target: azure, blueprints: [simple], deps });
    await bench.deploy('single');
    const propose = (target: Target) =>
      bench.orchestrator.deployments.propose(
        { blueprint: 'single', environment: 'test', target, inputs: {}, reason: '', kind: 'deploy' },
        person,
      );
    for (const target of [gcp, { ...azure, account: azure.account.replace('0', '1') }]) {
      await expect(propose(target)).rejects.toMatchObject({ code: 'conflict' });
    }
  });

  it('is refused when the plan is for another project, and told when it is for none that can be read', async () => {
    await using folder = await temporaryFolder();
    const bench = (name: string, providers: JsonObject) =>
      createBench({
        root: path.join(folder.path, name),
        target: gcp,
        blueprints: [simple],
        deps: { cloudAccess: accessWith({}), terraformTool: toolTelling(providers, () => true) },
      });
    await using other = await bench('other', googleBlock('shop-staging'));
    const { id } = await other.propose('single');
    const blocked = await other.until(id, ['POLICY_BLOCKED']);
    expect(blocked.problems[0]).toMatchObject({
      code: 'account',
      message: 'The target is project shop-prod. only: The provider block google is for project shop-staging.',
    });
    await expect(other.approve(id)).rejects.toMatchObject({ code: 'conflict' });
    await using same = await bench('same', googleBlock('shop-prod'));
    const fine = await same.propose('single');
    await same.until(fine.id, ['AWAITING_APPROVAL']);
    await using computed = await bench('computed', {
      google: { name: 'google', expressions: { project: { references: ['local.project'] } } },
    });
    const told = await computed.propose('single');
    await computed.until(told.id, ['AWAITING_APPROVAL']);
    expect((await accountCheck(computed, told.id)).check).toMatchObject({
      status: 'unknown',
      detail: expect.stringContaining('The provider block google computes its project.'),
    });
  });

  it('stops before a step that was approved by its envelope and turns out to be for another project', async () => {
    await using folder = await temporaryFolder();
    let approved = false;
    const terraformTool = toolTelling(
      googleBlock('shop-staging'),
      (directory) => approved && path.basename(directory) === 'database',
    );
    await using bench = await createBench({
      root: folder.path,
      target: gcp,
      blueprints: [layered()],
      deps: { cloudAccess: accessWith({}), terraformTool },
    });
    const { id } = await bench.propose('layered', { inputs: { name: 'shop', password: 'correct horse' } });
    await bench.until(id, ['AWAITING_APPROVAL']);
    approved = true;
    await bench.approve(id);
    const stopped = await bench.until(id, ['NEEDS_REAPPROVAL', 'PARTIAL']);
    expect(stopped.nodes.find((node) => node.id === 'database')).toMatchObject({
      state: 'NEEDS_REAPPROVAL',
      problem: {
        code: 'outside-approval',
        message: 'The provider block google is for project shop-staging.',
      },
    });
  });
});
