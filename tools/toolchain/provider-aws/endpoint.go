package main

import (
	"os"

	"github.com/hashicorp/terraform/helper/schema"
)

// honourEndpointURL lets AWS_ENDPOINT_URL name the endpoint of every service.
//
// Today's AWS SDKs and today's provider read this variable; the SDK of 2019 does not know
// it. With it the same provider block, with nothing but a region, works against AWS and
// against an emulator. Endpoints written in the provider block win, as they do today.
func honourEndpointURL(provider *schema.Provider) {
	configure := provider.ConfigureFunc
	provider.ConfigureFunc = func(data *schema.ResourceData) (interface{}, error) {
		if url := os.Getenv("AWS_ENDPOINT_URL"); url != "" {
			if err := setEndpoints(provider, data, url); err != nil {
				return nil, err
			}
		}
		return configure(data)
	}
}

func setEndpoints(provider *schema.Provider, data *schema.ResourceData, url string) error {
	if data.Get("endpoints").(*schema.Set).Len() > 0 {
		return nil
	}
	endpoints := map[string]interface{}{}
	for service := range provider.Schema["endpoints"].Elem.(*schema.Resource).Schema {
		endpoints[service] = url
	}
	if err := data.Set("endpoints", []interface{}{endpoints}); err != nil {
		return err
	}
	// An endpoint of one's own has neither the host names of buckets nor the metadata
	// service of an instance, and may know regions that 2019 did not.
	for _, name := range []string{
		"s3_force_path_style",
		"skip_get_ec2_platforms",
		"skip_metadata_api_check",
		"skip_region_validation",
	} {
		if err := data.Set(name, true); err != nil {
			return err
		}
	}
	return nil
}
