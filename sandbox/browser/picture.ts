import { statSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";

import { messageOf } from "../../host/errors";
import { installMissing, packageProblem } from "../../host/packages";
import { stateFolder } from "../../host/stateFolder";
import { UserError } from "../../host/userError";
import { neededEdge } from "../cluster/edge/neededEdge";
import { APP_HOST } from "../cluster/edge/zone";
import { BROWSER_NEEDS } from "../cluster/systemNeeds";
import { withPage, type LoadedPage } from "./page";

export interface PictureOptions {
  /** Name of a cluster that has an edge. */
  name: string;
  /** PNG file; the folder must be there. */
  out: string;
  /** Whether Debian's packages of the browser may be installed where they are missing. */
  install: boolean;
  signal?: AbortSignal;
  say: (line: string) => void;
}

const FRONT_PAGE = `https://${APP_HOST}/`;

/** Some part of the page that is there once its script has read and drawn the list of requests. */
const DRAWN = ".swagger-ui .opblock-tag";
const DRAWN_TIMEOUT_MS = 10_000;

/**
 * Takes a picture of httpbin's front page, as a browser shows it that trusts the cluster's ACME
 * server.
 *
 * @throws UserError where cluster, edge, browser or folder is missing, or the page does not load.
 */
export async function takePicture(options: PictureOptions): Promise<void> {
  const { name, install, signal, say } = options;
  const edge = await neededEdge(name);
  const out = checkedOut(options.out);
  const problem = packageProblem(BROWSER_NEEDS, install);
  if (problem !== undefined) throw new UserError(`A picture needs a browser. ${problem}`);
  await installMissing(BROWSER_NEEDS, { say, log: join(stateFolder(), "logs", "packages.log") });
  await withPage(
    FRONT_PAGE,
    { ...edge, name },
    async (loaded) => {
      const picture = await drawn(loaded);
      await writeFile(out, picture);
      const { browser, issuer, protocol } = loaded;
      say(
        `${FRONT_PAGE} in Chromium ${browser}, by ${protocol}, with a certificate of ${issuer}, which it has verified: ${out}`,
      );
    },
    signal,
  );
}

/** The page as a PNG, once it is drawn. */
async function drawn({ page }: LoadedPage): Promise<Buffer> {
  const part = page.locator(DRAWN).first();
  await part.waitFor({ timeout: DRAWN_TIMEOUT_MS }).catch((error: unknown) => {
    const [why] = messageOf(error).split("\n");
    throw new UserError(`${FRONT_PAGE} is not httpbin's front page: ${String(why)}`);
  });
  return page.screenshot({ type: "png" });
}

/**
 * The whole path of a file that can be written to.
 *
 * @throws UserError where its folder is not there, or it is one itself.
 */
export function checkedOut(given: string): string {
  const out = resolve(given);
  const folder = dirname(out);
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw new UserError(
      `--out ${given}: there is no folder ${folder}. Make it: mkdir -p ${folder}`,
    );
  }
  if (statSync(out, { throwIfNoEntry: false })?.isDirectory() === true) {
    throw new UserError(`--out ${given} is a folder. Name a file in it, such as front-page.png`);
  }
  return out;
}
