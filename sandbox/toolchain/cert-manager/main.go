// Package main is cert-manager's controller as a process: the controllers that a certificate by ACME
// needs are the module's own, and started as its own command starts them. That command is a module
// by itself, which no registry serves.
package main

import (
	"context"
	"flag"
	"fmt"
	"net"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"k8s.io/klog/v2"

	"github.com/cert-manager/cert-manager/pkg/controller"
	_ "github.com/cert-manager/cert-manager/pkg/controller/acmechallenges"
	_ "github.com/cert-manager/cert-manager/pkg/controller/acmeorders"
	_ "github.com/cert-manager/cert-manager/pkg/controller/certificate-shim/ingresses"
	_ "github.com/cert-manager/cert-manager/pkg/controller/certificaterequests/acme"
	_ "github.com/cert-manager/cert-manager/pkg/controller/certificaterequests/approver"
	_ "github.com/cert-manager/cert-manager/pkg/controller/certificaterequests/ca"
	_ "github.com/cert-manager/cert-manager/pkg/controller/certificaterequests/selfsigned"
	_ "github.com/cert-manager/cert-manager/pkg/controller/certificates/issuing"
	_ "github.com/cert-manager/cert-manager/pkg/controller/certificates/keymanager"
	_ "github.com/cert-manager/cert-manager/pkg/controller/certificates/metrics"
	_ "github.com/cert-manager/cert-manager/pkg/controller/certificates/readiness"
	_ "github.com/cert-manager/cert-manager/pkg/controller/certificates/requestmanager"
	_ "github.com/cert-manager/cert-manager/pkg/controller/certificates/revisionmanager"
	_ "github.com/cert-manager/cert-manager/pkg/controller/certificates/trigger"
	_ "github.com/cert-manager/cert-manager/pkg/controller/clusterissuers"
	_ "github.com/cert-manager/cert-manager/pkg/controller/issuers"
	_ "github.com/cert-manager/cert-manager/pkg/issuer/acme"
	_ "github.com/cert-manager/cert-manager/pkg/issuer/ca"
	_ "github.com/cert-manager/cert-manager/pkg/issuer/selfsigned"
	logf "github.com/cert-manager/cert-manager/pkg/logs"
)

// workers of each controller, as cert-manager's own command has them by default.
const workers = 5

func main() {
	// Names of flags, and values without a flag, are those of cert-manager's own command.
	options := controller.ContextOptions{
		KubernetesAPIQPS:   20,
		KubernetesAPIBurst: 50,
		IssuerOptions:      controller.IssuerOptions{ClusterIssuerAmbientCredentials: true},
		ACMEOptions:        controller.ACMEOptions{DNS01CheckRetryPeriod: 10 * time.Second},
		IngressShimOptions: controller.IngressShimOptions{
			DefaultIssuerKind:                 "Issuer",
			DefaultIssuerGroup:                "cert-manager.io",
			DefaultAutoCertificateAnnotations: []string{"kubernetes.io/tls-acme"},
		},
		CertificateOptions: controller.CertificateOptions{
			CopiedAnnotationPrefixes: []string{
				"*", "-kubectl.kubernetes.io/", "-fluxcd.io/", "-argocd.argoproj.io/",
			},
			CertificateRequestMinimumBackoffDuration: time.Hour,
			CertificateRequestMaximumBackoffDuration: 32 * time.Hour,
		},
		SchedulerOptions: controller.SchedulerOptions{MaxConcurrentChallenges: 60},
	}
	klog.InitFlags(nil)
	flag.StringVar(&options.Kubeconfig, "kubeconfig", "", "path of a kubeconfig")
	flag.StringVar(&options.ClusterResourceNamespace, "cluster-resource-namespace", "kube-system",
		"namespace of the Secrets of a ClusterIssuer")
	nameservers := flag.String("dns01-recursive-nameservers", "",
		"resolvers that are asked for a challenge's record, each host:port, with commas between")
	only := flag.Bool("dns01-recursive-nameservers-only", false,
		"ask these alone, and not those that the zone names")
	flag.BoolVar(&options.EnableOwnerRef, "enable-certificate-owner-ref", false,
		"let a certificate's Secret go with its Certificate")
	metrics := flag.String("metrics-listen-address", "127.0.0.1:9402", "host:port of the metrics")
	flag.Parse()
	options.DNS01Nameservers = strings.Split(*nameservers, ",")
	options.DNS01CheckAuthoritative = !*only
	if options.Kubeconfig == "" || *nameservers == "" {
		fail(fmt.Errorf("--kubeconfig and --dns01-recursive-nameservers are needed"))
	}
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, options, *metrics); err != nil {
		fail(err)
	}
}

// run starts every controller that the imports above have registered, and ends with the first that
// fails.
func run(ctx context.Context, options controller.ContextOptions, metrics string) error {
	ctx = logf.NewContext(ctx, klog.Background())
	factory, err := controller.NewContextFactory(ctx, options)
	if err != nil {
		return err
	}
	shared, err := factory.Build()
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", metrics)
	if err != nil {
		return err
	}
	failed := make(chan error, 1)
	report := func(what string, err error) {
		select {
		case failed <- fmt.Errorf("%s ended: %w", what, err):
		default:
		}
	}
	showObjects(shared)
	server := shared.Metrics.NewServer(listener)
	go func() { report("metrics server", server.Serve(listener)) }()
	for name, construct := range controller.Known() {
		one, err := construct(factory)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		go func() {
			if err := one.Run(workers, ctx); err != nil {
				report(name, err)
			}
		}()
	}
	shared.SharedInformerFactory.Start(ctx.Done())
	shared.KubeSharedInformerFactory.Start(ctx.Done())
	shared.HTTP01ResourceMetadataInformersFactory.Start(ctx.Done())
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
		return nil
	}
}

// showObjects has the metrics tell of certificates, issuers and challenges, which they do not by
// themselves; before the server is made, which takes what is there then.
func showObjects(shared *controller.Context) {
	certManager := shared.SharedInformerFactory.Certmanager().V1()
	shared.Metrics.SetupCertificateCollector(certManager.Certificates().Lister())
	shared.Metrics.SetupIssuerCollector(certManager.Issuers().Lister())
	shared.Metrics.SetupClusterIssuerCollector(certManager.ClusterIssuers().Lister())
	shared.Metrics.SetupACMECollector(shared.SharedInformerFactory.Acme().V1().Challenges().Lister())
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
