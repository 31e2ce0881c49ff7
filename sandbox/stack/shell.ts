import type { Engine } from "./engine";

/** Opens the user's own shell where plain `pulumi` and `kubectl` work on the place. */
export async function openShell(engine: Engine, stack: string): Promise<void> {
  const { execa } = await import("execa");
  console.log(
    [
      `Plain pulumi, kubectl and helm work here, on the stack "${stack}" of the sandbox:`,
      "  pulumi up          pulumi stack graph graph.dot          kubectl get pods -A",
      `Its config is ${engine.folders.project}/Pulumi.${stack}.yaml; the next \`up\` of the sandbox writes it anew.`,
      "Leave with exit.",
    ].join("\n"),
  );
  const { SHELL = "/bin/sh" } = process.env;
  // Ctrl-C is for what runs in the shell: it must end neither the shell nor what waits for it.
  const ignore = (): void => undefined;
  process.on("SIGINT", ignore);
  // Whatever the last command in it came to is no failure of the shell.
  const [program, ...args] = engine.command(SHELL);
  await execa(program, args, { ...engine.setting, stdio: "inherit", reject: false });
  process.off("SIGINT", ignore);
}
