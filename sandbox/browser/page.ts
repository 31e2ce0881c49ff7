import type { BrowserContext, Page, Response } from "playwright-core";

import { messageOf } from "../../host/errors";
import { isRoot } from "../../host/tools";
import { UserError } from "../../host/userError";
import { onCluster } from "../cluster/onCluster";
import { findOnPath } from "../toolchain/onPath";
import { makeBrowserHome } from "./browserHome";

/** How a browser comes to a page of a cluster's. */
export interface PageWay {
  /** Name of the cluster. */
  name: string;
  /**
   * IPv4 address to which the URL's host leads, with `:port` where that is another than the URL's. No
   * other name leads anywhere.
   */
  address: string;
  /** PEM file of the CA that the browser is to trust. @default its own CAs alone */
  rootPath?: string;
}

/** A page that has been loaded by https, and its certificate has been verified. */
export interface LoadedPage {
  page: Page;
  /** Chromium's version. */
  browser: string;
  /** Name of the CA that signed the certificate. */
  issuer: string;
  /** TLS version, such as "TLS 1.3". */
  protocol: string;
}

/** What the pictures are taken of, in CSS pixels. */
const VIEWPORT = { width: 1280, height: 760 };
const LOAD_TIMEOUT_MS = 20_000;

/**
 * Loads a page in a Chromium without a window, which is gone again when the work is done.
 *
 * @param signal Gives up; its reason is then thrown.
 * @throws UserError where the browser does not start, does not believe the certificate, or gets no
 *   answer of status 200.
 */
export async function withPage<T>(
  url: string,
  way: PageWay,
  work: (loaded: LoadedPage) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  signal?.throwIfAborted();
  const home = await makeBrowserHome(way.rootPath);
  try {
    const context = await startChromium(home.path, new URL(url).hostname, way.address);
    let closing: Promise<void> | undefined;
    const close = (): Promise<void> => (closing ??= context.close());
    const giveUp = (): void => void close();
    signal?.addEventListener("abort", giveUp);
    try {
      signal?.throwIfAborted();
      return await work(await load(context, url, way.name));
    } finally {
      signal?.removeEventListener("abort", giveUp);
      await close();
    }
  } catch (error) {
    // What was under way says only that the browser is gone.
    signal?.throwIfAborted();
    throw error;
  } finally {
    await home.remove();
  }
}

async function startChromium(home: string, host: string, address: string): Promise<BrowserContext> {
  const executablePath = findOnPath("chromium");
  if (executablePath === undefined) throw new UserError("There is no chromium on the PATH.");
  // Only now: it is a third of a second to load for any command.
  const { chromium } = await import("playwright-core");
  try {
    return await chromium.launchPersistentContext(`${home}/profile`, {
      executablePath,
      // Nothing of the user's environment, which may name a proxy, or another home.
      env: { HOME: home, PATH: process.env["PATH"] },
      args: [`--host-resolver-rules=MAP ${host} ${address},MAP * ~NOTFOUND`],
      // Chromium's own sandbox does not start as root. What is loaded is the cluster's own page.
      chromiumSandbox: !isRoot(),
      viewport: VIEWPORT,
      artifactsDir: `${home}/artifacts`,
      // Whoever calls ends it.
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
    });
  } catch (error) {
    throw new UserError(`Chromium does not start: ${firstLine(error)}`);
  }
}

async function load(context: BrowserContext, url: string, name: string): Promise<LoadedPage> {
  const page = await context.newPage();
  const response = await page
    .goto(url, { waitUntil: "networkidle", timeout: LOAD_TIMEOUT_MS })
    .catch((error: unknown) => {
      throw new UserError(whyNotLoaded(url, name, firstLine(error)));
    });
  const status = response?.status();
  if (response === null || status !== 200) {
    throw new UserError(
      `${url} answers with status ${String(status)}, not 200. Bring the app up: ${onCluster("up", name)}`,
    );
  }
  const browser = context.browser()?.version() ?? "";
  return { page, browser, ...(await securityOf(response)) };
}

async function securityOf(response: Response): Promise<Pick<LoadedPage, "issuer" | "protocol">> {
  const { issuer, protocol } = (await response.securityDetails()) ?? {};
  if (issuer === undefined || protocol === undefined) {
    throw new UserError(`${response.url()} was loaded without TLS.`);
  }
  return { issuer, protocol };
}

/** Why a page was not loaded, by what the browser said, and what to do. */
export function whyNotLoaded(url: string, name: string, message: string): string {
  const code = /ERR_\w+/.exec(message)?.[0];
  if (code === "ERR_CERT_AUTHORITY_INVALID") {
    return `The browser does not trust the certificate of ${url} (${code}): it is not of the cluster's ACME server, or none has been issued yet. Run this again when \`up\` has ended: ${onCluster("up", name)}`;
  }
  if (code?.startsWith("ERR_CERT_") === true) {
    return `The browser does not accept the certificate of ${url} (${code}).`;
  }
  const seconds = String(LOAD_TIMEOUT_MS / 1000);
  const isLate = message.includes("Timeout") || code === "ERR_TIMED_OUT";
  const why = isLate ? `not whole within ${seconds} s` : (code ?? message);
  return `${url} does not load in the browser (${why}). See what runs: ${onCluster("status", name)}`;
}

function firstLine(error: unknown): string {
  return messageOf(error).split("\n", 1).join("");
}
