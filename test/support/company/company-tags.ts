export type Tags = Readonly<Record<string, string>>;

/** Tags as most of the services want them. */
export function tagList(tags: Tags): { Key: string; Value: string }[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

/** Tags as KMS wants them. */
export function keyTagList(tags: Tags): { TagKey: string; TagValue: string }[] {
  return Object.entries(tags).map(([TagKey, TagValue]) => ({ TagKey, TagValue }));
}

/** Tags given with an EC2 resource when it is made. */
export function tagged<Type extends string>(
  type: Type,
  name: string,
  tags: Tags,
): { ResourceType: Type; Tags: { Key: string; Value: string }[] }[] {
  return [{ ResourceType: type, Tags: tagList({ Name: name, ...tags }) }];
}
