/** A server, with its settings, that httpbin can be run on. */
export interface Candidate {
  name: string;
  /** Debian release whose Python runs it. @default that of the image, with what it has installed */
  release?: "bookworm";
  /** Packages from PyPI, all of them: on top of the image's, or of none where `release` is set. */
  packages: string[];
  /** Arguments of Python. */
  args: string[];
}

const THREADS = "64";
const GUNICORN = ["-m", "gunicorn", "--bind", "0.0.0.0:8080", "--worker-tmp-dir", "/dev/shm"];

/**
 * The last lock that httpbin's own image was built from (requirements.txt of psf/httpbin, with the
 * httpbin of today). Its gevent has no wheel for a Python newer than 3.12, so that it runs on the
 * one of Debian 12, which is 3.11.
 */
const UPSTREAM = [
  ...["attrs==23.2.0", "blinker==1.7.0", "brotlicffi==1.1.0.0", "cffi==1.16.0", "click==8.1.7"],
  ...["decorator==5.1.1", "flasgger==0.9.7.1", "flask==3.0.2", "gevent==24.2.1"],
  ...["greenlet==3.0.3", "gunicorn==21.2.0", "httpbin==0.10.4", "itsdangerous==2.1.2"],
  ...["jinja2==3.1.3", "jsonschema==4.21.1", "jsonschema-specifications==2023.12.1"],
  ...["markupsafe==2.1.5", "mistune==3.0.2", "packaging==23.2", "pycparser==2.21"],
  ...["pyyaml==6.0.1", "referencing==0.33.0", "rpds-py==0.18.0", "six==1.16.0"],
  ...["werkzeug==3.0.1", "zope-event==5.0", "zope-interface==6.2"],
];

/** The arrangement that all others are compared with. */
export const BASELINE: Candidate = {
  name: "gunicorn gevent, upstream's pins",
  release: "bookworm",
  packages: UPSTREAM,
  args: [...GUNICORN, "--worker-class", "gevent", "httpbin:app"],
};

/** What the image runs. */
export const CHOSEN: Candidate = {
  name: "granian, 128 threads (the image)",
  packages: [],
  args: ["/usr/local/lib/httpbin/serve.py"],
};

/** All that are measured. */
export const CANDIDATES: readonly Candidate[] = [
  BASELINE,
  {
    name: "gunicorn gevent, newest",
    packages: ["gunicorn==27.0.1", "gevent==26.9.0", "zope-event==6.2", "zope-interface==8.7"],
    args: [...GUNICORN, "--no-control-socket", "--worker-class", "gevent", "httpbin:app"],
  },
  {
    name: "gunicorn gthread, 64 threads",
    packages: ["gunicorn==27.0.1"],
    args: [
      ...[...GUNICORN, "--no-control-socket"],
      ...["--worker-class", "gthread", "--threads", THREADS, "httpbin:app"],
    ],
  },
  {
    name: "waitress, 64 threads",
    packages: ["waitress==3.0.2"],
    args: ["-m", "waitress", "--listen", "0.0.0.0:8080", "--threads", THREADS, "httpbin:app"],
  },
  {
    name: "uWSGI, 128 threads",
    packages: ["pyuwsgi==2.0.30.post1"],
    args: [
      ...["-c", "import pyuwsgi, sys; pyuwsgi.run(sys.argv[1:])"],
      ...["--http11-socket", ":8080", "--master", "--die-on-term", "--enable-threads"],
      ...["--threads", "128", "--disable-logging", "--need-app", "--module", "httpbin:app"],
    ],
  },
  {
    name: "granian, 1 thread",
    packages: [],
    args: [
      ...["-m", "granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8080"],
      ...["--no-ws", "--blocking-threads", "1", "httpbin:app"],
    ],
  },
  CHOSEN,
];
