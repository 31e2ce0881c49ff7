import { at, given, textAt } from "../inputs";
import { ofType, type StackRule } from "../rule";
import { namespaceOf, WORKLOADS } from "../workloads";

const AUTOSCALER = "kubernetes:autoscaling/v2:HorizontalPodAutoscaler";

/** The number of pods belongs to the autoscaler alone. */
export const replicasUnowned: StackRule = {
  name: "replicas-unowned",
  demands: "What an autoscaler scales says nothing of replicas.",
  why: "each update would put the number back, in the middle of a load",
  allowed: "no spec.replicas; minReplicas and maxReplicas of the autoscaler",
  mend: (stack) =>
    `leave spec.replicas out, and set the bounds: pulumi config set --stack ${stack} --path app.autoscaling.minReplicas 2`,
  judgeAll: (resources) =>
    ofType(resources, AUTOSCALER).flatMap((autoscaler) => {
      const [kind, name] = ["kind", "name"].map((key) =>
        textAt(autoscaler.inputs, `spec.scaleTargetRef.${key}`),
      );
      return ofType(resources, ...WORKLOADS)
        .filter(
          (workload) =>
            textAt(workload.inputs, "kind") === kind &&
            textAt(workload.inputs, "metadata.name") === name &&
            namespaceOf(workload) === namespaceOf(autoscaler) &&
            at(workload.inputs, "spec.replicas") !== undefined,
        )
        .map((resource) => ({
          resource,
          found: given("spec.replicas", at(resource.inputs, "spec.replicas")),
        }));
    }),
};
