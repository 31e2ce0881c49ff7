import { TOOLS, toolsOf } from "../toolchain/tools";

/** What is needed beside a cluster: the engine, and the way to look. */
export const ENGINE_TOOLS = [
  ...toolsOf("preview"),
  ...TOOLS.filter(({ name }) => name === "kubectl"),
];
