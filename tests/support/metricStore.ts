/** A metric of CloudWatch, by its name and all its dimensions: one of them more or less is another metric. */
export interface Metric {
  namespace: string;
  name: string;
  dimensions: Readonly<Record<string, string>>;
}

/** What `GetMetricData` is asked, in the members that are understood here; times have been decoded. */
export interface MetricDataInput {
  StartTime: Date;
  EndTime: Date;
  ScanBy: string;
  MetricDataQueries: MetricDataQuery[];
}

export interface MetricDataQuery {
  Id: string;
  MetricStat: {
    Metric: {
      Namespace: string;
      MetricName: string;
      Dimensions: { Name: string; Value: string }[];
    };
    /** Seconds. */
    Period: number;
    Stat: string;
  };
}

/** What it answers. */
export interface MetricDataOutput {
  Messages: never[];
  MetricDataResults: {
    Id: string;
    Label: string;
    StatusCode: "Complete";
    Timestamps: Date[];
    Values: number[];
  }[];
}

/** Milliseconds of the one period that is understood here, which a load balancer publishes by. */
export const MINUTE_MS = 60_000;

/**
 * What CloudWatch knows of some metrics, minute by minute. It is no CloudWatch: it understands sums of a
 * minute, newest first, and refuses what else it is asked, so that nothing is answered by guessing.
 */
export class MetricStore {
  private readonly metrics = new Map<string, Map<number, number>>();

  /** Adds what was counted in the minute that begins at a time. */
  publish(metric: Metric, minute: Date, sum: number): void {
    if (minute.getTime() % MINUTE_MS !== 0) throw new Error(`${minute.toISOString()}: no minute`);
    const key = keyOf(metric);
    const points = this.metrics.get(key) ?? new Map<number, number>();
    this.metrics.set(key, points.set(minute.getTime(), sum));
  }

  /** Has nothing been counted at all. */
  clear(): void {
    this.metrics.clear();
  }

  /**
   * Answers as the API reference says: from the start on, and before the end. Of a metric that nobody
   * has published there are no values, and that is no error.
   *
   * @throws Error for what is not understood here.
   */
  read({ StartTime, EndTime, ScanBy, MetricDataQueries }: MetricDataInput): MetricDataOutput {
    if (ScanBy !== "TimestampDescending") throw new Error(`ScanBy ${ScanBy} is not understood.`);
    const results = MetricDataQueries.map(({ Id, MetricStat }) => {
      const { Metric: asked, Period, Stat } = MetricStat;
      if (Stat !== "Sum" || Period * 1000 !== MINUTE_MS) {
        throw new Error(`${Stat} of ${String(Period)} seconds is not understood.`);
      }
      const dimensions = Object.fromEntries(
        asked.Dimensions.map(({ Name, Value }) => [Name, Value]),
      );
      const metric = { namespace: asked.Namespace, name: asked.MetricName, dimensions };
      const points = [...(this.metrics.get(keyOf(metric)) ?? [])]
        .filter(([at]) => at >= StartTime.getTime() && at < EndTime.getTime())
        .sort(([one], [other]) => other - one);
      return {
        ...{ Id, Label: metric.name, StatusCode: "Complete" as const },
        Timestamps: points.map(([at]) => new Date(at)),
        Values: points.map(([, sum]) => sum),
      };
    });
    return { Messages: [], MetricDataResults: results };
  }
}

function keyOf({ namespace, name, dimensions }: Metric): string {
  return JSON.stringify([namespace, name, Object.entries(dimensions).sort()]);
}
