import { UserError } from "../host/userError";
import { chartsCommand } from "./commands/charts";
import { loadCommand } from "./commands/load";

async function main(): Promise<void> {
  try {
    await loadCommand().addCommand(chartsCommand()).parseAsync();
  } catch (error) {
    console.error(error instanceof UserError ? error.message : error);
    process.exitCode ??= 1;
  }
}

void main();
