import { argoRepoUrl } from '../../constructs/argo-urls.ts';
import { PlatformArgo } from '../../constructs/platform-argo.ts';
import { OUTPUT_DIR, ROOT_FILE } from '../model/layout.ts';
import type { RenderedFile } from '../model/manifest.ts';
import type { Platform } from '../model/platform.ts';
import { generatedHeader } from './generated.ts';
import { renderFile } from './render-file.ts';
import { newChart, toManifests } from './to-manifests.ts';

/** manifests-out/root.yaml, which an admin applies once. */
export function renderRoot({ argocd, configRepo, shards }: Platform): RenderedFile {
  const chart = newChart();
  new PlatformArgo(chart, 'platform', {
    namespace: argocd.namespace,
    server: argocd.server,
    repoUrl: argoRepoUrl(configRepo.url),
    branch: configRepo.branch,
    shards: Array.from({ length: shards }, (_, shard) => `${OUTPUT_DIR}/platform/shard-${shard}`),
  });
  return renderFile(ROOT_FILE, generatedHeader('platform.yaml'), toManifests(chart));
}
