// Package main is fortio's command `load`, with the flags that the load test gives: the whole of
// fortio needs modules that not every registry serves. What makes the requests, counts them and
// tells of them is fortio's own.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"time"

	"fortio.org/fortio/bincommon"
	"fortio.org/fortio/fhttp"
	"fortio.org/fortio/periodic"
	"fortio.org/log"
)

func main() {
	bincommon.SharedMain()
	qps := flag.Float64("qps", 8, "queries per second; 0: as many as get through")
	threads := flag.Int("c", 4, "number of connections")
	duration := flag.Duration("t", 5*time.Second, "how long to run")
	uniform := flag.Bool("uniform", false, "spread the connections' requests evenly")
	noCatchUp := flag.Bool("nocatchup", false, "leave out what there was no time for")
	accessLog := flag.String("access-log-file", "", "file that takes a line for each request")
	result := flag.String("json", "", "- for the result on standard output")
	allowErrors := flag.Bool("allow-initial-errors", false, "go on where the first requests fail")
	quiet := flag.Bool("quiet", false, "say nothing but errors")
	if len(os.Args) < 2 || os.Args[1] != "load" {
		fail("only the command load is there")
	}
	// It stops at the first word that is no flag: the URL.
	if err := flag.CommandLine.Parse(os.Args[2:]); err != nil || flag.NArg() != 1 {
		fail("load needs one URL")
	}
	if *quiet {
		log.SetLogLevelQuiet(log.Error)
	}
	options := fhttp.HTTPRunnerOptions{
		HTTPOptions: *bincommon.SharedHTTPOptions(),
		RunnerOptions: periodic.RunnerOptions{
			QPS:         *qps,
			NumThreads:  *threads,
			Duration:    *duration,
			Uniform:     *uniform,
			NoCatchUp:   *noCatchUp,
			Percentiles: []float64{50, 90, 99},
			Resolution:  0.001,
			Out:         os.Stderr,
		},
	}
	options.AllowInitialErrors = *allowErrors
	if *qps <= 0 {
		// 0 is a default to the library, and below it means as many as get through.
		options.QPS = -1
	}
	if err := options.AddAccessLogger(*accessLog, "json"); err != nil {
		os.Exit(1)
	}
	results, err := fhttp.RunHTTPTest(&options)
	if err != nil {
		fail("Aborting because of " + err.Error())
	}
	if *result == "-" {
		encoder := json.NewEncoder(os.Stdout)
		encoder.SetIndent("", "  ")
		if err := encoder.Encode(results); err != nil {
			fail(err.Error())
		}
	}
}

func fail(why string) {
	fmt.Fprintln(os.Stderr, why)
	os.Exit(1)
}
