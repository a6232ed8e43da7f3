/** A link that Argo CD's UI shows on an object. */
export interface Link {
  /** Last part of the annotation's key; unique on the object. */
  readonly name: string;
  /** What people read. */
  readonly title: string;
  /** Address; anything but http and https is left out, since Argo CD refuses it. */
  readonly url: string;
}

/** `link.argocd.argoproj.io/<name>: <title>|<url>` of each link. */
export function linkAnnotations(links: readonly Link[]): Record<string, string> {
  const annotations: Record<string, string> = {};
  for (const { name, title, url } of links) {
    if (!isWebUrl(url)) continue;
    annotations[`link.argocd.argoproj.io/${name}`] =
      `${title.replaceAll('|', ' ')}|${url.replaceAll('|', '%7C')}`;
  }
  return annotations;
}

/** Whether a browser may be sent there: http or https, in one word. */
export function isWebUrl(url: string): boolean {
  return /^https?:\/\/[^\s/]\S*$/i.test(url) && URL.canParse(url);
}
