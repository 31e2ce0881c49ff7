import type { Architecture } from "../host/emulation";
import { UserError } from "../host/userError";

/** Platforms that the image is made for. */
export const PLATFORMS: Readonly<Record<string, Architecture>> = {
  "linux/amd64": "amd64",
  "linux/arm64": "arm64",
};

/**
 * The architectures of some platforms, each once; of all platforms where none is named.
 *
 * @throws UserError that names the platforms that are not made, all at once.
 */
export function architectures(platforms: readonly string[]): Architecture[] {
  const unknown = platforms.filter((platform) => !Object.hasOwn(PLATFORMS, platform));
  if (unknown.length > 0) {
    const known = Object.keys(PLATFORMS).join(" and ");
    throw new UserError(
      `There is no image for ${unknown.join(", ")}: --platform takes ${known}. ` +
        "Leave it away for both.",
    );
  }
  const wanted = platforms.length > 0 ? platforms : Object.keys(PLATFORMS);
  return [...new Set(wanted.flatMap((platform) => PLATFORMS[platform] ?? []))];
}
