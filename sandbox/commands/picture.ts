import { join } from "node:path";

import { Command } from "commander";

import { interruptSignal } from "../../host/interrupt";
import { stateFolder } from "../../host/stateFolder";
import { takePicture } from "../browser/picture";
import { nameOption } from "./options";

interface Flags {
  name: string;
  out: string;
  install: boolean;
}

/** `picture`: httpbin's front page in a real browser, as a file. */
export function pictureCommand(): Command {
  return new Command("picture")
    .description("takes a picture of httpbin's front page in Chromium, by https through Traefik")
    .option("--out <file>", "PNG file to write", join(stateFolder(), "front-page.png"))
    .option("--no-install", "install no Debian package, even where one is missing")
    .addOption(nameOption())
    .action(async (flags: Flags) => {
      await takePicture({ ...flags, signal: interruptSignal(), say: console.log });
    });
}
