import { Construct } from 'constructs';
import { ArgoApplication } from './argo-application.ts';
import { ArgoProject, type GroupKind } from './argo-project.ts';

export interface PlatformArgoProps {
  /** Namespace that Argo CD runs in. */
  readonly namespace: string;
  /** API server that the tools run on, as Argo CD names it. */
  readonly server: string;
  /** The config repo, as Argo CD clones it. */
  readonly repoUrl: string;
  readonly branch: string;
  /** Folder of each shard's platform objects; one Application each. */
  readonly shards: readonly string[];
}

const PROJECT = 'platform';
const GRANTED: readonly GroupKind[] = [
  { group: '', kind: 'ResourceQuota' },
  { group: '', kind: 'LimitRange' },
  { group: '', kind: 'ServiceAccount' },
  { group: 'networking.k8s.io', kind: 'NetworkPolicy' },
  { group: 'argoproj.io', kind: 'AppProject' },
  { group: 'argoproj.io', kind: 'Application' },
];

/**
 * What an admin applies once: the platform's project, and the Applications that bring up every tool's namespace,
 * project and Application. These may share objects: a tool that moves to another shard would else be stuck.
 */
export class PlatformArgo extends Construct {
  constructor(scope: Construct, id: string, props: PlatformArgoProps) {
    super(scope, id);
    const { namespace, server, repoUrl, branch, shards } = props;
    const destination = { namespace, server };
    new ArgoProject(this, 'Project', {
      clusterKinds: [{ group: '', kind: 'Namespace' }],
      description: 'what the platform grants',
      destinations: [destination, { namespace: 'tool-*', server }],
      name: PROJECT,
      namespace,
      namespaceKinds: GRANTED,
      sourceRepos: [repoUrl],
    });
    for (const [shard, path] of shards.entries()) {
      new ArgoApplication(this, `Shard${shard}`, {
        destination,
        failOnSharedResource: false,
        name: `${PROJECT}-${shard}`,
        namespace,
        project: PROJECT,
        source: { branch, path, repoUrl },
      });
    }
  }
}
