import type { Finding } from "./finding";

/** A finding that stands, and why. */
export interface Accepted extends Pick<Finding, "scanner" | "check" | "object"> {
  /** Stacks in which it is found. */
  stacks: readonly string[];
  reason: string;
}

const DEPLOYMENT = "Deployment httpbin/httpbin";
const AUTOSCALER = "HorizontalPodAutoscaler httpbin/httpbin";

const BOTH = ["home", "live"];

const PULLED_ONCE =
  "The image has a tag that is never given to another one, or a digest: to pull it at every start finds nothing new, and fails where the registry is away.";

/** Why some findings stand. A test fails where one of them is not found any more. */
export const ACCEPTED: readonly Accepted[] = [
  {
    scanner: "kube-score",
    check: "container-image-pull-policy",
    object: DEPLOYMENT,
    stacks: BOTH,
    reason: PULLED_ONCE,
  },
  {
    scanner: "checkov",
    check: "CKV_K8S_15",
    object: DEPLOYMENT,
    stacks: BOTH,
    reason: PULLED_ONCE,
  },
  {
    scanner: "checkov",
    check: "CKV_K8S_43",
    object: DEPLOYMENT,
    stacks: BOTH,
    reason:
      "The default is a tag, as there is no digest before the image's workflow has run; `app.image` takes one with a digest.",
  },
  {
    scanner: "trivy",
    check: "KSV-0125",
    object: DEPLOYMENT,
    stacks: BOTH,
    reason:
      "Trivy trusts the registries of some clouds alone, and the image is on Docker Hub; `app.image` takes one from any registry.",
  },
  {
    scanner: "kube-score",
    check: "deployment-targeted-by-hpa-does-not-have-replicas-configured",
    object: DEPLOYMENT,
    stacks: BOTH,
    reason:
      "The program never sets the number of pods. What is read back is the one that the server and the autoscaler have written.",
  },
  {
    scanner: "kube-score",
    check: "horizontalpodautoscaler-replicas",
    object: AUTOSCALER,
    stacks: ["home"],
    reason:
      "One pod is enough for a home without load; a roll-out makes the new one before the old goes.",
  },
  {
    scanner: "kube-score",
    check: "deployment-has-host-podantiaffinity",
    object: DEPLOYMENT,
    stacks: ["live"],
    reason:
      "Topology spread over hosts and zones does it, and still runs where there is one node left.",
  },
];
