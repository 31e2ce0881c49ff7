import { ip2long, long2ip, Netmask } from "netmask";

/** Address of the DNS resolver that AWS keeps in each VPC: the base of its range, plus two. */
export function vpcResolver(cidr: string): string {
  return long2ip(ip2long(new Netmask(cidr).base) + 2);
}
