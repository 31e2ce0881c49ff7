import type { Architecture } from "../host/emulation";
import { run, tryRun } from "../host/run";
import { isInstalled } from "../host/tools";
import { certificateArguments } from "./certificates";
import type { BuildContext } from "./context";
import { IMAGE_FOLDER } from "./inputs";

/** The builder of the default driver writes no OCI archives, so there is one of our own. */
const BUILDER = "k8s-test";

/** Whether Docker is here, has buildx, and its daemon answers. */
export async function dockerAnswers(): Promise<boolean> {
  if (!(await isInstalled("docker"))) return false;
  const answers = [
    await tryRun("docker", ["buildx", "version"], { timeout: 10_000 }),
    await tryRun("docker", ["info"], { timeout: 10_000 }),
  ];
  return answers.every(({ ok }) => ok);
}

/** Builds the Dockerfile with Docker's buildx into an OCI archive. */
export async function buildWithBuildx(
  architecture: Architecture,
  archive: string,
  { log }: BuildContext,
): Promise<void> {
  const known = await tryRun("docker", ["buildx", "inspect", BUILDER], { log });
  if (!known.ok) {
    const create = ["buildx", "create", "--name", BUILDER, "--driver", "docker-container"];
    await run("docker", create, { log });
  }
  await run("docker", buildxArguments(architecture, archive), { log });
}

/** Arguments of `docker`. Attestations are made when the image is published, of what was tested. */
export function buildxArguments(architecture: Architecture, archive: string): string[] {
  return [
    ...["buildx", "build", "--builder", BUILDER],
    ...["--platform", `linux/${architecture}`],
    ...["--provenance", "false", "--sbom", "false"],
    ...certificateArguments(),
    ...["--tag", "httpbin:latest", "--output", `type=oci,dest=${archive}`],
    IMAGE_FOLDER,
  ];
}
