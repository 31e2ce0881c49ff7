import { isObject, textAt, type Json, type JsonObject } from "../../skeleton/json";
import { ACCOUNT_ID, REGION } from "../places";

/** What the config of a provider says, as far as it makes a difference here. */
export interface Settings {
  region: string;
  /** Tags of all resources that take any. */
  defaultTags: JsonObject;
}

/**
 * Reads the config of a provider of the package aws or tailscale.
 *
 * @throws where it does not lead to the account that the offline cloud has.
 */
export function readSettings(
  packageName: string,
  config: JsonObject,
  env: Readonly<Record<string, string | undefined>>,
): Settings {
  if (packageName !== "aws") return { region: REGION, defaultTags: {} };
  const region = textAt(config, "region") ?? env["AWS_REGION"] ?? env["AWS_DEFAULT_REGION"];
  if (region === undefined) {
    throw new Error(
      "The aws provider has no region. Give `region` to the provider of the resource: one that " +
        "names no provider gets a default one, of which nothing is known.",
    );
  }
  const allowed = listAt(config, "allowedAccountIds");
  const forbidden = listAt(config, "forbiddenAccountIds");
  if ((allowed.length > 0 && !allowed.includes(ACCOUNT_ID)) || forbidden.includes(ACCOUNT_ID)) {
    throw new Error(
      `AWS account ID not allowed: ${ACCOUNT_ID}. It is the one that the offline cloud has; allowed ` +
        `are ${allowed.join(", ") || "none"}.`,
    );
  }
  const tags = plain(config["defaultTags"]);
  const defaultTags = isObject(tags) && isObject(tags["tags"]) ? tags["tags"] : {};
  return { region, defaultTags };
}

function listAt(config: JsonObject, key: string): string[] {
  const value = plain(config[key]);
  return Array.isArray(value) ? value.map(String) : [];
}

/** What is no text crosses the wire as JSON. */
function plain(value: Json | undefined): Json | undefined {
  return typeof value === "string" ? (JSON.parse(value) as Json) : value;
}
