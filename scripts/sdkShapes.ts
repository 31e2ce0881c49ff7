import { readFile } from "node:fs/promises";
import { join } from "node:path";

import * as ts from "typescript";

import type { Shapes } from "../sandbox/providers/cloud/shapes";

const PACKAGES = join(__dirname, "..", "node_modules", "@pulumi");

/** Keys of an interface, each with whether it must be there. */
type Keys = Record<string, boolean>;

/**
 * What resources and functions take and give, as the packages of the SDK declare it.
 *
 * @param tokens - Such as `aws:ec2/vpc:Vpc` and `aws:ec2/getVpc:getVpc`.
 */
export async function sdkShapes(tokens: {
  types: readonly string[];
  functions: readonly string[];
}): Promise<Shapes> {
  const shapes: Shapes = { types: {}, functions: {} };
  for (const token of [...tokens.types].sort()) {
    const { declarations, code } = await source(token);
    const name = token.startsWith("pulumi:") ? "Provider" : (token.split(":").at(-1) ?? "");
    const inputs = keysOf(interfaceNamed(declarations, `${name}Args`));
    shapes.types[token] = {
      required: having(inputs, true),
      optional: having(inputs, false),
      outputs: outputsOf(declarations, name).filter((key) => !(key in inputs)),
      secrets: secretOutputs(code),
    };
  }
  for (const token of [...tokens.functions].sort()) {
    const { declarations } = await source(token);
    const name = (token.split(":").at(-1) ?? "").replace(/^get/, "Get");
    const inputs = keysOf(interfaceNamed(declarations, `${name}Args`));
    shapes.functions[token] = {
      required: having(inputs, true),
      optional: having(inputs, false),
      outputs: Object.keys(keysOf(interfaceNamed(declarations, `${name}Result`))),
    };
  }
  return shapes;
}

/** Declarations and code of what a token names. */
async function source(token: string): Promise<{ declarations: ts.SourceFile; code: string }> {
  const [pkg = "", module = ""] = token.split(":");
  // The provider itself: `pulumi:providers:aws`.
  const path =
    pkg === "pulumi"
      ? join(PACKAGES, token.split(":").at(-1) ?? "", "provider")
      : join(PACKAGES, pkg, module.replace(/^index\//, ""));
  const text = await readFile(`${path}.d.ts`, "utf8").catch(() => {
    throw new Error(`${token} is not in the SDK: there is no ${path}.d.ts.`);
  });
  return {
    declarations: ts.createSourceFile(path, text, ts.ScriptTarget.Latest),
    code: await readFile(`${path}.js`, "utf8"),
  };
}

function interfaceNamed(file: ts.SourceFile, name: string): ts.InterfaceDeclaration | undefined {
  return file.statements.filter(ts.isInterfaceDeclaration).find((each) => each.name.text === name);
}

/** A function that takes nothing has no interface of what it takes. */
function keysOf(declaration: ts.InterfaceDeclaration | undefined): Keys {
  const members = declaration?.members.filter(ts.isPropertySignature) ?? [];
  return Object.fromEntries(
    members.map((member) => [nameOf(member.name), member.questionToken === undefined]),
  );
}

function outputsOf(file: ts.SourceFile, name: string): string[] {
  const members = file.statements
    .filter(ts.isClassDeclaration)
    .filter((each) => each.name?.text === name)
    .flatMap((each) => [...each.members])
    .filter(ts.isPropertyDeclaration);
  return members
    .filter((member) => member.type?.getText(file).startsWith("pulumi.Output") === true)
    .map((member) => nameOf(member.name));
}

function secretOutputs(code: string): string[] {
  const [, list = ""] = /additionalSecretOutputs: \[([^\]]*)\]/.exec(code) ?? [];
  return [...list.matchAll(/"(\w+)"/g)].map(([, key = ""]) => key);
}

function nameOf(name: ts.PropertyName): string {
  return ts.isIdentifier(name) || ts.isStringLiteral(name) ? name.text : "";
}

function having(keys: Keys, required: boolean): string[] {
  return Object.keys(keys).filter((key) => keys[key] === required);
}
