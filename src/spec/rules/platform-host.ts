import type { Platform } from '../../model/platform.ts';
import { type Rule, runPath } from '../rule.ts';

/** A tool must not answer where people and programs look for the platform itself. */
export const platformHost: Rule = function* ({ tool, components, platform, lone }) {
  if (lone) return;
  const host = `${tool}.${platform.domain}`;
  const published = components.find(({ kind, run }) => kind === 'continuous' && run.publish !== undefined);
  if (published === undefined || !ownHosts(platform).has(host)) return;
  yield {
    code: 'TFG403',
    path: runPath(published.name, 'publish'),
    message: `${host} is a host of the platform itself`,
    suggestion: 'give the tool another name, or remove `publish`',
  };
};

function ownHosts({ registry, argocd, configRepo, fetch, imageHosts }: Platform): ReadonlySet<string> {
  const addresses = [configRepo.url, configRepo.webUrl, argocd.server, argocd.url];
  const named = addresses.flatMap((address) =>
    address !== undefined && URL.canParse(address) ? [new URL(address).hostname] : [],
  );
  const listed = [registry.host, ...fetch.trustedHosts, ...imageHosts];
  return new Set([...named, ...listed.map((host) => host.replace(/:\d+$/, ''))]);
}
