import { ApiObject, type ApiObjectMetadata } from 'cdk8s';
import type { Construct } from 'constructs';
import { written } from './written.ts';

export interface ArgoProjectProps {
  readonly name: string;
  /** Namespace that Argo CD runs in. */
  readonly namespace: string;
  readonly description?: string | undefined;
  /** Repos that its Applications may take manifests from, as Argo CD clones them. */
  readonly sourceRepos: readonly string[];
  readonly destinations: readonly Destination[];
  /** Kinds outside namespaces that may be applied; none unless named. */
  readonly clusterKinds?: readonly GroupKind[] | undefined;
  /** Kinds in namespaces that may be applied, and those that the UI shows below them. */
  readonly namespaceKinds: readonly GroupKind[];
  readonly roles?: readonly ProjectRole[] | undefined;
  readonly annotations?: Readonly<Record<string, string>> | undefined;
}

/** Where objects may be applied. */
export interface Destination {
  /** API server, as Argo CD names it. */
  readonly server: string;
  /** May end in `*`. */
  readonly namespace: string;
}

export interface GroupKind {
  /** Empty for Kubernetes' core group. */
  readonly group: string;
  readonly kind: string;
}

export interface ProjectRole {
  readonly name: string;
  /** Groups of the sign-on whose members have the role. */
  readonly groups: readonly string[];
  /** What the role may do to the project's Applications, in Argo CD's order: `applications, get`. */
  readonly allow: readonly string[];
}

/** An Argo CD AppProject. */
export class ArgoProject extends ApiObject {
  constructor(scope: Construct, id: string, props: ArgoProjectProps) {
    const { name, namespace, annotations, description, clusterKinds = [], roles = [] } = props;
    super(scope, id, {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'AppProject',
      metadata: written<ApiObjectMetadata>({ annotations, name, namespace }),
      spec: {
        clusterResourceWhitelist: clusterKinds,
        description,
        destinations: props.destinations,
        namespaceResourceWhitelist: props.namespaceKinds,
        roles: roles.length > 0 ? roles.map((role) => roleOf(name, role)) : undefined,
        sourceRepos: props.sourceRepos,
      },
    });
  }
}

function roleOf(project: string, { name, groups, allow }: ProjectRole): object {
  const policies = allow.map((action) => `p, proj:${project}:${name}, ${action}, ${project}/*, allow`);
  return { groups, name, policies };
}
