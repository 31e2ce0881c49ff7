import { at, listAt, mapAt, parsed, UNKNOWN } from "../inputs";
import type { RegisteredResource, ResourceRule } from "../rule";

const PROVIDER = "pulumi:providers:aws";
const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";
const GROUP = "aws:autoscaling/group:Group";

/** What costs are told apart by. */
const TAGS = ["Cluster", "ManagedBy", "Project"];

/** The tag that what AWS makes by itself of a template has to have: the provider's do not reach it. */
const OWNER = "Cluster";

/** Whatever costs says for what. */
export const costTags: ResourceRule = {
  name: "cost-tags",
  demands: "Whatever is made in AWS, and what that makes in turn, has the tags for cost.",
  why: "what has no tag shows up in the bill as nobody's",
  allowed: `defaultTags of the provider with ${TAGS.join(", ")}; ${OWNER} on instances and disks too`,
  mend: () =>
    "tag it: components/live/ownTags.ts for the provider, else tagSpecifications of the template, tags of the group",
  types: [PROVIDER, TEMPLATE, GROUP],
  judge: (resource) => JUDGES[resource.type]?.(resource) ?? [],
};

const JUDGES: Readonly<Record<string, (resource: RegisteredResource) => string[]>> = {
  // A provider's inputs are texts, with JSON in them.
  [PROVIDER]: ({ inputs }) => {
    const value = at(inputs, "defaultTags");
    const tags = mapAt(parsed(value), "tags");
    const missing = TAGS.filter((tag) => tags[tag] === undefined);
    return value === UNKNOWN || missing.length === 0
      ? []
      : [`defaultTags without ${missing.join(", ")}`];
  },
  [TEMPLATE]: ({ inputs }) => {
    const isTagged = listAt(inputs, "tagSpecifications").some(
      (it) => at(it, "resourceType") === "volume" && at(it, `tags.${OWNER}`) !== undefined,
    );
    return isTagged ? [] : [`tagSpecifications without ${OWNER} for volume`];
  },
  [GROUP]: ({ inputs }) => {
    const isTagged = listAt(inputs, "tags").some(
      (tag) => at(tag, "key") === OWNER && at(tag, "propagateAtLaunch") === true,
    );
    return isTagged ? [] : [`no tag ${OWNER} that is propagated at launch`];
  },
};
