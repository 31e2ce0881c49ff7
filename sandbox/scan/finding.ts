/** The programs that objects are shown to. */
export const SCANNERS = ["kubeconform", "kube-score", "checkov", "trivy"] as const;

export type Scanner = (typeof SCANNERS)[number];

/** What a scanner has against an object. */
export interface Finding {
  scanner: Scanner;
  /** The scanner's own name of what it looked for, such as `CKV_K8S_43`. */
  check: string;
  /** The object, as `Deployment httpbin/httpbin`. */
  object: string;
  /** File of the object, by its name in the folder of the manifests. */
  file: string;
  message: string;
}

/** What one scanner said. */
export interface Scanned {
  findings: Finding[];
  /** Everything that it printed, for a file. */
  report: string;
}
