import { serve } from "../skeleton/serve";
import { KubernetesProvider } from "./kubernetesProvider";

/** Set when the plugin is bundled: the version of @pulumi/kubernetes that it stands in for. */
declare const PLUGIN_VERSION: string;

serve(PLUGIN_VERSION, (log) => new KubernetesProvider(log));
