import { accessSync, constants } from "node:fs";
import { delimiter, dirname, join } from "node:path";

import { versions } from "../../versions";
import { tryRun } from "../../host/run";

/** A version as numbers; parts that are missing count as 0. */
export type Version = readonly [major: number, minor: number, patch: number];

/** The first version number in a text such as `v3.259.0` or `Client Version: v1.36.3`. */
export function parseVersion(text: string): Version | undefined {
  const match = /v?(\d+)\.(\d+)(?:\.(\d+))?/.exec(text);
  if (match === null) return undefined;
  return [Number(match[1]), Number(match[2]), Number(match[3] ?? "0")];
}

/** Path of an executable on PATH, or undefined. */
export function findOnPath(name: string, path = process.env["PATH"] ?? ""): string | undefined {
  for (const folder of path.split(delimiter).filter((one) => one !== "")) {
    const file = join(folder, name);
    try {
      accessSync(file, constants.X_OK);
      return file;
    } catch {
      // Not here: the next folder.
    }
  }
  return undefined;
}

/** A tool that a person may have already, and which versions of it will do. */
interface Own {
  versionArgs: readonly string[];
  fits: (version: Version) => boolean;
  /** What counts as fitting, in words. */
  wanted: string;
  /** Programs that must lie beside it or on PATH as well. */
  with?: readonly string[];
}

const [, kubernetesMinor] = parseVersion(versions.kubernetes) ?? [1, 0, 0];

/** Only what a person would notice: pulumi and helm by their major version, kubectl by its skew. */
export const OWN: Readonly<Record<string, Own>> = {
  pulumi: {
    versionArgs: ["version"],
    fits: ([major, minor]) => major === 3 && minor >= 200,
    wanted: "3.200 or newer, below 4, with pulumi-language-nodejs",
    with: ["pulumi-language-nodejs"],
  },
  kubectl: {
    versionArgs: ["version", "--client"],
    fits: ([major, minor]) => major === 1 && Math.abs(minor - kubernetesMinor) <= 1,
    wanted: `1.${String(kubernetesMinor - 1)} to 1.${String(kubernetesMinor + 1)}`,
  },
  helm: {
    versionArgs: ["version", "--short"],
    fits: ([major, minor]) => major === 3 && minor >= 14,
    wanted: "3.14 or newer, below 4",
  },
};

/** What was found on PATH: a tool that will do, or one that will not and why. */
export type Found = { path: string; version: string } | { unfit: string } | undefined;

/** Looks for a person's own tool. A tool that is none of theirs to bring is never looked for. */
export async function ownTool(name: string, path = process.env["PATH"] ?? ""): Promise<Found> {
  const own = OWN[name];
  const file = own === undefined ? undefined : findOnPath(name, path);
  if (own === undefined || file === undefined) return undefined;
  const { stdout } = await tryRun(file, own.versionArgs, { timeout: 10_000 });
  const version = parseVersion(stdout);
  if (version === undefined) return { unfit: `${file} does not say its version` };
  const text = version.join(".");
  if (!own.fits(version)) return { unfit: `${file} is ${text}, wanted is ${own.wanted}` };
  const missing = own.with?.find(
    (other) => findOnPath(other, `${dirname(file)}${delimiter}${path}`) === undefined,
  );
  if (missing !== undefined) return { unfit: `${file} has no ${missing} beside it` };
  return { path: file, version: text };
}
