import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { shared } from '../src/model/shared.ts';
import type { Destination } from './argo-project.ts';
import { type Link, linkAnnotations } from './links.ts';
import { written } from './written.ts';

export interface ArgoApplicationProps {
  readonly name: string;
  /** Namespace that Argo CD runs in. */
  readonly namespace: string;
  /** AppProject that it belongs to. */
  readonly project: string;
  readonly source: ArgoSource;
  readonly destination: Destination;
  /** Order among the objects of the Application that brings this one. */
  readonly syncWave?: number | undefined;
  /** Refuse to take an object that another Application has. */
  readonly failOnSharedResource: boolean;
  /** Let a sync remove the last object; else Argo CD takes an empty path for an accident. */
  readonly allowEmpty?: boolean | undefined;
  readonly links?: readonly Link[] | undefined;
  /** Shown in the UI's summary. */
  readonly info?: readonly { readonly name: string; readonly value: string }[] | undefined;
  /** Banner on the Application's page. */
  readonly notice?: Notice | undefined;
  readonly annotations?: Readonly<Record<string, string>> | undefined;
}

/** A folder of manifests in a git repo. */
export interface ArgoSource {
  /** As Argo CD clones it. */
  readonly repoUrl: string;
  readonly branch: string;
  readonly path: string;
}

export interface Notice {
  /** One line; Argo CD shows its first 500 characters. */
  readonly content: string;
  readonly severity: 'info' | 'warning' | 'critical';
}

/**
 * An Argo CD Application that applies a folder of the config repo by itself. It has no finalizer: pruned together with
 * its project it would hang for ever.
 */
export class ArgoApplication extends ApiObject {
  constructor(scope: Construct, id: string, props: ArgoApplicationProps) {
    const { name, namespace, project, source, destination, info = [] } = props;
    super(scope, id, {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      metadata: { annotations: annotationsOf(props), name, namespace },
      spec: {
        destination,
        info: info.length > 0 ? info : undefined,
        project,
        source: {
          path: source.path,
          repoURL: source.repoUrl,
          targetRevision: `refs/heads/${source.branch}`,
        },
        syncPolicy: syncPolicy(props),
      },
    });
  }
}

function annotationsOf({
  syncWave,
  links = [],
  notice,
  annotations,
}: ArgoApplicationProps): Record<string, string> {
  return written<Record<string, string>>({
    // A commit that leaves the folder alone makes Argo CD do nothing.
    'argocd.argoproj.io/manifest-generate-paths': '.',
    ...annotations,
    'argocd.argoproj.io/sync-wave': syncWave === undefined ? undefined : String(syncWave),
    ...linkAnnotations(links),
    'notice.argocd.argoproj.io/content': notice?.content,
    'notice.argocd.argoproj.io/severity': notice?.severity,
  });
}

function syncPolicy({ failOnSharedResource, allowEmpty = false }: ArgoApplicationProps): object {
  return {
    automated: allowEmpty ? { ...AUTOMATED, allowEmpty } : AUTOMATED,
    retry: RETRY,
    syncOptions: failOnSharedResource ? SOLE_SYNC_OPTIONS : SYNC_OPTIONS,
  };
}

const AUTOMATED = shared({ prune: true, selfHeal: true });
const SYNC_OPTIONS = shared(['ServerSideApply=true', 'ApplyOutOfSyncOnly=true', 'PruneLast=true']);
const SOLE_SYNC_OPTIONS = shared([...SYNC_OPTIONS, 'FailOnSharedResource=true']);
/** refresh: else a failed sync is tried again at the failed commit, and the repair waits. */
const RETRY = shared({
  backoff: { duration: '5s', factor: 2, maxDuration: '3m' },
  limit: 5,
  refresh: true,
});
