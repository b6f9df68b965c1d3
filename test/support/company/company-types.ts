/** Where a test server listens and who acts on it. */
export interface SeedOptions {
  /** For example `http://127.0.0.1:5000`. The server must be empty: moto's own state after a start or a reset. */
  readonly endpoint: string;
  /** Stops between two accounts. */
  readonly signal?: AbortSignal;
  /** `pattern` makes the accounts and the four instances of the regional pattern only, in a third of the time. */
  readonly parts?: 'everything' | 'pattern';
}

export interface CompanyAccount {
  readonly id: string;
  readonly name: string;
}

export type CompanyRegion = 'us-east-1' | 'eu-west-1';

/** One running instance of the regional pattern, with the ids tests and demos need to find or change it. */
export interface CompanyStack {
  /** Name that every resource of it starts with, and its tag `Stack`: for example `storefront-us-east-1`. */
  readonly name: string;
  readonly accountId: string;
  readonly environment: 'production' | 'staging';
  readonly region: CompanyRegion;
  readonly vpcId: string;
  readonly vpcCidr: string;
  readonly publicSubnetIds: readonly string[];
  readonly privateSubnetIds: readonly string[];
  readonly securityGroupIds: { readonly balancer: string; readonly application: string; readonly data: string };
  readonly databaseId: string;
  readonly bucketName: string;
  readonly loadBalancerArn: string;
  readonly queueUrl: string;
}

/** What was made, so that nobody has to guess an id. */
export interface CompanySummary {
  readonly endpoint: string;
  readonly organizationId: string;
  /** The account whose static credentials (`test`/`test`) own the organisation; it runs nothing itself. */
  readonly managementAccountId: string;
  readonly accounts: {
    readonly sharedServices: CompanyAccount;
    readonly production: CompanyAccount;
    readonly staging: CompanyAccount;
  };
  readonly role: string;
  readonly regions: readonly CompanyRegion[];
  readonly stacks: readonly CompanyStack[];
}

export const companyRegions: readonly CompanyRegion[] = ['us-east-1', 'eu-west-1'];
export const companyRole = 'OrganizationAccountAccessRole';
