import type { CertificateObjects } from "./objects";

/** What the wait for a certificate asks of the cluster. Each call may throw an `ApiTrouble`. */
export interface CertificateApi {
  /** Everything that tells how far the certificate is. */
  read(): Promise<CertificateObjects>;

  /** Has cert-manager begin again now, where it waits for an hour or more after a failure. */
  forgetFailure(): Promise<void>;

  /** Has cert-manager try now what it waits with after failures, for up to half an hour. */
  touch(plural: Touchable, name: string): Promise<void>;

  /** Has a challenge that is being deleted go, without taking its record away. */
  releaseChallenge(name: string): Promise<void>;
}

/** Kinds of which cert-manager looks at an object at once when it is changed, by their plural names. */
export type Touchable = "challenges" | "orders" | "clusterissuers";

/** Why the cluster's API does not tell. */
export class ApiTrouble extends Error {
  override readonly name = "ApiTrouble";

  /**
   * @param kind - `forbidden`: the user may not; `missing`: there is no such kind; `away`: the API
   * does not answer, or not as it should.
   */
  constructor(
    readonly kind: "forbidden" | "missing" | "away",
    message: string,
  ) {
    super(message);
  }
}
