import type { Converted } from '../../providers/aws/facts.ts';
import type { AwsKind } from '../../providers/aws/kinds.ts';
import type { AwsPlace } from '../../providers/aws/place.ts';
import type { ConfigItem } from './config-item.ts';
import { type AnswerBody, answerBody } from './sdk-shape.ts';
import { tagList } from './special-shapes.ts';

/** How the items of one type become facts: by the converter of the live provider, on the shape it expects. */
export interface MappedType {
  readonly kind: AwsKind;
  /** The field of the configuration that holds the resource's id: without it only a part of the body is there. */
  readonly idField: string;
  /** Its items follow a schema that may leave out what the converter needs: then what they tell is kept as it is. */
  readonly bySchema?: boolean;
  readonly convert: (body: AnswerBody, item: ConfigItem, place: AwsPlace) => Converted;
}

/** Types whose converter takes the body alone, with its tags in a field of this name. */
export function plain(
  convert: (body: AnswerBody, place: AwsPlace) => Converted,
  { kind, idField, tags = 'Tags' }: { readonly kind: AwsKind; readonly idField: string; readonly tags?: string },
): MappedType {
  return {
    kind,
    idField,
    convert: (body, item, place) => convert(answerBody({ ...body, [tags]: tagList(item) }), place),
  };
}

/** Types whose items follow CloudFormation's schema of the resource. */
export function bySchema(kind: AwsKind, idField: string, convert: MappedType['convert']): MappedType {
  return { kind, idField, bySchema: true, convert };
}
