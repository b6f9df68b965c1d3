"""Start moto's own server with the few places corrected where it departs from AWS.

Each correction names the documented behaviour it restores. Everything else, the wire
protocol included, is moto unchanged. Run it like moto_server: -H HOST -p PORT.
"""

from moto.autoscaling.models import FakeAutoScalingGroup
from moto.ec2.models.instances import Instance
from moto.server import main


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


if __name__ == "__main__":
    give_instances_the_groups_of_their_primary_interface()
    ignore_empty_subnets_of_auto_scaling_groups()
    main()
