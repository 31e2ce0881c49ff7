import { provider } from "@pulumi/pulumi";

import { endWithParent } from "../skeleton/endWithParent";
import { EksProvider } from "./eksProvider";

/** Set when the plugin is bundled: the version of @pulumi/eks that it stands in for. */
declare const PLUGIN_VERSION: string;

/** Set likewise: the version of @pulumi/kubernetes that the program is pinned to. */
declare const KUBERNETES_VERSION: string;

// The SDK's own host of components, as the official plugin has it: aliases, providers,
// dependencies and the program's transforms reach the children by it.
endWithParent();
void provider.main(new EksProvider(PLUGIN_VERSION, KUBERNETES_VERSION), process.argv.slice(2));
