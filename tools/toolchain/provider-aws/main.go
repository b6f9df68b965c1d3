// Command provider-aws serves the real AWS provider, version 1.60.0, over plugin protocol 5.
//
// The provider itself is taken unchanged from its published Go module; the newer
// plugin server (Terraform 0.12.29) is what raises it to the protocol that today's
// OpenTofu and Terraform speak. Only the importers in importers.go are ours.
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

// provider returns the AWS provider with its importers made fit for import blocks.
func provider() terraform.ResourceProvider {
	served := aws.Provider().(*schema.Provider)
	replaceImporters(served)
	return served
}
