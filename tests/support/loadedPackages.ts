import program from "../../index";
import { fixtures } from "./fixtures";
import { apiStandIn } from "./apiStandIn";
import { liveMocks } from "./live";
import { runProgram } from "./program";
import { readStackFile } from "./stackFile";

/** Runs a valid fixture's stack, and prints which Pulumi packages this process has loaded. */
async function main(reason: string | undefined): Promise<void> {
  const fixture = fixtures("valid").find((valid) => valid.reason === reason);
  if (fixture === undefined) throw new Error(`No valid fixture ${String(reason)}.`);
  const api = await apiStandIn();
  await runProgram(program, { ...(await readStackFile(fixture.stackFile)), ...liveMocks(api) });
  await api.close();

  const packages = Object.keys(require.cache)
    .map((path) => /node_modules[\\/](@pulumi[\\/][^\\/]+)/.exec(path)?.[1]?.replace("\\", "/"))
    .filter((name) => name !== undefined);
  console.log(JSON.stringify([...new Set(packages)].sort()));
}

void main(process.argv[2]);
