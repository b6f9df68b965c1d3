// Command provider-aws serves the real AWS provider, version 1.60.0, over plugin protocol 5.
//
// The provider itself is taken unchanged from its published Go module; the newer
// plugin server (Terraform 0.12.29) is what raises it to the protocol that today's
// OpenTofu and Terraform speak. Ours are the importers (importers.go) and the endpoint from the
// environment (endpoint.go).
package main

import (
	"github.com/hashicorp/terraform/helper/schema"
	"github.com/hashicorp/terraform/plugin"
	"github.com/hashicorp/terraform/terraform"
	"github.com/terraform-providers/terraform-provider-aws/aws"
)

func main() {
	plugin.Serve(&plugin.ServeOpts{ProviderFunc: provider})
}

// provider returns the AWS provider with its importers made fit for import blocks and its
// endpoints taken from the environment.
func provider() terraform.ResourceProvider {
	served := aws.Provider().(*schema.Provider)
	replaceImporters(served)
	honourEndpointURL(served)
	return served
}
