import { strict as assert } from "node:assert";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { Ajv } from "ajv";

import { versions } from "../versions";
import { renovateSchema } from "./support/renovateSchema";

const ROOT = join(__dirname, "..");

interface Manager {
  managerFilePatterns: string[];
  matchStrings: string[];
  depNameTemplate: string;
  packageNameTemplate?: string;
}

interface Rule {
  matchFileNames?: string[];
  matchPackageNames?: string[];
  groupName?: string;
}

const CONFIG = JSON.parse(readFileSync(join(ROOT, ".github", "renovate.json"), "utf8")) as {
  customManagers: Manager[];
  packageRules: Rule[];
};

/** What a manager finds in a file: the version, as it stands there. */
function found({ matchStrings }: Manager, text: string): string[] {
  // Renovate reads them with the flags `gm`.
  return matchStrings.flatMap((pattern) =>
    [...text.matchAll(new RegExp(pattern, "gm"))].map(
      ({ groups }) => groups?.["currentValue"] ?? "",
    ),
  );
}

/** Managers that look into a file. */
function managersOf(file: string): Manager[] {
  return CONFIG.customManagers.filter(({ managerFilePatterns }) =>
    managerFilePatterns.some((pattern) => new RegExp(pattern.slice(1, -1)).test(file)),
  );
}

describe("Renovate's config", () => {
  it("is what Renovate's own schema allows", async function () {
    this.timeout(120_000);
    const ajv = new Ajv({ strict: false, allErrors: true, formats: { regex: isPattern } });
    const schema = await renovateSchema();
    const validate = ajv.compile(schema);
    validate(CONFIG);
    assert.deepEqual(validate.errors ?? [], []);
    // The schema has an answer to a key that is none: it is not one that takes everything.
    const { properties } = schema as { properties: Record<string, unknown> };
    assert.deepEqual(
      Object.keys(CONFIG).filter((key) => key !== "$schema" && !(key in properties)),
      [],
    );
    assert.equal(validate({ ...CONFIG, schedule: 7 }), false);
  });

  it("finds each version in versions.ts, by one manager", () => {
    const text = readFileSync(join(ROOT, "versions.ts"), "utf8");
    const pins = [...text.matchAll(/^ +\w+: "(?:[\w/]+:)?([^"]+)",$/gm)].map(([, pin = ""]) => pin);
    assert.ok(pins.length > 10);
    const managers = managersOf("versions.ts");
    for (const manager of managers) {
      assert.equal(found(manager, text).length, 1, manager.depNameTemplate);
    }
    assert.deepEqual(managers.flatMap((manager) => found(manager, text)).sort(), pins.sort());
  });

  it("finds the version of Pulumi", () => {
    const text = readFileSync(join(ROOT, ".pulumi.version"), "utf8");
    const [manager, ...others] = managersOf(".pulumi.version");
    assert.ok(manager !== undefined && others.length === 0);
    assert.deepEqual(found(manager, text), [text.trim()]);
  });

  it("looks for add-ons of the release that the cluster has", () => {
    const packages = managersOf("versions.ts").flatMap(({ packageNameTemplate = "" }) =>
      packageNameTemplate === "" ? [] : [packageNameTemplate],
    );
    assert.equal(packages.length, 5);
    for (const name of packages) {
      assert.equal(
        (JSON.parse(name) as { kubernetesVersion: string }).kubernetesVersion,
        versions.eks,
      );
    }
  });

  it("names no folder that is not there", () => {
    const named = CONFIG.packageRules.flatMap(({ matchFileNames = [] }) => matchFileNames);
    assert.ok(named.length > 2);
    for (const pattern of named) {
      assert.ok(existsSync(join(ROOT, pattern.replace(/\*\*$/, ""))), pattern);
    }
  });
});

/** Whether a text is a regular expression. */
function isPattern(text: string): boolean {
  try {
    new RegExp(text);
    return true;
  } catch {
    return false;
  }
}
