import { createArtifactStore } from '#engine/artifacts/index.ts';
import {
  createBlueprintsService,
  createCatalogService,
  createLibrary,
  createReleaseSource,
  type EnvironmentStatus,
} from '#engine/catalog/index.ts';
import type { BlueprintsService, CatalogService, ReleaseSource } from '#engine/ports/index.ts';
import { makeWorkspace, type TestWorkspace } from '#test/support/workspace/make-workspace.ts';

export const networkCode = `variable "cidr" {
  type = string
  validation {
    condition     = can(cidrhost(var.cidr, 0))
    error_message = "A range."
  }
}
variable "name" {
  type    = string
  default = "main"
}
resource "aws_vpc" "main" { cidr_block = var.cidr }
resource "aws_subnet" "private" {
  count  = 2
  vpc_id = aws_vpc.main.id
}
output "vpc_id" { value = aws_vpc.main.id }
output "subnet_ids" { value = aws_subnet.private[*].id }
`;

export const databaseCode = `variable "subnet_ids" { type = list(string) }
variable "password" {
  type      = string
  sensitive = true
}
resource "aws_db_instance" "main" {}
output "url" {
  value     = "postgres://\${var.password}@\${aws_db_instance.main.address}"
  sensitive = true
}
`;

export const regionalBlueprint = `# yaml-language-server: $schema=../../.groundplan/schemas/blueprint.schema.json
# Everything of one region
blueprint: regional
version: 1.0.0
summary: A region
boundary: platform
inputs:
  region:   { type: string, from: target }
  cidr:     { type: string, format: cidr, agent: ask } # a free /16
  password: { type: string, sensitive: true }
nodes:
  # networks before databases
  network:
    use: network@^0.1.0
    set: { cidr: "\${inputs.cidr}", name: "main-\${inputs.region}" }
  database:
    use: database@0.1.0
    set:
      subnet_ids: "\${network.subnet_ids}" # private ones only
      password: "\${inputs.password}"
outputs:
  url: { value: "\${database.url}" }
`;

/** A workspace with two artifacts, one blueprint and the services over them. */
export interface Company extends TestWorkspace {
  readonly blueprints: BlueprintsService;
  readonly catalog: CatalogService;
  readonly releases: ReleaseSource;
}

/** Makes the company's workspace; `statuses` is what deployments would say of its environments. */
export async function makeCompany(statuses: Record<string, EnvironmentStatus> = {}): Promise<Company> {
  const test = await makeWorkspace();
  await test.write('artifacts/network/main.tf', networkCode);
  await test.write('artifacts/database/main.tf', databaseCode);
  await test.write('blueprints/regional/blueprint.yaml', regionalBlueprint);
  const library = createLibrary(test.workspace, createArtifactStore(test.workspace));
  const clock = { now: () => Date.UTC(2026, 0, 15, 12) };
  return {
    ...test,
    blueprints: createBlueprintsService({ library, events: test.events }),
    catalog: createCatalogService({
      library,
      events: test.events,
      clock,
      environmentStatus: (name) => Promise.resolve(statuses[name] ?? null),
    }),
    releases: createReleaseSource(test.workspace),
  };
}
