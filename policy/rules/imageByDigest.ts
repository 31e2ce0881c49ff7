import { textAt } from "../inputs";
import { ofType, type StackRule } from "../rule";
import { containersOf, podSpecOf, WORKLOADS } from "../workloads";

/** The component by which a stack in the cloud is told from one at home. */
const CLOUD = "k8s-test:live:LivePlatform";

const BY_DIGEST = /@sha256:[0-9a-f]{64}$/;

/** In the cloud, an image is the one that was tried. */
export const imageByDigest: StackRule = {
  name: "image-by-digest",
  demands: "In the cloud, images are named by their digest.",
  why: "a tag can be moved: the next pod might run what nobody has tried",
  allowed: "NAME@sha256:… or NAME:TAG@sha256:…",
  mend: (stack) => `pulumi config set --stack ${stack} --path app.image NAME:TAG@sha256:DIGEST`,
  judgeAll: (resources) => {
    if (!resources.some(({ type }) => type === CLOUD)) return [];
    return ofType(resources, ...WORKLOADS).flatMap((resource) =>
      containersOf(podSpecOf(resource)).flatMap(({ name, spec }) => {
        const image = textAt(spec, "image");
        return image === undefined || BY_DIGEST.test(image)
          ? []
          : [{ resource, found: `container ${name} has the image ${image}` }];
      }),
    );
  },
};
