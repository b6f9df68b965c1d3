"""Start moto's own server with the few places corrected where it departs from AWS.

Each correction names the documented behaviour it restores. Everything else, the wire
protocol included, is moto unchanged. Run it like moto_server: -H HOST -p PORT.
"""

import json

from moto.autoscaling.models import FakeAutoScalingGroup
from moto.ec2.models.instances import Instance
from moto.ec2.models.subnets import Subnet
from moto.elbv2.models import FakeLoadBalancer
from moto.server import main
from moto.sqs.models import Queue


def give_instances_the_groups_of_their_primary_interface() -> None:
    """Report the security groups of an instance launched with network interfaces.

    AWS returns the groups of the primary interface as the groups of the instance
    (EC2 API Reference, data type Instance, groupSet); moto leaves them empty when the
    launch named its groups on the interface, as the AWS provider always does.
    """
    attach = Instance.attach_eni

    def attach_and_take_groups(self, eni, device_index):
        attachment = attach(self, eni, device_index)
        if int(device_index) == 0 and not self.security_groups:
            self.security_groups = list(eni.group_set)
        return attachment

    Instance.attach_eni = attach_and_take_groups


def ignore_empty_subnets_of_auto_scaling_groups() -> None:
    """Accept a VPCZoneIdentifier with empty entries, such as ",,subnet-1,subnet-2".

    AWS ignores them (the AWS provider 1.60.0 always sends some);
    moto looks for a subnet without a name.
    """
    set_zones = FakeAutoScalingGroup._set_azs_and_vpcs

    def set_zones_without_empty(self, availability_zones, vpc_zone_identifier, update=False):
        if vpc_zone_identifier:
            subnets = [subnet for subnet in vpc_zone_identifier.split(",") if subnet]
            vpc_zone_identifier = ",".join(subnets)
        return set_zones(self, availability_zones, vpc_zone_identifier, update)

    FakeAutoScalingGroup._set_azs_and_vpcs = set_zones_without_empty


def keep_new_subnets_closed() -> None:
    """Make a subnet the default of its zone only inside a default VPC.

    AWS gives public addresses by default only in the default subnets, which stand in the
    default VPC (VPC User Guide, "Default VPCs"); moto does so in the first subnet of a
    zone, wherever it stands, so that a plan right after an apply shows a change.
    """
    init = Subnet.__init__

    def init_closed(self, *args, **kwargs):
        init(self, *args, **kwargs)
        vpc = self.ec2_backend.vpcs.get(self.vpc_id)
        if vpc is None or not vpc.is_default:
            self.default_for_az = False
            self.map_public_ip_on_launch = False

    Subnet.__init__ = init_closed


def tell_all_attributes_of_application_balancers() -> None:
    """Report the idle timeout and HTTP/2 of a balancer that nobody has set.

    AWS always tells both, 60 seconds and true (ELB API Reference, LoadBalancerAttribute);
    moto tells them only once they were set.
    """
    init = FakeLoadBalancer.__init__

    def init_with_attributes(self, *args, **kwargs):
        init(self, *args, **kwargs)
        if self.type == "application":
            self.attrs.setdefault("idle_timeout.timeout_seconds", "60")
            self.attrs.setdefault("routing.http2.enabled", "true")

    FakeLoadBalancer.__init__ = init_with_attributes


def write_redrive_policies_without_spaces() -> None:
    """Report the redrive policy of a queue as AWS writes it, without spaces.

    The AWS provider compares the text, so that moto's spaces show as a change for ever.
    """
    attributes = Queue.attributes.fget

    def attributes_as_aws(self):
        result = attributes(self)
        if result.get("RedrivePolicy"):
            policy = json.loads(result["RedrivePolicy"])
            result["RedrivePolicy"] = json.dumps(policy, separators=(",", ":"))
        return result

    Queue.attributes = property(attributes_as_aws)


if __name__ == "__main__":
    give_instances_the_groups_of_their_primary_interface()
    ignore_empty_subnets_of_auto_scaling_groups()
    keep_new_subnets_closed()
    tell_all_attributes_of_application_balancers()
    write_redrive_policies_without_spaces()
    main()
