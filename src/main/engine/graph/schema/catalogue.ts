/**
 * Ids of what a cloud offers to everybody: a size, a place, an offer, an operation. They stand in bodies beside ids of
 * resources, but nobody owns them, nothing can become of them and half of the estate names the same few. So they make
 * no stub; where an inventory lists one, as Google's does with licences, it is a resource like any other.
 *
 * What a cloud owns and others run, may do or are built from stays a stub: a public image, a managed policy, a built-in
 * role, a foundation model. Who uses one is a question people have.
 */
interface Entry {
  readonly what: string;
  readonly form: RegExp;
}

/** `//compute.googleapis.com/projects/P/zones/Z/COLLECTION/NAME`, or in a region, or global. */
function ofCompute(collections: string): RegExp {
  return new RegExp(
    String.raw`^//compute\.googleapis\.com/projects/[^/]+/(?:(?:zones|regions)/[^/]+|global)/(?:${collections})/[^/]+$`,
  );
}

const entries: readonly Entry[] = [
  // Read-only collections of Compute Engine, the same in every project: each method only gets or lists what is on offer.
  // Source: https://docs.cloud.google.com/compute/docs/reference/rest/v1/machineTypes and its neighbours
  {
    what: 'a size of machines, disks, accelerators or hosts',
    form: ofCompute('(?:machine|disk|accelerator|node|storagePool)Types'),
  },
  {
    what: 'a place where lines of customers end',
    form: ofCompute('interconnect(?:Remote)?Locations'),
  },
  { what: 'a set of features that a network may have', form: ofCompute('networkProfiles') },
  // Read-only too: a licence says what a machine is billed for. Source: …/rest/v1/licenses, …/licenseCodes
  { what: 'a licence that images carry', form: ofCompute('license(?:s|Codes)') },
  // A name for whichever image is the newest. Source: https://cloud.google.com/compute/docs/images/image-families-best-practices
  {
    what: 'a family of images',
    form: /^\/\/compute\.googleapis\.com\/projects\/[^/]+\/global\/images\/family\/[^/]+$/,
  },
  // Source: https://docs.cloud.google.com/compute/docs/regions-zones
  {
    what: 'a region, zone or location',
    form: /^\/\/[a-z0-9-]+\.googleapis\.com\/projects\/[^/]+\/(?:regions|zones|locations)\/[^/]+$/,
  },
  // What a workflow, schedule or alarm does, written in the form of an ARN: `states:::lambda:invoke`.
  // Source: https://docs.aws.amazon.com/step-functions/latest/dg/integrate-services.html
  { what: 'a call of Step Functions or EventBridge Scheduler', form: /^arn:[^:]+:(?:states|scheduler):[^:]*::/ },
  // Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
  {
    what: 'an action of an alarm',
    form: /^arn:[^:]+:(?:automate:[^:]*:[^:]*:|swf:[^:]*:[^:]*:action\/|ssm:[^:]*:[^:]*:(?:opsitem|incident):)/,
  },
  // Source: https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-public-parameters.html
  { what: 'a parameter that AWS keeps for everybody', form: /^arn:[^:]+:ssm:[^:]*::parameter\/aws\// },
  // Source: https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/AWSHowTo.iam.policies.arn.html
  { what: 'a platform of Elastic Beanstalk', form: /^arn:[^:]+:elasticbeanstalk:[^:]*::(?:platform|solutionstack)\// },
  // Azure's marketplace and places: `…/providers/Microsoft.Compute/locations/westeurope/publishers/…`.
  // Source: https://learn.microsoft.com/rest/api/compute/virtual-machine-images
  { what: 'an offer at a location', form: /^\/subscriptions\/[^/]+\/providers\/[^/]+\/locations(?:\/|$)/ },
];

/** True for an id of what a cloud offers to everybody. */
export function isOnOffer(id: string): boolean {
  return entries.some(({ form }) => form.test(id));
}
