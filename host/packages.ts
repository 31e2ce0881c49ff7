import { existsSync, readFileSync } from "node:fs";

import { run } from "./run";
import { isRoot, refusal } from "./tools";

/** Something that is taken from the system: a program, a library, a folder of plugins. */
export interface SystemNeed {
  /** Debian's package that has it. */
  debianPackage: string;
  isThere: () => boolean;
  /** Service that the package would start on the machine, where only its program is wanted. */
  service?: string;
}

export interface PackageOptions {
  /** Whether the user lets packages be installed. */
  install: boolean;
  say: (line: string) => void;
  /** File that takes what the package manager prints. */
  log: string;
}

/** Debian's packages that have what is missing. */
export function missingPackages(needs: readonly SystemNeed[]): string[] {
  const missing = needs.filter((need) => !need.isThere());
  return [...new Set(missing.map(({ debianPackage }) => debianPackage))];
}

/** Why what is missing will not be installed, or undefined where nothing is missing or it will be. */
export function packageProblem(needs: readonly SystemNeed[], install: boolean): string | undefined {
  const installer = { root: isRoot(), debian: isDebian(), allowed: install };
  return refusal(missingPackages(needs), installer);
}

/** Installs what is missing, after saying so. Whoever calls has seen that there is no problem. */
export async function installMissing(
  needs: readonly SystemNeed[],
  { say, log }: Omit<PackageOptions, "install">,
): Promise<void> {
  const missing = missingPackages(needs);
  if (missing.length === 0) return;
  for (const { isThere, service } of needs) {
    if (service !== undefined && !isThere()) await keepFromStarting(service, { say, log });
  }
  await installPackages(missing, { say, log });
}

/** Masks a service that is not there yet, where systemd runs: nothing of it ever starts by itself. */
async function keepFromStarting(
  service: string,
  { say, log }: Omit<PackageOptions, "install">,
): Promise<void> {
  // As sd_booted(3) has it.
  if (!existsSync("/run/systemd/system")) return;
  say(`Masked, so that only its program is used: ${service}`);
  await run("systemctl", ["mask", service], { log });
}

/** Installs Debian packages, after saying so. */
export async function installPackages(
  packages: readonly string[],
  { say, log }: Omit<PackageOptions, "install">,
): Promise<void> {
  say(`Installing Debian packages: ${packages.join(" ")}`);
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  // Others install too, such as the updates that a machine makes by itself.
  const patient = ["-o", "DPkg::Lock::Timeout=300"];
  await run("apt-get", [...patient, "update"], { env, log });
  const install = ["install", "--yes", "--no-install-recommends", ...packages];
  await run("apt-get", [...patient, ...install], { env, log });
}

/** Whether this machine runs Debian or a descendant of it. */
export function isDebian(): boolean {
  return (
    existsSync("/etc/os-release") &&
    /^ID(_LIKE)?=.*\bdebian\b/m.test(readFileSync("/etc/os-release", "utf8"))
  );
}
