import type { ContainerLimits, Quota } from './limits.ts';

/** tools-config/platform.yaml with every default filled in. */
export interface Platform {
  /** Tools are served at `<tool>.<domain>`. */
  readonly domain: string;
  readonly configRepo: {
    /** Clone URL as Argo CD and the bot see it; may be a local path. */
    readonly url: string;
    readonly branch: string;
    /** Browser address of the repo, for links; without a trailing slash. */
    readonly webUrl: string | undefined;
  };
  readonly registry: {
    readonly host: string;
    /** Projects of the platform's registry whose images any tool may run. */
    readonly sharedProjects: readonly string[];
    /** Talk plain HTTP to the registry: for tests and closed networks. */
    readonly insecure: boolean;
  };
  /** Hosts beyond the platform's registry from which `build.image` may come. */
  readonly imageHosts: readonly string[];
  readonly argocd: {
    readonly namespace: string;
    /** The API server that the tools run on, as Argo CD names it. */
    readonly server: string;
    /** Browser address of Argo CD's UI. */
    readonly url: string | undefined;
  };
  readonly shards: number;
  readonly quota: Quota;
  readonly limits: ContainerLimits;
  readonly builders: Readonly<Record<string, Builder>>;
  readonly defaultBuilder: string;
  readonly storage: {
    /** PersistentVolumeClaim in each tool's namespace, mounted at the tool's home. */
    readonly claim: string;
    /** Parent of the tools' homes: `/data/project` for `/data/project/<tool>`. */
    readonly root: string;
  };
  readonly routes: Routes;
  readonly network: NetworkWalls;
  /** Where a tool without a uid in tenant.yaml gets one: a stable hash of its name into this range. */
  readonly uids: { readonly first: number; readonly count: number };
  /** Prefix of a tool's maintainer group: `tools.` for `tools.hello`. */
  readonly groupPrefix: string;
  /** A publish that deletes more files than this is refused unless the tools are named. */
  readonly maxDeletedFiles: number;
  readonly fetch: {
    /** Git host(s) of the platform from which a spec may be fetched by plain http or a private address. */
    readonly trustedHosts: readonly string[];
  };
  readonly service: {
    /** Where the deploy service is reached; without a trailing slash. */
    readonly url: string | undefined;
    /** Tags whose push to the registry is a build to deploy. */
    readonly tags: readonly string[];
    readonly reconcileMinutes: number;
  };
}

export interface Builder {
  /** Builder image that the CI job runs in. */
  readonly image: string;
  readonly description: string | undefined;
}

export type Routes =
  | {
      readonly kind: 'ingress';
      readonly className: string | undefined;
      readonly tlsSecret: string | undefined;
    }
  | { readonly kind: 'gateway'; readonly gateway: string; readonly namespace: string };

export interface NetworkWalls {
  /** Namespace of the ingress controller, the only way in from outside. */
  readonly ingressNamespace: string;
  /** CIDRs that tools may not reach: the cluster, the API servers, cloud metadata. */
  readonly blockedCidrs: readonly string[];
}
