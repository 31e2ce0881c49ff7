import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { format } from "prettier";
import { Document, parseDocument, stringify, type YAMLMap } from "yaml";

import { cloudFunctions, cloudTypes } from "../sandbox/providers/cloud/table";
import { acceptedTable } from "../sandbox/scan/acceptedTable";
import { configTable } from "../settings/configTable";
import { projectConfig, stackFileSchema } from "../settings/describe";
import { neededTable } from "../settings/neededTable";
import { graphOf } from "./architecture/graph";
import { mermaidOf } from "./architecture/mermaid";
import { registeredResources, type StackConfig } from "./architecture/registered";
import { STACKS } from "./architecture/stacks";
import { policyDocuments, SCOPE_FILE } from "./policyDocuments";
import { cisCount, cisTable, rulesTable } from "./policyTables";
import { previewRights } from "./previewRights";
import { sdkShapes } from "./sdkShapes";

const ROOT = join(__dirname, "..");

/** Where a table or a picture stands in a file, by what it is of. */
const begin = (name: string): string => `<!-- ${name}: made by \`npm run generate\` -->`;
const end = (name: string): string => `<!-- end of ${name} -->`;

/** The packages whose providers the sandbox has offline clouds for. */
const PROVIDERS = ["pulumi:providers:aws", "pulumi:providers:tailscale"];

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
    ...(await policyFiles()),
    "docs/preview-policy/kubernetes.yaml": await manifests(previewRights()),
    "sandbox/providers/cloud/shapes.json": await shapes(),
  };
}

/** IAM's documents, as files. */
async function policyFiles(): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  for (const [path, document] of Object.entries(policyDocuments(await read(SCOPE_FILE)))) {
    files[path] = await json(document);
  }
  return files;
}

function manifests(objects: object[]): Promise<string> {
  const documents = objects.map((object) => stringify(object)).join("---\n");
  return format(`# Made by \`npm run generate\`.\n${documents}`, { parser: "yaml" });
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
