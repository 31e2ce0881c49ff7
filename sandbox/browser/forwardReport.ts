import { onCluster } from "../cluster/onCluster";

/** A port of 127.0.0.1 that is forwarded to an app. */
export interface ForwardedApp {
  /** Name of the cluster. */
  name: string;
  host: string;
  port: number;
  /** PEM file of the root of the app's certificate. */
  rootPath: string;
}

const HTTPS = 443;

/** How a person's own browser comes to the app. */
export function forwardReport({ name, host, port, rootPath }: ForwardedApp): string {
  const here = `127.0.0.1:${String(port)}`;
  const url = `https://${host}/`;
  // The app sends whoever names another port in the URL to 443: only the connection may have one.
  const byHosts =
    port === HTTPS
      ? `Any other browser finds it with this line in /etc/hosts: 127.0.0.1 ${host}`
      : `Any other browser needs port 443: ${onCluster("forward", name)} --port 443`;
  return [
    `${here} leads to Traefik, until Ctrl-C. In a browser on this machine, open ${url}`,
    `  chromium --host-resolver-rules="MAP ${host}:443 ${here}" ${url}`,
    byHosts,
    `On another machine do the same, after: ssh -L ${String(port)}:${here} THIS-MACHINE`,
    "",
    "The browser refuses it until it trusts this root; import it as an authority, in its settings:",
    `  ${rootPath}`,
    "It is no secret, though only its owner can read it. Each cluster has another: afterwards, remove it.",
  ].join("\n");
}
