import { at, listAt, mapAt, parsed, UNKNOWN } from "../inputs";
import { ofType, type Finding, type RegisteredResource, type StackRule } from "../rule";

/** What costs are told apart by. */
const TAGS = ["Cluster", "ManagedBy", "Project"];

/** The tag that what AWS makes by itself of a template has to have: the provider's do not reach it. */
const OWNER = "Cluster";

/** Whatever costs says for what. */
export const costTags: StackRule = {
  name: "cost-tags",
  demands: "Whatever is made in AWS, and what that makes in turn, has the tags for cost.",
  why: "what has no tag shows up in the bill as nobody's",
  allowed: `defaultTags of the provider with ${TAGS.join(", ")}; ${OWNER} on instances and disks too`,
  mend: () =>
    "tag it: components/live/ownTags.ts for the provider, else tagSpecifications of the template, tags of the group",
  judgeAll: (resources) => {
    // Pulumi may have one at hand by which nothing is made.
    const used = new Set(resources.map(({ provider }) => provider));
    return [
      ...ofType(resources, "pulumi:providers:aws")
        .filter(({ urn }) => used.has(urn))
        .flatMap(withoutTags),
      ...ofType(resources, "aws:ec2/launchTemplate:LaunchTemplate").flatMap(untaggedDisks),
      ...ofType(resources, "aws:autoscaling/group:Group").flatMap(untaggedInstances),
    ];
  },
};

/** A provider's inputs are texts, with JSON in them. */
function withoutTags(resource: RegisteredResource): Finding[] {
  const value = at(resource.inputs, "defaultTags");
  const tags = mapAt(parsed(value), "tags");
  const missing = TAGS.filter((tag) => tags[tag] === undefined);
  return value === UNKNOWN || missing.length === 0
    ? []
    : [{ resource, found: `defaultTags without ${missing.join(", ")}` }];
}

function untaggedDisks(resource: RegisteredResource): Finding[] {
  const isTagged = listAt(resource.inputs, "tagSpecifications").some(
    (it) => at(it, "resourceType") === "volume" && at(it, `tags.${OWNER}`) !== undefined,
  );
  return isTagged ? [] : [{ resource, found: `tagSpecifications without ${OWNER} for volume` }];
}

function untaggedInstances(resource: RegisteredResource): Finding[] {
  const isTagged = listAt(resource.inputs, "tags").some(
    (tag) => at(tag, "key") === OWNER && at(tag, "propagateAtLaunch") === true,
  );
  return isTagged ? [] : [{ resource, found: `no tag ${OWNER} that is propagated at launch` }];
}
