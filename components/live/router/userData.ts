import { readFileSync } from "node:fs";
import { join } from "node:path";

import { stringify } from "yaml";

/** What a subnet router must know to join. None of it is secret. */
export interface RouterBoot {
  /** AWS region that the router runs in. */
  region: string;
  /** Name of its auto scaling group. */
  group: string;
  /** Name of the group's lifecycle hook, which waits for the router. */
  hook: string;
  /** Name of the SSM parameter that has the key to join with. */
  parameter: string;
  /** What the host name begins with; the instance's id follows. */
  hostnamePrefix: string;
  /** Tag that it joins with, such as `tag:router`. */
  tag: string;
  /** Address range that it advertises. */
  route: string;
  /** Version of Tailscale to install. */
  tailscaleVersion: string;
}

/** Bytes. The package manager alone takes more memory than the smallest instance has left. */
const SWAP = 512 * 1024 * 1024;

const UNITS = ["tailnet-router.service", "tailnet-router.timer", "tailnet-router-leave.service"];

/** User data, for cloud-init, of an Amazon Linux 2023 that becomes a subnet router. */
export function userData(boot: RouterBoot): string {
  const config = {
    swap: { filename: "/swapfile", size: SWAP },
    write_files: [
      file("/etc/tailnet-router.env", environment(boot)),
      file("/etc/sysctl.d/99-tailnet-router.conf", own("sysctl.conf")),
      file("/etc/yum.repos.d/tailscale.repo", own("tailscale.repo")),
      file("/usr/local/sbin/tailnet-router", own("tailnet-router.sh"), "0755"),
      ...UNITS.map((unit) => file(`/etc/systemd/system/${unit}`, own(unit))),
    ],
    // All else is done by the units, which go on after a reboot; cloud-init would not.
    runcmd: [
      ["systemctl", "daemon-reload"],
      ["systemctl", "enable", "--now", "tailnet-router.timer", "tailnet-router-leave.service"],
    ],
  };
  return `#cloud-config\n${stringify(config, { lineWidth: 0 })}`;
}

/** The environment of the units. */
function environment(boot: RouterBoot): string {
  const variables = {
    AWS_REGION: boot.region,
    ROUTER_GROUP: boot.group,
    ROUTER_HOOK: boot.hook,
    ROUTER_PARAMETER: boot.parameter,
    ROUTER_HOSTNAME_PREFIX: boot.hostnamePrefix,
    ROUTER_TAG: boot.tag,
    ROUTER_ROUTE: boot.route,
    TAILSCALE_VERSION: boot.tailscaleVersion,
  };
  return Object.entries(variables)
    .map(([name, value]) => `${name}=${value}\n`)
    .join("");
}

function file(path: string, content: string, permissions = "0644"): object {
  return { path, permissions, content };
}

/** A file of this folder. */
function own(name: string): string {
  return readFileSync(join(__dirname, name), "utf8");
}
