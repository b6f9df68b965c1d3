package main

import (
	"fmt"
	"hash/crc32"
	"strings"

	"github.com/hashicorp/terraform/helper/schema"
)

// replaceImporters makes every resource type importable by an import block.
//
// An import block accepts exactly one resource per id. In 2019 some importers returned
// further resources (each route of a table, each rule of a security group, the policy of a
// bucket), which import blocks refuse; passing the id through and letting Read fill in the
// rest gives the resource alone. Types that had no importer get one that takes the id
// format of today's provider, so that generated import blocks work with both.
func replaceImporters(provider *schema.Provider) {
	for _, name := range []string{
		"aws_network_acl",
		"aws_route_table",
		"aws_s3_bucket",
		"aws_security_group",
	} {
		setImporter(provider, name, schema.ImportStatePassthrough)
	}
	setImporter(provider, "aws_lambda_permission", importLambdaPermission)
	setImporter(provider, "aws_route_table_association", routeTableAssociationImporter(provider))
	setImporter(provider, "aws_sns_topic_policy", importSnsTopicPolicy)
	setImporter(provider, "aws_volume_attachment", importVolumeAttachment)
}

func setImporter(provider *schema.Provider, name string, state schema.StateFunc) {
	resource, found := provider.ResourcesMap[name]
	if !found {
		panic(fmt.Sprintf("the AWS provider has no resource type %q", name))
	}
	resource.Importer = &schema.ResourceImporter{State: state}
}

// splitID cuts an import id at its slashes or colons and refuses any other number of parts.
func splitID(id string, separator string, format string) ([]string, error) {
	parts := strings.Split(id, separator)
	if len(parts) != strings.Count(format, separator)+1 {
		return nil, fmt.Errorf("unexpected import id %q: expected %s", id, format)
	}
	for _, part := range parts {
		if part == "" {
			return nil, fmt.Errorf("unexpected import id %q: expected %s", id, format)
		}
	}
	return parts, nil
}

// routeTableAssociationImporter takes SUBNET/ROUTE-TABLE and asks the provider's own
// data source for the association's id, because the provider's clients are private to it.
func routeTableAssociationImporter(provider *schema.Provider) schema.StateFunc {
	return func(data *schema.ResourceData, meta interface{}) ([]*schema.ResourceData, error) {
		parts, err := splitID(data.Id(), "/", "SUBNET/ROUTE-TABLE")
		if err != nil {
			return nil, err
		}
		subnetID, tableID := parts[0], parts[1]
		source := provider.DataSourcesMap["aws_route_table"]
		table := source.Data(nil)
		if err := table.Set("route_table_id", tableID); err != nil {
			return nil, err
		}
		if err := source.Read(table, meta); err != nil {
			return nil, fmt.Errorf("reading route table %s: %s", tableID, err)
		}
		for _, entry := range table.Get("associations").([]interface{}) {
			association := entry.(map[string]interface{})
			if association["subnet_id"] != subnetID {
				continue
			}
			data.SetId(association["route_table_association_id"].(string))
			if err := data.Set("subnet_id", subnetID); err != nil {
				return nil, err
			}
			if err := data.Set("route_table_id", tableID); err != nil {
				return nil, err
			}
			return []*schema.ResourceData{data}, nil
		}
		return nil, fmt.Errorf("subnet %s is not associated with route table %s", subnetID, tableID)
	}
}

// importSnsTopicPolicy takes the topic's ARN; Read fills in the policy but not the ARN.
func importSnsTopicPolicy(data *schema.ResourceData, _ interface{}) ([]*schema.ResourceData, error) {
	if err := data.Set("arn", data.Id()); err != nil {
		return nil, err
	}
	return []*schema.ResourceData{data}, nil
}

// importLambdaPermission takes FUNCTION/STATEMENT.
func importLambdaPermission(data *schema.ResourceData, _ interface{}) ([]*schema.ResourceData, error) {
	parts, err := splitID(data.Id(), "/", "FUNCTION/STATEMENT")
	if err != nil {
		return nil, err
	}
	data.SetId(parts[1])
	if err := data.Set("function_name", parts[0]); err != nil {
		return nil, err
	}
	return []*schema.ResourceData{data}, data.Set("statement_id", parts[1])
}

// importVolumeAttachment takes DEVICE:VOLUME:INSTANCE. The id is the provider's own hash of
// the three (hashcode.String: the CRC-32 of the text), so that state written by an import
// and by a create are the same.
func importVolumeAttachment(data *schema.ResourceData, _ interface{}) ([]*schema.ResourceData, error) {
	parts, err := splitID(data.Id(), ":", "DEVICE:VOLUME:INSTANCE")
	if err != nil {
		return nil, err
	}
	device, volume, instance := parts[0], parts[1], parts[2]
	hash := crc32.ChecksumIEEE([]byte(fmt.Sprintf("%s-%s-%s-", device, instance, volume)))
	data.SetId(fmt.Sprintf("vai-%d", hash))
	for name, value := range map[string]string{"device_name": device, "volume_id": volume, "instance_id": instance} {
		if err := data.Set(name, value); err != nil {
			return nil, err
		}
	}
	return []*schema.ResourceData{data}, nil
}
