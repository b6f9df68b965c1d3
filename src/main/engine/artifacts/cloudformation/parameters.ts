import type { Json } from '#shared/base/json.ts';
import type { Ports, PortSchema, Problem } from '#shared/model/index.ts';
import { isRecord, sectionOf, type Template } from './template.ts';

interface ReadParameters {
  readonly ports: Ports;
  readonly problems: readonly Problem[];
}

/** Names and ids that have no pattern, in words; CloudFormation looks for each in the account and region. */
const existing: Readonly<Record<string, string>> = {
  'AWS::EC2::AvailabilityZone::Name': 'an availability zone',
  'AWS::EC2::KeyPair::KeyName': 'a key pair',
  'AWS::EC2::SecurityGroup::GroupName': 'a security group of the default network',
  'AWS::Route53::HostedZone::Id': 'a hosted zone',
};

/** How ids of AWS-specific parameter types begin ("CloudFormation-supplied parameter types" in the user guide). */
const idPrefixes: Readonly<Record<string, string>> = {
  'AWS::EC2::Image::Id': 'ami',
  'AWS::EC2::Instance::Id': 'i',
  'AWS::EC2::SecurityGroup::Id': 'sg',
  'AWS::EC2::Subnet::Id': 'subnet',
  'AWS::EC2::Volume::Id': 'vol',
  'AWS::EC2::VPC::Id': 'vpc',
};

/** What one value of a type is. */
function typeOfOne(type: string): PortSchema {
  if (type === 'Number') return { type: 'number' };
  const words = existing[type];
  if (words !== undefined) return { type: 'string', 'x-conditions': [`Names ${words} that exists.`] };
  const prefix = idPrefixes[type];
  return prefix === undefined ? { type: 'string' } : { type: 'string', pattern: `^${prefix}-[0-9a-f]+$` };
}

function isKnown(type: string): boolean {
  return type === 'String' || type === 'Number' || type in idPrefixes || type in existing;
}

/** The schema of a parameter's type; null for one that CloudFormation does not know. */
function typeOf(type: string): PortSchema | null {
  if (type === 'CommaDelimitedList') return { type: 'array', items: { type: 'string' } };
  const listed = /^List<(.+)>$/.exec(type)?.[1];
  if (listed !== undefined) return isKnown(listed) ? { type: 'array', items: typeOfOne(listed) } : null;
  const stored = /^AWS::SSM::Parameter::(?:Value<(.+)>|Name)$/.exec(type);
  // The value given is the name of a parameter in the store; what it holds is looked up by CloudFormation.
  if (stored !== null)
    return { type: 'string', pattern: '^[A-Za-z0-9_./-]+$', 'x-conditions': [storedWords(stored[1])] };
  return isKnown(type) ? typeOfOne(type) : null;
}

function storedWords(type: string | undefined): string {
  return type === undefined
    ? 'The name of a parameter in the Systems Manager store.'
    : `The name of a parameter in the Systems Manager store that holds ${type}.`;
}

