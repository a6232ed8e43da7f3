import { DeployService } from '../../constructs/deploy-service.ts';
import type { RenderedFile } from '../model/manifest.ts';
import { renderFile } from './render-file.ts';
import { newChart, toManifests } from './to-manifests.ts';

export const DEPLOY_FILE = 'deploy/service.yaml';

const HEADER = `# The deploy service, made by constructs/deploy-service.ts: \`npm run deploy-manifests\`. Put in your own image, config repo
# and namespaces (a kustomization does), make the Secret, and apply it, best through Argo CD:
#   kubectl -n toolforge-gitops create secret generic toolforge-gitops --from-literal=TFG_GITEA_TOKEN=… \\
#     --from-literal=TFG_WEBHOOK_SECRET=… --from-literal=TFG_HARBOR_WEBHOOK_SECRET='Bearer …'
`;

/** The manifests of the service itself, with the names of the examples. */
export function renderDeploy(version: string): RenderedFile {
  const chart = newChart();
  new DeployService(chart, 'service', {
    namespace: 'toolforge-gitops',
    image: `registry.example.org/platform/toolforge-gitops:${version}`,
    repo: 'gitea+https://gitea.example.org/toolforge/config',
    branch: 'main',
    replicas: 2,
    secretName: 'toolforge-gitops',
    ingressNamespace: 'ingress-nginx',
    monitoringNamespace: 'monitoring',
  });
  return renderFile(DEPLOY_FILE, HEADER, toManifests(chart));
}
