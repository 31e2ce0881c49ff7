import { join } from "node:path";

import { tryRun } from "../host/run";
import { UserError } from "../host/userError";
import type { Names } from "./preflight/objects";

/** Root of the repo: where Pulumi finds the project. */
const ROOT = join(__dirname, "..");

/** The app of a Pulumi stack, as the stack's outputs name it. */
export interface StackApp extends Names {
  publicUrl: string;
}

/** @throws UserError where there is no such stack, or it has not been brought up. */
export async function namesOfStack(stack: string): Promise<StackApp> {
  const args = ["stack", "output", "--json", "--stack", stack];
  const { ok, stdout, all, code } = await tryRun("pulumi", args, { cwd: ROOT, timeout: 60_000 });
  if (code === "ENOENT") {
    throw new UserError(
      `pulumi is not on PATH, and --stack ${stack} asks it for the app's names. Install it, or give --namespace, --service and --autoscaler.`,
    );
  }
  if (!ok) {
    const why = all.trim().split("\n").at(-1) ?? "";
    throw new UserError(
      `Pulumi does not tell the outputs of stack ${stack}: ${why} Log in where its state is, or give --namespace, --service and --autoscaler.`,
    );
  }
  return appOf(stack, JSON.parse(stdout) as Record<string, unknown>);
}

/** The names among a stack's outputs. */
export function appOf(stack: string, outputs: Readonly<Record<string, unknown>>): StackApp {
  const { namespace, serviceName: service, autoscalerName: autoscaler, url } = outputs;
  const wanted = { namespace, serviceName: service, autoscalerName: autoscaler, url };
  const missing = Object.entries(wanted).filter(([, value]) => typeof value !== "string");
  if (missing.length > 0) {
    const names = missing.map(([name]) => name).join(", ");
    throw new UserError(
      `The stack ${stack} has no output ${names}. Bring it up: pulumi up --stack ${stack}`,
    );
  }
  return {
    namespace: String(namespace),
    service: String(service),
    autoscaler: String(autoscaler),
    publicUrl: String(url),
  };
}