/** A default or a choice as the type has it: lists are written with commas, numbers often as text. */
function valueOf(value: unknown, schema: PortSchema): Json {
  if (schema.type === 'array') {
    const parts = Array.isArray(value) ? value.map(String) : textOf(value).split(',');
    const items = schema.items ?? {};
    return parts
      .filter((part, _index, all) => part !== '' || all.length > 1)
      .map((part) => valueOf(part.trim(), items));
  }
  if (schema.type === 'number') {
    const number = Number(value);
    return Number.isNaN(number) ? textOf(value) : number;
  }
  return textOf(value);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function numberOf(value: unknown): number | undefined {
  const number = typeof value === 'string' || typeof value === 'number' ? Number(value) : Number.NaN;
  return Number.isNaN(number) ? undefined : number;
}

/** A pattern holds for the whole value; JSON Schema looks for it anywhere. */
function wholePattern(pattern: string): string | undefined {
  const whole = `^(?:${pattern})$`;
  try {
    // Java's expressions are not JavaScript's: what does not compile here is kept as a sentence instead.
    return new RegExp(whole, 'u').source;
  } catch {
    return undefined;
  }
}

/** The limits that CloudFormation checks before it starts. They hold for each item of a list. */
function limitsOf(parameter: Readonly<Record<string, unknown>>, base: PortSchema): PortSchema {
  const { AllowedPattern, AllowedValues, ConstraintDescription, MinLength, MaxLength, MinValue, MaxValue } = parameter;
  const pattern = typeof AllowedPattern === 'string' ? wholePattern(AllowedPattern) : undefined;
  const conditions = [
    ...(base['x-conditions'] ?? []),
    ...(typeof AllowedPattern === 'string' && pattern === undefined ? [`Matches ${AllowedPattern}`] : []),
    ...(typeof ConstraintDescription === 'string' ? [ConstraintDescription] : []),
  ];
  const limits: Partial<PortSchema> = Object.fromEntries(
    Object.entries({
      pattern,
      enum: Array.isArray(AllowedValues) ? AllowedValues.map((value) => valueOf(value, base)) : undefined,
      minLength: numberOf(MinLength),
      maxLength: numberOf(MaxLength),
      minimum: numberOf(MinValue),
      maximum: numberOf(MaxValue),
    }).filter(([, value]) => value !== undefined),
  );
  return { ...base, ...limits, ...(conditions.length === 0 ? {} : { 'x-conditions': conditions }) };
}

/** Reads the parameters of a template as inputs; one without a default is required. */
export function readParameters(template: Template, file: string): ReadParameters {
  const properties: Record<string, PortSchema> = {};
  const required: string[] = [];
  const problems: Problem[] = [];
  for (const [name, parameter] of sectionOf(template, 'Parameters')) {
    const line = template.lineOf(['Parameters', name]);
    const type = typeof parameter['Type'] === 'string' ? parameter['Type'] : null;
    const base = type === null ? null : typeOf(type);
    if (base === null)
      problems.push(unknownType(name, type, { file, line: template.lineOf(['Parameters', name, 'Type']) }));
    const known = base ?? {};
    const limited =
      known.type === 'array' ? { ...known, items: limitsOf(parameter, known.items ?? {}) } : limitsOf(parameter, known);
    const { Default, Description, NoEcho } = parameter;
    properties[name] = {
      ...limited,
      ...(typeof Description === 'string' ? { description: Description } : {}),
      ...(Default === undefined ? {} : { default: valueOf(Default, known) }),
      ...(NoEcho === true || NoEcho === 'true' ? { 'x-sensitive': true } : {}),
      'x-origin': { how: base === null ? 'unknown' : 'declared', where: `${file}:${line}` },
    };
    if (Default === undefined) required.push(name);
  }
  return { ports: { type: 'object', properties, required }, problems };
}

function unknownType(
  name: string,
  type: string | null,
  place: { readonly file: string; readonly line: number },
): Problem {
  return {
    severity: 'error',
    code: 'bad-type',
    message:
      type === null
        ? `The parameter ${name} has no type.`
        : `The parameter ${name} has the type ${type}, which CloudFormation does not know.`,
    advice: 'Use String, Number, CommaDelimitedList, List<…> or an AWS-specific type.',
    ...place,
    column: null,
    field: `Parameters.${name}.Type`,
    node: null,
  };
}

/** The names of parameters whose values must not be shown. */
export function hiddenParameters(template: Template): ReadonlySet<string> {
  const hidden = sectionOf(template, 'Parameters').filter(([, { NoEcho }]) => NoEcho === true || NoEcho === 'true');
  return new Set(hidden.map(([name]) => name));
}

/** The assertions of the template's rules, as the sentences a user gets when they fail. */
export function ruleSentences(template: Template): readonly string[] {
  return sectionOf(template, 'Rules').flatMap(([, { Assertions }]) =>
    (Array.isArray(Assertions) ? (Assertions as readonly unknown[]) : []).flatMap((assertion) =>
      isRecord(assertion) && typeof assertion['AssertDescription'] === 'string' ? [assertion['AssertDescription']] : [],
    ),
  );
}
