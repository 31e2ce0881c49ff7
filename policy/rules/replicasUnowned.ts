import { at, given, mapAt, textAt } from "../inputs";
import { ofType, type StackRule } from "../rule";
import { namespaceOf, WORKLOADS } from "../workloads";

/** Of any version, and of KEDA, which makes one of Kubernetes' own. */
const AUTOSCALER = /^kubernetes:.+:(?:HorizontalPodAutoscaler|ScaledObject)$/;

/** The number of pods belongs to the autoscaler alone. */
export const replicasUnowned: StackRule = {
  name: "replicas-unowned",
  demands: "What an autoscaler scales says nothing of replicas.",
  why: "each update would put the number back, in the middle of a load",
  allowed: "no spec.replicas; minReplicas and maxReplicas of the autoscaler",
  mend: (stack) =>
    `leave spec.replicas out, and set the bounds: pulumi config set --stack ${stack} --path app.autoscaling.minReplicas 2`,
  judgeAll: (resources) =>
    resources
      .filter(({ type }) => AUTOSCALER.test(type))
      .flatMap((autoscaler) => {
        const target = mapAt(autoscaler.inputs, "spec.scaleTargetRef");
        // KEDA takes a Deployment where no kind is said.
        const [kind, name] = [textAt(target, "kind") ?? "Deployment", textAt(target, "name")];
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
