import { AS_PEM, inspectCertificate } from "./clientCertificate";
import { entriesOf, type KubeconfigEntries } from "./kubeconfigEntries";
import { heldOrRead, type FileReader } from "./kubeconfigFiles";
import { UnusableKubeconfig, type KubeconfigProblem } from "./kubeconfigProblem";
import { certificatesOf } from "./pem";

/** By what a user is known to a cluster, where it is not by a client certificate. */
const CREDENTIALS = ["token", "tokenFile", "exec", "auth-provider", "username"];

/** What the checks need to know of the cluster that a kubeconfig leads to. */
export interface ClusterEntry {
  /** URL of the API server. */
  server: URL;
  /** PEM of the CA that the kubeconfig trusts. */
  ca?: string;
  /** Whether a proxy is between: then the server's address means something there, not here. */
  viaProxy?: boolean;
}

/** Outcome of a look at a kubeconfig. */
export interface KubeconfigReport {
  /** What makes it unusable. */
  problems: KubeconfigProblem[];
  /** What will make it unusable soon. */
  warnings: KubeconfigProblem[];
  /** Where it leads to, as far as that can be told. */
  cluster?: ClusterEntry;
}

export interface InspectOptions {
  /** Context to use. @default the kubeconfig's current one */
  context?: string | undefined;
  /** Against what the client certificate's dates are held. @default now */
  now?: Date;
  /** Reads the files that the kubeconfig names. @default a kubeconfig that names any is refused */
  readFile?: FileReader | undefined;
}

/** Looks at a kubeconfig, as far as its context uses it, without contacting anything. */
export async function inspectKubeconfig(
  contents: string,
  { context, now = new Date(), readFile }: InspectOptions = {},
): Promise<KubeconfigReport> {
  try {
    const { cluster, user } = entriesOf(contents, context);
    const ca = await authorityOf(cluster, readFile);
    const certificate = await heldOrRead(user, "client-certificate", readFile);
    const key = await heldOrRead(user, "client-key", readFile);
    await heldOrRead(user, "tokenFile", readFile);
    if (certificate === undefined) refuseWithoutCredential(user);
    else if (key === undefined) refuseWithoutKey();
    return {
      ...(certificate === undefined
        ? { problems: [], warnings: [] }
        : inspectCertificate(certificate, now)),
      cluster: {
        server: new URL(cluster.server),
        ...(ca !== undefined && { ca }),
        ...(isGiven(cluster["proxy-url"]) && { viaProxy: true }),
      },
    };
  } catch (error) {
    if (error instanceof UnusableKubeconfig) return { problems: [error.problem], warnings: [] };
    throw error;
  }
}

async function authorityOf(
  cluster: KubeconfigEntries["cluster"],
  readFile: FileReader | undefined,
): Promise<string | undefined> {
  const ca = await heldOrRead(cluster, "certificate-authority", readFile);
  if (ca === undefined || certificatesOf(ca) !== undefined) return ca;
  throw new UnusableKubeconfig({
    given: "a certificate authority that cannot be read",
    allowed: AS_PEM,
  });
}

function refuseWithoutCredential(user: KubeconfigEntries["user"]): void {
  if (CREDENTIALS.some((key) => isGiven(user[key]))) return;
  throw new UnusableKubeconfig({
    given: "a kubeconfig whose user has nothing to be known by",
    allowed: `a user with a client-certificate or one of: ${CREDENTIALS.join(", ")}`,
  });
}

function refuseWithoutKey(): never {
  throw new UnusableKubeconfig({
    given: "a kubeconfig whose user has a client-certificate, and no client-key",
    allowed: "a user with both of them",
  });
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null && value !== "";
}
