// The least that a Pulumi program can be: the SDK, and no resource.
import "@pulumi/pulumi";
