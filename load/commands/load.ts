import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";

import { Command, InvalidArgumentError, Option } from "commander";

import { messageOf } from "../../host/errors";
import { interruptSignal } from "../../host/interrupt";
import { loadAndReport } from "../loadAndReport";
import { withLoadFlags, type LoadFlags } from "../options";
import { namesOfStack } from "../stackNames";

const DESCRIPTION = `Puts load on httpbin, watches its autoscaler, and judges how it scaled.

  npm run load -- --stack home             the app of the Pulumi stack "home"
  npm run load -- --namespace httpbin      the app of that name, without Pulumi

It makes one or two Jobs in the app's namespace, on the cluster of your
kubeconfig, and removes them again. The exit code is 0 only where every check
passed.`;

interface Flags extends LoadFlags {
  stack?: string;
  kubeconfig?: string;
  context?: string;
  namespace?: string;
  service?: string;
  autoscaler?: string;
  cacert?: string;
  insecure: boolean;
}

/** What `npm run load` does. */
export function loadCommand(): Command {
  const command = new Command("npm run load --")
    .description(DESCRIPTION)
    .showHelpAfterError("(--help shows what is possible)")
    // Flags after a command are that command's: both have --out.
    .enablePositionalOptions()
    .option("--stack <stack>", "Pulumi stack whose outputs name the app")
    .option("--namespace <name>", "namespace of the app (default: the stack's, else httpbin)")
    .option("--service <name>", "Service of the app (default: the stack's, else httpbin)")
    .option("--autoscaler <name>", "HPA of the app (default: the stack's, else httpbin)")
    .option("--kubeconfig <file>", "way to the cluster (default: $KUBECONFIG, else ~/.kube/config)")
    .option("--context <name>", "context of the kubeconfig (default: the current one)")
    .addOption(
      new Option("--cacert <file>", "PEM of a private CA, where that signed the app's certificate")
        .argParser(certificatesOf)
        .conflicts("insecure"),
    )
    .option("--insecure", "take any certificate, such as one of Let's Encrypt's staging", false);
  return withLoadFlags(command).action(async (flags: Flags) => {
    const signal = interruptSignal();
    const { stack, namespace, service, autoscaler, cacert, ...rest } = flags;
    const names = stack === undefined ? {} : await namesOfStack(stack);
    await loadAndReport({
      ...{ namespace: "httpbin", service: "httpbin", autoscaler: "httpbin" },
      ...names,
      ...(namespace !== undefined && { namespace }),
      ...(service !== undefined && { service }),
      ...(autoscaler !== undefined && { autoscaler }),
      ...(cacert !== undefined && { caBundle: cacert }),
      ...rest,
      signal,
      say: console.log,
    });
  });
}

/** What a file with certificates says, of which the first at least must be one. */
function certificatesOf(path: string): string {
  try {
    const pem = readFileSync(path, "utf8");
    new X509Certificate(pem);
    return pem;
  } catch (error) {
    throw new InvalidArgumentError(`It is no file with a certificate as PEM: ${messageOf(error)}`);
  }
}
