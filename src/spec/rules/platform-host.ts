import type { Platform } from '../../model/platform.ts';
import { type Rule, runPath } from '../rule.ts';

/** A tool must not answer where people and programs look for the platform itself. */
export const platformHost: Rule = function* ({ tool, components, platform, lone }) {
  if (lone) return;
  const host = `${tool}.${platform.domain}`;
  const published = components.find(({ kind, run }) => kind === 'continuous' && run.publish !== undefined);
  if (published === undefined || !isOwnHost(platform, host)) return;
  yield {
    code: 'TFG403',
    path: runPath(published.name, 'publish'),
    message: `${host} is a host of the platform itself`,
    suggestion: 'give the tool another name, or remove `publish`',
  };
};

function isOwnHost({ registry, argocd, configRepo, fetch, imageHosts }: Platform, host: string): boolean {
  const hosts = [registry.host, ...fetch.trustedHosts, ...imageHosts];
  if (hosts.some((listed) => listed.replace(/:\d+$/, '') === host)) return true;
  const addresses = [configRepo.url, configRepo.webUrl, argocd.server, argocd.url];
  return addresses.some((address) => address?.includes(host) && hostnameOf(address) === host);
}

function hostnameOf(address: string): string | undefined {
  return URL.canParse(address) ? new URL(address).hostname : undefined;
}
