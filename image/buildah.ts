import { mkdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";

import { hostArchitecture, type Architecture } from "../host/emulation";
import { run, tryRun, type RunResult } from "../host/run";
import { ensureTools, isRoot } from "../host/tools";
import { UserError } from "../host/userError";
import { certificateArguments } from "./certificates";
import type { BuildContext } from "./context";
import { baseImage, IMAGE_FOLDER } from "./inputs";

const IMAGE = "localhost/k8s-test/httpbin";

/** A registry that is out of reach says so at once; a slow line may take this long. */
const PULL_MILLISECONDS = 120_000;

/**
 * Builds the Dockerfile with buildah, which needs no daemon, into an OCI archive. Where the base
 * image cannot be pulled, the same Debian release made with mmdebstrap takes its place.
 *
 * @throws UserError without root, or where a package is missing and may not be installed.
 */
export async function buildWithBuildah(
  architecture: Architecture,
  archive: string,
  context: BuildContext,
): Promise<void> {
  await ensureTools([{ program: "buildah", package: "buildah" }], context);
  if (!isRoot()) {
    throw new UserError(
      "Building without Docker needs root. Start Docker, or run: sudo npm run image",
    );
  }
  const store = await openStore(context);
  const base = await ensureBase(store, context);

  await store.buildah(buildArguments(architecture, base));
  const name = `${IMAGE}:${architecture}`;
  await store.buildah(["push", "--quiet", name, `oci-archive:${archive}:latest`]);
  await store.buildah(["rmi", "--force", name]);
}

/** Arguments of `buildah`. The version in Debian 12 does not set BUILDPLATFORM by itself. */
export function buildArguments(architecture: Architecture, base: string): string[] {
  return [
    ...["build", "--isolation", "chroot", "--pull=false"],
    ...["--platform", `linux/${architecture}`],
    ...["--build-arg", `BUILDPLATFORM=linux/${hostArchitecture()}`],
    ...["--build-arg", `BASE=${base}`],
    ...certificateArguments(),
    ...["--tag", `${IMAGE}:${architecture}`, IMAGE_FOLDER],
  ];
}

/** Images and containers of the project's own, apart from those of the machine. */
interface Store {
  temporary: string;
  buildah(args: string[]): Promise<string>;
  tryBuildah(args: string[]): Promise<RunResult>;
}

/** Opens the store, and rids it of what a killed build left in it. */
async function openStore({ cache, log }: BuildContext): Promise<Store> {
  const folder = join(cache, "buildah");
  const temporary = join(folder, "tmp");
  await rm(temporary, { recursive: true, force: true });
  await mkdir(temporary, { recursive: true });
  const where = ["--root", join(folder, "root"), "--runroot", join(folder, "run")];
  const all = (args: string[]): string[] => [...where, "--storage-driver", "vfs", ...args];
  const options = { log, env: { TMPDIR: temporary } };
  const store: Store = {
    temporary,
    buildah: (args) => run("buildah", all(args), options),
    tryBuildah: (args) => tryRun("buildah", all(args), { ...options, timeout: PULL_MILLISECONDS }),
  };
  await store.buildah(["rm", "--all"]);
  return store;
}

/** Gives the name under which the store has the base image: pulled before, pulled now, or made. */
async function ensureBase(store: Store, context: BuildContext): Promise<string> {
  const { reference, release } = baseImage(
    await readFile(join(IMAGE_FOLDER, "Dockerfile"), "utf8"),
  );
  const isStored = async (name: string): Promise<boolean> =>
    (await store.tryBuildah(["inspect", "--type", "image", name])).ok;
  if (await isStored(reference)) return reference;
  const pulled = await store.tryBuildah(["pull", "--quiet", reference]);
  if (pulled.ok) return reference;

  const why = pulled.all.trim().split(": ").at(-1) ?? pulled.reason;
  context.say(
    `${reference} cannot be pulled (${why}): a Debian ${release} made with mmdebstrap takes its place`,
  );
  const substitute = `localhost/k8s-test/debian:${release}`;
  if (!(await isStored(substitute))) await makeBase(store, substitute, release, context);
  return substitute;
}

/**
 * Makes a base image of a Debian release. It has no more than Debian's essential packages and apt,
 * which is what the slim image has too.
 */
async function makeBase(
  store: Store,
  name: string,
  release: string,
  context: BuildContext,
): Promise<void> {
  await ensureTools([{ program: "mmdebstrap", package: "mmdebstrap" }], context);
  const tarball = join(store.temporary, `${release}.tar`);
  const args = ["--variant=minbase", "--mode=root", release, tarball];
  await run("mmdebstrap", args, { log: context.log, env: { TMPDIR: store.temporary } });
  const container = (await store.buildah(["from", "scratch"])).trim();
  await store.buildah(["add", "--quiet", container, tarball, "/"]);
  await store.buildah(["commit", "--quiet", "--rm", container, name]);
  await rm(tarball);
}
