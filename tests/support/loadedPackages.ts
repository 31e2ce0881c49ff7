import program from "../../index";
import { fixtures } from "./fixtures";
import { apiStandIn } from "./apiStandIn";
import { liveMocks } from "./live";
import { runProgram } from "./program";
import { readStackFile } from "./stackFile";

/** Runs a valid fixture's stack (that at home as a preview, which waits for nothing), and prints which of the larger packages this process has loaded. */
async function main(reason: string | undefined): Promise<void> {
  const fixture = fixtures("valid").find((valid) => valid.reason === reason);
  if (fixture === undefined) throw new Error(`No valid fixture ${String(reason)}.`);
  const api = await apiStandIn();
  const options = await readStackFile(fixture.stackFile);
  await runProgram(program, { ...options, ...liveMocks(api), preview: options.stack === "home" });
  await api.close();

  const packages = Object.keys(require.cache)
    .map((path) =>
      /node_modules[\\/](@(?:pulumi|kubernetes)[\\/][^\\/]+)/.exec(path)?.[1]?.replace("\\", "/"),
    )
    .filter((name) => name !== undefined);
  console.log(JSON.stringify([...new Set(packages)].sort()));
}

void main(process.argv[2]);
