/** What the load test saw, from beginning to end: the JSON file from which the charts are drawn. */
export interface LoadRecord {
  version: 1;
  /** Time at which the load began, ISO 8601; every `at` counts seconds from it. */
  startedAt: string;
  target: Target;
  load: LoadPlan;
  /** About one a second, in the order of time; those before the load have a negative `at`. */
  samples: Sample[];
  /** In the order of time. */
  events: LoadEvent[];
  requests: Requests;
  verdict: Verdict;
}

/** What is under load. */
export interface Target {
  namespace: string;
  service: string;
  /** Name of the HorizontalPodAutoscaler. */
  autoscaler: string;
  minReplicas: number;
  maxReplicas: number;
  /** URL that is asked for, as the generators see it. */
  url: string;
  /** Version of the cluster, such as "v1.36.3". */
  kubernetes: string;
}

/** What load is put on it. */
export interface LoadPlan {
  /** Connections that ask at the same time, over all generator pods. */
  connections: number;
  /** Requests per second that are aimed at; undefined: as many as get through. */
  requestsPerSecond?: number;
  /** Seconds for which load is kept up. */
  seconds: number;
}

/** One look at the cluster and the generators. */
export interface Sample {
  /** Seconds since the load began. */
  at: number;
  pods: {
    /** Pods that the autoscaler asks for. */
    desired: number;
    /** Pods that there are, those that end excepted. */
    current: number;
    ready: number;
    /** Addresses behind the Service to which requests go. */
    endpoints: number;
  };
  /** What the autoscaler reads, as it says in its status; empty until it has read something. */
  metrics: MetricReading[];
  /** Metrics that it goes by as well, and cannot read; undefined where it reads all. */
  unread?: UnreadMetric[];
  traffic: {
    /** Answered in the last second or so. */
    requestsPerSecond: number;
    /** Since the load began. */
    requests: number;
    failed: number;
    /** 99th percentile of the last second or so, in milliseconds; undefined where none was answered. */
    p99?: number;
  };
}

/** A metric of the autoscaler. */
export interface MetricReading {
  /** Such as "cpu" or "memory"; that of the trigger, where KEDA's autoscaler has it from one. */
  name: string;
  /** Unit of both values: "%" of the request, "MiB" per pod, or "" for a plain number. */
  unit: "%" | "MiB" | "";
  current: number;
  target: number;
}

/** A metric that the autoscaler goes by, and has not read. */
export interface UnreadMetric {
  name: string;
  /** Why, as KEDA or the autoscaler says it; "" where neither does. */
  why: string;
  /**
   * What the autoscaler has in its place while KEDA falls back: it was never read, so that it is no
   * reading. Its unit is that of the readings.
   */
  madeUp?: number;
}

/** Something that happened. */
export interface LoadEvent {
  at: number;
  kind:
    | "load-begins"
    | "load-ends"
    /** The autoscaler asks for another number of pods. */
    | "scaled"
    | "pod-created"
    | "pod-ready"
    | "pod-gone"
    /** The autoscaler cannot read a metric any more. */
    | "metric-lost"
    /** It reads one that it could not read before. */
    | "metric-read"
    /** KEDA tells the autoscaler something in place of what it cannot read. */
    | "fallback-begins"
    | "fallback-ends"
    /** A warning of Kubernetes, or of the watcher. */
    | "warning";
  /** In a few words, such as "1 to 4 pods: cpu above target". */
  text: string;
  /** Pods asked for, before and after; with "scaled" alone. */
  replicas?: { from: number; to: number };
  /** Name of the pod, with the events of pods alone. */
  pod?: string;
}

/** What became of all requests. */
export interface Requests {
  total: number;
  /** No answer, or one whose status is not 2xx. */
  failed: number;
  /** Failures by what was said, such as "503" or "connection refused". */
  failures: Record<string, number>;
  /** In milliseconds, over all requests; undefined where none was answered. */
  latency?: { p50: number; p90: number; p99: number; max: number };
}

/** Whether it did what it should. */
export interface Verdict {
  passed: boolean;
  checks: Check[];
  /** What was not looked at, and why, a sentence each; undefined where all was. */
  unchecked?: string[];
}

/** One thing that should hold. */
export interface Check {
  /** Such as "reached 4 ready pods". */
  name: string;
  passed: boolean;
  /** What was seen, with its unit, such as "38.2 s". */
  measured: string;
  /** What is allowed, with its unit, such as "at most 60 s". */
  allowed: string;
}
