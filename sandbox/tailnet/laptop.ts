import { UserError } from "../../host/userError";
import type { Control } from "./control";
import type { Machine } from "./machine";

/** Logs the laptop in as an operator's, which takes the routes of others. */
export async function joinLaptop(laptop: Machine, control: Control): Promise<void> {
  const { key } = await control.createKey();
  const flags = ["--auth-key=file:/dev/stdin", "--hostname=laptop", "--accept-routes"];
  const { ok, all } = await laptop.run(["tailscale", "up", "--timeout=30s", ...flags], key);
  if (!ok) throw new UserError(`The laptop could not join the tailnet: ${all.trim()}`);
}
