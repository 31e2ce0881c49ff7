import { serve } from "../skeleton/serve";
import { CloudProvider } from "./provider/cloudProvider";

/** Set when the plugin is bundled: the version of @pulumi/aws that it stands in for. */
declare const PLUGIN_VERSION: string;

serve(PLUGIN_VERSION, (log) => new CloudProvider("aws", log));
