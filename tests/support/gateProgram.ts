import { waitForApi, type WaitForApiArgs } from "../../components/live/waitForApi";

// The gate of the live stack as a program, to be run in a place of its own. Says `open`, or why not.
const args = JSON.parse(process.argv[2] ?? "{}") as Omit<WaitForApiArgs, "warn">;
waitForApi({ ...args, warn: () => undefined }).then(
  () => {
    console.log("open");
  },
  (error: unknown) => {
    console.log(error instanceof Error ? error.message : error);
  },
);
