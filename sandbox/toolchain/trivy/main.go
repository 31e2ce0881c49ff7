// The checks that Trivy has of Kubernetes objects, and no more of it: the whole program brings
// container runtimes and three clouds along. The checks are those that its module has built in, so
// that nothing is downloaded.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"

	"github.com/aquasecurity/trivy/pkg/iac/rego"
	"github.com/aquasecurity/trivy/pkg/iac/scan"
	"github.com/aquasecurity/trivy/pkg/iac/scanners/kubernetes"
)

type failure struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	Severity string `json:"severity"`
	File     string `json:"file"`
	Message  string `json:"message"`
}

type report struct {
	// How many checks were made of each file.
	Checks   map[string]int `json:"checks"`
	Failures []failure      `json:"failures"`
}

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: trivy-checks FOLDER")
		os.Exit(2)
	}
	made, err := check(os.Args[1])
	if err == nil {
		err = json.NewEncoder(os.Stdout).Encode(made)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
}

func check(folder string) (report, error) {
	scanner := kubernetes.NewScanner(
		rego.WithEmbeddedPolicies(true),
		rego.WithEmbeddedLibraries(true),
	)
	results, err := scanner.ScanFS(context.Background(), os.DirFS(folder), ".")
	made := report{Checks: map[string]int{}, Failures: []failure{}}
	for _, result := range results {
		file := result.Range().GetFilename()
		made.Checks[file]++
		if result.Status() != scan.StatusFailed {
			continue
		}
		rule := result.Rule()
		made.Failures = append(made.Failures, failure{
			ID:       rule.ID,
			Name:     rule.CanonicalID(),
			Severity: string(result.Severity()),
			File:     file,
			Message:  result.Description(),
		})
	}
	return made, err
}
