/** An item of the CIS EKS Benchmark 1.7, by its number, with what it is about in our own words. */
export interface CisItem {
  item: string;
  about: string;
  /** Why no rule judges it; undefined where one does. */
  notJudged?: string;
}

/** Sections 4 (policies) and 5 (managed services): the others are the nodes' and the control plane's. */
export const CIS_ITEMS: readonly CisItem[] = [
  { item: "4.1.1", about: "cluster-admin only where it is needed" },
  { item: "4.1.2", about: "few may read Secrets" },
  { item: "4.1.3", about: "no wildcards in roles" },
  { item: "4.1.4", about: "few may make pods" },
  { item: "4.1.5", about: "default service accounts are not used" },
  { item: "4.1.6", about: "tokens only in pods that need one" },
  { item: "4.1.7", about: "access by the cluster access API" },
  { item: "4.1.8", about: "few may bind, impersonate or escalate" },
  { item: "4.2.1", about: "no privileged containers" },
  { item: "4.2.2", about: "no pods in the process namespace of the node" },
  { item: "4.2.3", about: "no pods in the IPC namespace of the node" },
  { item: "4.2.4", about: "no pods in the network of the node" },
  { item: "4.2.5", about: "no containers that gain privileges" },
  { item: "4.3.1", about: "a CNI plugin that enforces network policies" },
  { item: "4.3.2", about: "network policies in every namespace" },
  { item: "4.4.1", about: "secrets as files, not in the environment" },
  {
    item: "4.4.2",
    about: "secrets kept outside of the cluster",
    notJudged:
      "It asks to consider it. The app has no secret; the router's key to the tailnet is in SSM, and the rule no-tailscale-key keeps it there.",
  },
  { item: "4.5.1", about: "namespaces as boundaries" },
  { item: "4.5.2", about: "nothing in the default namespace" },
  {
    item: "5.1.1",
    about: "images are scanned for vulnerabilities",
    notJudged: "The stack has no registry: images are scanned, or not, where they are published.",
  },
  {
    item: "5.1.2",
    about: "few people may use ECR",
    notJudged: "The stack has no repository in ECR, and gives no person rights on the account's.",
  },
  { item: "5.1.3", about: "the cluster may only pull from ECR" },
  {
    item: "5.1.4",
    about: "images from approved registries only",
    notJudged:
      "Which are approved is for the owner of a stack to say; the rule image-by-digest has each image named by what is in it.",
  },
  { item: "5.2.1", about: "pods have rights of their own, not the node's" },
  { item: "5.3.1", about: "Secrets encrypted with a key of one's own" },
  { item: "5.4.1", about: "the API's endpoint is restricted" },
  { item: "5.4.2", about: "a private endpoint, and no public one" },
  { item: "5.4.3", about: "nodes without public addresses" },
  { item: "5.4.4", about: "network policies are enforced, and there" },
  { item: "5.4.5", about: "load balancers that encrypt" },
  { item: "5.5.1", about: "people get in by IAM" },
];
