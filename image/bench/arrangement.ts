import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";

import { hostArchitecture } from "../../host/emulation";
import { UV } from "../../host/lockRequirements";
import { pythonEnvironment } from "../../host/pythonEnvironment";
import { run } from "../../host/run";
import { UserError } from "../../host/userError";
import { Container } from "../container";
import type { BuildContext } from "../context";
import type { Limits, RuntimeSpec } from "../podSpec";
import type { Candidate } from "./candidates";

/** Where a candidate finds its packages. */
const SITE = "/opt/candidate";

/** Turns the specification of the image's container into that of another. */
type Adaptation = (spec: RuntimeSpec) => RuntimeSpec;

/** What a candidate needs before it is started. */
interface Place {
  /** Folder, and the settings, of all candidates. */
  folder: string;
  /** Unpacked image. */
  bundle: string;
  limits: Limits;
}

/** Installs a candidate, and gives what turns the container of the image into its own. */
export async function arrange(
  { release, packages, args }: Candidate,
  place: Place,
  context: BuildContext,
): Promise<Adaptation> {
  const python = release === undefined ? "3.13" : "3.11";
  const root = release === undefined ? undefined : await debian(release, place.folder, context);
  const program = `/usr/bin/python${python}`;
  const plain: Adaptation = (spec) => ({
    ...spec,
    process: { ...spec.process, args: [program, ...args] },
    root: { ...spec.root, path: root ?? spec.root.path },
    // The other processor is left to what makes the load. The share is the largest there is, so that
    // other work on the machine waits for the server, and not the server for it.
    linux: {
      ...spec.linux,
      resources: {
        ...spec.linux.resources,
        cpu: { ...spec.linux.resources?.cpu, cpus: "0", shares: 262_144 },
      },
    },
  });
  if (packages.length === 0) return plain;

  const site = join(place.folder, siteName([python, ...packages]));
  const adapt: Adaptation = (spec) => withSite(plain(spec), site, "ro");
  if (!existsSync(site)) {
    const partial = `${site}.partial`;
    await install(packages, python, partial, context);
    await compile(partial, [program, "-m", "compileall", "-q", SITE], plain, place);
    await rename(partial, site);
  }
  return adapt;
}

function withSite(spec: RuntimeSpec, site: string, access: "ro" | "rw"): RuntimeSpec {
  const bind = { type: "bind", source: site, options: ["bind", access, "nosuid", "nodev"] };
  return {
    ...spec,
    process: { ...spec.process, env: [...(spec.process.env ?? []), `PYTHONPATH=${SITE}`] },
    mounts: [...spec.mounts, { destination: SITE, ...bind }],
  };
}

function siteName(parts: string[]): string {
  return `site-${createHash("sha256").update(parts.join("\0")).digest("hex").slice(0, 12)}`;
}

async function install(
  packages: string[],
  python: string,
  site: string,
  context: BuildContext,
): Promise<void> {
  await rm(site, { recursive: true, force: true });
  const bin = await pythonEnvironment(context.cache, [UV], context);
  const platform = hostArchitecture() === "amd64" ? "x86_64" : "aarch64";
  const args = [
    ...["pip", "install", "--python", join(bin, "python"), "--python-version", python],
    ...["--python-platform", `${platform}-manylinux_2_28`, "--target", site],
    "--no-deps",
    ...["--only-binary", ":all:", "--no-binary", "flasgger", ...packages],
  ];
  await run(join(bin, "uv"), args, { log: context.log });
}

/** The image has its bytecode made beforehand: a candidate that had not would start at a loss. */
async function compile(
  site: string,
  args: string[],
  plain: Adaptation,
  { bundle, limits }: Place,
): Promise<void> {
  const adapt: Adaptation = (spec) => {
    const writable = withSite(plain(spec), site, "rw");
    return { ...writable, process: { ...writable.process, args, user: { uid: 0, gid: 0 } } };
  };
  const container = await Container.start(bundle, { limits, adapt });
  const { ok, all } = await container.ended;
  await container.remove();
  if (!ok) throw new UserError(`The packages of a candidate do not compile:\n${all}`);
}

async function debian(release: string, folder: string, { log }: BuildContext): Promise<string> {
  const root = join(folder, release);
  if (existsSync(root)) return root;
  const partial = `${root}.partial`;
  await rm(partial, { recursive: true, force: true });
  const options = ["--variant=minbase", "--mode=root", "--include=python3"];
  await run("mmdebstrap", [...options, release, partial], { log });
  await mkdir(join(partial, SITE), { recursive: true });
  await rename(partial, root);
  return root;
}
