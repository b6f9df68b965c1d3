import { describe, expect, it } from 'vitest';
import { packAttributes } from '#engine/artifacts/terraform/provider-schemas/pack.ts';
import { readBinding } from './read-binding.ts';

const rule = `class ThingRuleOutputReference extends lib.ComplexObject {
    constructor(terraformResource, terraformAttribute, complexObjectIndex, complexObjectIsFromSet) {
        super(terraformResource, terraformAttribute, complexObjectIsFromSet, complexObjectIndex);
    }
    get port() {
        return this.getNumberAttribute('port');
    }
    set port(value) {
    }
}
class ThingRuleList extends lib.ComplexList {
}
class ThingLogsOutputReference extends lib.ComplexObject {
    constructor(terraformResource, terraformAttribute) {
        super(terraformResource, terraformAttribute, false, 0);
    }
    get bucket() {
        return this.getStringAttribute('bucket');
    }
}
class ThingTimeoutsOutputReference extends lib.ComplexObject {
    constructor(terraformResource, terraformAttribute) {
        super(terraformResource, terraformAttribute);
    }
}
`;

describe('a binding', () => {
  it('tells every attribute with its type and whether it may be set', () => {
    const found = readBinding(`${rule}class Thing extends lib.TerraformResource {
    static tfResourceType = "aws_thing";
    get arn() {
        return this.getStringAttribute('arn');
    }
    get instanceType() {
        return this.getStringAttribute('type');
    }
    set instanceType(value) {
    }
    get zoneIds() {
        return lib.Fn.tolist(this.getListAttribute('zone_ids'));
    }
    set zoneIds(value) {
    }
    resetZoneIds() {
    }
    _labels = new lib.StringMap(this, "labels");
    _rule = new ThingRuleList(this, "rule", true);
    putRule(value) {
    }
    resetRule() {
    }
    _logs = new ThingLogsOutputReference(this, "logs");
    _timeouts = new ThingTimeoutsOutputReference(this, "timeouts");
}
`);
    expect(found.map(({ kind, type }) => [kind, type])).toEqual([['resource', 'aws_thing']]);
    expect(packAttributes(found[0]?.attributes ?? new Map())).toBe(
      'arn.cs,labels.cm(s),logs.cl({bucket.cs}),rule.ot({port.rn}),timeouts.c{},type.rs,zone_ids.ot(s)',
    );
  });

  it('of an older form is read as well', () => {
    const found = readBinding(`class Data extends lib.TerraformDataSource {
    constructor() {
        this._rule = new structs_1.ThingRuleList(this, "rule", false);
    }
}
exports.Data = Data;
Data.tfResourceType = "azurerm_thing";
${rule}`);
    expect(found.map(({ kind, type }) => [kind, type])).toEqual([['data', 'azurerm_thing']]);
    expect(packAttributes(found[0]?.attributes ?? new Map())).toBe('rule.cl({port.rn})');
  });
});
