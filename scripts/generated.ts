import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { format } from "prettier";
import { Document, parseDocument, type YAMLMap } from "yaml";
import * as z from "zod";

import type { DeployerScope } from "../components/live/deployer/deployerScope";
import { deployerPolicies } from "../components/live/deployerPolicy";
import { cloudFunctions, cloudTypes } from "../sandbox/providers/cloud/table";
import { acceptedTable } from "../sandbox/scan/acceptedTable";
import { configTable } from "../settings/configTable";
import { projectConfig, stackFileSchema } from "../settings/describe";
import { neededTable } from "../settings/neededTable";
import { graphOf } from "./architecture/graph";
import { mermaidOf } from "./architecture/mermaid";
import { registeredResources, type StackConfig } from "./architecture/registered";
import { STACKS } from "./architecture/stacks";
import { cisCount, cisTable, rulesTable } from "./policyTables";
import { sdkShapes } from "./sdkShapes";

const ROOT = join(__dirname, "..");
const DEPLOYER = "docs/deployer-policy";

/** Where a table or a picture stands in a file, by what it is of. */
const begin = (name: string): string => `<!-- ${name}: made by \`npm run generate\` -->`;
const end = (name: string): string => `<!-- end of ${name} -->`;

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
 * The files that are made, whole or in part, from the config schema in code, from the policy pack, from
 * what the stacks are made of and what is accepted of it, and from the SDK.
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
    "README.md": await withParts("README.md", {
      "keys of home": neededTable("home"),
      "keys of live": neededTable("live"),
    }),
    "docs/configuration.md": await withParts("docs/configuration.md", {
      "config table": configTable(),
    }),
    "docs/policy.md": await withParts("docs/policy.md", { "rules table": rulesTable() }),
    "docs/cis-eks.md": await withParts("docs/cis-eks.md", {
      "cis table": `${cisCount()}\n\n${cisTable()}`,
    }),
    "docs/architecture.md": await withParts("docs/architecture.md", {
      "picture of home": await picture(STACKS.home),
      "picture of live": await picture(STACKS.live),
    }),
    "docs/scanners.md": await withParts("docs/scanners.md", {
      "accepted findings": acceptedTable(),
    }),
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

/** What the program registers for a stack, drawn. */
async function picture(stack: StackConfig): Promise<string> {
  return mermaidOf(graphOf(await registeredResources(stack)));
}

/** A Markdown file with other tables and pictures in the places that bear their names. */
async function withParts(path: string, parts: Readonly<Record<string, string>>): Promise<string> {
  let markdown = await read(path);
  for (const [name, part] of Object.entries(parts)) {
    const [from, to] = [markdown.indexOf(begin(name)), markdown.indexOf(end(name))];
    if (from < 0 || to < from) throw new Error(`${path} has no place for the part "${name}"`);
    markdown = `${markdown.slice(0, from)}${begin(name)}\n\n${part}\n\n${markdown.slice(to)}`;
  }
  return format(markdown, { parser: "markdown", printWidth: 100 });
}

/** A file of the repo, by its path from the root. */
export function read(path: string): Promise<string> {
  return readFile(join(ROOT, path), "utf8");
}
