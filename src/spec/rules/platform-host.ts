import { oncePer } from '../../model/once-per.ts';
import type { Platform } from '../../model/platform.ts';
import { type Rule, runPath } from '../rule.ts';

/** A tool must not answer where people and programs look for the platform itself. */
export const platformHost: Rule = ({ tool, components, platform, lone }, report) => {
  if (lone) return;
  const host = `${tool}.${platform.domain}`;
  const published = components.find(({ kind, run }) => kind === 'continuous' && run.publish !== undefined);
  if (published === undefined || !ownHosts(platform).has(host)) return;
  report({
    code: 'TFG403',
    path: runPath(published.name, 'publish'),
    message: `${host} is a host of the platform itself`,
    suggestion: 'give the tool another name, or remove `publish`',
  });
};

/** Whatever the platform is reached by, without ports. */
const ownHosts = oncePer(
  ({ registry, argocd, configRepo, fetch, imageHosts }: Platform): ReadonlySet<string> => {
    const hosts = [registry.host, ...fetch.trustedHosts, ...imageHosts];
    const addresses = [configRepo.url, configRepo.webUrl, argocd.server, argocd.url];
    return new Set([...hosts.map((host) => host.replace(/:\d+$/, '')), ...addresses.map(hostnameOf)]);
  },
);

/** Empty when there is none. */
function hostnameOf(address: string | undefined): string {
  return address !== undefined && URL.canParse(address) ? new URL(address).hostname : '';
}
