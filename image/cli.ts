import { Command, InvalidArgumentError } from "commander";

import { UserError } from "../host/userError";
import { bench } from "./bench/bench";
import { buildImage } from "./build";
import { buildContext } from "./context";
import { lockImage } from "./lockImage";
import { architectures, PLATFORMS } from "./platform";

const program = new Command("npm run image --").description(
  "Builds the httpbin image as OCI archives, unless the cache has them already.",
);

program
  .option("--platform <platform...>", `${Object.keys(PLATFORMS).join(" or ")}; both by default`, [])
  .option("--no-install", "fail rather than install Debian packages that are missing")
  .action(async (options: { platform: string[]; install: boolean }) => {
    const context = buildContext({ install: options.install });
    for (const architecture of architectures(options.platform)) {
      const { archive, bytes, built } = await buildImage(architecture, context);
      const size = `${(bytes / 1e6).toFixed(1)} MB`;
      context.say(`linux/${architecture}: ${built ? "built" : "unchanged"}, ${size}: ${archive}`);
    }
  });

program
  .command("lock")
  .description("makes requirements.txt from requirements.in, with the hash of every file")
  .option("--upgrade", "take the newest versions that requirements.in allows", false)
  .action(async ({ upgrade }: { upgrade: boolean }) => {
    await lockImage(upgrade, buildContext({ install: true }));
  });

program
  .command("bench")
  .description("measures servers for httpbin, the image's among them, and prints tables")
  .option("--rounds <number>", "how often each is measured", wholeNumber, 3)
  .option("--seconds <number>", "how long each load lasts", wholeNumber, 1)
  .option("--add", "add the rounds to those that were measured before", false)
  .action(async (options: { rounds: number; seconds: number; add: boolean }) => {
    await bench(options, buildContext({ install: true }));
  });

program.parseAsync().catch((error: unknown) => {
  console.error(error instanceof UserError ? error.message : error);
  process.exitCode = 1;
});

function wholeNumber(text: string): number {
  if (!/^[1-9]\d?$/.test(text)) throw new InvalidArgumentError("A number from 1 to 99 is needed.");
  return Number(text);
}
