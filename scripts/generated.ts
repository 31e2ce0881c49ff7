import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { format } from "prettier";
import { Document, parseDocument, type YAMLMap } from "yaml";
import * as z from "zod";

import type { DeployerScope } from "../components/live/deployer/deployerScope";
import { deployerPolicies } from "../components/live/deployerPolicy";
import { cloudFunctions, cloudTypes } from "../sandbox/providers/cloud/table";
import { configTable } from "../settings/configTable";
import { projectConfig, stackFileSchema } from "../settings/describe";
import { sdkShapes } from "./sdkShapes";

const ROOT = join(__dirname, "..");
const DEPLOYER = "docs/deployer-policy";
const BEGIN = "<!-- config table: made by `npm run generate` -->";
const END = "<!-- end of config table -->";

/** The packages whose providers the sandbox has offline clouds for. */
const PROVIDERS = ["pulumi:providers:aws", "pulumi:providers:tailscale"];

const deployerScope = z.strictObject({
  partition: z.string(),
  region: z.string(),
  accountId: z.string(),
  clusterName: z.string(),
  platformName: z.string(),
  deployerRole: z.string(),
  host: z.string(),
  hostedZoneId: z.string(),
}) satisfies z.ZodType<DeployerScope>;

/**
 * The files that are made, whole or in part, from the config schema in code, from what the stack in
 * the cloud is made of, and from the SDK.
 *
 * @returns their contents as they should be, by path from the root of the repo.
 */
export async function generatedFiles(): Promise<Record<string, string>> {
  const project = parseDocument(await read("Pulumi.yaml"));
  const made = new Document(projectConfig()).contents as YAMLMap;
  project.set("config", made);
  return {
    "Pulumi.yaml": await format(project.toString({ lineWidth: 0 }), { parser: "yaml" }),
    "config.schema.json": `${JSON.stringify(stackFileSchema(String(project.get("name"))), null, 2)}\n`,
    "docs/configuration.md": await withTable(await read("docs/configuration.md")),
    ...(await deployerFiles()),
    "sandbox/providers/cloud/shapes.json": await shapes(),
  };
}

/** What a deployer must be allowed, for the names in a file that is the reader's to change. */
async function deployerFiles(): Promise<Record<string, string>> {
  const scope: unknown = JSON.parse(await read(`${DEPLOYER}/scope.json`));
  const policies = deployerPolicies(deployerScope.parse(scope));
  const files: Record<string, string> = {};
  for (const [name, policy] of Object.entries(policies)) {
    files[`${DEPLOYER}/${name}.json`] = await json(policy);
  }
  return files;
}

function json(value: unknown): Promise<string> {
  return format(JSON.stringify(value), { parser: "json", printWidth: 100 });
}

/** What the resources of the offline clouds take and give. */
async function shapes(): Promise<string> {
  const found = await sdkShapes({
    types: [...PROVIDERS, ...Object.keys(cloudTypes)],
    functions: Object.keys(cloudFunctions),
  });
  return json(found);
}

async function withTable(markdown: string): Promise<string> {
  const before = markdown.slice(0, markdown.indexOf(BEGIN));
  const after = markdown.slice(markdown.indexOf(END));
  const whole = `${before}${BEGIN}\n\n${configTable()}\n\n${after}`;
  return format(whole, { parser: "markdown", printWidth: 100 });
}

/** A file of the repo, by its path from the root. */
export function read(path: string): Promise<string> {
  return readFile(join(ROOT, path), "utf8");
}
