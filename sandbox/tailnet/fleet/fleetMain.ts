import { randomBytes } from "node:crypto";
import { createServer } from "node:http";

import { messageOf } from "../../../host/errors";
import { readTailnet, tailnetLayout } from "../state";
import { Fleet } from "./fleet";
import { fleetService } from "./fleetService";
import { instanceLauncher } from "./launchInstances";

/** How often groups look after their instances: AWS takes minutes for it. */
const STEP_MS = 500;

const [name = "", tailscaled = "", tailscale = ""] = process.argv.slice(2);
const layout = tailnetLayout(name);
const tailnet = readTailnet(layout);
if (tailnet === undefined) throw new Error(`There is no tailnet "${name}".`);

const log = (line: string): void => {
  console.log(`${new Date().toISOString()} ${line}`);
};
const fleet = new Fleet({
  launch: instanceLauncher({ tailnet, layout, programs: { tailscaled, tailscale } }),
  // As AWS makes them: 17 hexadecimal digits.
  newId: () => `i-0${randomBytes(8).toString("hex")}`,
  now: () => performance.now(),
  log,
});
createServer(fleetService(fleet)).listen(layout.fleet);

/** Whoever started it can be killed before it is noted, and it is then not taken down with the rest. */
const isOver = (): boolean => {
  const state = readTailnet(layout);
  return (
    state === undefined ||
    state.processes.some((one) => one.name === "fleet" && one.pid !== process.pid)
  );
};
const step = async (): Promise<void> => {
  if (isOver()) process.exit();
  await fleet.step();
};
const goOn = (): void => {
  step()
    .catch((error: unknown) => {
      log(messageOf(error));
    })
    .finally(() => setTimeout(goOn, STEP_MS));
};
goOn();
